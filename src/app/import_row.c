/* One row of an old register made into the body of a fir_legacy. What the row does not say is left out; what
 * it says and cannot be so (31 February, a year that is not the date's) refuses the row. */
#include <string.h>

#include "access/places.h"
#include "app/import.h"
#include "base/json.h"
#include "base/text.h"
#include "base/time.h"
#include "register/hash.h"

#define YEAR_FIRST 1900
#define REMARKS_BYTES_MAX 16000
#define NOTE_BYTES_MAX 16000

static bool refuse(struct import_row *row, enum cell cell, const char *reason)
{
    row->refused_cell = cell;
    row->refused = reason;
    return false;
}

/* The station's code: named in the map, given as code, or by its name in the directory where only one open
 * here bears it. */
static const char *unit_code(struct import_row *row)
{
    const char *typed = row->cells[CELL_UNIT];
    const char *code = import_word(row->arena, row->map->units, row->map->unit_count, typed);
    struct office office;
    if (!code) code = text_fold(row->arena, typed);
    if (office_get(row->db, row->arena, code, &office) == E_OK)
        return strcmp(office.kind, "ps") == 0 ? code : NULL;
    const struct place_station *stations, *found = NULL;
    size_t count = place_stations(&stations);
    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(stations[i].name, typed) != 0) continue;
        if (office_get(row->db, row->arena, stations[i].code, &office) != E_OK) continue;
        if (found) return NULL;
        found = &stations[i];
    }
    return found ? found->code : NULL;
}

/* A date cell: absent is fine (day stays), one that cannot be is not. */
static bool date_cell(struct import_row *row, enum cell cell, bool *ret_given, int32_t *ret_day)
{
    *ret_given = row->cells[cell][0] != '\0';
    if (!*ret_given) return true;
    if (!import_date(row->arena, row->cells[cell], row->map->month_first, row->today, ret_day))
        return refuse(row, cell, arena_printf(row->arena, "'%s' is not a date", row->cells[cell]));
    if (*ret_day > row->today)
        return refuse(row, cell, arena_printf(row->arena, "'%s' lies in the future", row->cells[cell]));
    return true;
}

struct identity {
    const char *unit;
    int number, year;
    int32_t registered, occurred;
    bool has_occurred;
};

static bool year_read(struct import_row *row, struct identity *identity)
{
    int year_typed = 0, unused;
    const char *typed = row->cells[CELL_YEAR];
    int32_t first;
    if (*typed &&
        (!import_number(row->arena, typed, row->today, &year_typed, &unused) || year_typed < YEAR_FIRST))
        return refuse(row, CELL_YEAR, arena_printf(row->arena, "'%s' is not a year", typed));
    int year_of_date = time_civil((int64_t)identity->registered * TIME_DAY_MS).year;
    if (identity->year == 0) identity->year = *typed ? year_typed : year_of_date;
    if (*typed && year_typed != identity->year)
        return refuse(row, CELL_YEAR, "the year is not that of the FIR number");
    if (year_of_date != identity->year)
        return refuse(
            row, CELL_REGISTERED, arena_printf(row->arena, "the date is not of the year %d", identity->year));
    return time_parse_date(arena_printf(row->arena, "%04d-01-01", identity->year), &first) ||
           refuse(row, CELL_YEAR, "no year of a register");
}

static bool identity_read(struct import_row *row, struct identity *identity)
{
    bool given;
    identity->unit = unit_code(row);
    if (!identity->unit)
        return refuse(
            row, CELL_UNIT, arena_printf(row->arena, "no station '%s' is open here", row->cells[CELL_UNIT]));
    const char *number = row->cells[CELL_NUMBER];
    if (!*number) return refuse(row, CELL_NUMBER, "there is no FIR number");
    if (!import_number(row->arena, number, row->today, &identity->number, &identity->year))
        return refuse(row, CELL_NUMBER, arena_printf(row->arena, "'%s' is not an FIR number", number));
    if (!date_cell(row, CELL_REGISTERED, &given, &identity->registered)) return false;
    if (!given) return refuse(row, CELL_REGISTERED, "there is no date of registration");
    if (!date_cell(row, CELL_OCCURRED, &identity->has_occurred, &identity->occurred)) return false;
    if (identity->has_occurred && identity->occurred > identity->registered)
        return refuse(row, CELL_OCCURRED, "the occurrence is later than the FIR");
    return year_read(row, identity);
}

/* The same station, number and year give the same id for ever; its time is the first day of the year. */
static void id_make(struct import_row *row, const struct identity *identity, const char *reference)
{
    uint8_t hash[HASH_SIZE];
    const char *text = arena_printf(row->arena, "fir_legacy %s", reference);
    hash_bytes(hash, text, strlen(text));
    struct civil first = {.year = identity->year, .month = 1, .day = 1};
    id_from(row->id, time_from_civil(first), hash);
}

/* The string with the map's meanings put in: "आबकारी एक्ट" becomes "छ.ग. आबकारी एक्ट". */
static const char *meant(struct import_row *row, const char *typed)
{
    for (size_t i = 0; i < row->map->meaning_count; i++) {
        const struct import_word *word = &row->map->meanings[i];
        const char *at = strcasestr(typed, word->typed);
        if (at && !strcasestr(typed, word->ours))
            typed = arena_printf(
                row->arena, "%.*s%s%s", (int)(at - typed), typed, word->ours, at + strlen(word->typed));
    }
    return typed;
}

/* The offences read, and whether the case may be shown: what touches women, children or the State may not,
 * and what was not understood might. */
static bool sections_put(struct import_row *row, const struct identity *identity, bool *ret_sensitive)
{
    const char *typed = row->cells[CELL_SECTIONS];
    if (!*typed) return refuse(row, CELL_SECTIONS, "there are no acts and sections");
    struct section_reading reading;
    law_read_sections(row->law, row->arena, meant(row, typed),
        identity->has_occurred ? identity->occurred : identity->registered, &reading);
    json_t *offences = json_array();
    *ret_sensitive = reading.left_count > 0;
    for (size_t i = 0; i < reading.count; i++) {
        const struct offence *offence = law_offence(row->law, reading.offences[i]);
        *ret_sensitive |= offence->sexual || offence->child || offence->terror;
        json_array_append_new(offences, json_pack("{s:s}", "offence", offence->name));
    }
    if (reading.count > 0) json_object_set(row->body, "offences", offences);
    json_decref(offences);
    struct buf note;
    buf_init(&note, row->arena, NOTE_BYTES_MAX);
    for (size_t i = 0; i < reading.left_count; i++)
        buf_printf(&note, "%s%s: %s", i ? "; " : "", reading.left[i].text, reading.left[i].why);
    if (reading.left_count > 0) row->note = note.data;
    return true;
}

static bool stage_read(struct import_row *row, const char **ret_stage)
{
    const char *typed = row->cells[CELL_STAGE];
    *ret_stage = "registered";
    if (!*typed) return true;
    *ret_stage = import_word(row->arena, row->map->stages, row->map->stage_count, typed);
    return *ret_stage ||
           refuse(row, CELL_STAGE, arena_printf(row->arena, "the map has no stage '%s'", typed));
}

/* Time and place of the occurrence. A date without a time of day is a remark: midnight was not said. */
static void occurrence_put(struct import_row *row, const struct identity *identity, struct buf *remarks)
{
    int minute;
    const char *time = row->cells[CELL_OCCURRED_TIME], *place = row->cells[CELL_PLACE];
    bool timed = identity->has_occurred && *time && import_minute(row->arena, time, &minute);
    json_t *occurrence = json_object();
    if (timed) {
        int64_t at = identity->occurred * TIME_DAY_MS - TIME_IST_OFFSET_MS + minute * 60 * TIME_SECOND_MS;
        json_object_set_new(occurrence, "from", json_string(time_text(row->arena, at)));
    } else if (identity->has_occurred || *time) {
        buf_printf(remarks, "Occurred / घटना: %s %s\n", row->cells[CELL_OCCURRED], time);
    }
    if (*place) json_object_set_new(occurrence, "place", json_pack("{s:s}", "locality", place));
    if (json_object_size(occurrence) > 0) json_object_set(row->body, "occurrence", occurrence);
    json_decref(occurrence);
}

static void people_put(struct import_row *row, struct buf *remarks)
{
    json_t *complainants = import_persons(row->arena, row->cells[CELL_COMPLAINANT]);
    json_t *accused = import_persons(row->arena, row->cells[CELL_ACCUSED]), *rows = json_array(), *person;
    size_t i;
    if (json_array_size(complainants) > 0)
        json_object_set_new(
            row->body, "complainant", json_pack("{s:O}", "who", json_array_get(complainants, 0)));
    json_array_foreach(accused, i, person)
        json_array_append_new(rows, json_pack("{s:O, s:s}", "who", person, "status", "named"));
    if (i > 0) json_object_set(row->body, "accused", rows);
    /* age, residence and further complainants stay as they were written */
    buf_printf(remarks, "Complainant / प्रार्थी: %s\n", row->cells[CELL_COMPLAINANT]);
    if (i > 0) buf_printf(remarks, "Accused / आरोपी: %s\n", row->cells[CELL_ACCUSED]);
    json_decref(rows);
    json_decref(accused);
    json_decref(complainants);
}

static bool register_put(struct import_row *row, const struct identity *identity, const char *reference)
{
    static const struct {
        enum cell cell;
        const char *field;
    } texts[] = {{CELL_NUMBER, "number"}, {CELL_SECTIONS, "act_sections_as_typed"},
        {CELL_OFFICER, "officer_name"}, {CELL_COURT_NUMBER, "court_number"},
        {CELL_REPORT_NUMBER, "report_number"}, {CELL_NATIONAL_NUMBER, "registration_number"}};
    const char *stage;
    bool sensitive, reported;
    int32_t report_day;
    if (!stage_read(row, &stage) || !date_cell(row, CELL_REPORT_DATE, &reported, &report_day) ||
        !sections_put(row, identity, &sensitive))
        return false;
    json_t *part = json_pack("{s:s, s:i, s:s, s:s, s:s, s:b}", "reference", reference, "year", identity->year,
        "station", identity->unit, "registered_on", time_date_text(row->arena, identity->registered),
        "stage", stage, "sensitive", sensitive);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (*row->cells[texts[i].cell])
            json_object_set_new(part, texts[i].field, json_string(row->cells[texts[i].cell]));
    if (reported)
        json_object_set_new(part, "report_date", json_string(time_date_text(row->arena, report_day)));
    if (row->map->source) json_object_set_new(part, "source", json_string(row->map->source));
    json_object_set_new(row->body, "register", part);
    return true;
}

void import_row_read(struct import_row *row)
{
    struct identity identity = {0};
    row->body = json_object();
    if (!identity_read(row, &identity)) return;
    const char *reference =
        arena_printf(row->arena, "%s/%d/%d", identity.unit, identity.number, identity.year);
    id_make(row, &identity, reference);
    if (!register_put(row, &identity, reference)) return;
    struct buf remarks;
    buf_init(&remarks, row->arena, REMARKS_BYTES_MAX);
    occurrence_put(row, &identity, &remarks);
    people_put(row, &remarks);
    buf_puts(&remarks, row->cells[CELL_REMARKS]);
    if (remarks.overflow) {
        refuse(row, CELL_COUNT, "names and remarks are too long to be kept whole");
        return;
    }
    json_object_set_new(json_object_get(row->body, "register"), "remarks", json_string(remarks.data));
    if (*row->cells[CELL_GIST])
        json_object_set_new(row->body, "contents", json_pack("{s:s}", "text", row->cells[CELL_GIST]));
}
