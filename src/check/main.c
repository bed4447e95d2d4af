/* panji-check: says whether a proof file shows that an entry stands in a node's register.
 *
 * The second opinion: it shares no code with the server it checks, reads no database, and needs no network.
 * Exit codes: 0 valid, 1 invalid, 2 wrongly called, 65 malformed. */
#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "code.h"
#include "entry.h"
#include "proof.h"
#include "sha256.h"

#define EXIT_INVALID 1
#define EXIT_USAGE 2
#define EXIT_MALFORMED 65

static const char usage[] =
    "panji-check PROOF (--key KEY | --no-key) [--entry FILE] [--body FILE --salt HEX]\n"
    "            [--page FILE] [--json]\n"
    "\n"
    "Checks that an entry stands in the register of a node. PROOF is a .tlog-proof file, or the text of the\n"
    "large code on a printed paper (PANJI1:...) as a scanner reads it; '-' is standard input.\n"
    "\n"
    "  --key KEY     the node's verifier key, or a file that holds it, from a source you trust\n"
    "  --no-key      check the tree only, and say that the signature was not checked\n"
    "  --entry FILE  the entry's envelope; must be the one in the proof when that holds one\n"
    "  --body FILE   also check that this is the body that was filed; needs --salt\n"
    "  --salt HEX    the salt handed out with the body, 32 characters\n"
    "  --page FILE   also check that a further page of the paper belongs to the entry: the text of its\n"
    "                small code (PANJI:...)\n"
    "  --json        answer in JSON\n"
    "  --help, --version\n"
    "\n"
    "Exit: 0 valid, 1 invalid, 2 wrongly called, 65 a file is malformed.\n";

struct call {
    const char *proof_path, *key, *entry_path, *body_path, *salt, *page_path;
    bool no_key, json;
};

struct text { char *p; size_t n; };

struct verdict {
    int code;
    const char *why; /* NULL when valid */
    struct check_entry entry;
    uint64_t index, size;
};

/* A file whole, at most PROOF_BYTES_MAX; NULL on failure. The caller frees. */
static char *file_read(const char *path, size_t *ret_n)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (!file) return NULL;
    char *text = malloc(PROOF_BYTES_MAX + 1);
    if (!text) abort();
    size_t n = fread(text, 1, PROOF_BYTES_MAX + 1, file);
    bool fine = !ferror(file) && n <= PROOF_BYTES_MAX;
    if (file != stdin) fclose(file);
    if (!fine) {
        free(text);
        return NULL;
    }
    *ret_n = n;
    return text;
}

/* A file the caller named beside the proof. Editors end files with a newline; one is not taken as content. */
static bool text_read(const char *path, struct text *ret)
{
    ret->p = file_read(path, &ret->n);
    if (!ret->p) return false;
    if (ret->n > 0 && ret->p[ret->n - 1] == '\n') ret->n--;
    return true;
}

/* ---- checking ---- */

static bool settle(struct verdict *verdict, int code, const char *why)
{
    if (!why) return true;
    verdict->code = code;
    verdict->why = why;
    return false;
}

static bool key_check(const struct call *call, const struct proof *proof, struct verdict *verdict)
{
    if (call->no_key) return true;
    struct check_key key;
    struct text file = {0};
    bool fine = check_key_read(&key, call->key, strlen(call->key));
    if (!fine && text_read(call->key, &file)) fine = check_key_read(&key, file.p, file.n);
    free(file.p);
    if (!fine)
        return settle(verdict, EXIT_MALFORMED, "the key is neither a verifier key nor a file that holds one");
    return settle(verdict, EXIT_INVALID, proof_signed(proof, &key));
}

static bool body_check(const struct call *call, struct verdict *verdict)
{
    if (!call->body_path) return true;
    uint8_t salt[16];
    if (!check_hex(salt, sizeof salt, call->salt, strlen(call->salt)))
        return settle(verdict, EXIT_USAGE, "the salt is not 32 hexadecimal characters");
    struct text body = {0};
    if (!text_read(call->body_path, &body))
        return settle(verdict, EXIT_MALFORMED, "the body cannot be read or is longer than 1 MB");
    bool fine = settle(verdict, EXIT_INVALID, check_entry_body(&verdict->entry, salt, body.p, body.n));
    free(body.p);
    return fine;
}

static bool page_check(const struct call *call, const struct text *entry, struct verdict *verdict)
{
    if (!call->page_path) return true;
    struct text text = {0};
    struct code_page page;
    bool fine = text_read(call->page_path, &text) && code_page_read(&page, text.p, text.n);
    free(text.p);
    if (!fine) return settle(verdict, EXIT_MALFORMED, "the page's code cannot be read");
    uint8_t leaf[32];
    struct sha256 sha;
    sha256_init(&sha);
    sha256_add(&sha, "\0", 1);
    sha256_add(&sha, entry->p, entry->n);
    sha256_end(&sha, leaf);
    bool same = strcmp(page.id, verdict->entry.id) == 0 && memcmp(page.leaf, leaf, 32) == 0;
    return settle(verdict, EXIT_INVALID, same ? NULL : "the page belongs to another entry");
}

/* The entry out of the proof or the file; both must be the same where both are there. */
static bool entry_find(const struct call *call, const struct proof *proof, struct text *file,
    struct text *ret, struct verdict *verdict)
{
    *ret = (struct text){(char *)proof->extra, proof->extra_len};
    if (!call->entry_path)
        return proof->has_extra ||
            settle(verdict, EXIT_USAGE, "the proof does not hold the entry itself: give it with --entry");
    if (!text_read(call->entry_path, file))
        return settle(verdict, EXIT_MALFORMED, "the entry cannot be read or is longer than 1 MB");
    if (proof->has_extra && (file->n != ret->n || memcmp(file->p, ret->p, ret->n) != 0))
        return settle(verdict, EXIT_INVALID, "the entry given is not the one the proof speaks of");
    *ret = *file;
    return true;
}

static bool proof_check(const struct call *call, const struct proof *proof, struct verdict *verdict)
{
    struct text file = {0}, entry;
    bool fine = key_check(call, proof, verdict) && entry_find(call, proof, &file, &entry, verdict) &&
        settle(verdict, EXIT_INVALID, proof_included(proof, entry.p, entry.n)) &&
        settle(verdict, EXIT_MALFORMED, check_entry_read(&verdict->entry, entry.p, entry.n)) &&
        settle(verdict, EXIT_INVALID,
            strcmp(verdict->entry.node, proof->origin) == 0 ? NULL : "the entry names another node") &&
        body_check(call, verdict) && page_check(call, &entry, verdict);
    free(file.p);
    return fine;
}

static void check(const struct call *call, struct verdict *verdict)
{
    size_t n = 0;
    char *text = file_read(call->proof_path, &n);
    if (!text) {
        settle(verdict, EXIT_MALFORMED, "the proof cannot be read or is longer than 1 MB");
        return;
    }
    if (code_is(text, n)) {
        char *unpacked = code_proof(text, n, &n);
        free(text);
        text = unpacked;
        if (!settle(verdict, EXIT_MALFORMED, text ? NULL : "the code of the paper is malformed")) return;
    }
    struct proof proof;
    if (settle(verdict, EXIT_MALFORMED, proof_read(&proof, text, n)) && proof_check(call, &proof, verdict)) {
        verdict->index = proof.index;
        verdict->size = proof.size;
    }
    proof_free(&proof);
    free(text);
}

/* ---- answering ---- */

static void answer_json(const struct call *call, const struct verdict *verdict)
{
    json_t *answer =
        verdict->why ? json_pack("{s:b, s:s}", "valid", 0, "why", verdict->why)
                     : json_pack("{s:b, s:s, s:s, s:s, s:I, s:I, s:b, s:b, s:b}", "valid", 1, "id",
                           verdict->entry.id, "node", verdict->entry.node, "filed", verdict->entry.filed_at,
                           "index", (json_int_t)verdict->index, "size", (json_int_t)verdict->size,
                           "signature_checked", !call->no_key, "body_checked", call->body_path != NULL,
                           "page_checked", call->page_path != NULL);
    json_dumpf(answer, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(answer);
}

/* People count from 1, the proof's index from 0. */
static void answer_text(const struct call *call, const struct verdict *verdict)
{
    static const char *const words[] = {[EXIT_INVALID] = "invalid", [EXIT_USAGE] = "not checked"};
    if (verdict->why) {
        printf(
            "%s: %s\n", verdict->code == EXIT_MALFORMED ? "malformed" : words[verdict->code], verdict->why);
        return;
    }
    printf("valid: entry %s of %s, filed %s, is number %llu of %llu\n", verdict->entry.id,
        verdict->entry.node, verdict->entry.filed_at, (unsigned long long)verdict->index + 1,
        (unsigned long long)verdict->size);
    if (call->page_path) puts("the page belongs to the entry");
    if (call->body_path) puts("the body is the one that was filed");
    if (call->no_key) puts("the signature was NOT checked: anyone could have made this proof");
}

static const struct option options[] = {
    {"key", required_argument, NULL, 'k'}, {"no-key", no_argument, NULL, 'n'},
    {"entry", required_argument, NULL, 'e'}, {"body", required_argument, NULL, 'b'},
    {"salt", required_argument, NULL, 's'}, {"page", required_argument, NULL, 'p'},
    {"json", no_argument, NULL, 'j'}, {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'v'}, {NULL, 0, NULL, 0},
};

/* -1 to go on, else the exit code. */
static int call_read(struct call *call, int argc, char **argv)
{
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        switch (option) {
        case 'k': call->key = optarg; break;
        case 'n': call->no_key = true; break;
        case 'e': call->entry_path = optarg; break;
        case 'b': call->body_path = optarg; break;
        case 's': call->salt = optarg; break;
        case 'p': call->page_path = optarg; break;
        case 'j': call->json = true; break;
        case 'h': fputs(usage, stdout); return EXIT_SUCCESS;
        case 'v': puts("panji-check " PANJI_VERSION); return EXIT_SUCCESS;
        default: return EXIT_USAGE; /* getopt has said why */
        }
    }
    const char *why = NULL;
    if (argc - optind != 1) why = "name one proof file";
    else if (!call->key && !call->no_key)
        why = "without the node's key a proof proves nothing: give --key or --no-key";
    else if (call->key && call->no_key) why = "--key and --no-key exclude one another";
    else if (!call->body_path != !call->salt) why = "--body and --salt belong together";
    if (why) {
        fprintf(stderr, "panji-check: %s\n\n%s", why, usage);
        return EXIT_USAGE;
    }
    call->proof_path = argv[optind];
    return -1;
}

int main(int argc, char **argv)
{
    struct call call = {0};
    int code = call_read(&call, argc, argv);
    if (code >= 0) return code;
    struct verdict verdict = {.code = EXIT_SUCCESS};
    check(&call, &verdict);
    if (call.json) answer_json(&call, &verdict);
    else answer_text(&call, &verdict);
    return fflush(stdout) == 0 ? verdict.code : EXIT_INVALID;
}
