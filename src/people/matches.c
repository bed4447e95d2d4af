/* people/matches: missing people against found people and unidentified bodies, with points for what is told
 * of both and the reasons for them. Computed when it is asked from the descriptions as they stand then, so
 * every new entry counts at once, a correction too, and weights (law/matches) change without a rebuild. */
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/builtin.h"
#include "base/lines.h"
#include "base/text.h"
#include "base/time.h"
#include "base/words.h"
#include "people/people.h"

#define WEIGHTS_PATH "law/matches"
#define WEIGHTS_BYTES_MAX ((size_t)64 << 10)
#define LOOKED_AT_MAX 3000 /* described persons of the other side, the nearest in time */

enum thing { SEX, AGE, HEIGHT, DATE, PLACE, BUILD, COMPLEXION, MARK, NAME, THING_COUNT };
static const char *const things[THING_COUNT] = {
    "sex", "age", "height", "date", "place", "build", "complexion", "mark", "name"};

static struct {
    pthread_once_t once;
    int points[THING_COUNT][3]; /* agrees, near, differs */
    int near[THING_COUNT];
    int least;
} weights = {.once = PTHREAD_ONCE_INIT}; /* law/matches, read once */

static size_t thing_of(const char *name)
{
    size_t i = 0;
    while (i < THING_COUNT && strcmp(things[i], name) != 0) i++;
    assert(i < THING_COUNT);
    return i;
}

static void weights_read(void)
{
    const struct builtin *file = builtin_find(WEIGHTS_PATH);
    assert(file);
    struct arena *arena = arena_new(WEIGHTS_BYTES_MAX);
    struct lines lines;
    struct line line;
    lines_init(&lines, arena, WEIGHTS_PATH, file->data, file->len);
    while (lines_next(&lines, &line)) {
        if (strcmp(line.words[0], "weight") == 0 && line.word_count == 5)
            for (size_t i = 0; i < 3; i++)
                weights.points[thing_of(line.words[1])][i] = (int)strtol(line.words[i + 2], NULL, 10);
        else if (strcmp(line.words[0], "near") == 0 && line.word_count == 3)
            weights.near[thing_of(line.words[1])] = (int)strtol(line.words[2], NULL, 10);
        else if (strcmp(line.words[0], "least") == 0 && line.word_count == 2)
            weights.least = (int)strtol(line.words[1], NULL, 10);
        else
            assert(!"a line of law/matches that means nothing"); /* tests read it */
    }
    arena_free(arena);
}

/* ---- one against another ---- */

static void reason_add(struct person_match *match, enum thing thing, enum match_verdict verdict)
{
    match->points += weights.points[thing][verdict];
    if (weights.points[thing][verdict] == 0) return;
    match->reasons[match->reason_count++] = (struct match_reason){things[thing], verdict};
}

/* Two spans of numbers: they meet, are as near as `near`, or are apart. */
static void spans_compare(struct person_match *match, enum thing thing, int low, int high, int other_low,
    int other_high)
{
    int apart = low > other_high ? low - other_high : other_low > high ? other_low - high : 0;
    reason_add(match, thing,
        apart == 0 ? MATCH_AGREES : apart <= weights.near[thing] ? MATCH_NEAR : MATCH_DIFFERS);
}

static void codes_compare(struct person_match *match, enum thing thing, const char *a, const char *b)
{
    if (a && b) reason_add(match, thing, strcmp(a, b) == 0 ? MATCH_AGREES : MATCH_DIFFERS);
}

static bool marks_meet(const char *a, const char *b)
{
    for (size_t n; a && b && *a; a += n + (a[n] == '\n')) {
        n = strcspn(a, "\n");
        for (const char *at = b; *at; at += strcspn(at, "\n"), at += *at == '\n')
            if (strcspn(at, "\n") == n && strncmp(at, a, n) == 0) return true;
    }
    return false;
}

static bool same_text(struct arena *arena, const char *a, const char *b)
{
    return a && b && strcmp(text_fold(arena, a), text_fold(arena, b)) == 0;
}

static struct person_match compare(
    struct arena *arena, const struct description_row *a, const struct description_row *b)
{
    struct person_match match = {.row = *b};
    codes_compare(&match, SEX, a->gender, b->gender);
    if (a->age_high >= 0 && b->age_high >= 0) {
        int year = time_civil(a->aged_at).year, other = time_civil(b->aged_at).year;
        spans_compare(&match, AGE, year - a->age_high, year - a->age_low, other - b->age_high,
            other - b->age_low);
    }
    if (a->height_to > 0 && b->height_to > 0)
        spans_compare(&match, HEIGHT, a->height_from, a->height_to, b->height_from, b->height_to);
    int64_t days = (a->at > b->at ? a->at - b->at : b->at - a->at) / TIME_DAY_MS;
    reason_add(&match, DATE,
        days <= weights.near[DATE] / 3 ? MATCH_AGREES
        : days <= weights.near[DATE]   ? MATCH_NEAR
                                       : MATCH_DIFFERS);
    bool here =
        a->office_district && b->office_district && strcmp(a->office_district, b->office_district) == 0;
    if (here || same_text(arena, a->district, b->district)) reason_add(&match, PLACE, MATCH_AGREES);
    codes_compare(&match, BUILD, a->build, b->build);
    codes_compare(&match, COMPLEXION, a->complexion, b->complexion);
    if (marks_meet(a->marks, b->marks)) reason_add(&match, MARK, MATCH_AGREES);
    return match;
}

/* ---- names ---- */

/* Names that sound alike, from the search: asked once for the person, and read for each of the others. */
static void names_compare(struct people *people, struct db *db, struct arena *arena,
    const struct description_row *asked, struct person_match *matches, size_t count)
{
    struct search_result *result = ARENA_NEW(arena, struct search_result);
    if (!asked->name || !people_find(people, &(struct search_query){.name = asked->name}, result)) return;
    for (size_t i = 0; i < result->count; i++) {
        const char *person, *case_id;
        int64_t id = posting_mention(result->hits[i].id);
        int likeness = hit_likeness(&result->hits[i]);
        if (likeness < 60 || mention_whose(db, arena, id, &person, &case_id) != E_OK) continue;
        for (size_t k = 0; k < count; k++)
            if (strcmp(matches[k].row.person, person) == 0 && !matches[k].named) {
                matches[k].named = true;
                reason_add(&matches[k], NAME, likeness >= 85 ? MATCH_AGREES : MATCH_NEAR);
            }
    }
}

/* ---- ranking ---- */

static int by_points(const void *a, const void *b)
{
    const struct person_match *left = a, *right = b;
    if (left->points != right->points) return left->points < right->points ? 1 : -1;
    return left->row.seq < right->row.seq ? 1 : left->row.seq > right->row.seq ? -1 : 0;
}

enum err people_matches(struct people *people, struct db *db, struct arena *arena,
    const struct description_row *asked, const struct sight *sight, size_t limit, struct person_match **ret,
    size_t *ret_count)
{
    pthread_once(&weights.once, weights_read);
    people_follow(people, db_int_values(db, "SELECT max(seq) + 1 FROM entry_index", 0, NULL, 0));
    struct description_row *rows;
    size_t count, kept = 0;
    TRY(descriptions_against(db, arena, asked, LOOKED_AT_MAX, &rows, &count));
    struct person_match *list = ARENA_ARRAY(arena, struct person_match, count + 1);
    for (size_t i = 0; i < count; i++) list[i] = compare(arena, asked, &rows[i]);
    names_compare(people, db, arena, asked, list, count);
    qsort(list, count, sizeof *list, by_points);
    for (size_t i = 0; i < count && kept < limit && list[i].points >= weights.least; i++)
        if (people_get(db, arena, list[i].row.person, sight, &list[i].found) == E_OK) list[kept++] = list[i];
    *ret = list;
    *ret_count = kept;
    return db_status(db);
}

const char *match_word(struct arena *arena, const struct match_reason *reason)
{
    static const char *const ends[] = {"agrees", "near", "differs"};
    return arena_printf(arena, "match_%s_%s", reason->what, ends[reason->verdict]);
}

json_t *match_json(struct arena *arena, const struct person_match *match)
{
    static const char *const verdicts[] = {"agrees", "nearly", "differs"};
    json_t *reasons = json_array();
    for (size_t i = 0; i < match->reason_count; i++) {
        const char *key = match_word(arena, &match->reasons[i]);
        json_array_append_new(reasons,
            json_pack("{s:s, s:s, s:{s:s, s:s}}", "code", match->reasons[i].what, "verdict",
                verdicts[match->reasons[i].verdict], "text", "en", word(LANG_EN, key), "hi",
                word(LANG_HI, key)));
    }
    return json_pack("{s:s, s:i, s:o, s:o}", "side", match->row.side, "points", match->points, "reasons",
        reasons, "person", found_json(arena, &match->found));
}
