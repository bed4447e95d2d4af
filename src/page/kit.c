/* page/kit: every component with its states, on pages of its own: what a new page may be made of. Open to
 * all; it shows no record. The pages are also what the tests of the kit look at. */
#include "page/kit.h"

#include <string.h>

#include "kit/lists.h"
#include "kit/nav.h"
#include "kit/notice.h"
#include "kit/table.h"
#include "page/pages.h"

static const struct part {
    const char *name, *key;
    void (*draw)(struct page *page);
} parts[] = {
    {"lists", "kit_lists", kit_lists_draw},
    {"tables", "kit_tables", kit_tables_draw},
    {"notices", "kit_notices", kit_notices_draw},
    {"fields", "kit_fields", kit_fields_draw},
    {"wrong", "kit_wrong", kit_fields_draw},
    {"charts", "kit_charts", kit_charts_draw},
};
#define PART_COUNT (sizeof parts / sizeof parts[0])

static void mistakes_add(struct request *request)
{
    static const struct {
        const char *path, *code, *key;
    } mistakes[] = {{"kit.name", "field_required", "kit_field_name"},
        {"kit.date", "field_date", "kit_field_date"}, {"kit.told", "field_required", "kit_field_yes"},
        {"kit.kind", "field_required", "kit_field_select"}, {"kit.text", "field_required", "kit_field_text"},
        {"kit.photo", "field_required", "kit_field_file"}};
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++)
        problem_add(&request->problems, mistakes[i].code, mistakes[i].path, "field",
            word(LANG_EN, mistakes[i].key), "field_hi", word(LANG_HI, mistakes[i].key), "value", "31/2",
            NULL);
}

void page_kit(struct request *request)
{
    const char *asked = query_value(request, "part");
    const struct part *part = &parts[0];
    struct tab tabs[PART_COUNT];
    struct page page;
    for (size_t i = 0; i < PART_COUNT; i++)
        if (asked && strcmp(asked, parts[i].name) == 0) part = &parts[i];
    if (strcmp(part->name, "wrong") == 0) mistakes_add(request);
    page_begin_under(&page, request, word(request->lang, "kit"),
        (const struct crumb[]){{"/", word(request->lang, "tasks")}, {NULL, NULL}});
    errors_draw(&page, NULL);
    page_text(&page, page_word(&page, "kit_words"));
    for (size_t i = 0; i < PART_COUNT; i++)
        tabs[i] = (struct tab){.address = url_make(request->arena, "/kit?part=%", parts[i].name),
            .text = word(request->lang, parts[i].key),
            .count = -1,
            .current = part == &parts[i]};
    tabs_draw(&page, page.title, tabs, PART_COUNT);
    part->draw(&page);
    page_end(&page, 200);
}

/* ---- tables and ways through them ---- */

static void filters_draw(struct page *page)
{
    const struct filter_choice choices[] = {{NULL, page_word(page, "all"), 214},
        {"open", page_word(page, "kit_pending"), 31}, {"closed", page_word(page, "kit_closed"), 183}};
    filter_links(page, "stage", page_word(page, "stage"), choices, 3);
    filter_begin(page, "/kit");
    filter_text(page, "number", "number");
    filter_select_begin(page, "kind", "kind", "all");
    filter_option(page, "kind", "theft", page_word(page, "kit_theft"));
    filter_select_end(page);
    filter_text(page, "from", "from");
    filter_end(page, "part stage", page_word(page, "show"));
}

void kit_tables_draw(struct page *page)
{
    static const struct column columns[] = {{.key = "case_number", .sorts = true}, {.key = "sections"},
        {.key = "stage"}, {.key = "due", .sorts = true, .whole = true}, {.key = "age", .figure = true}, {0}};
    struct request *request = page->request;
    filters_draw(page);
    struct table table = {.page = page, .caption = page_word(page, "cases"), .columns = columns};
    table_begin(&table);
    for (int i = 0; i < 6; i++) {
        table_row_begin(&table);
        table_cell_link(&table, "/kit?part=lists", arena_printf(request->arena, "0%d/2026", 128 - i));
        table_cell(&table, page_word(page, "kit_theft"));
        table_cell_begin(&table);
        tag_draw(
            page, page_word(page, i % 3 ? "kit_tag_note" : "kit_tag_good"), i % 3 ? TONE_NOTE : TONE_GOOD);
        html_close(&page->html);
        const char *due = page_time(page, request->now + (i - 1) * 86400000LL);
        if (i == 0)
            table_cell_late(&table, due);
        else
            table_cell(&table, due);
        table_cell(&table, arena_printf(request->arena, "%d", 61 - 7 * i));
        table_row_end(&table);
    }
    table_end(&table);
    paging_draw(page, "122", "earlier");
    struct table empty = {.page = page, .caption = page_word(page, "arrived"), .columns = columns};
    table_begin(&empty);
    table_end(&empty);
}

/* ---- notices, tags, buttons ---- */

static void marks_draw(struct page *page)
{
    static const char *const keys[] = {
        "kit_tag_plain", "kit_tag_note", "kit_tag_good", "kit_tag_warn", "kit_tag_bad"};
    page_buttons_begin(page);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        tag_draw(page, page_word(page, keys[i]), (enum tone)i);
    for (enum proof proof = PROOF_SAVED; proof <= PROOF_WITNESSED; proof++) proof_draw(page, proof);
    html_close(&page->html);
}

void kit_notices_draw(struct page *page)
{
    marks_draw(page);
    notice_draw(page, TONE_PLAIN, page_word(page, "kit_notice_plain"));
    notice_draw(page, TONE_NOTE, page_word(page, "kit_notice_note"));
    notice_draw(page, TONE_GOOD, page_word(page, "kit_notice_good"));
    notice_begin(page, TONE_WARN, page_word(page, "kit_notice_warn_title"));
    page_text(page, page_word(page, "kit_notice_warn"));
    html_close(&page->html);
    notice_begin(page, TONE_BAD, page_word(page, "kit_notice_bad_title"));
    page_text(page, page_word(page, "kit_notice_bad"));
    html_close(&page->html);
    interruption_begin(page, page_word(page, "kit_interruption"));
    html_element(&page->html, "blockquote", page_word(page, "kit_fact"), NULL);
    page_text(page, page_word(page, "kit_interruption_text"));
    page_buttons_begin(page);
    page_button(page, BUTTON_FIRST, page_word(page, "kit_interruption_go"), NULL, NULL);
    page_button_link(page, BUTTON_SECOND, page_word(page, "change"), "/kit?part=fields");
    html_close(&page->html);
    html_close(&page->html);
    page_buttons_begin(page);
    page_button(page, BUTTON_FIRST, page_word(page, "record"), NULL, NULL);
    page_button(page, BUTTON_SECOND, page_word(page, "show"), NULL, NULL);
    page_button(page, BUTTON_WARNING, page_word(page, "remove"), NULL, NULL);
    page_button(page, BUTTON_LINK, page_word(page, "sign_out"), NULL, NULL);
    html_close(&page->html);
}
