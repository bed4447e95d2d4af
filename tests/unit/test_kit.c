/* Components of pages: nothing a person wrote gets out of its place in any of them, a chart holds with no
 * figures as with great ones, and addresses keep what they must. */
#include "kit/chart.h"
#include "kit/control.h"
#include "kit/lists.h"
#include "kit/map.h"
#include "kit/nav.h"
#include "kit/table.h"
#include "words_world.h"

#define HOSTILE "\"><script>alert('x')</script><b a=\"&amp;"
#define FOREIGN "javascript:alert(1)"

static struct request request;
static struct page page;

/* An empty page of a GET to /cases?sort=when&after=7. */
static int page_new(void **state)
{
    (void)state;
    static struct pair query[] = {{"sort", "when"}, {"after", "7"}, {"name", HOSTILE}};
    request = (struct request){
        .arena = arena, .path = "/cases", .query = query, .query_count = 3, .problems = {.arena = arena}};
    page = (struct page){.request = &request, .title = HOSTILE};
    buf_init(&page.buf, arena, PAGE_BYTES_MAX);
    html_begin(&page.html, &page.buf);
    return 0;
}

static size_t times(const char *words)
{
    size_t count = 0;
    for (const char *at = page.buf.data; (at = strstr(at, words)) != NULL; at++) count++;
    return count;
}

static void nothing_got_out(void)
{
    assert_int_equal(page.html.depth, 0);
    assert_int_equal(times("<script"), 0);
    assert_int_equal(times("javascript:"), 0);
    assert_int_equal(times("<b a="), 0);
    assert_true(times("&lt;script&gt;") > 0);
}

/* ---- what people wrote ---- */

static void lists_hold_what_people_wrote(void **state)
{
    (void)state;
    summary_begin(&page);
    summary_row(&page, "name", HOSTILE);
    summary_change(&page, HOSTILE, HOSTILE, FOREIGN, HOSTILE);
    summary_end(&page);
    identity_begin(&page);
    identity_fact(&page, "name", HOSTILE);
    identity_tag(&page, "name", HOSTILE, TONE_BAD);
    identity_end(&page);
    card_begin(&page, HOSTILE, HOSTILE, FOREIGN);
    html_close(&page.html);
    timeline_begin(&page);
    timeline_moment(&page, &(struct moment){.when = HOSTILE,
                               .title = HOSTILE,
                               .address = FOREIGN,
                               .who = HOSTILE,
                               .words = HOSTILE,
                               .proof = PROOF_SEALED,
                               .replaced = true});
    timeline_end(&page);
    steps_begin(&page);
    steps_step(&page, &(struct step){HOSTILE, FOREIGN, HOSTILE, STEP_WRONG});
    steps_end(&page);
    missing_begin(&page, 1);
    missing_item(&page, FOREIGN, HOSTILE);
    missing_end(&page, 1);
    nothing_got_out();
}

static void tables_and_ways_hold_what_people_wrote(void **state)
{
    (void)state;
    static const struct column columns[] = {
        {.key = "when", .sorts = true}, {.key = "c", .text = HOSTILE}, {0}};
    struct table table = {.page = &page, .caption = HOSTILE, .columns = columns};
    table_begin(&table);
    table_row_begin(&table);
    table_cell_link(&table, FOREIGN, HOSTILE);
    table_cell_late(&table, HOSTILE);
    table_row_end(&table);
    table_end(&table);
    tabs_draw(&page, HOSTILE, &(struct tab){FOREIGN, HOSTILE, 3, true}, 1);
    filter_links(&page, "name", HOSTILE, &(struct filter_choice){HOSTILE, HOSTILE, -1}, 1);
    filter_begin(&page, "/cases");
    filter_text(&page, "name", "name");
    filter_end(&page, "name sort", HOSTILE);
    paging_draw(&page, HOSTILE, "earlier");
    nothing_got_out();
}

static void fields_hold_what_people_wrote(void **state)
{
    (void)state;
    const struct control control = {.id = HOSTILE,
        .label = HOSTILE,
        .hint = HOSTILE,
        .error = HOSTILE,
        .note = HOSTILE,
        .value = HOSTILE,
        .example = HOSTILE};
    const struct choice choice = {HOSTILE, HOSTILE, HOSTILE};
    for (enum text_kind kind = TEXT_LINE; kind <= TEXT_SEARCH; kind++) {
        control_begin(&page, &control);
        input_text(&page, &control, kind);
        control_end(&page);
    }
    control_group_begin(&page, &control);
    input_area(&page, &control);
    input_radios(&page, &control, &choice, 1);
    input_boxes(&page, &control, &choice, 1);
    input_file(&page, &control);
    input_readback(&page, &control, HOSTILE);
    row_add_draw(&page, HOSTILE, HOSTILE);
    control_end(&page);
    nothing_got_out();
}

static void charts_hold_what_people_wrote(void **state)
{
    (void)state;
    const int64_t values[] = {3};
    const char *labels[] = {HOSTILE}, *addresses[] = {FOREIGN};
    const struct series series = {HOSTILE, values};
    const struct chart chart = {HOSTILE, HOSTILE, HOSTILE, labels, addresses, 1, &series, 1};
    chart_bars(&page, &chart);
    chart_lines(&page, &chart);
    chart_stacked(&page, &chart);
    chart_grid(&page, &chart);
    chart_spark(&page, HOSTILE, values, 1);
    const struct map_area area = {"644", HOSTILE, FOREIGN, 3};
    const struct map map = {HOSTILE, HOSTILE, HOSTILE, HOSTILE, &area, 1};
    map_districts(&page, &map, "22");
    map_points(&page, &map, "644", &(struct map_point){HOSTILE, FOREIGN, 21.66, 82.16, 3}, 1);
    nothing_got_out();
}

/* ---- charts ---- */

static void figures_are_grouped_as_in_india(void **state)
{
    (void)state;
    static const struct {
        int64_t figure;
        const char *text;
    } cases[] = {{0, "0"}, {7, "7"}, {999, "999"}, {1000, "1,000"}, {99999, "99,999"}, {100000, "1,00,000"},
        {1234567, "12,34,567"}, {-1234, "-1,234"}, {INT64_MAX, "92,23,37,20,36,85,47,75,807"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(figure_text(arena, cases[i].figure), cases[i].text);
}

static void only_nothing_has_no_shade(void **state)
{
    (void)state;
    assert_int_equal(chart_level(0, 100), 0);
    assert_int_equal(chart_level(0, 0), 0);
    assert_int_equal(chart_level(1, 1000000), 1);
    assert_int_equal(chart_level(1, 1), 4);
    assert_int_equal(chart_level(100, 100), 4);
    assert_int_equal(chart_level(75, 100), 3);
    assert_int_equal(chart_level(76, 100), 4);
}

/* No figure at all, nothing but noughts, and great ones: every number of the picture lies inside it. */
static void a_chart_stays_inside_its_picture(void **state)
{
    (void)state;
    const int64_t noughts[] = {0, 0, 0}, great[] = {4000000000000, 1, 0};
    const char *labels[] = {"a", "b", "c"};
    const struct series series[] = {{"x", noughts}, {"y", great}};
    for (size_t first = 0; first < 2; first++) {
        for (size_t count = 0; count <= 3; count++) {
            const struct chart chart = {.title = "t",
                .of = "o",
                .labels = labels,
                .count = count,
                .series = &series[first],
                .series_count = 1};
            chart_bars(&page, &chart);
            chart_lines(&page, &chart);
            chart_stacked(&page, &chart);
            chart_spark(&page, "t", series[first].values, count);
        }
    }
    for (const char *at = page.buf.data; (at = strstr(at, " y=\"")) != NULL; at++) {
        long y = strtol(at + 4, NULL, 10);
        assert_true(y >= 0 && y <= 240);
    }
    for (const char *at = page.buf.data; (at = strstr(at, " width=\"")) != NULL; at++)
        assert_in_range(strtol(at + 8, NULL, 10), 0, 480);
    assert_int_equal(times("nan"), 0);
}

static void a_picture_has_its_table_beside_it(void **state)
{
    (void)state;
    const int64_t values[] = {1234567, 0};
    const char *labels[] = {"Theft", "Hurt"};
    const struct series series = {"Cases", values};
    chart_bars(&page,
        &(struct chart){
            .title = "t", .of = "Kind", .labels = labels, .count = 2, .series = &series, .series_count = 1});
    assert_int_equal(times("<th scope=\"row\">Theft</th>"), 1);
    assert_int_equal(times("<td class=\"figure\" data-of=\"Cases\">12,34,567</td>"), 1);
    assert_int_equal(times("<caption class=\"off\">t</caption>"), 1);
}

/* ---- addresses ---- */

static void an_address_keeps_the_query_but_not_the_place_in_the_list(void **state)
{
    (void)state;
    request.query_count = 2;
    assert_string_equal(page_address(&page, "lang", "hi"), "/cases?sort=when&lang=hi");
    assert_string_equal(page_address(&page, "sort", NULL), "/cases");
    assert_string_equal(page_address(&page, "sort", "a&b"), "/cases?sort=a%26b");
    request.path = "/offices/a b?c";
    assert_string_equal(page_address(&page, "sort", NULL), "/offices/a%20b%3Fc");
    request.path = "//elsewhere.example/x";
    assert_true(page_address(&page, "sort", NULL)[1] != '/');
    request.method = METHOD_POST;
    assert_string_equal(page_address(&page, "lang", "en"), "/?lang=en");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(lists_hold_what_people_wrote, page_new),
        cmocka_unit_test_setup(tables_and_ways_hold_what_people_wrote, page_new),
        cmocka_unit_test_setup(fields_hold_what_people_wrote, page_new),
        cmocka_unit_test_setup(charts_hold_what_people_wrote, page_new),
        cmocka_unit_test(figures_are_grouped_as_in_india),
        cmocka_unit_test(only_nothing_has_no_shade),
        cmocka_unit_test_setup(a_chart_stays_inside_its_picture, page_new),
        cmocka_unit_test_setup(a_picture_has_its_table_beside_it, page_new),
        cmocka_unit_test_setup(an_address_keeps_the_query_but_not_the_place_in_the_list, page_new),
    };
    return cmocka_run_group_tests_name("kit", tests, words_begin, words_end);
}
