/* Namings: who is named in which entry. A person has one mention in each case, and outside cases one in each
 * entry: what the search finds, and what is shown or hidden as a whole. Its number never changes. The first
 * entry that names him is the mention's own `seq`; namings are those after it. */
#include <string.h>

#include "base/json.h"
#include "view/views.h"

static const char schema[] =
    "CREATE TABLE mention(id INTEGER PRIMARY KEY, person TEXT NOT NULL, place TEXT NOT NULL, case_id TEXT,"
    "  seq INTEGER NOT NULL, roles TEXT NOT NULL, keys TEXT) STRICT;"
    "CREATE UNIQUE INDEX mention_person ON mention(person, place);"
    "CREATE TABLE naming(seq INTEGER NOT NULL, mention INTEGER NOT NULL, PRIMARY KEY(seq, mention)) STRICT,"
    "  WITHOUT ROWID;";

static const char indexes[] = "CREATE INDEX naming_mention ON naming(mention, seq);"
                              "CREATE INDEX mention_seq ON mention(seq);";

static const char *const tables[] = {"mention", "naming", NULL};

/* Outside cases every entry is a place of its own. */
static const char *place_of(const struct view_step *step)
{
    return step->case_id ? step->case_id : step->entry->id;
}

static void naming_add(struct view_step *step, const struct mention *mention, int64_t seq)
{
    db_run(step->db,
        "INSERT INTO naming(seq, mention) SELECT $1, id FROM mention"
        " WHERE person = $2 AND place = $3 AND seq <> $1 ON CONFLICT(seq, mention) DO NOTHING",
        V(seq), V(mention->id), V(place_of(step)));
}

static void mention_insert(struct view_step *step, const struct mention *mention, const char *keys)
{
    db_run(step->db,
        "INSERT INTO mention(person, place, case_id, seq, roles, keys) VALUES ($1, $2, $3, $4, $5, $6)",
        V(mention->id), V(place_of(step)), V(step->case_id), V(step->entry->seq),
        V(mention->role ? mention->role : ""), V(keys));
}

static bool word_in(const char *words, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = words; *at; at += strcspn(at, " "), at += *at == ' ')
        if (strcspn(at, " ") == n && memcmp(at, word, n) == 0) return true;
    return false;
}

/* False when the person is not mentioned there yet. */
static bool mention_update(struct view_step *step, const struct mention *mention, const char *keys)
{
    struct rows *rows = db_query(step->db,
        "SELECT roles, keys FROM mention WHERE person = $1 AND place = $2", V(mention->id),
        V(place_of(step)));
    if (!db_next(rows)) return false;
    const char *roles = row_dup(rows, 0, step->arena), *had = row_dup(rows, 1, step->arena);
    db_end(rows);
    if (mention->role && !word_in(roles, mention->role))
        db_run(step->db, "UPDATE mention SET roles = $1 WHERE person = $2 AND place = $3",
            V(*roles ? arena_printf(step->arena, "%s %s", roles, mention->role) : mention->role),
            V(mention->id), V(place_of(step)));
    if (keys)
        db_run(step->db, "UPDATE mention SET keys = $1 WHERE person = $2 AND place = $3",
            V(lines_with(step->arena, had, keys)), V(mention->id), V(place_of(step)));
    return true;
}

static void apply(struct view_step *step)
{
    for (size_t i = 0; i < step->mention_count; i++) {
        const struct mention *mention = &step->mentions[i];
        if (strcmp(mention->composite, "person") != 0) continue;
        const char *keys = lines_with(step->arena, mention->keys, step->vehicles);
        if (mention->known && mention_update(step, mention, keys))
            naming_add(step, mention, step->entry->seq);
        else
            mention_insert(step, mention, keys);
    }
}

/* The keys of the person at this path of a body, vehicles with them. */
static const char *keys_in(struct view_step *step, const json_t *body, const char *path)
{
    struct view_step other = *step;
    other.body = body;
    other.names = body_names_find(step->form, body, step->arena);
    mentions_find(&other);
    const struct mention *mention = mention_at(&other, path);
    return lines_with(step->arena, mention ? mention->keys : NULL, other.vehicles);
}

void namings_correct(struct view_step *step, const json_t *before, int64_t seq)
{
    for (size_t i = 0; i < step->mention_count; i++) {
        const struct mention *mention = &step->mentions[i];
        if (strcmp(mention->composite, "person") != 0) continue;
        const char *keys = db_text(step->db, step->arena,
            "SELECT keys FROM mention WHERE person = $1 AND place = $2", V(mention->id), V(place_of(step)));
        keys = lines_without(step->arena, keys, keys_in(step, before, mention->path));
        keys = lines_with(step->arena, keys, keys_in(step, step->body, mention->path));
        db_run(step->db, "UPDATE mention SET keys = $1 WHERE person = $2 AND place = $3", V(keys),
            V(mention->id), V(place_of(step)));
        naming_add(step, mention, seq);
    }
}

const struct view view_namings = {schema, tables, apply, indexes};

/* ---- reading ---- */

#define MENTION_COLUMNS                                                                                  \
    "SELECT m.id, m.person, m.case_id, m.seq, i.office, m.roles, m.keys, p.name, p.name_other, p.names," \
    " p.relative, p.relative_other, p.relation, p.gender, p.photo, p.confidential, p.age_low, p.age_high,"\
    " p.at, o.district, i.id FROM mention m JOIN person p ON p.id = m.person"                   \
    " JOIN entry_index i ON i.seq = m.seq LEFT JOIN office o ON o.code = i.office"

struct rows *mentions_between(struct db *db, int64_t after, int64_t until)
{
    return db_query(db,
        MENTION_COLUMNS " WHERE m.person IN (SELECT person FROM mention WHERE seq > $1 AND seq <= $2"
                        " UNION SELECT f.person FROM naming n JOIN mention f ON f.id = n.mention"
                        " WHERE n.seq > $1 AND n.seq <= $2) ORDER BY m.id",
        V(after), V(until));
}

struct rows *mentions_all(struct db *db)
{
    return db_query_all(db, MENTION_COLUMNS " ORDER BY m.id");
}

bool mention_next(struct rows *rows, struct arena *arena, struct mention_row *ret)
{
    if (!db_next(rows)) return false;
    *ret = (struct mention_row){
        .id = row_int(rows, 0),
        .person = row_dup(rows, 1, arena),
        .case_id = row_dup(rows, 2, arena),
        .seq = row_int(rows, 3),
        .office = row_dup(rows, 4, arena),
        .roles = row_dup(rows, 5, arena),
        .keys = row_dup(rows, 6, arena),
        .name = row_dup(rows, 7, arena),
        .name_other = row_dup(rows, 8, arena),
        .names = row_dup(rows, 9, arena),
        .relative = row_dup(rows, 10, arena),
        .relative_other = row_dup(rows, 11, arena),
        .relation = row_dup(rows, 12, arena),
        .gender = row_dup(rows, 13, arena),
        .photo = row_dup(rows, 14, arena),
        .confidential = row_dup(rows, 15, arena),
        .age_low = (int)row_int(rows, 16),
        .age_high = (int)row_int(rows, 17),
        .aged_at = row_int(rows, 18),
        .district = row_dup(rows, 19, arena),
        .entry = row_dup(rows, 20, arena),
    };
    return true;
}

enum err mention_get(struct db *db, struct arena *arena, int64_t id, struct mention_row *ret)
{
    struct rows *rows = db_query(db, MENTION_COLUMNS " WHERE m.id = $1", V(id));
    if (!mention_next(rows, arena, ret)) return db_status(db) != E_OK ? db_status(db) : E_NOT_FOUND;
    db_end(rows);
    return E_OK;
}

enum err mention_whose(
    struct db *db, struct arena *arena, int64_t id, const char **ret_person, const char **ret_case)
{
    struct rows *rows = db_query(db, "SELECT person, case_id FROM mention WHERE id = $1", V(id));
    if (!db_next(rows)) return db_status(db) != E_OK ? db_status(db) : E_NOT_FOUND;
    *ret_person = row_dup(rows, 0, arena);
    *ret_case = row_dup(rows, 1, arena);
    db_end(rows);
    return E_OK;
}

enum err mentions_of(
    struct db *db, struct arena *arena, const char *person, struct mention_row **ret, size_t *ret_count)
{
    struct mention_row *list = NULL, row;
    size_t count = 0;
    struct rows *rows = db_query(db, MENTION_COLUMNS " WHERE m.person = $1 ORDER BY m.id", V(person));
    while (mention_next(rows, arena, &row)) {
        ROWS_GROW(arena, list, count);
        list[count++] = row;
    }
    *ret = list;
    *ret_count = count;
    return db_status(db);
}

size_t mention_entries(struct db *db, struct arena *arena, int64_t id, size_t limit, int64_t **ret_seqs)
{
    int64_t *seqs = NULL;
    size_t count = 0;
    struct rows *rows = db_query(
        db, "SELECT seq FROM (SELECT seq FROM naming WHERE mention = $1"
            " UNION ALL SELECT seq FROM mention WHERE id = $1) ORDER BY seq DESC LIMIT $2",
        V(id), V(limit));
    while (db_next(rows)) {
        ROWS_GROW(arena, seqs, count);
        seqs[count++] = row_int(rows, 0);
    }
    *ret_seqs = seqs;
    return count;
}
