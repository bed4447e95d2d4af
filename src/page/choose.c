/* page/choose: looking for what a field wants and choosing it: sections of law, offices, officers, districts,
 * stations, people and things of the case. One address each: asked by the script it gives the list alone, to
 * stand below the field; else a page of its own that leads back to the draft. */
#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "kit/frame.h"
#include "kit/notice.h"
#include "page/choose.h"
#include "page/pages.h"
#include "web/offences.h"

#define OFFICES_MAX 5000

static void words_read(struct looking *search)
{
    const char *at = text_fold(search->request->arena, search->typed);
    while (*at && search->word_count < CHOICE_WORDS_MAX) {
        size_t n = strcspn(at, " ,.");
        if (n > 0) search->words[search->word_count++] = arena_strndup(search->request->arena, at, n);
        at += n;
        at += strspn(at, " ,.");
    }
}

bool choice_fits(const struct looking *search, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < search->word_count; i++) {
        bool in = false;
        size_t n = strlen(search->words[i]);
        for (size_t k = 0; k < count && !in; k++)
            for (const char *at = texts[k]; at && *at && !in; at += strcspn(at, " "), at += strspn(at, " "))
                in = strncasecmp(at, search->words[i], n) == 0;
        if (!in) return false;
    }
    return true;
}

const char *choice_pick(const struct looking *search, const char *value)
{
    return search->into ? url_make(search->request->arena, "%=%", search->into, value) : NULL;
}

/* The path of another field of the same address. */
static const char *beside(const struct looking *search, const char *name)
{
    const char *dot = search->into ? strrchr(search->into, '.') : NULL;
    if (!dot) return NULL;
    return arena_printf(search->request->arena, "%.*s.%s", (int)(dot - search->into), search->into, name);
}

/* Adds "&path=value" when the form has such a field. */
const char *choice_pick_with(
    const struct looking *search, const char *pick, const char *name, const char *value)
{
    const char *path = beside(search, name);
    if (!pick || !value || !path || !field_at(search->desk->form, path)) return pick;
    return arena_printf(
        search->request->arena, "%s%s", pick, url_make(search->request->arena, "&%=%", path, value));
}

/* ---- the kinds ---- */

static size_t offences_find(struct looking *search, struct chosen *ret, size_t max)
{
    struct request *request = search->request;
    const struct offence *offences[CHOICES_MAX];
    const struct law *law = node_law(request->node);
    size_t count = law_offence_find(law, search->typed, search->day, offences, max);
    /* A number of the code of other days is shown with its warning. */
    int32_t other = search->day < LAW_SANHITA_DAY ? LAW_SANHITA_DAY : LAW_SANHITA_DAY - 1;
    if (count == 0) count = law_offence_find(law, search->typed, other, offences, max);
    for (size_t i = 0; i < count; i++)
        ret[i] = (struct chosen){.pick = choice_pick(search, offences[i]->name),
            .title = offence_line(request, offences[i]),
            .hint = offence_class_words(request, offences[i]),
            .warning = offence_day_warning(request, offences[i], search->day)};
    return count;
}

static size_t offices_find(struct looking *search, struct chosen *ret, size_t max)
{
    struct request *request = search->request;
    struct office_filter filter = {.limit = OFFICES_MAX};
    if (search->field && search->field->type == FIELD_OFFICE) {
        filter.kinds = search->field->targets;
        filter.kind_count = search->field->target_count;
    } else if (search->desk && search->into && strcmp(search->into, ADDRESSEES) == 0) {
        filter.kinds = search->desk->form->to_kinds;
        filter.kind_count = search->desk->form->to_count;
    }
    struct office *offices;
    size_t count = offices_list(request->db, request->arena, &filter, &offices), found = 0;
    for (size_t i = 0; i < count && found < max; i++) {
        const char *texts[] = {offices[i].name, offices[i].name_hi, offices[i].code};
        if (!choice_fits(search, texts, 3)) continue;
        bool hindi = request->lang == LANG_HI && offices[i].name_hi;
        ret[found++] = (struct chosen){.pick = choice_pick(search, offices[i].code),
            .title = hindi ? offices[i].name_hi : offices[i].name,
            .hint = arena_printf(request->arena, "%s, %s",
                list_words(request, "office_kind", offices[i].kind), offices[i].code)};
    }
    return found;
}

static size_t officers_look(struct looking *search, struct chosen *ret, size_t max)
{
    struct request *request = search->request;
    struct officer *officers;
    size_t count = officers_find(request->db, request->arena, search->typed, max, &officers);
    for (size_t i = 0; i < count; i++) {
        struct posting *postings;
        size_t posted = postings_at(request->db, request->arena, officers[i].id, request->now, &postings);
        ret[i] = (struct chosen){.pick = choice_pick(search, officers[i].id),
            .title = officer_words(request, officers[i].id),
            .hint = posted > 0 ? arena_printf(request->arena, "%s, %s",
                                     list_words(request, "role", postings[0].role),
                                     office_words(request, postings[0].office))
                               : NULL};
    }
    return count;
}

bool choice_case(const struct looking *search, struct seen_case *ret)
{
    return search->desk && search->desk->row.id &&
           seen_case_read(search->request, search->desk->row.id, -1, ret) == E_OK;
}

static size_t things_find_known(struct looking *search, struct chosen *ret, size_t max)
{
    struct request *request = search->request;
    struct seen_case seen;
    size_t found = 0;
    if (!choice_case(search, &seen)) return 0;
    for (size_t i = 0; i < seen.property_count && found < max; i++) {
        const struct property_row *thing = &seen.property[i];
        const char *texts[] = {thing->description};
        if (choice_fits(search, texts, 1))
            ret[found++] = (struct chosen){.pick = choice_pick(search, thing->id),
                .title = thing->description,
                .hint = custody_words(request, thing->state)};
    }
    return found;
}

static const struct kind {
    const char *name, *title;
    size_t (*find)(struct looking *search, struct chosen *ret, size_t max);
    bool personal; /* what is typed says who somebody is: it stands in no address */
} kinds[] = {
    {"offence", "choose_offence", offences_find, false},
    {"office", "choose_office", offices_find, false},
    {"officer", "choose_officer", officers_look, false},
    {"district", "choose_district", districts_find, false},
    {"station", "choose_station", stations_find, false},
    {"person", "choose_person", known_people_find, true},
    {"thing", "choose_thing", things_find_known, false},
};

/* ---- drawing ---- */

static void found_draw(struct page *page, const struct chosen *found)
{
    struct html *html = &page->html;
    html_open(html, "li", NULL);
    if (found->pick)
        html_element(html, "button", found->title, "type", "submit", "name", "_pick", "value", found->pick,
            "class", "link", "formnovalidate", "", NULL);
    else
        html_element(html, "strong", found->title, NULL);
    if (found->hint) html_element(html, "span", found->hint, "class", "hint", NULL);
    if (found->warning) html_element(html, "span", found->warning, "class", "error", NULL);
    html_close(html);
}

static void list_draw(struct page *page, const struct chosen *found, size_t count, bool asked)
{
    if (count == 0) {
        if (asked) page_text(page, page_word(page, "choose_none"));
        return;
    }
    html_open(&page->html, "ul", "class", "choices", NULL);
    for (size_t i = 0; i < count; i++) found_draw(page, &found[i]);
    html_close(&page->html);
}

/* A draft that nothing keeps yet is told by the form and the case it is for. */
static void draft_tell(struct page *page, const struct desk *desk)
{
    page_hidden(page, "_form", desk->form->name);
    if (desk->head.case_id) page_hidden(page, "_case", desk->head.case_id);
}

static void search_form_begin(struct page *page, const struct looking *search, const struct kind *kind)
{
    struct request *request = search->request;
    const char *address = url_make(request->arena, "/choose/%", kind->name);
    if (kind->personal) {
        if (search->desk && search->into)
            address = arena_printf(request->arena, "%s?%s&%s", address,
                url_make(request->arena, "into=%", search->into), desk_query(search->desk));
        page_form_open(page, address, false, "filter");
        if (search->desk) draft_tell(page, search->desk);
        return;
    }
    html_open(&page->html, "form", "method", "get", "action", address, "class", "filter", NULL);
    for (size_t i = 0; i < request->query_count; i++)
        if (strcmp(request->query[i].name, "q") != 0 && strcmp(request->query[i].name, "day") != 0 &&
            strcmp(request->query[i].name, "lang") != 0)
            page_hidden(page, request->query[i].name, request->query[i].value);
}

static void search_form_draw(struct page *page, const struct looking *search, const struct kind *kind)
{
    struct request *request = search->request;
    struct html *html = &page->html;
    bool offence = strcmp(kind->name, "offence") == 0;
    search_form_begin(page, search, kind);
    const struct control control = {.id = "q", .label = page_word(page, kind->title), .value = search->typed};
    control_begin(page, &control);
    input_text(page, &control, TEXT_SEARCH);
    control_end(page);
    if (offence) {
        const struct control day = {.id = "day",
            .label = page_word(page, "day_of_offence"),
            .value = time_typed_text(request->arena, search->day * TIME_DAY_MS, false)};
        control_begin(page, &day);
        input_text(page, &day, TEXT_DATE);
        control_end(page);
    }
    page_button(page, BUTTON_FIRST, page_word(page, "find"), NULL, NULL);
    html_close(html);
    if (offence)
        page_text(page, arena_printf(request->arena, "%s: %s %s",
                            time_people_day(request->arena, search->day, (int)request->lang),
                            page_word(page, "code_of_day"), law_code_of_day(search->day)));
}

static void choose_page(
    struct looking *search, const struct kind *kind, const struct chosen *found, size_t count)
{
    struct request *request = search->request;
    struct page page;
    const char *place = search->desk && search->into ? part_of_path(search->desk, search->into) : NULL;
    const char *back = place ? part_address(search->desk, place, search->into) : NULL;
    const struct crumb crumbs[] = {
        {back, back ? search->desk->form->label.text[request->lang] : NULL}, {NULL, NULL}};
    page_begin_under(&page, request, word(request->lang, kind->title), crumbs);
    search_form_draw(&page, search, kind);
    if (place) {
        page_form_open(&page,
            desk_on_one_page(search->desk->form)
                ? arena_printf(request->arena, "/drafts/%s", search->desk->head.id)
                : arena_printf(request->arena, "/drafts/%s/part/%s", search->desk->head.id, place),
            false, NULL);
        draft_tell(&page, search->desk);
    }
    list_draw(&page, found, count, search->typed[0] != '\0');
    if (place) html_close(&page.html);
    if (back) {
        html_open(&page.html, "p", NULL);
        page_link(&page, back, page_word(&page, "choose_back"));
        html_close(&page.html);
    }
    page_end(&page, 200);
}

/* ---- the handler ---- */

static const char *typed_in(const struct request *request, const struct kind *kind, const char *into)
{
    if (kind->personal) {
        const char *asked = form_value(request, "q");
        return asked ? asked : "";
    }
    const char *typed = query_value(request, "q");
    if (!typed && into) typed = query_value(request, into);
    if (!typed) typed = query_value(request, "_typed");
    return typed ? typed : "";
}

void page_choose(struct request *request)
{
    const struct kind *kind = NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i].name, request->captures[0]) == 0) kind = &kinds[i];
    if (!kind) {
        respond_problem(request, "not_found");
        return;
    }
    struct desk desk CLEANUP(desk_clear) = {0};
    const char *draft = query_value(request, "draft"), *into = query_value(request, "into");
    struct looking search = {.request = request,
        .into = draft ? into : NULL,
        .typed = typed_in(request, kind, into),
        .day = time_day_number(request->now)};
    if (draft) {
        request->captures[0] = draft;
        if (!desk_open(request, &desk)) return;
        search.desk = &desk;
        search.day = desk_act_day(&desk);
        search.field = into ? field_at(desk.form, into) : NULL;
    }
    int64_t day;
    const char *typed_day = query_value(request, "day");
    if (typed_day && time_parse_typed(typed_day, request->now, false, &day))
        search.day = time_day_number(day);
    if (!search.typed[0] && kind->personal) search.typed = known_name_typed(&search);
    words_read(&search);
    struct chosen found[CHOICES_MAX];
    size_t count = kind->find(&search, found, CHOICES_MAX);
    if (!request_header(request, "HX-Request")) {
        choose_page(&search, kind, found, count);
        return;
    }
    struct page page;
    page_fragment_begin(&page, request);
    if (search.typed[0]) list_draw(&page, found, count, !kind->personal);
    page_fragment_end(&page);
}
