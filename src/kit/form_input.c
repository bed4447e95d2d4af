/* kit/form_input: the control for one value, by type, and what may be chosen in it. */
#include <string.h>

#include "base/time.h"
#include "kit/form_draw.h"
#include "web/offences.h"

#define ENTRIES_MAX 100
#define OFFICES_SHOWN_MAX 40 /* more are looked for by typing */
#define KNOWN_SHOWN_MAX 30

/* ---- choices ---- */

static void entries_add(struct form_draw *draw, const struct entry_row *rows, size_t count)
{
    struct request *request = draw->page->request;
    for (size_t i = 0; i < count; i++)
        if (seen_seq(request, rows[i].seq)) draw->entries[draw->entry_count++] = rows[i];
}

static void arrived_add(struct form_draw *draw)
{
    struct request *request = draw->page->request;
    struct delivery_filter filter = {
        .to_office = request->viewer.office, .open_only = true, .limit = ENTRIES_MAX};
    struct delivery_row *rows;
    size_t count;
    if (delivery_list(request->db, request->arena, &filter, &rows, &count) != E_OK) return;
    for (size_t i = 0; i < count; i++)
        draw->entries[draw->entry_count++] = (struct entry_row){.seq = rows[i].seq,
            .id = rows[i].id,
            .form = rows[i].form,
            .office = rows[i].from_office,
            .number = rows[i].number,
            .filed_at = rows[i].filed_at,
            .case_id = rows[i].case_id};
}

/* A failed read leaves a list short; the request ends in an error all the same (route_dispatch). */
static void choices_read(struct form_draw *draw)
{
    if (draw->choices_read) return;
    draw->choices_read = true;
    struct request *request = draw->page->request;
    struct entry_row *rows;
    size_t count;
    bool more;
    draw->entries = ARENA_ARRAY(request->arena, struct entry_row, 3 * ENTRIES_MAX);
    arrived_add(draw);
    struct seen_case seen;
    if (draw->case_id && seen_case_read(request, draw->case_id, -1, &seen) == E_OK) {
        draw->parties = seen.parties;
        draw->party_count = seen.party_count;
        draw->property = seen.property;
        draw->property_count = seen.property_count;
        for (size_t i = 0; i < seen.entry_count && i < ENTRIES_MAX; i++)
            draw->entries[draw->entry_count++] = seen.entries[i];
    }
    struct entry_filter here = {.office = request->viewer.office, .after = -1, .limit = ENTRIES_MAX};
    if (entry_list(request->db, request->arena, &here, &rows, &count, &more) == E_OK)
        entries_add(draw, rows, count);
}

static bool is_target(const struct field *field, const char *name)
{
    for (size_t i = 0; i < field->target_count; i++)
        if (strcmp(field->targets[i], name) == 0) return true;
    return field->target_count == 0;
}

static void entry_options(struct form_draw *draw, const struct field *field, const struct control *control)
{
    const char *chosen = control->value;
    struct page *page = draw->page;
    struct request *request = page->request;
    choices_read(draw);
    bool there = !chosen || !chosen[0];
    for (size_t i = 0; i < draw->entry_count; i++) {
        const struct entry_row *row = &draw->entries[i];
        bool again = false;
        for (size_t k = 0; k < i && !again; k++) again = strcmp(draw->entries[k].id, row->id) == 0;
        if (again || !is_target(field, row->form)) continue;
        there = there || strcmp(row->id, chosen) == 0;
        input_option(draw->page, control, row->id,
            arena_printf(request->arena, "%s %s, %s", form_words(request, row->form),
                row->number ? row->number : "", page_time(page, row->filed_at)));
    }
    if (!there) input_option(draw->page, control, chosen, chosen);
}

static const char *office_name(const struct request *request, const struct office *office)
{
    return request->lang == LANG_HI && office->name_hi ? office->name_hi : office->name;
}

/* A list when all of them can be looked through, else typed in part and chosen. */
static void office_draw(struct form_draw *draw, const struct field *field, const struct control *control)
{
    struct request *request = draw->page->request;
    struct office_filter filter = {
        .kinds = field->targets, .kind_count = field->target_count, .limit = OFFICES_SHOWN_MAX + 1};
    struct office *offices;
    size_t count = offices_list(request->db, request->arena, &filter, &offices);
    if (count > OFFICES_SHOWN_MAX) {
        const char *value = control->value;
        picker_draw(draw, field, control, "office", value && value[0] ? office_words(request, value) : NULL);
        return;
    }
    input_select_begin(draw->page, control);
    for (size_t i = 0; i < count; i++)
        input_option(draw->page, control, offices[i].code, office_name(request, &offices[i]));
    html_close(&draw->page->html);
}

/* Officers of this office and of those above it: who is assigned, who authorised. Anybody else is looked for.
 */
static void officer_draw(struct form_draw *draw, const struct field *field, const struct control *control)
{
    const char *chosen = control->value;
    struct request *request = draw->page->request;
    bool there = !chosen || !chosen[0];
    struct office office;
    const char *code = request->viewer.office;
    input_select_begin(draw->page, control);
    for (int level = 0; code && level < 10; level++) {
        struct posting *postings;
        size_t count = postings_of_office(request->db, request->arena, code, request->now, &postings);
        for (size_t i = 0; i < count; i++) {
            there = there || strcmp(postings[i].officer, chosen) == 0;
            input_option(draw->page, control, postings[i].officer,
                arena_printf(request->arena, "%s, %s", officer_words(request, postings[i].officer),
                    list_words(request, "role", postings[i].role)));
        }
        code = office_get(request->db, request->arena, code, &office) == E_OK ? office.parent : NULL;
    }
    if (!there) input_option(draw->page, control, chosen, officer_words(request, chosen));
    html_close(&draw->page->html);
    picker_draw(draw, field, control, "officer", NULL);
}

/* Codes of a list; those of a list with a parent list stand below their parent. */
static void code_options(struct form_draw *draw, const struct field *field, const struct control *control)
{
    struct html *html = &draw->page->html;
    enum lang lang = draw->page->request->lang;
    const struct forms *forms = node_forms(draw->page->request->node);
    const struct code_list *list = list_find(forms, field->list);
    const char *parent = NULL;
    for (size_t i = 0; list && i < list->count; i++) {
        const struct code *code = &list->codes[i];
        if (code->parent && (!parent || strcmp(parent, code->parent) != 0)) {
            if (parent) html_close(html);
            html_open(
                html, "optgroup", "label", code_label(forms, list->parent_list, code->parent, lang), NULL);
            parent = code->parent;
        }
        input_option(draw->page, control, code->name, code->label.text[lang]);
    }
    if (parent) html_close(html);
}

static void yesno_options(struct form_draw *draw, const struct control *control)
{
    input_option(draw->page, control, "yes", page_word(draw->page, "yes"));
    input_option(draw->page, control, "no", page_word(draw->page, "no"));
}

/* ---- controls ---- */

static void select_draw(struct form_draw *draw, const struct field *field, const struct control *control)
{
    input_select_begin(draw->page, control);
    switch (field->type) {
    case FIELD_CODE: code_options(draw, field, control); break;
    case FIELD_YESNO: yesno_options(draw, control); break;
    default: entry_options(draw, field, control);
    }
    html_close(&draw->page->html);
}

/* As people type them, and read back with the weekday. */
static void time_draw(struct form_draw *draw, const struct field *field, const struct control *control)
{
    struct page *page = draw->page;
    bool with_time = field->type == FIELD_DATETIME;
    html_open(&page->html, "div", "hx-get", with_time ? "/read/time" : "/read/date", "hx-trigger",
        "input changed delay:400ms", "hx-sync", ASK_LATEST, "hx-include", "find input", "hx-target",
        "find output", "hx-swap", "innerHTML", "hx-select-oob", "", NULL);
    input_text(page, control, with_time ? TEXT_DATETIME : TEXT_DATE);
    const char *words = control->value ? time_read_back(page->request, control->value, with_time) : NULL;
    input_readback(page, control, words ? words : "");
    html_close(&page->html);
}

/* Fields of an address whose words the directory of places knows. */
static const char *places_kind(const struct field *field)
{
    static const struct {
        const char *field, *kind;
    } rows[] = {{"district", "district"}, {"police_district", "district"}, {"station_name", "station"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0] && field->type == FIELD_TEXT; i++)
        if (strcmp(field->name, rows[i].field) == 0) return rows[i].kind;
    return NULL;
}

static void text_draw(struct form_draw *draw, const struct field *field, const struct control *control)
{
    static const enum text_kind kinds[FIELD_TYPE_COUNT] = {
        [FIELD_INT] = TEXT_NUMBER,
        [FIELD_MONEY] = TEXT_MONEY,
        [FIELD_DECIMAL] = TEXT_NUMBER,
        [FIELD_PHONE] = TEXT_PHONE,
        [FIELD_VEHICLE] = TEXT_CODE,
        [FIELD_POINT] = TEXT_CODE,
    };
    struct control typed = *control;
    if (field->type == FIELD_DATE || field->type == FIELD_DATETIME) {
        time_draw(draw, field, control);
        return;
    }
    const char *places = places_kind(field);
    if (places) {
        typed_picker_draw(draw, control, places, TEXT_LINE);
        return;
    }
    if (field->type == FIELD_VEHICLE) typed.example = "CG04AB1234";
    if (field->type == FIELD_POINT) typed.example = "21.6566,82.1607";
    bool short_text = field->type == FIELD_TEXT && field->has_max && field->max <= 40;
    input_text(draw->page, &typed, short_text ? TEXT_SHORT : kinds[field->type]);
    proposal_draw(draw, field, control);
}

void input_draw(struct form_draw *draw, const struct field *field, const struct control *control)
{
    switch (field->type) {
    case FIELD_LONGTEXT: input_area(draw->page, control); break;
    case FIELD_CODE:
    case FIELD_YESNO:
    case FIELD_ENTRY: select_draw(draw, field, control); break;
    case FIELD_OFFICE: office_draw(draw, field, control); break;
    case FIELD_OFFICER: officer_draw(draw, field, control); break;
    case FIELD_OFFENCE: offence_draw(draw, control); break;
    case FIELD_BLOB: input_file(draw->page, control); break;
    default: text_draw(draw, field, control);
    }
}

/* ---- someone or something already in the case ---- */

static const char *party_words(struct form_draw *draw, const struct party_row *party)
{
    struct request *request = draw->page->request;
    return arena_printf(
        request->arena, "%s (%s)", party->name ? party->name : "—", role_words(request, party->role));
}

/* The name of a person or thing chosen from elsewhere, as whoever may see its case sees it; "—" else. */
static const char *chosen_words(struct form_draw *draw, const struct composite *composite, const char *id)
{
    struct request *request = draw->page->request;
    const char *home = reference_case(request->db, request->arena, composite->name, id);
    struct seen_case seen;
    if (!home || seen_case_read(request, home, -1, &seen) != E_OK) return "—";
    for (size_t i = 0; i < seen.party_count; i++)
        if (strcmp(seen.parties[i].person, id) == 0)
            return arena_printf(request->arena, "%s, %s", party_words(draw, &seen.parties[i]),
                seen.row.number ? seen.row.number : "—");
    for (size_t i = 0; i < seen.property_count; i++)
        if (strcmp(seen.property[i].id, id) == 0) return seen.property[i].description;
    return "—";
}

/* Those of the case, and one of elsewhere when he was chosen already. */
static void known_options(
    struct form_draw *draw, const struct composite *composite, const struct control *control)
{
    struct page *page = draw->page;
    bool thing = strcmp(composite->name, "property") == 0, listed = false;
    size_t count = thing ? draw->property_count : draw->party_count;
    for (size_t i = 0; i < count && i < KNOWN_SHOWN_MAX; i++) {
        const char *id = thing ? draw->property[i].id : draw->parties[i].person;
        listed = listed || (control->value && strcmp(control->value, id) == 0);
        input_option(page, control, id,
            thing ? draw->property[i].description : party_words(draw, &draw->parties[i]));
    }
    if (control->value && control->value[0] && !listed)
        input_option(page, control, control->value, chosen_words(draw, composite, control->value));
}

bool reference_draw(struct form_draw *draw, const struct composite *composite, const char *path)
{
    bool thing = strcmp(composite->name, "property") == 0;
    choices_read(draw);
    size_t count = thing ? draw->property_count : draw->party_count;
    struct page *page = draw->page;
    const char *id = arena_printf(page->request->arena, "%s.ref", path);
    const struct control control = {.id = id,
        .label = page_word(page, thing ? "thing_on_case" : "person_on_case"),
        .value = typed_value(draw->typed, id)};
    bool listed = count > 0 || (control.value && control.value[0]);
    if (listed) {
        control_begin(page, &control);
        input_select_begin(page, &control);
        known_options(draw, composite, &control);
        html_close(&page->html);
        if (thing && count > KNOWN_SHOWN_MAX) picker_draw(draw, NULL, &control, "thing", NULL);
        control_end(page);
    }
    if (!thing) known_draw(draw, path);
    return listed;
}
