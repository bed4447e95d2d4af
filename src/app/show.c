/* panji show: one entry, by id or by its place, with its envelope; or the newest checkpoint. For
 * administrators: nothing is masked. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "app/open.h"
#include "base/json.h"
#include "base/time.h"

static const struct option_row options[] = {
    {"proof", NULL, "print the entry's proof instead, for panji-check", NULL},
    {0},
};

static enum err entry_named(struct db *db, struct arena *arena, const char *name, struct entry *ret)
{
    bool place = *name && strspn(name, "0123456789") == strlen(name);
    return place ? entry_by_seq(db, arena, strtoll(name, NULL, 10), ret) : entry_by_id(db, arena, name, ret);
}

static int proof_print(struct arguments *arguments, struct db *db, const struct entry *entry)
{
    struct buf proof;
    buf_init(&proof, arguments->arena, 1 << 20);
    enum err err = register_proof(db, arguments->arena, entry->seq, &proof);
    fwrite(proof.data, 1, proof.len, stdout);
    return err_exit_code(err);
}

static void entry_print(struct arguments *arguments, const struct forms *forms, const struct entry *entry)
{
    struct problems problems = {.arena = arguments->arena};
    json_t *envelope = json_read(entry->envelope, entry->envelope_len, &problems);
    json_t *body = entry->body ? json_read(entry->body, entry->body_len, &problems) : json_null();
    if (arguments->json) {
        json_t *json =
            json_pack("{s:I, s:o, s:o}", "seq", (json_int_t)entry->seq, "envelope", envelope, "body", body);
        json_dumpf(json, stdout, JSON_INDENT(2));
        json_decref(json);
    } else {
        const struct form *form = form_version(forms, entry->form, entry->form_version);
        printf("%lld  %s  %s\n%s by %s at %s, %s\n", (long long)entry->seq, entry->id,
            entry->number ? entry->number : "", form ? form->label.text[LANG_EN] : entry->form,
            entry->officer, entry->office, time_text(arguments->arena, entry->filed_at));
        json_dumpf(body, stdout, JSON_INDENT(2) | JSON_ENCODE_ANY);
        json_decref(envelope);
        json_decref(body);
    }
    putchar('\n');
}

static int run(struct arguments *arguments)
{
    struct node *node;
    int code = open_node(arguments, true, &node);
    if (code) return code;
    struct db *db CLEANUP(db_closep) = NULL;
    enum err err = node_reader(node, &db);
    if (err == E_OK && arguments->operand_count == 0) {
        printf("%s\n%s", register_key(db, arguments->arena), register_checkpoint(db, arguments->arena));
    } else if (err == E_OK) {
        struct entry entry;
        err = entry_named(db, arguments->arena, arguments->operands[0], &entry);
        if (err == E_OK && argument(arguments, "proof"))
            code = proof_print(arguments, db, &entry);
        else if (err == E_OK)
            entry_print(arguments, node_forms(node), &entry);
    }
    if (err != E_OK) {
        fprintf(stderr, "panji show: %s\n", err_text(err));
        code = err_exit_code(err);
    }
    node_close(node);
    return code;
}

const struct verb verb_show = {
    .name = "show",
    .summary = "show an entry, its proof, or the newest checkpoint",
    .operands = "[ID|PLACE]",
    .operands_max = 1,
    .description =
        "Shows one entry by its id or its place in the register; without either the verifier key and the "
        "newest signed checkpoint. Works while the folder is being served.",
    .options = options,
    .takes_data = true,
    .takes_json = true,
    .run = run,
};
