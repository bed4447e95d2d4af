/* page/draft: the pages of a form being filled: a short one whole, a long one as a list of its parts and a
 * page for each, and the list of one's drafts. */
#include <string.h>

#include "base/json.h"
#include "kit/frame.h"
#include "kit/notice.h"
#include "kit/rows.h"
#include "kit/table.h"
#include "law/law.h"
#include "page/desk.h"
#include "page/pages.h"

/* ---- parts of these pages ---- */

static bool field_is_file(const struct field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (fields[i].type == FIELD_BLOB) return true;
        const struct composite *composite = fields[i].composite;
        if (!composite) continue;
        if (field_is_file(composite->fields, composite->field_count)) return true;
        for (size_t k = 0; k < composite->section_count; k++)
            if (field_is_file(composite->sections[k].fields, composite->sections[k].field_count)) return true;
    }
    return false;
}

static bool takes_files(const struct form *form, const struct part *part)
{
    for (size_t i = 0; i < form->section_count; i++)
        if ((!part || part->section == &form->sections[i]) &&
            field_is_file(form->sections[i].fields, form->sections[i].field_count))
            return true;
    return false;
}

static const char *case_title(const struct desk *desk)
{
    struct request *request = desk->request;
    return arena_printf(request->arena, "%s %s", list_words(request, "case_kind", desk->row.kind),
        desk->row.number ? desk->row.number : "");
}

/* The case, then the form: the way back. */
static void begin(struct page *page, const struct desk *desk, const char *title, bool in_form)
{
    struct crumb crumbs[3] = {{NULL, NULL}};
    size_t count = 0;
    struct request *request = desk->request;
    if (desk->row.id)
        crumbs[count++] =
            (struct crumb){url_make(request->arena, "/cases/%", desk->row.id), case_title(desk)};
    if (in_form)
        crumbs[count++] = (struct crumb){desk_address(desk, ""), desk->form->label.text[request->lang]};
    page_begin_under(page, request, title, crumbs);
}

static struct form_draw draw_of(struct page *page, const struct desk *desk, const char *send)
{
    return (struct form_draw){.page = page,
        .form = desk->form,
        .case_id = desk->row.id,
        .send = send,
        .query = desk_query(desk),
        .typed = &desk->typed,
        .act_day = desk_act_day(desk)};
}

/* Return in a text field presses the first button of a form: it must be the one that goes on. */
static void default_button(struct page *page)
{
    html_element(&page->html, "button", page_word(page, "save_continue"), "type", "submit", "name",
        "_continue", "value", "1", "class", "off", "tabindex", "-1", "aria-hidden", "true", NULL);
}

static void law_draw(struct page *page, const struct form *form)
{
    const char *law = law_citation(page->request->arena, form->law, page->request->lang);
    if (law) html_element(&page->html, "p", law, "class", "law", NULL);
}

/* ---- a short form ---- */

static void whole_draw(struct desk *desk, int status, int64_t other_at)
{
    struct request *request = desk->request;
    struct page page;
    const char *send = arena_printf(request->arena, "/drafts/%s", desk->head.id);
    begin(&page, desk, desk->form->label.text[request->lang], false);
    errors_draw(&page, desk->form);
    law_draw(&page, desk->form);
    page_beside_begin(&page);
    page_form_open(&page, send, takes_files(desk->form, NULL), "typed");
    default_button(&page);
    desk_marks_draw(&page, desk, other_at);
    struct form_draw draw = draw_of(&page, desk, send);
    draw.first = desk->typed.count == 0;
    form_draw(&draw);
    addressees_draw(&draw, desk);
    page_buttons_begin(&page);
    page_button(&page, BUTTON_FIRST, page_word(&page, "check_and_record"), "_continue", "1");
    page_button(&page, BUTTON_SECOND, page_word(&page, "save_only"), "_refresh", "1");
    if (desk->head.version > 0)
        page_button_link(&page, BUTTON_LINK, page_word(&page, "draft_drop"), desk_address(desk, "/drop"));
    html_close(&page.html);
    html_close(&page.html);
    page_beside(&page, page_word(&page, "still_missing"));
    desk_missing_draw(&page, desk, NULL, false);
    page_beside_end(&page);
    page_end(&page, status);
}

/* ---- a long form: its parts ---- */

static void steps_draw(struct page *page, const struct desk *desk)
{
    const struct form *form = desk->form;
    steps_begin(page);
    for (size_t i = 0; i < form->section_count; i++) {
        const struct section *section = &form->sections[i];
        struct step step = {.text = section->label.text[page->request->lang],
            .address = part_address(desk, section->name, NULL),
            .state = section_state(desk, section)};
        if (step.state == STEP_WAITS) {
            struct form_draw draw = {.page = page, .form = form};
            step.hint = condition_words(&draw, &section->only_when, &(struct typed_place){"", ""});
            step.address = NULL;
        }
        steps_step(page, &step);
    }
    if (form->to_count > 0 && !form->to_field)
        steps_step(page, &(struct step){.text = page_word(page, "send_to"),
                             .address = part_address(desk, ADDRESSEES, NULL),
                             .state = desk->to[0]         ? STEP_DONE
                                      : form->to_required ? STEP_OPEN
                                                          : STEP_OPTIONAL});
    steps_end(page);
}

static void parts_draw(struct desk *desk)
{
    struct request *request = desk->request;
    struct page page;
    begin(&page, desk, desk->form->label.text[request->lang], false);
    law_draw(&page, desk->form);
    page_beside_begin(&page);
    if (desk->head.version > 0) {
        html_open(&page.html, "p", NULL);
        desk_saved_draw(&page, desk, 0);
        html_close(&page.html);
    } else {
        page_text(&page, page_word(&page, "parts_hint"));
    }
    steps_draw(&page, desk);
    page_buttons_begin(&page);
    const char *first = part_after(desk, NULL);
    if (desk->head.version == 0 && first)
        page_button_link(
            &page, BUTTON_FIRST, page_word(&page, "parts_begin"), part_address(desk, first, NULL));
    else
        page_button_link(&page, BUTTON_FIRST, page_word(&page, "to_review"), desk_address(desk, "/review"));
    if (desk->head.version > 0)
        page_button_link(&page, BUTTON_LINK, page_word(&page, "draft_drop"), desk_address(desk, "/drop"));
    html_close(&page.html);
    page_beside(&page, page_word(&page, "still_missing"));
    desk_missing_draw(&page, desk, NULL, false);
    page_beside_end(&page);
    page_end(&page, 200);
}

/* ---- one part ---- */

/* What makes a row known: its first values in words. */
static const char *row_words(const struct desk *desk, const struct section *section, const char *row)
{
    struct request *request = desk->request;
    json_t *body CLEANUP(json_drop) = desk_body(desk);
    size_t number = strtoul(strchr(row, '.') + 1, NULL, 10);
    const json_t *object = json_array_get(json_object_get(body, section->name), number);
    struct buf words;
    buf_init(&words, request->arena, 4000);
    for (size_t i = 0; i < section->field_count && words.len < 120; i++) {
        const json_t *value = json_object_get(object, section->fields[i].name);
        if (!value || section->fields[i].type == FIELD_BLOB) continue;
        buf_printf(&words, "%s%s", words.len > 0 ? ", " : "",
            field_words(
                node_forms(request->node), &section->fields[i], value, request->lang, request->arena));
    }
    return words.data;
}

/* The rows of a section one by one, each with its ways to change and remove it. */
static void rows_list_draw(struct page *page, const struct desk *desk, const struct section *section)
{
    struct arena *arena = page->request->arena;
    size_t rows = typed_rows(&desk->typed, section->name, 0), shown = 0;
    summary_begin(page);
    for (size_t i = 0; i < rows; i++) {
        const char *row = arena_printf(arena, "%s.%zu", section->name, i);
        if (!typed_any(&desk->typed, row)) continue;
        struct part part;
        if (!part_find(desk, row, &part)) continue;
        const char *title = part_title(desk, &part);
        shown++;
        summary_value_begin(page, title);
        html_text(&page->html, row_words(desk, section, row));
        html_open(&page->html, "span", "class", "change", NULL);
        page_link(page, part_address(desk, row, NULL),
            arena_printf(arena, "%s: %s", page_word(page, "change"), title));
        html_text(&page->html, " · ");
        page_link(page, arena_printf(arena, "/drafts/%s/part/%s/remove", desk->head.id, row),
            arena_printf(arena, "%s: %s", page_word(page, "remove"), title));
        html_close(&page->html);
        html_close(&page->html);
    }
    summary_end(page);
    if (shown == 0) page_text(page, page_word(page, "rows_none"));
    if (rows < SECTION_ROWS_MAX)
        page_button_link(page, BUTTON_SECOND,
            arena_printf(arena, "%s: %s", page_word(page, shown > 0 ? "add_another" : "add_first"),
                section->label.text[page->request->lang]),
            part_address(desk, arena_printf(arena, "%s.%zu", section->name, rows), NULL));
}

static void part_form_draw(struct page *page, struct desk *desk, const struct part *part, int64_t other_at)
{
    struct request *request = desk->request;
    const char *send = arena_printf(request->arena, "/drafts/%s/part/%s", desk->head.id, part->place);
    page_form_open(page, send, part->section && takes_files(desk->form, part), "typed");
    default_button(page);
    desk_marks_draw(page, desk, other_at);
    struct form_draw draw = draw_of(page, desk, send);
    draw.first = !typed_any(&desk->typed, part->place);
    if (part->section)
        form_draw_part(&draw, part->section, part->place);
    else
        addressees_draw(&draw, desk);
    page_buttons_begin(page);
    page_button(page, BUTTON_FIRST, page_word(page, "save_continue"), "_continue", "1");
    page_button(page, BUTTON_SECOND, page_word(page, "save_list"), "_list", "1");
    html_close(&page->html);
    html_close(&page->html);
}

void draft_part_draw(struct desk *desk, const struct part *part, int status, int64_t other_at)
{
    struct request *request = desk->request;
    struct page page;
    bool rows = part->section && part->section->many && !part->row && !rows_on_one_page(part->section);
    begin(&page, desk, part_title(desk, part), true);
    errors_draw(&page, desk->form);
    if (query_value(request, "asked")) notice_draw(&page, TONE_NOTE, page_word(&page, "now_asked"));
    page_beside_begin(&page);
    if (rows) {
        rows_list_draw(&page, desk, part->section);
        const char *next = part_after(desk, part->section);
        page_buttons_begin(&page);
        page_button_link(&page, BUTTON_FIRST, page_word(&page, "go_on"),
            next ? part_address(desk, next, NULL) : desk_address(desk, "/review"));
        page_button_link(&page, BUTTON_SECOND, page_word(&page, "to_list"), desk_address(desk, ""));
        html_close(&page.html);
    } else {
        part_form_draw(&page, desk, part, other_at);
    }
    page_beside(&page, page_word(&page, "still_missing"));
    desk_missing_draw(&page, desk, part->place, false);
    page_beside_end(&page);
    page_end(&page, status);
}

void draft_draw(struct desk *desk, int status, int64_t other_at)
{
    if (desk_on_one_page(desk->form))
        whole_draw(desk, status, other_at);
    else
        parts_draw(desk);
}

/* ---- handlers ---- */

/* One more row, asked for in the address: nothing is typed in it yet. */
static void grow_read(struct desk *desk)
{
    desk->typed.grow = query_value(desk->request, "more");
}

void page_form(struct request *request)
{
    struct desk desk CLEANUP(desk_clear) = {0};
    if (!desk_begin(request, request->captures[0], &desk)) return;
    desk_judge(&desk);
    draft_draw(&desk, 200, 0);
}

void page_draft(struct request *request)
{
    struct desk desk CLEANUP(desk_clear) = {0};
    if (desk_filed(request) || !desk_open(request, &desk)) return;
    grow_read(&desk);
    desk_judge(&desk);
    draft_draw(&desk, 200, 0);
}

void page_draft_part(struct request *request)
{
    struct desk desk CLEANUP(desk_clear) = {0};
    struct part part;
    if (!desk_open(request, &desk)) return;
    if (!part_find(&desk, request->captures[1], &part)) {
        respond_problem(request, "not_found");
        return;
    }
    grow_read(&desk);
    desk_judge(&desk);
    draft_part_draw(&desk, &part, 200, 0);
}

/* ---- one's drafts ---- */

void page_drafts_table(struct page *page, const char *caption)
{
    struct request *request = page->request;
    static const struct column columns[] = {
        {.key = "form"}, {.key = "case_number"}, {.key = "draft_saved"}, {.key = NULL}};
    struct draft_head *heads;
    size_t count;
    enum err err = drafts_list(node_drafts(request->node), request->arena, request->session.officer,
        request->viewer.office, request->now, &heads, &count);
    if (err != E_OK || count == 0) return;
    struct table table = {.page = page, .caption = caption, .columns = columns};
    table_begin(&table);
    for (size_t i = 0; i < count; i++) {
        struct case_row row;
        bool on_case = heads[i].case_id && may_see_case(request->db, &request->viewer, heads[i].case_id) &&
                       case_get(request->db, request->arena, heads[i].case_id, &row) == E_OK;
        table_row_begin(&table);
        table_cell_link(
            &table, url_make(request->arena, "/drafts/%", heads[i].id), form_words(request, heads[i].form));
        table_cell(&table,
            on_case && row.number ? case_number_words(request, row.kind, row.number, row.office) : NULL);
        table_cell(&table, page_time(page, heads[i].saved_at));
        table_row_end(&table);
    }
    table_end(&table);
}

void page_drafts(struct request *request)
{
    struct page page;
    page_begin(&page, request, word(request->lang, "drafts"));
    page_drafts_table(&page, NULL);
    page_text(&page, page_word(&page, "drafts_hint"));
    page_end(&page, 200);
}
