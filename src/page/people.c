/* page/people: one search box for numbers and names in any script, and the people found with the reasons in
 * words. */
#include <string.h>

#include "kit/lists.h"
#include "kit/nav.h"
#include "kit/notice.h"
#include "kit/rows.h"
#include "kit/table.h"
#include "page/pages.h"
#include "page/people.h"
#include "page/watches.h"
#include "web/offences.h"
#include "web/people_seen.h"

#define CASES_FOUND_MAX 20

/* ---- what is asked ---- */

static void select_codes(
    struct page *page, const char *name, const char *key, const char *list, const char *none)
{
    const struct code_list *codes = list_find(node_forms(page->request->node), list);
    filter_select_begin(page, name, key, none);
    for (size_t i = 0; codes && i < codes->count; i++)
        filter_option(page, name, codes->codes[i].name, codes->codes[i].label.text[page->request->lang]);
    filter_select_end(page);
}

void person_purpose_draw(struct page *page, const char *address, const struct people_search *search)
{
    if (search->elsewhere != MASK_ASK) return;
    notice_draw(page, TONE_NOTE, page_word(page, search->wide ? "people_wide" : "people_own"));
    filter_begin(page, address);
    select_codes(page, "why", "people_why", "opening_purpose", "people_why_none");
    filter_text(page, "reason", "people_reason");
    filter_end(page, "office", page_word(page, "search"));
}

/* Members of the query beside the one box, and their labels. */
static const char *const narrow[][2] = {{"name", "name"}, {"relative", "relative"}, {"age", "age"},
    {"district", "people_district"}, {"station", "people_station"}, {"phone", "people_phone"},
    {"identity", "people_identity"}, {"vehicle", "people_vehicle"}, {"fir", "people_fir"}};
#define NARROW_COUNT (sizeof narrow / sizeof narrow[0])

static void box_draw(struct page *page, const struct people_search *search)
{
    bool open = false;
    for (size_t i = 0; i < NARROW_COUNT; i++) open = open || query_value(page->request, narrow[i][0]);
    filter_begin(page, "/search");
    filter_text(page, "q", "search_what");
    if (search->elsewhere == MASK_ASK) {
        select_codes(page, "why", "people_why", "opening_purpose", "people_why_none");
        filter_text(page, "reason", "people_reason");
    }
    page_details_begin(page, "more", page_word(page, "people_more"), open);
    for (size_t i = 0; i < NARROW_COUNT; i++) filter_text(page, narrow[i][0], narrow[i][1]);
    select_codes(page, "sex", "gender", "gender", "all");
    select_codes(page, "role", "role", "person_role", "all");
    html_close(&page->html);
    filter_end(page, "strict scope", page_word(page, "search"));
}

static void filters_draw(struct page *page, const struct people_search *search)
{
    const struct code_list *sexes = list_find(node_forms(page->request->node), "gender");
    struct filter_choice choices[8] = {{.text = page_word(page, "all"), .count = -1}};
    size_t count = 1;
    for (size_t i = 0; sexes && i < sexes->count && count < 8; i++)
        choices[count++] = (struct filter_choice){
            sexes->codes[i].name, sexes->codes[i].label.text[page->request->lang], -1};
    filter_links(page, "sex", page_word(page, "gender"), choices, count);
    const struct filter_choice fits[] = {{NULL, page_word(page, "people_fit_all"), -1},
        {"yes", page_word(page, "people_fit_only"), -1}};
    filter_links(page, "strict", page_word(page, "people_fit"), fits, 2);
    if (search->elsewhere == MASK_OPEN || search->purpose) {
        const struct filter_choice reach[] = {{NULL, page_word(page, "people_reach_wide"), -1},
            {"own", page_word(page, "people_reach_own"), -1}};
        filter_links(page, "scope", page_word(page, "people_reach"), reach, 2);
    }
}

/* ---- what was found ---- */

void person_reasons_draw(struct page *page, const struct found_person *found)
{
    static const char *const keys[] = {[FOUND_PHONE] = "people_by_phone",
        [FOUND_IDENTITY] = "people_by_identity", [FOUND_VEHICLE] = "people_by_vehicle",
        [FOUND_CASE] = "people_by_case"};
    struct arena *arena = page->request->arena;
    html_open(&page->html, "ul", NULL);
    if (found->by != FOUND_NAME) html_element(&page->html, "li", page_word(page, keys[found->by]), NULL);
    for (size_t i = 0; found->hit && i < found->hit->reason_count; i++)
        html_element(&page->html, "li",
            reason_words(arena, page->request->lang, &found->hit->reasons[i]), NULL);
    struct evidence_word said[5];
    size_t count = found->hit ? evidence_words(found->hit, said) : 0;
    for (size_t i = 0; i < count; i++) html_element(&page->html, "li", page_word(page, said[i].key), NULL);
    html_close(&page->html);
}

static const char *age_told(struct arena *arena, const struct mention_row *row)
{
    if (row->age_low < 0) return NULL;
    if (row->age_high <= row->age_low) return arena_printf(arena, "%d", row->age_low);
    return arena_printf(arena, "%d–%d", row->age_low, row->age_high);
}

static const char *names_told(struct arena *arena, const char *lines)
{
    char *text = lines ? arena_strdup(arena, lines) : NULL;
    for (char *at = text; at && *at; at++)
        if (*at == '\n') *at = at[1] ? ',' : '\0';
    return text;
}

void person_identity_draw(struct page *page, const struct found_person *found)
{
    struct request *request = page->request;
    const struct mention_row *row = &found->sightings[0].row;
    identity_begin(page);
    identity_fact(page, "name_other", row->name_other);
    identity_fact(page, "people_names", names_told(request->arena, row->names));
    identity_fact(page, "relative", row->relative);
    identity_fact(page, "gender", list_words(request, "gender", row->gender));
    identity_fact(page, "age", age_told(request->arena, row));
    if (found->tied == TIED_LIKELY)
        identity_tag(page, "people_tied", page_word(page, "people_likely_same"), TONE_WARN);
    if (found->tied == TIED_DECIDED)
        identity_tag(page, "people_tied", page_word(page, "people_decided"), TONE_NOTE);
    identity_end(page);
}

static void case_cell(struct table *table, const struct sighting *sighting)
{
    struct request *request = table->page->request;
    const struct case_row *row = &sighting->case_row;
    if (!row->id) {
        table_cell_link(table, url_make(request->arena, "/entries/%", sighting->row.entry),
            page_word(table->page, "open_entry"));
        return;
    }
    const char *title = arena_printf(request->arena, "%s %s", list_words(request, "case_kind", row->kind),
        row->number ? row->number : "—");
    if (sighting->elsewhere)
        table_cell(table, title);
    else
        table_cell_link(table, url_make(request->arena, "/cases/%", row->id), title);
}

static const char *roles_told(struct request *request, const struct sighting *sighting)
{
    struct buf text;
    buf_init(&text, request->arena, 4000);
    for (size_t i = 0; i < sighting->party_count; i++) {
        const char *status = sighting->parties[i].status;
        buf_printf(&text, "%s%s", i ? ", " : "", role_words(request, sighting->parties[i].role));
        if (status && strcmp(status, "named") != 0)
            buf_printf(&text, " (%s)", list_words(request, "person_status", status));
    }
    if (sighting->party_count == 0) buf_puts(&text, role_words(request, sighting->row.roles));
    return text.data;
}

void person_cases_draw(struct page *page, const struct found_person *found)
{
    static const struct column columns[] = {{.key = "case_number"}, {.key = "role"}, {.key = "sections"},
        {.key = "stage"}, {.key = "office"}, {0}};
    struct request *request = page->request;
    struct table table = {.page = page, .caption = page_word(page, "cases"), .columns = columns};
    table_begin(&table);
    for (size_t i = 0; i < found->sighting_count; i++) {
        const struct sighting *sighting = &found->sightings[i];
        const struct case_row *row = &sighting->case_row;
        table_row_begin(&table);
        case_cell(&table, sighting);
        table_cell(&table, roles_told(request, sighting));
        table_cell(&table, row->id ? offences_brief(request, row->sections) : NULL);
        table_cell(&table, row->id ? list_words(request, "case_stage", row->stage) : NULL);
        table_cell(&table, office_words(request, row->id ? row->office : sighting->row.office));
        table_row_end(&table);
    }
    table_end(&table);
}

void person_photo_draw(struct page *page, const struct found_person *found)
{
    const char *photo = photo_seen(page->request, found);
    if (photo)
        html_void(&page->html, "img", "src", url_make(page->request->arena, "/api/v1/blobs/%", photo), "alt",
            page_word(page, "people_photo"), "width", "120", NULL);
}

static void found_draw(
    struct page *page, const struct people_search *search, const struct found_person *found)
{
    struct arena *arena = page->request->arena;
    const char *name = found->sightings[0].row.name;
    const char *id = arena_printf(arena, "%lld", (long long)search->id);
    card_begin(page, NULL, name ? name : "—", url_make(arena, "/people/%?search=%", found->ids[0], id));
    person_photo_draw(page, found);
    person_identity_draw(page, found);
    person_reasons_draw(page, found);
    person_cases_draw(page, found);
    html_close(&page->html);
}

static void notices_draw(struct page *page, const struct people_search *search)
{
    const struct people_index *index = &search->answer.index;
    if (index->building)
        notice_draw(page, TONE_WARN, page_word(page, "people_building"));
    else if (index->behind > 0)
        notice_draw(page, TONE_WARN, page_word(page, "people_behind"));
    if (search->wide)
        notice_draw(page, TONE_NOTE, page_word(page, "people_wide"));
    else if (search->elsewhere == MASK_ASK)
        notice_draw(page, TONE_NOTE, page_word(page, "people_own"));
}

/* Cases by number or CNR, for a query with figures in it. */
static enum err cases_find(struct request *request, struct case_row **ret, size_t *ret_count)
{
    const char *asked = query_value(request, "q");
    bool more, figures = asked && strcspn(asked, "0123456789") < strlen(asked);
    *ret_count = 0;
    if (!figures) return E_OK;
    struct case_filter filter = {.number = asked, .limit = CASES_FOUND_MAX};
    return case_list(request->db, request->arena, &request->viewer, &filter, ret, ret_count, &more);
}

/* The address may hold other things too, the theme for one. */
static bool is_asked(const struct request *request)
{
    bool asked = query_value(request, "q") != NULL;
    for (size_t i = 0; i < NARROW_COUNT; i++) asked = asked || query_value(request, narrow[i][0]);
    return asked;
}

void page_search(struct request *request)
{
    struct people_search search = {.elsewhere = mask_for(&request->viewer, "people_elsewhere", NULL)};
    struct case_row *cases;
    size_t case_count;
    bool asked = is_asked(request);
    enum err err = cases_find(request, &cases, &case_count);
    if (err == E_OK && asked) people_search_read(request, &search);
    if (err == E_OK && asked && request->problems.count == 0) err = people_search_run(request, &search);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    struct page page;
    page_begin(&page, request, word(request->lang, "search"));
    errors_draw(&page, NULL);
    box_draw(&page, &search);
    if (!asked) page_button_link(&page, BUTTON_SECOND, page_word(&page, "duplicates"), "/duplicates");
    if (asked && request->problems.count == 0) {
        notices_draw(&page, &search);
        filters_draw(&page, &search);
        if (case_count > 0) rows_cases(&page, page_word(&page, "cases"), cases, case_count);
        if (search.answer.count > 0) page_heading(&page, "people");
        for (size_t i = 0; i < search.answer.count; i++) found_draw(&page, &search, &search.answer.list[i]);
        watch_search_draw(&page, &search.query);
        if (case_count + search.answer.count == 0) page_text(&page, page_word(&page, "found_none"));
    }
    page_end(&page, request->problems.count > 0 ? problems_status(&request->problems) : 200);
}
