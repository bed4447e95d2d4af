/* People: every human a body names, with the roles and the standing he has in each case, and the words of his
 * names for plain search. Naming somebody by reference adds a role or news about him, never a second person.
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "base/time.h"
#include "view/views.h"

static const char schema[] =
    "CREATE TABLE person(id TEXT PRIMARY KEY, case_id TEXT, name TEXT, name_other TEXT, relative TEXT,"
    "  relation TEXT, gender TEXT, age_low INTEGER NOT NULL, age_high INTEGER NOT NULL, seq INTEGER NOT NULL,"
    "  at INTEGER NOT NULL, confidential TEXT) STRICT, WITHOUT ROWID;"
    "CREATE TABLE party(case_id TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL,"
    "  status TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(case_id, person, role)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE person_word(word TEXT NOT NULL, person TEXT NOT NULL,"
    "  PRIMARY KEY(person, word)) STRICT, WITHOUT ROWID;";

static const char indexes[] = "CREATE INDEX person_case ON person(case_id);"
                              "CREATE INDEX party_person ON party(person);"
                              "CREATE INDEX person_word_word ON person_word(word);";

static const char *const tables[] = {"person", "party", "person_word", NULL};

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

static const char word_add[] =
    "INSERT INTO person_word(word, person) VALUES ($1, $2) ON CONFLICT(person, word) DO NOTHING";
static const char word_drop[] = "DELETE FROM person_word WHERE word = $1 AND person = $2";

static void words_each(struct view_step *step, const char *person, const char *text, const char *sql)
{
    if (!text) return;
    char *folded = arena_strdup(step->arena, text_fold(step->arena, text));
    char *rest = folded;
    for (char *word; (word = strtok_r(rest, " .,-/@", &rest));) db_run(step->db, sql, V(word), V(person));
}

/* Adds or drops the words of the names of a person as one entry gives them. */
static void names_each(struct view_step *step, const char *person, const json_t *value, const char *sql)
{
    words_each(step, person, json_text(value, "name"), sql);
    words_each(step, person, json_text(value, "name_other"), sql);
    size_t i;
    const json_t *alias;
    json_array_foreach(json_object_get(value, "aliases"), i, alias)
        words_each(step, person, json_string_value(alias), sql);
}

static void person_insert(struct view_step *step, const struct mention *mention)
{
    const json_t *v = mention->value;
    struct ages ages = ages_of(v, step->entry->filed_at);
    db_run(step->db,
        "INSERT INTO person(id, case_id, name, name_other, relative, relation, gender, age_low, age_high,"
        " seq, at, confidential) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        V(mention->id), V(step->case_id), V(json_text(v, "name")), V(json_text(v, "name_other")),
        V(json_text(v, "relative_name")), V(json_text(v, "relation")), V(json_text(v, "gender")), V(ages.low),
        V(ages.high), V(step->entry->seq), V(step->entry->filed_at), V(mention->confidential));
    names_each(step, mention->id, mention->value, word_add);
}

/* News about a known person: what is given replaces, what is not stays. */
static void person_update(struct view_step *step, const struct mention *mention)
{
    const json_t *v = mention->value;
    struct ages ages = ages_of(v, step->entry->filed_at);
    db_run(step->db,
        "UPDATE person SET name = coalesce($2, name), name_other = coalesce($3, name_other),"
        " relative = coalesce($4, relative), relation = coalesce($5, relation),"
        " gender = coalesce($6, gender), age_low = CASE WHEN $7 < 0 THEN age_low ELSE $7 END,"
        " age_high = CASE WHEN $8 < 0 THEN age_high ELSE $8 END WHERE id = $1",
        V(mention->id), V(json_text(v, "name")), V(json_text(v, "name_other")),
        V(json_text(v, "relative_name")), V(json_text(v, "relation")), V(json_text(v, "gender")), V(ages.low),
        V(ages.high));
    names_each(step, mention->id, mention->value, word_add);
}

/* Once a field that names a person is confidential, the name is wherever it shows. */
static void confidential_add(struct view_step *step, const struct mention *mention)
{
    if (!mention->confidential) return;
    const char *kinds =
        db_text(step->db, step->arena, "SELECT confidential FROM person WHERE id = $1", V(mention->id));
    size_t n = strlen(mention->confidential);
    for (const char *at = kinds; at && (at = strstr(at, mention->confidential)) != NULL; at += n)
        if ((at == kinds || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0')) return;
    kinds = kinds ? arena_printf(step->arena, "%s %s", kinds, mention->confidential) : mention->confidential;
    db_run(step->db, "UPDATE person SET confidential = $1 WHERE id = $2", V(kinds), V(mention->id));
}

static void child_makes_sensitive(struct view_step *step, const struct mention *mention)
{
    static const char *const roles[] = {"victim", "accused", "missing", "child"};
    bool counts = false;
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        counts = counts || strcmp(mention->role, roles[i]) == 0;
    if (!counts) return;
    int64_t age = db_int(step->db, "SELECT age_low FROM person WHERE id = $1", -1, V(mention->id));
    if (age >= 0 && age < 18)
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
        child_makes_sensitive(step, mention);
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
        {"relation", "UPDATE person SET relation = $2 WHERE id = $1"},
        {"gender", "UPDATE person SET gender = $2 WHERE id = $1"},
    };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (member_changed(before, mention->value, columns[i].member))
            db_run(step->db, columns[i].sql, V(mention->id), V(json_text(mention->value, columns[i].member)));
    struct ages old = ages_of(before, step->entry->filed_at),
                ages = ages_of(mention->value, step->entry->filed_at);
    if (old.low != ages.low || old.high != ages.high)
        db_run(step->db, "UPDATE person SET age_low = $1, age_high = $2 WHERE id = $3", V(ages.low),
            V(ages.high), V(mention->id));
    names_each(step, mention->id, before, word_drop); /* a name struck out finds nobody any more */
    names_each(step, mention->id, mention->value, word_add);
}

void people_correct(struct view_step *step, const json_t *before)
{
    for (size_t i = 0; i < step->mention_count; i++) {
        const struct mention *mention = &step->mentions[i];
        if (strcmp(mention->composite, "person") != 0) continue;
        person_correct(step, mention, json_at(before, mention->path));
        if (step->case_id && mention->role) child_makes_sensitive(step, mention);
    }
}

const struct view view_people = {schema, tables, apply, indexes};

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

#define WORDS_MAX 6

enum err people_find(struct db *db, struct arena *arena, const char *name, size_t limit,
    struct party_row **ret, size_t *ret_count)
{
    struct buf sql;
    buf_init(&sql, arena, 4000);
    buf_puts(&sql, PARTY_COLUMNS);
    struct value values[2 * WORDS_MAX + 1];
    size_t count = 0;
    char *rest = arena_strdup(arena, text_fold(arena, name));
    for (char *word; count < (size_t)2 * WORDS_MAX && (word = strtok_r(rest, " .,-/@", &rest)); count += 2) {
        values[count] = V(word);
        values[count + 1] = V(arena_printf(arena, "%s\xf4\x8f\xbf\xbf", word)); /* past every longer word */
        buf_printf(&sql, "%s t.person IN (SELECT person FROM person_word WHERE word >= $%zu AND word < $%zu)",
            count ? " AND" : " WHERE", count + 1, count + 2);
    }
    *ret_count = 0;
    if (count == 0) return E_OK;
    values[count++] = V(limit);
    buf_printf(&sql, " ORDER BY t.seq DESC LIMIT $%zu", count);
    party_rows(db_query_composed(db, sql.data, values, count), arena, ret, ret_count);
    return db_status(db);
}

const char *reference_case(struct db *db, struct arena *arena, const char *composite, const char *id)
{
    if (strcmp(composite, "person") == 0)
        return db_text(db, arena, "SELECT case_id FROM person WHERE id = $1", V(id));
    return db_text(db, arena, "SELECT case_id FROM property WHERE id = $1", V(id));
}
