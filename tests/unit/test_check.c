/* panji-check: its own hashing against published vectors, proofs the register wrote, and proofs somebody
 * changed. */
#include <sys/wait.h>

#include "base/id.h"
#include "check/entry.h"
#include "check/proof.h"
#include "check/scan.h"
#include "check/sha256.h"
#include "register_world.h"

/* ---- SHA-256 ---- */

static void sha256_gives(const char *piece, int times, const char *expected)
{
    struct sha256 sha;
    uint8_t hash[32];
    char hex[65];
    sha256_init(&sha);
    for (int i = 0; i < times; i++) sha256_add(&sha, piece, strlen(piece));
    sha256_end(&sha, hash);
    hex_encode(hex, hash, 32);
    assert_string_equal(hex, expected);
}

/* The examples NIST publishes with FIPS 180-4. */
static void sha256_agrees_with_published_vectors(void **state)
{
    (void)state;
    sha256_gives("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    sha256_gives("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    sha256_gives("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    sha256_gives("a", 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void sha256_agrees_with_the_server_at_every_length(void **state)
{
    (void)state;
    uint8_t data[300], own[32], server[32];
    id_random(data, sizeof data);
    for (size_t n = 0; n <= sizeof data; n++) {
        struct sha256 sha;
        sha256_init(&sha);
        sha256_add(&sha, data, n / 3);
        sha256_add(&sha, data + n / 3, n - n / 3);
        sha256_end(&sha, own);
        hash_bytes(server, data, n);
        assert_memory_equal(own, server, 32);
    }
}

/* ---- proofs ---- */

static const char *proof_text(struct world *world, int64_t seq)
{
    struct buf buf;
    buf_init(&buf, world->arena, 1 << 20);
    assert_int_equal(register_proof(world->db, world->arena, seq, &buf), E_OK);
    return buf.data;
}

static struct check_key key_of(struct world *world)
{
    struct check_key key;
    const char *text = register_key(world->db, world->arena);
    assert_true(check_key_read(&key, text, strlen(text)));
    return key;
}

/* What panji-check does: NULL when valid. */
static const char *verdict(const char *text, size_t n, const struct check_key *key)
{
    struct proof proof;
    struct check_entry entry;
    const char *wrong = proof_read(&proof, text, n);
    if (!wrong) wrong = proof_signed(&proof, key);
    if (!wrong && !proof.has_extra) wrong = "no entry";
    if (!wrong) wrong = proof_included(&proof, proof.extra, proof.extra_len);
    if (!wrong) wrong = check_entry_read(&entry, (const char *)proof.extra, proof.extra_len);
    proof_free(&proof);
    return wrong;
}

static void every_proof_of_a_growing_register_is_valid(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    struct check_key key = key_of(&world);
    for (int64_t size = 1; size <= 600; size += size < 20 ? 1 : 97) {
        world_file(&world, size - register_size(world.reg));
        for (int64_t seq = 0; seq < size; seq++) {
            const char *text = proof_text(&world, seq);
            const char *wrong = verdict(text, strlen(text), &key);
            if (wrong) fail_msg("%lld of %lld: %s", (long long)seq, (long long)size, wrong);
        }
        struct buf buf;
        buf_init(&buf, world.arena, 1 << 20);
        assert_int_equal(register_proof(world.db, world.arena, size, &buf), E_NOT_FOUND);
        assert_int_equal(register_proof(world.db, world.arena, -1, &buf), E_NOT_FOUND);
    }
    world_end(&world);
}

static void no_byte_of_a_proof_can_change(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    world_file(&world, 11);
    struct check_key key = key_of(&world);
    const char *text = proof_text(&world, 6);
    size_t n = strlen(text);
    assert_null(verdict(text, n, &key));
    char *changed = arena_strdup(world.arena, text);
    for (size_t i = 0; i < n; i++) {
        for (int bit = 0; bit < 8; bit++) {
            changed[i] = (char)(text[i] ^ 1 << bit);
            if (!verdict(changed, n, &key)) fail_msg("byte %zu may be %02x", i, changed[i] & 0xFF);
        }
        changed[i] = text[i];
        assert_non_null(verdict(text, i, &key));
        memmove(changed + i, text + i + 1, n - i - 1); /* one byte less */
        assert_non_null(verdict(changed, n - 1, &key));
        memcpy(changed, text, n);
    }
    const char *longer = arena_printf(world.arena, "%s\n", text);
    assert_non_null(verdict(longer, n + 1, &key));
    world_end(&world);
}

/* Replaces the first `from` of the text. */
static const char *replaced(struct world *world, const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    assert_non_null(at);
    return arena_printf(world->arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static void proofs_of_other_places_entries_and_nodes_are_refused(void **state)
{
    (void)state;
    struct world world, other;
    world_begin(&world);
    world_begin(&other);
    world_file(&world, 7);
    world_file(&other, 7);
    struct check_key key = key_of(&world), other_key = key_of(&other);
    const char *text = proof_text(&world, 6);
    static const char *const places[] = {"0", "5", "7", "06", "-6", "6 ", "", "9223372036854775808"};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        const char *line = arena_printf(world.arena, "\nindex %s\n", places[i]);
        const char *moved = replaced(&world, text, "\nindex 6\n", line);
        assert_non_null(verdict(moved, strlen(moved), &key));
    }
    assert_string_equal(verdict(text, strlen(text), &other_key), "the checkpoint is not signed with the key");
    const char *foreign = proof_text(&other, 6);
    assert_non_null(verdict(foreign, strlen(foreign), &key));
    const char *swapped =
        replaced(&world, proof_text(&other, 6), strstr(foreign, "\n\n"), strstr(text, "\n\n"));
    assert_string_equal(
        verdict(swapped, strlen(swapped), &key), "the entry is not in the tree of the checkpoint");
    world_end(&world);
    world_end(&other);
}

/* signed-note: signatures of unknown keys are ignored, one bad signature of the known key spoils the note. */
static void cosignatures_are_passed_over(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    world_file(&world, 3);
    struct check_key key = key_of(&world);
    const char *text = proof_text(&world, 1);
    const char *witnessed = arena_printf(world.arena, "%s\xe2\x80\x94 witness.example AAAAAAAA\n", text);
    assert_null(verdict(witnessed, strlen(witnessed), &key));
    const char *own = strstr(text, "\xe2\x80\x94 ");
    char *twice = arena_printf(world.arena, "%s%s", text, own);
    assert_null(verdict(twice, strlen(twice), &key));
    twice[strlen(twice) - 20] ^= 1;
    assert_non_null(verdict(twice, strlen(twice), &key));
    world_end(&world);
}

static void keys_are_read_strictly(void **state)
{
    (void)state;
    struct world world;
    struct check_key key;
    world_begin(&world);
    const char *text = register_key(world.db, world.arena);
    size_t n = strlen(text);
    assert_true(check_key_read(&key, text, n));
    char *changed = arena_strdup(world.arena, text);
    for (size_t i = 0; i < n; i++) {
        changed[i] ^= 1;
        assert_false(check_key_read(&key, changed, n));
        changed[i] ^= 1;
        assert_false(check_key_read(&key, text, i));
    }
    world_end(&world);
}

static void base64_has_one_spelling(void **state)
{
    (void)state;
    static const char *const wrong[] = {"A", "AA", "AAA", "AB==", "AAB=", "A===", "====", "AA=A", "AA==AAAA",
        "AAA\n", "AA-A", "AA_A", "AAAA "};
    uint8_t bytes[16];
    size_t n = 0;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        if (scan_base64((struct span){wrong[i], strlen(wrong[i])}, bytes, sizeof bytes, &n))
            fail_msg("%s", wrong[i]);
    assert_true(scan_base64((struct span){"aGk=", 4}, bytes, 2, &n));
    assert_int_equal(n, 2);
    assert_memory_equal(bytes, "hi", 2);
    assert_false(scan_base64((struct span){"aGk=", 4}, bytes, 1, &n));
}

static void body_must_be_the_one_filed(void **state)
{
    (void)state;
    struct world world;
    struct entry entry;
    struct check_entry checked;
    world_begin(&world);
    world_file(&world, 1);
    assert_int_equal(entry_by_seq(world.db, world.arena, 0, &entry), E_OK);
    assert_null(check_entry_read(&checked, entry.envelope, entry.envelope_len));
    assert_string_equal(checked.id, entry.id);
    assert_string_equal(checked.filed_at, "18 Nov 2026 16:36 IST");
    assert_null(check_entry_body(&checked, entry.salt, entry.body, entry.body_len));
    assert_non_null(check_entry_body(&checked, entry.salt, entry.body, entry.body_len - 1));
    entry.salt[15] ^= 1;
    assert_non_null(check_entry_body(&checked, entry.salt, entry.body, entry.body_len));
    world_end(&world);
}

/* ---- the program ---- */

/* Runs panji-check; its output is in ret. */
static int run(struct world *world, const char *arguments, char ret[500])
{
    const char *program = getenv("PANJI_CHECK");
    FILE *pipe =
        popen(arena_printf(world->arena, "cd %s && %s %s 2>&1", world->folder, program, arguments), "r");
    ret[fread(ret, 1, 499, pipe)] = '\0';
    return WEXITSTATUS(pclose(pipe));
}

static void write_file(struct world *world, const char *name, const char *text)
{
    FILE *file = fopen(world_path(world, name), "w");
    fputs(text, file);
    fclose(file);
}

static void program_answers_in_words_and_exit_codes(void **state)
{
    (void)state;
    if (!getenv("PANJI_CHECK")) skip();
    struct world world;
    struct entry entry;
    char said[500], salt[2 * SALT_SIZE + 1];
    world_begin(&world);
    world_file(&world, 3);
    assert_int_equal(entry_by_seq(world.db, world.arena, 1, &entry), E_OK);
    hex_encode(salt, entry.salt, SALT_SIZE);
    write_file(&world, "p", proof_text(&world, 1));
    write_file(&world, "key", register_key(world.db, world.arena));
    write_file(&world, "entry", entry.envelope);
    write_file(&world, "body", entry.body);
    assert_int_equal(run(&world, "p --key key", said), 0);
    const char *expected = arena_printf(world.arena,
        "valid: entry %s of " NODE ", filed 18 Nov 2026 16:36 IST, is number 2 of 3\n", entry.id);
    assert_string_equal(said, expected);
    const char *key = register_key(world.db, world.arena);
    assert_int_equal(run(&world, arena_printf(world.arena, "- --key %s < p", key), said), 0);
    assert_string_equal(said, expected);
    assert_int_equal(run(&world, "p --no-key --entry entry", said), 0);
    assert_non_null(strstr(said, "the signature was NOT checked"));
    assert_int_equal(
        run(&world, arena_printf(world.arena, "p --key key --body body --salt %s", salt), said), 0);
    assert_non_null(strstr(said, "the body is the one that was filed"));
    assert_int_equal(
        run(&world, arena_printf(world.arena, "p --key key --body entry --salt %s", salt), said), 1);
    assert_string_equal(said, "invalid: the body is not the one that was filed\n");
    assert_int_equal(run(&world, "p --key key --entry body", said), 1);
    assert_int_equal(run(&world, "p --key key --json", said), 0);
    assert_non_null(strstr(said, "\"valid\":true"));
    assert_int_equal(run(&world, "body --key key", said), 65);
    assert_int_equal(run(&world, "p --key p", said), 65);
    assert_int_equal(run(&world, "missing --key key", said), 65);
    assert_int_equal(run(&world, "p", said), 2);
    assert_non_null(strstr(said, "without the node's key a proof proves nothing"));
    assert_int_equal(run(&world, "p --key key --no-key", said), 2);
    assert_int_equal(run(&world, "p p --key key", said), 2);
    assert_int_equal(run(&world, "p --key key --body body", said), 2);
    assert_int_equal(run(&world, "p --key key --body body --salt 00", said), 2);
    assert_int_equal(run(&world, "--frobnicate", said), 2);
    assert_int_equal(run(&world, "--help", said), 0);
    assert_int_equal(run(&world, "--version", said), 0);
    world_end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_agrees_with_published_vectors),
        cmocka_unit_test(sha256_agrees_with_the_server_at_every_length),
        cmocka_unit_test(every_proof_of_a_growing_register_is_valid),
        cmocka_unit_test(no_byte_of_a_proof_can_change),
        cmocka_unit_test(proofs_of_other_places_entries_and_nodes_are_refused),
        cmocka_unit_test(cosignatures_are_passed_over),
        cmocka_unit_test(keys_are_read_strictly),
        cmocka_unit_test(base64_has_one_spelling),
        cmocka_unit_test(body_must_be_the_one_filed),
        cmocka_unit_test(program_answers_in_words_and_exit_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
