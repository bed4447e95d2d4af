/* web/book_cells: one function a cell. */
#include "web/book_cells.h"

#include <string.h>

#include "base/json.h"
#include "base/time.h"
#include "web/offences.h"

#define NAMES_MAX 400 /* bytes of names in one cell; a riot has a hundred accused */

static struct book_text plain(const char *text)
{
    return (struct book_text){.text = text ? text : ""};
}

/* ---- what a row can be asked for ---- */

static const struct seen_entry *row_entry(struct book_row *row)
{
    if (row->entry_id && !row->entry_read) {
        row->entry_read = true;
        if (seen_entry_read(row->request, row->entry_id, &row->entry) != E_OK) row->entry.body = NULL;
    }
    return row->entry.body ? &row->entry : NULL;
}

static const struct case_row *row_case(struct book_row *row)
{
    if (row->case_id && !row->case_read) {
        row->case_read = true;
        if (!may_see_case(row->request->db, &row->request->viewer, row->case_id) ||
            case_get(row->request->db, row->request->arena, row->case_id, &row->case_row) != E_OK)
            row->case_row.id = NULL;
    }
    return row->case_row.id ? &row->case_row : NULL;
}

/* Those of the case in a role whose entry the viewer may see, or one person whom an entry he sees names,
 * covered where they must be. A book names few of the roles, and looking at the entry that named somebody
 * costs more than reading his name, so others are passed over unseen. */
static size_t parties_shown(
    struct book_row *row, const char *role, const char *person, struct party_row **ret)
{
    struct request *request = row->request;
    const struct case_row *case_row = row_case(row);
    if (!row->parties_read && case_row &&
        case_parties(request->db, request->arena, row->case_id, &row->parties, &row->party_count) != E_OK)
        row->party_count = 0;
    row->parties_read = true;
    *ret = ARENA_ARRAY(request->arena, struct party_row, row->party_count + 1);
    size_t kept = 0;
    for (size_t i = 0; i < row->party_count; i++) {
        const struct party_row *party = &row->parties[i];
        if (role && strcmp(party->role, role) != 0) continue;
        if (person && strcmp(party->person, person) != 0) continue;
        if (!person && !seen_seq(request, party->seq)) continue;
        (*ret)[kept] = *party;
        party_cover(request, case_row, &(*ret)[kept++]);
    }
    return kept;
}

static const struct delivery_row *row_delivery(struct book_row *row)
{
    if (row->delivery || row->deliveries_read || !row->entry_id) return row->delivery;
    row->deliveries_read = true;
    struct delivery_row *found;
    size_t count;
    if (delivery_of_entry(row->request->db, row->request->arena, row->entry_id, &found, &count) == E_OK &&
        count > 0)
        row->delivery = found;
    return row->delivery;
}

/* ---- values of a body ---- */

struct joining {
    struct book_row *row;
    struct buf text;
};

static void joining_add(struct joining *joining, const char *text)
{
    if (!text || !*text || joining->text.len > NAMES_MAX) return;
    if (joining->text.len > 0) buf_puts(&joining->text, ", ");
    buf_puts(&joining->text, text);
    if (joining->text.len > NAMES_MAX) buf_puts(&joining->text, " …");
}

/* A person or thing given by reference is called as the case knows it: who may see the paper may know whom it
 * is about, though the one that told his name first was for others. */
static const char *referred_words(struct book_row *row, const struct field *field, const char *id)
{
    struct property_row thing;
    if (strcmp(field->composite->name, "property") == 0)
        return property_get(row->request->db, row->request->arena, id, &thing) == E_OK ? thing.description
                                                                                       : NULL;
    struct party_row *parties;
    return parties_shown(row, NULL, id, &parties) > 0 ? parties[0].name : NULL;
}

static const char *composite_words(struct book_row *row, const struct field *field, const json_t *value)
{
    const char *name = json_text(value, "name");
    if (!name) name = json_text(value, "description");
    if (!name && json_text(value, "ref")) name = referred_words(row, field, json_text(value, "ref"));
    return name ? name : json_text(value, "village");
}

static const char *value_words(struct book_row *row, const struct field *field, const json_t *value)
{
    struct request *request = row->request;
    const char *text = json_string_value(value);
    if (text && strcmp(text, MASKED) == 0) return text;
    if (field->composite && json_is_object(value)) return composite_words(row, field, value);
    switch (field->type) {
    case FIELD_OFFENCE: return offences_words(request, text);
    case FIELD_OFFICE: return office_words(request, text);
    case FIELD_OFFICER: return officer_words(request, text);
    default: return field_words(node_forms(request->node), field, value, request->lang, request->arena);
    }
}

/* A paper names many things, each in a row of its own: "items.3.rack" is of the one at "items.3.item". */
static bool is_of_thing(const struct property_row *thing, const char *full_path)
{
    if (!thing || !thing->moved_path) return true;
    size_t section = strcspn(thing->moved_path, ".") + 1;
    size_t row = section + strcspn(thing->moved_path + section, ".") + 1;
    return strncmp(full_path, thing->moved_path, section) != 0 ||
           strncmp(full_path, thing->moved_path, row) == 0;
}

static void value_join(void *context, const char *full_path, const json_t *value)
{
    struct joining *joining = context;
    if (!is_of_thing(joining->row->property, full_path)) return;
    const struct field *field = field_at(joining->row->entry.form, full_path);
    if (field) joining_add(joining, value_words(joining->row, field, value));
}

static struct book_text cell_field(struct book_row *row, const struct book_column *column)
{
    const struct seen_entry *entry = row_entry(row);
    struct joining joining = {.row = row};
    buf_init(&joining.text, row->request->arena, 8 << 10);
    for (size_t i = 0; entry && i < column->path_count && joining.text.len == 0; i++)
        form_each(entry->body, column->paths[i], row->request->arena, value_join, &joining);
    return plain(joining.text.data);
}

const char *book_row_code(struct book_row *row, const char *path)
{
    const struct seen_entry *entry = row_entry(row);
    const json_t *value = entry ? json_at(entry->body, path) : NULL;
    return json_string_value(value);
}

/* ---- the case and its people ---- */

static struct book_text cell_people(struct book_row *row, const struct book_column *column)
{
    struct joining joining = {.row = row};
    buf_init(&joining.text, row->request->arena, 8 << 10);
    struct party_row *parties;
    size_t count = parties_shown(row, column->role, NULL, &parties);
    for (size_t i = 0; i < count; i++) joining_add(&joining, parties[i].name);
    return plain(joining.text.data);
}

static bool has_status(const struct party_row *party, const char *status)
{
    return party->status && strcmp(party->status, status) == 0;
}

/* The person the entry is about, where it gives him by reference. */
static const char *person_referred(struct book_row *row, const char *path)
{
    const struct seen_entry *entry = row_entry(row);
    return entry ? json_text(json_at(entry->body, path), "ref") : NULL;
}

/* Each status once: "In judicial custody (3), Bailed by court". */
static struct book_text cell_status(struct book_row *row, const struct book_column *column)
{
    struct joining joining = {.row = row};
    buf_init(&joining.text, row->request->arena, 8 << 10);
    bool of_one = column->path_count > 0;
    const char *person = of_one ? person_referred(row, column->paths[0]) : NULL;
    struct party_row *parties;
    size_t count = of_one && !person ? 0 : parties_shown(row, column->role, person, &parties);
    for (size_t i = 0; i < count; i++) {
        const char *status = parties[i].status;
        size_t before = 0, all = 0;
        if (!status) continue;
        for (size_t k = 0; k < count; k++)
            if (has_status(&parties[k], status)) all++, before += k < i;
        const char *words = list_words(row->request, "person_status", status);
        if (before == 0)
            joining_add(
                &joining, all > 1 ? arena_printf(row->request->arena, "%s (%zu)", words, all) : words);
    }
    return plain(joining.text.data);
}

static struct book_text cell_case(struct book_row *row, const struct book_column *column)
{
    (void)column;
    const struct case_row *found = row_case(row);
    if (!found) return plain("");
    struct arena *arena = row->request->arena;
    const char *number = found->number ? found->number : "—";
    if (found->number && strcmp(found->office, row->kept_at) != 0)
        number = arena_printf(arena, "%s, %s", number, office_words(row->request, found->office));
    return (struct book_text){.text = number, .address = url_make(arena, "/cases/%", found->id)};
}

static struct book_text cell_of_case(struct book_row *row, const struct book_column *column)
{
    const struct case_row *found = row_case(row);
    if (!found) return plain("");
    switch (column->cell) {
    case CELL_STAGE: return plain(list_words(row->request, "case_stage", found->stage));
    case CELL_SECTIONS: return plain(offences_brief(row->request, found->sections));
    default: return plain(officer_words(row->request, found->io));
    }
}

static struct book_text cell_listing(struct book_row *row, const struct book_column *column)
{
    struct listing_row next = {.day = NULL};
    const struct listing_row *listing = row->listing;
    if (!listing && row_case(row) &&
        listing_get(row->request->db, row->request->arena, row->case_id, &next) == E_OK)
        listing = &next;
    if (!listing) return plain("");
    if (column->cell == CELL_PURPOSE)
        return plain(list_words(row->request, "hearing_purpose", listing->purpose));
    return plain(day_words(row->request, listing->day));
}

/* ---- the row itself ---- */

static const char *time_words(struct request *request, int64_t at)
{
    return at > 0 ? time_people_text(request->arena, at, (int)request->lang) : "";
}

static struct book_text cell_number(struct book_row *row, const struct book_column *column)
{
    (void)column;
    struct arena *arena = row->request->arena;
    if (row->entry_id)
        return (struct book_text){
            .text = row->number ? row->number : "—", .address = url_make(arena, "/entries/%", row->entry_id)};
    return cell_case(row, column);
}

static struct book_text cell_plain(struct book_row *row, const struct book_column *column)
{
    struct request *request = row->request;
    switch (column->cell) {
    case CELL_TIME: return plain(time_words(request, row->at));
    case CELL_FORM: return plain(row->form ? form_words(request, row->form) : "");
    case CELL_FROM: return plain(office_words(request, row->office));
    default: return plain(officer_words(request, row->officer));
    }
}

static struct book_text cell_delivery(struct book_row *row, const struct book_column *column)
{
    const struct delivery_row *delivery = row_delivery(row);
    if (!delivery) return plain("");
    if (column->cell == CELL_ACTED) return plain(time_words(row->request, delivery->acted_at));
    const char *time = time_words(row->request, delivery->consumed_at);
    return plain(delivery->consumed_number
                     ? arena_printf(row->request->arena, "%s · %s", delivery->consumed_number, time)
                     : time);
}

static const char *quantity_words(struct request *request, const struct property_row *thing)
{
    if (!thing->quantity || !thing->unit) return thing->quantity;
    return arena_printf(
        request->arena, "%s %s", thing->quantity, list_words(request, "unit", thing->unit));
}

static struct book_text deposit_words(struct request *request, const struct property_row *thing)
{
    if (thing->deposit_seq < 0 || !seen_seq(request, thing->deposit_seq)) return plain("");
    return (struct book_text){.text = thing->deposit_number ? thing->deposit_number : "—",
        .address = url_make(request->arena, "/entries/%", thing->deposit_entry)};
}

static struct book_text cell_thing(struct book_row *row, const struct book_column *column)
{
    const struct property_row *thing = row->property;
    if (!thing) return plain("");
    switch (column->cell) {
    case CELL_CATEGORY: return plain(list_words(row->request, "property_category", thing->category));
    case CELL_CUSTODY: return plain(custody_words(row->request, thing->state));
    case CELL_QUANTITY: return plain(quantity_words(row->request, thing));
    case CELL_DEPOSIT: return deposit_words(row->request, thing);
    default:
        return (struct book_text){.text = thing->description ? thing->description : "—",
            .address = url_make(row->request->arena, "/property/%", thing->id)};
    }
}

struct book_text book_cell(struct book_row *row, const struct book_column *column)
{
    static struct book_text (*const cells[])(struct book_row * row, const struct book_column *column) = {
        [CELL_NUMBER] = cell_number,
        [CELL_TIME] = cell_plain,
        [CELL_DAY] = cell_listing,
        [CELL_FORM] = cell_plain,
        [CELL_FROM] = cell_plain,
        [CELL_OFFICER] = cell_plain,
        [CELL_CASE] = cell_case,
        [CELL_STAGE] = cell_of_case,
        [CELL_SECTIONS] = cell_of_case,
        [CELL_IO] = cell_of_case,
        [CELL_NEXT] = cell_listing,
        [CELL_PURPOSE] = cell_listing,
        [CELL_PEOPLE] = cell_people,
        [CELL_STATUS] = cell_status,
        [CELL_TAKEN] = cell_delivery,
        [CELL_ACTED] = cell_delivery,
        [CELL_THING] = cell_thing,
        [CELL_CATEGORY] = cell_thing,
        [CELL_QUANTITY] = cell_thing,
        [CELL_DEPOSIT] = cell_thing,
        [CELL_CUSTODY] = cell_thing,
        [CELL_FIELD] = cell_field,
    };
    struct book_text text = cells[column->cell](row, column);
    if (!text.text) text.text = "";
    return text;
}

void book_row_drop(struct book_row *row)
{
    if (row->entry_read && row->entry.body) seen_entry_drop(&row->entry);
    row->entry_read = false;
}
