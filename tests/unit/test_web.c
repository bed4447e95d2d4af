/* What pages are made of: nothing gets into one unescaped, every word exists in both languages, and what was
 * typed is found again where it was typed. */
#include <dirent.h>

#include "kit/html.h"
#include "web/typed.h"
#include "words_world.h"

/* ---- html ---- */

static void text_and_values_are_escaped(void **state)
{
    (void)state;
    struct buf buf;
    struct html html;
    buf_init(&buf, arena, 4096);
    html_begin(&html, &buf);
    html_element(&html, "p", "<b>&\"'", "title", "\"><script>'&", NULL);
    assert_string_equal(buf.data,
        "<!doctype html>\n<p title=\"&quot;&gt;&lt;script&gt;&#39;&amp;\">&lt;b&gt;&amp;&quot;&#39;</p>");
}

static void only_our_own_addresses_are_linked(void **state)
{
    (void)state;
    static const char *const foreign[] = {"javascript:alert(1)", "//example.org/", "https://example.org",
        "/\\example.org", "data:text/html,x", ""};
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++) {
        struct buf buf;
        struct html html;
        buf_init(&buf, arena, 4096);
        html_begin(&html, &buf);
        html_element(&html, "a", "x", "href", foreign[i], NULL);
        assert_string_equal(buf.data, "<!doctype html>\n<a>x</a>");
    }
}

static void addresses_are_encoded_piece_by_piece(void **state)
{
    (void)state;
    assert_string_equal(
        url_make(arena, "/cases/%?case=%", "a/b?c&d", "क "), "/cases/a%2Fb%3Fc%26d?case=%E0%A4%95%20");
    assert_string_equal(url_make(arena, "/x?a=%", (const char *)NULL), "/x?a=");
}

/* ---- words ---- */

/* Every key a call in the source names is in lang/messages: word() would end the server otherwise. A call
 * takes one key, or (heads of tables) nothing but keys. */
static size_t keys_check(const char *source, const char *call, bool all)
{
    size_t count = 0;
    for (const char *at = source; (at = strstr(at, call)) != NULL;) {
        at += strlen(call);
        const char *stop = all ? strchr(at, ';') : at + 1;
        for (const char *quote = at; (quote = strchr(quote, '"')) != NULL && quote < stop; quote++) {
            size_t n = strcspn(quote + 1, "\"");
            const char *key = arena_strndup(arena, quote + 1, n);
            assert_non_null(word(LANG_EN, key));
            assert_non_null(word(LANG_HI, key));
            quote += n + 1;
            count++;
        }
    }
    return count;
}

/* The keys named by the sources of one room. */
static size_t room_keys_check(const char *room)
{
    static const char *const calls[] = {"page_word(page, ", "page_word(&page, ", "word(request->lang, ",
        "page_word(draw->page, ", "page_heading(&page, ", "page_heading(page, ", "summary_row(&page, ",
        "summary_row(page, ", "identity_fact(&page, ", "identity_fact(page, ", "identity_tag(&page, ",
        "identity_tag(page, "};
    const char *folder = arena_printf(arena, "%s/src/%s", getenv("PANJI_SOURCE"), room);
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (!strstr(entry->d_name, ".c")) continue;
        FILE *file = fopen(arena_printf(arena, "%s/%s", folder, entry->d_name), "r");
        assert_non_null(file);
        char *source = arena_alloc(arena, 200000);
        assert_true(fread(source, 1, 199999, file) > 0);
        fclose(file);
        for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
            count += keys_check(source, calls[i], false);
        count += keys_check(source, "struct column columns[] = {", true);
    }
    closedir(dir);
    return count;
}

static void every_word_named_in_the_source_exists(void **state)
{
    (void)state;
    assert_true(room_keys_check("web") + room_keys_check("kit") + room_keys_check("page") > 80);
}

/* ---- typed ---- */

static struct typed typed_of(const struct pair *pairs, size_t count)
{
    struct typed typed;
    typed_read(&typed, arena, pairs, count);
    return typed;
}

static void values_are_found_and_the_pages_own_names_are_not(void **state)
{
    (void)state;
    const struct pair pairs[] = {{"b.c", "1"}, {"_csrf", "x"}, {"a.b", ""}, {"b.c", "2"}, {"b.cd", "3"}};
    struct typed typed = typed_of(pairs, 5);
    assert_string_equal(typed_value(&typed, "b.c"), "2");
    assert_string_equal(typed_value(&typed, "a.b"), "");
    assert_null(typed_value(&typed, "_csrf"));
    assert_null(typed_value(&typed, "b"));
    assert_true(typed_any(&typed, "b"));
    assert_false(typed_any(&typed, "a"));
}

static void a_new_file_takes_the_place_of_the_kept_one(void **state)
{
    (void)state;
    const struct pair pairs[] = {{"_file:x.photo", "new"}, {"x.photo", "old"}};
    struct typed typed = typed_of(pairs, 2);
    assert_string_equal(typed_value(&typed, "x.photo"), "new");
}

static void rows_are_counted_with_their_gaps_and_grow_by_one(void **state)
{
    (void)state;
    const struct pair pairs[] = {{"accused.0.name", "a"}, {"accused.10.name", ""}, {"accused.2.name", "c"},
        {"accusedx.40.name", ""}, {"accused.99999999999.name", "far"}, {"_add", "accused"}};
    struct typed typed = typed_of(pairs, 5);
    assert_int_equal(typed_rows(&typed, "accused", 1), 11);
    assert_int_equal(typed_rows(&typed, "witnesses", 2), 2);
    typed = typed_of(pairs, 6);
    assert_int_equal(typed_rows(&typed, "accused", 1), 12);
    const struct pair empty[] = {{"_add", "witnesses"}};
    typed = typed_of(empty, 1);
    assert_int_equal(typed_rows(&typed, "witnesses", 1), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_and_values_are_escaped),
        cmocka_unit_test(only_our_own_addresses_are_linked),
        cmocka_unit_test(addresses_are_encoded_piece_by_piece),
        cmocka_unit_test(every_word_named_in_the_source_exists),
        cmocka_unit_test(values_are_found_and_the_pages_own_names_are_not),
        cmocka_unit_test(a_new_file_takes_the_place_of_the_kept_one),
        cmocka_unit_test(rows_are_counted_with_their_gaps_and_grow_by_one),
    };
    return cmocka_run_group_tests_name("web", tests, words_begin, words_end);
}
