/* The code on a paper: what the printer packs, panji-check unpacks to the letter; what was touched is
 * refused. */
#include "register_world.h"

#include "check/code.h"
#include "check/proof.h"
#include "print/code.h"

static const char *proof_text(struct world *world, int64_t seq)
{
    struct buf buf;
    buf_init(&buf, world->arena, 1 << 20);
    assert_int_equal(register_proof(world->db, world->arena, seq, &buf), E_OK);
    return buf.data;
}

static void a_code_is_the_proof_to_the_letter(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    for (int64_t size = 1; size <= 300; size = size * 3 + 1) {
        world_file(&world, size - register_size(world.reg));
        for (int64_t seq = 0; seq < size; seq += 1 + size / 7) {
            const char *text = proof_text(&world, seq);
            const char *payload = print_code_payload(world.arena, text);
            assert_non_null(payload);
            size_t n;
            char *back = code_proof(payload, strlen(payload), &n);
            assert_non_null(back);
            assert_string_equal(back, text);
            free(back);
        }
    }
    world_end(&world);
}

static void a_code_of_a_million_entries_still_fits(void **state)
{
    (void)state;
    struct arena *arena = arena_new((size_t)1 << 22);
    struct buf proof;
    buf_init(&proof, arena, 1 << 16);
    char hash[45] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    buf_puts(&proof, "c2sp.org/tlog-proof@v1\nextra ");
    for (int i = 0; i < 200; i++) buf_puts(&proof, "QUJD"); /* an envelope of 600 bytes */
    buf_puts(&proof, "\nindex 999999\n");
    for (int i = 0; i < 20; i++) buf_printf(&proof, "%s\n", hash);
    buf_printf(&proof, "\nnode.example\n1048576\n%s\n\n— node.example ", hash);
    for (int i = 0; i < 22; i++) buf_puts(&proof, "QUJD");
    buf_puts(&proof, "QUI=\n");
    const char *payload = print_code_payload(arena, proof.data);
    assert_non_null(payload);
    struct code *code = code_make(payload);
    assert_non_null(code);
    assert_true(code_width(code) <= 137); /* 40 mm on paper: every square at least 0.28 mm */
    code_free(code);
    arena_free(arena);
}

static void what_is_no_proof_makes_no_code(void **state)
{
    (void)state;
    struct world world;
    world_begin(&world);
    world_file(&world, 5);
    const char *text = proof_text(&world, 2);
    assert_null(print_code_payload(world.arena, ""));
    assert_null(print_code_payload(world.arena, "c2sp.org/tlog-proof@v2\n"));
    for (size_t n = 0; n < strlen(text); n += 3)
        assert_null(print_code_payload(world.arena, arena_strndup(world.arena, text, n)));
    world_end(&world);
}

static void no_letter_of_a_code_can_change(void **state)
{
    (void)state;
    struct world world;
    struct check_key key;
    world_begin(&world);
    world_file(&world, 9);
    const char *key_text = register_key(world.db, world.arena);
    assert_true(check_key_read(&key, key_text, strlen(key_text)));
    char *payload = arena_strdup(world.arena, print_code_payload(world.arena, proof_text(&world, 6)));
    size_t length = strlen(payload);
    for (size_t i = 0; i < length; i++) {
        char kept = payload[i];
        payload[i] = kept == 'A' ? 'B' : 'A';
        size_t n;
        char *text = code_is(payload, length) ? code_proof(payload, length, &n) : NULL;
        struct proof proof = {.extra = NULL};
        const char *wrong = text ? proof_read(&proof, text, n) : "malformed";
        if (!wrong) wrong = proof_signed(&proof, &key);
        if (!wrong) wrong = proof_included(&proof, proof.extra, proof.extra_len);
        proof_free(&proof);
        free(text);
        if (!wrong) fail_msg("letter %zu of the code may be changed", i);
        payload[i] = kept;
    }
    size_t n;
    assert_null(code_proof(payload, length - 1, &n));
    assert_null(code_proof(payload, length - 3, &n));
    world_end(&world);
}

static void the_small_code_names_the_entry(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 16);
    struct code_page page;
    const char *id = "01a2021f-f25f-7c57-974b-82c67e6876fe";
    const char *leaf = "a99c56cbeb2461bb9f38caf94d3b3a4792f60268686ed6d9df88e08e76433dbc";
    const char *text = code_page_payload(arena, id, leaf);
    assert_true(code_page_read(&page, text, strlen(text)));
    assert_string_equal(page.id, id);
    assert_int_equal(page.leaf[0], 0xa9);
    assert_false(code_page_read(&page, text, strlen(text) - 1));
    char *hidden = arena_strdup(arena, text); /* what would be a command to the terminal it is shown on */
    hidden[strlen(CODE_PAGE_START) + 9] = '\x1B';
    assert_false(code_page_read(&page, hidden, strlen(hidden)));
    assert_false(code_page_read(&page, "PANJI1:", 7));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_is_the_proof_to_the_letter),
        cmocka_unit_test(a_code_of_a_million_entries_still_fits),
        cmocka_unit_test(what_is_no_proof_makes_no_code),
        cmocka_unit_test(no_letter_of_a_code_can_change),
        cmocka_unit_test(the_small_code_names_the_entry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
