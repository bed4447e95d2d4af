/* People: every human a body names, with the roles and the standing he has in each case. Naming somebody by
 * reference adds a role or news about him, never a second person.
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/time.h"
#include "view/views.h"

static const char schema[] =
    /* names: what else he is or was called, a line each. The ages are those at the instant `at`. */
    "CREATE TABLE person(id TEXT PRIMARY KEY, case_id TEXT, name TEXT, name_other TEXT, names TEXT,"
    "  relative TEXT, relative_other TEXT, relation TEXT, gender TEXT, age_low INTEGER NOT NULL,"
    "  age_high INTEGER NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, photo TEXT,"
    "  confidential TEXT) STRICT, WITHOUT ROWID;"
    "CREATE TABLE party(case_id TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL,"
    "  status TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(case_id, person, role)) STRICT,"
    "  WITHOUT ROWID;";

static const char *const tables[] = {"person", "party", NULL};

struct ages {
    int low, high;
};

/* Age as the informant gave it: a date or year of birth, years, or a range; -1 when he did not. */
static struct ages ages_of(const json_t *person, int64_t filed_at)
{
    struct civil now = time_civil(filed_at);
    int32_t born;
    const char *date = json_text(person, "date_of_birth");
    if (date && time_parse_date(date, &born)) {
        struct civil birth = time_civil((int64_t)born * TIME_DAY_MS - TIME_IST_OFFSET_MS);
        bool had = now.month > birth.month || (now.month == birth.month && now.day >= birth.day);
        int age = now.year - birth.year - (had ? 0 : 1);
        return (struct ages){age, age};
    }
    int year = (int)json_int(person, "year_of_birth", 0);
    if (year) return (struct ages){now.year - year - 1, now.year - year};
    int age = (int)json_int(person, "age_years", -1);
    if (age >= 0) return (struct ages){age, age};
    return (struct ages){(int)json_int(person, "age_from", -1),
        (int)json_int(person, "age_to", json_int(person, "age_from", -1))};
}

int person_age_low(const json_t *person, int64_t at)
{
    return ages_of(person, at).low;
}

/* ---- lists of lines ---- */

static bool line_in(const char *lines, const char *line, size_t n)
{
    for (const char *at = lines; at && *at; at += strcspn(at, "\n"), at += *at == '\n')
        if (strcspn(at, "\n") == n && memcmp(at, line, n) == 0) return true;
    return false;
}

static const char *lines_join(
    struct arena *arena, const char *lines, const char *others, bool unless_in_others)
{
    struct buf joined;
    buf_init(&joined, arena, FORM_BODY_BYTES_MAX);
    for (const char *at = lines; at && *at; at += strcspn(at, "\n"), at += *at == '\n') {
        size_t n = strcspn(at, "\n");
        if (unless_in_others && line_in(others, at, n)) continue;
        if (n == 0 || line_in(joined.data, at, n)) continue;
        buf_add(&joined, at, n);
        buf_putc(&joined, '\n');
    }
    for (const char *at = unless_in_others ? NULL : others; at && *at;
        at += strcspn(at, "\n"), at += *at == '\n') {
        size_t n = strcspn(at, "\n");
        if (n == 0 || line_in(joined.data, at, n)) continue;
        buf_add(&joined, at, n);
        buf_putc(&joined, '\n');
    }
    return joined.len > 0 ? joined.data : NULL;
}

const char *lines_with(struct arena *arena, const char *lines, const char *more)
{
    return more ? lines_join(arena, lines, more, false) : lines;
}

const char *lines_without(struct arena *arena, const char *lines, const char *less)
{
    return lines && less ? lines_join(arena, lines, less, true) : lines;
}

/* What else a value calls the person. */
static const char *aliases_of(struct arena *arena, const json_t *person)
{
    const char *lines = NULL;
    size_t i;
    const json_t *alias;
    json_array_foreach(json_object_get(person, "aliases"), i, alias)
        lines = lines_with(arena, lines, json_string_value(alias));
    return lines;
}

static void person_insert(struct view_step *step, const struct mention *mention)
{
    const json_t *v = mention->value;
    struct ages ages = ages_of(v, step->entry->filed_at);
    db_run(step->db,
        "INSERT INTO person(id, case_id, name, name_other, names, relative, relative_other, relation, gender,"
        " age_low, age_high, seq, at, photo, confidential)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        V(mention->id), V(step->case_id), V(json_text(v, "name")), V(json_text(v, "name_other")),
        V(aliases_of(step->arena, v)), V(json_text(v, "relative_name")),
        V(json_text(v, "relative_name_other")), V(json_text(v, "relation")), V(json_text(v, "gender")),
        V(ages.low), V(ages.high), V(step->entry->seq), V(step->entry->filed_at), V(json_text(v, "photo")),
        V(mention->confidential));
}

static void names_set(struct view_step *step, const char *person, const char *lines)
{
    db_run(step->db, "UPDATE person SET names = $1 WHERE id = $2", V(lines), V(person));
}

static const char *names_get(struct view_step *step, const char *person)
{
    return db_text(step->db, step->arena, "SELECT names FROM person WHERE id = $1", V(person));
}

/* Another name given later goes before the one he had, which still finds him. */
static void names_follow(struct view_step *step, const struct mention *mention)
{
    const char *name = json_text(mention->value, "name");
    const char *more = aliases_of(step->arena, mention->value);
    const char *had = name ? db_text(step->db, step->arena,
                                 "SELECT name FROM person WHERE id = $1 AND name <> $2", V(mention->id),
                                 V(name))
                           : NULL;
    more = lines_with(step->arena, more, had);
    if (more) names_set(step, mention->id, lines_with(step->arena, names_get(step, mention->id), more));
}

/* News about a known person: what is given replaces, what is not stays. */
static void person_update(struct view_step *step, const struct mention *mention)
{
    const json_t *v = mention->value;
    struct ages ages = ages_of(v, step->entry->filed_at);
    names_follow(step, mention);
    db_run(step->db,
        "UPDATE person SET name = coalesce($2, name), name_other = coalesce($3, name_other),"
        " relative = coalesce($4, relative), relative_other = coalesce($5, relative_other),"
        " relation = coalesce($6, relation), gender = coalesce($7, gender),"
        " at = CASE WHEN $9 < 0 THEN at ELSE $10 END, photo = coalesce($11, photo),"
        " age_low = CASE WHEN $8 < 0 THEN age_low ELSE $8 END,"
        " age_high = CASE WHEN $9 < 0 THEN age_high ELSE $9 END WHERE id = $1",
        V(mention->id), V(json_text(v, "name")), V(json_text(v, "name_other")),
        V(json_text(v, "relative_name")), V(json_text(v, "relative_name_other")), V(json_text(v, "relation")),
        V(json_text(v, "gender")), V(ages.low), V(ages.high), V(step->entry->filed_at),
        V(json_text(v, "photo")));
}

static int64_t age_known(struct view_step *step, const struct mention *mention)
{
    return db_int(step->db, "SELECT age_low FROM person WHERE id = $1", -1, V(mention->id));
}

static bool is_child(int64_t age)
{
    return age >= 0 && age < 18;
}

/* Once a field that names a person is confidential, the name is wherever it shows; no "unless" spares a
 * child. */
static void confidential_add(struct view_step *step, const struct mention *mention)
{
    const char *kind = mention->confidential;
    if (mention->spared && is_child(age_known(step, mention))) kind = mention->spared;
    if (!kind) return;
    const char *kinds =
        db_text(step->db, step->arena, "SELECT confidential FROM person WHERE id = $1", V(mention->id));
    size_t n = strlen(kind);
    for (const char *at = kinds; at && (at = strstr(at, kind)) != NULL; at += n)
        if ((at == kinds || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0')) return;
    kinds = kinds ? arena_printf(step->arena, "%s %s", kinds, kind) : kind;
    db_run(step->db, "UPDATE person SET confidential = $1 WHERE id = $2", V(kinds), V(mention->id));
}

static void child_makes_sensitive(struct view_step *step, const struct mention *mention, int64_t age)
{
    static const char *const roles[] = {"victim", "accused", "missing", "child"};
    bool counts = false;
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        counts = counts || strcmp(mention->role, roles[i]) == 0;
    if (counts && is_child(age))
        db_run(step->db, "UPDATE case_file SET sensitive = 1 WHERE id = $1", V(step->case_id));
}

static void status_set(
    struct view_step *step, const struct mention *mention, const struct form_effect *effect)
{
    const char *status = effect->word;
    if (effect->value_field) {
        /* The code stands in the same row as the person: accused.0.who → accused.0.result. */
        const char *dot = strrchr(mention->path, '.'), *last = strrchr(effect->value_field, '.');
        const char *beside =
            arena_printf(step->arena, "%.*s%s", (int)(dot - mention->path), mention->path, last);
        const json_t *value = json_at(step->body, beside);
        if (!value) value = json_at(step->body, effect->value_field);
        status = json_string_value(value);
    }
    if (status)
        db_run(step->db, "UPDATE party SET status = $1 WHERE case_id = $2 AND person = $3", V(status),
            V(step->case_id), V(mention->id));
}

static void apply(struct view_step *step)
{
    for (size_t i = 0; i < step->mention_count; i++) {
        const struct mention *mention = &step->mentions[i];
        if (strcmp(mention->composite, "person") != 0) continue;
        if (mention->known) {
            person_update(step, mention);
            confidential_add(step, mention);
        } else {
            person_insert(step, mention);
        }
        if (!step->case_id || !mention->role) continue;
        db_run(step->db,
            "INSERT INTO party(case_id, person, role, status, seq) VALUES ($1, $2, $3, 'named', $4)"
            " ON CONFLICT(case_id, person, role) DO NOTHING",
            V(step->case_id), V(mention->id), V(mention->role), V(step->entry->seq));
        child_makes_sensitive(step, mention,
            mention->known ? age_known(step, mention)
                           : person_age_low(mention->value, step->entry->filed_at));
    }
    if (!step->case_id || !step->body) return;
    for (size_t i = 0; i < step->form->person_count; i++)
        if (condition_holds(&step->form->persons[i].when, NULL, step->body))
            mentions_each(step, step->form->persons[i].path, status_set, &step->form->persons[i]);
}

static void person_correct(struct view_step *step, const struct mention *mention, const json_t *before)
{
    static const struct {
        const char *member, *sql;
    } columns[] = {
        {"name", "UPDATE person SET name = $2 WHERE id = $1"},
        {"name_other", "UPDATE person SET name_other = $2 WHERE id = $1"},
        {"relative_name", "UPDATE person SET relative = $2 WHERE id = $1"},
        {"relative_name_other", "UPDATE person SET relative_other = $2 WHERE id = $1"},
        {"photo", "UPDATE person SET photo = $2 WHERE id = $1"},
        {"relation", "UPDATE person SET relation = $2 WHERE id = $1"},
        {"gender", "UPDATE person SET gender = $2 WHERE id = $1"},
    };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (member_changed(before, mention->value, columns[i].member))
            db_run(step->db, columns[i].sql, V(mention->id), V(json_text(mention->value, columns[i].member)));
    struct ages old = ages_of(before, step->entry->filed_at),
                ages = ages_of(mention->value, step->entry->filed_at);
    if (old.low != ages.low || old.high != ages.high)
        db_run(step->db, "UPDATE person SET age_low = $1, age_high = $2, at = $3 WHERE id = $4", V(ages.low),
            V(ages.high), V(step->entry->filed_at), V(mention->id));
    /* A name struck out finds nobody any more. */
    const char *names = names_get(step, mention->id);
    const char *struck = lines_with(step->arena, aliases_of(step->arena, before), json_text(before, "name"));
    const char *kept = lines_without(step->arena, names, struck);
    kept = lines_with(step->arena, kept, aliases_of(step->arena, mention->value));
    if (names || kept) names_set(step, mention->id, kept);
}

/* What a correction says may end what spared somebody; what covered him once covers him on. */
static void confidential_correct(struct view_step *step)
{
    struct view_step now = *step;
    now.names = body_names_find(step->form, step->body, step->arena);
    mentions_find(&now);
    for (size_t i = 0; i < now.mention_count; i++)
        if (now.mentions[i].known && strcmp(now.mentions[i].composite, "person") == 0)
            confidential_add(&now, &now.mentions[i]);
}

void people_correct(struct view_step *step, const json_t *before)
{
    for (size_t i = 0; i < step->mention_count; i++) {
        const struct mention *mention = &step->mentions[i];
        if (strcmp(mention->composite, "person") != 0) continue;
        person_correct(step, mention, json_at(before, mention->path));
        if (step->case_id && mention->role) child_makes_sensitive(step, mention, age_known(step, mention));
    }
    confidential_correct(step);
}

const struct view view_people = {schema, tables, apply, NULL};

/* ---- reading ---- */

#define PARTY_COLUMNS                                                                                        \
    "SELECT t.person, t.case_id, t.role, t.status, p.name, p.name_other, p.relative, p.relation, p.gender,"  \
    " p.age_low, p.age_high, t.seq, p.confidential FROM party t JOIN person p ON p.id = t.person"

static void party_rows(struct rows *rows, struct arena *arena, struct party_row **ret, size_t *ret_count)
{
    struct party_row *list = NULL;
    size_t count = 0;
    while (db_next(rows)) {
        ROWS_GROW(arena, list, count);
        list[count++] = (struct party_row){
            .person = row_dup(rows, 0, arena),
            .case_id = row_dup(rows, 1, arena),
            .role = row_dup(rows, 2, arena),
            .status = row_dup(rows, 3, arena),
            .name = row_dup(rows, 4, arena),
            .name_other = row_dup(rows, 5, arena),
            .relative = row_dup(rows, 6, arena),
            .relation = row_dup(rows, 7, arena),
            .gender = row_dup(rows, 8, arena),
            .age_low = (int)row_int(rows, 9),
            .age_high = (int)row_int(rows, 10),
            .seq = row_int(rows, 11),
            .confidential = row_dup(rows, 12, arena),
        };
    }
    *ret = list;
    *ret_count = count;
}

enum err case_parties(
    struct db *db, struct arena *arena, const char *case_id, struct party_row **ret, size_t *ret_count)
{
    party_rows(
        db_query(db, PARTY_COLUMNS " WHERE t.case_id = $1 ORDER BY t.seq, t.person, t.role", V(case_id)),
        arena, ret, ret_count);
    return db_status(db);
}

enum err person_parties(struct db *db, struct arena *arena, const char *person, const char *case_id,
    struct party_row **ret, size_t *ret_count)
{
    party_rows(db_query(db, PARTY_COLUMNS " WHERE t.case_id = $1 AND t.person = $2 ORDER BY t.seq, t.role",
                   V(case_id), V(person)),
        arena, ret, ret_count);
    return db_status(db);
}

enum err case_standing(struct db *db, struct arena *arena, const char *person, const char *case_id,
    struct case_row *ret_case, struct party_row **ret, size_t *ret_count)
{
    struct party_row *list = NULL;
    size_t count = 0;
    struct case_row row = {.id = NULL};
    struct rows *rows = db_query(db,
        "SELECT c.id, c.office, c.sensitive, t.role, t.seq, p.confidential FROM case_file c"
        " LEFT JOIN party t ON t.case_id = c.id AND t.person = $2 LEFT JOIN person p ON p.id = t.person"
        " WHERE c.id = $1",
        V(case_id), V(person));
    while (db_next(rows)) {
        row = (struct case_row){.id = row_dup(rows, 0, arena),
            .office = row_dup(rows, 1, arena),
            .sensitive = row_int(rows, 2) != 0};
        if (row_null(rows, 3)) continue;
        ROWS_GROW(arena, list, count);
        list[count++] = (struct party_row){.person = person,
            .case_id = row.id,
            .role = row_dup(rows, 3, arena),
            .seq = row_int(rows, 4),
            .confidential = row_dup(rows, 5, arena)};
    }
    TRY(db_status(db));
    if (!row.id) return E_NOT_FOUND;
    *ret_case = row;
    *ret = list;
    *ret_count = count;
    return E_OK;
}

const char *reference_case(struct db *db, struct arena *arena, const char *composite, const char *id)
{
    if (strcmp(composite, "person") == 0)
        return db_text(db, arena, "SELECT case_id FROM person WHERE id = $1", V(id));
    return db_text(db, arena, "SELECT case_id FROM property WHERE id = $1", V(id));
}
