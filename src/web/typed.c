/* web/typed: a sorted copy of the pairs; everything else is a search in it. */
#include "web/typed.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"

#define FILE_MARK "_file:"

struct placed {
    struct pair pair;
    size_t place;
};

static int placed_compare(const void *a, const void *b)
{
    const struct placed *one = a, *other = b;
    int order = strcmp(one->pair.name, other->pair.name);
    if (order != 0) return order;
    return one->place < other->place ? -1 : one->place > other->place;
}

static size_t placed_sort(struct placed *placed, size_t count, struct pair *ret)
{
    qsort(placed, count, sizeof *placed, placed_compare);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && strcmp(ret[kept - 1].name, placed[i].pair.name) == 0) kept--;
        ret[kept++] = placed[i].pair;
    }
    return kept;
}

void typed_read(struct typed *typed, struct arena *arena, const struct pair *pairs, size_t count)
{
    struct placed *placed = ARENA_ARRAY(arena, struct placed, count + 1);
    struct pair *sorted = ARENA_ARRAY(arena, struct pair, count + 1);
    size_t n = 0;
    *typed = (struct typed){.arena = arena};
    for (size_t i = 0; i < count; i++) {
        struct pair pair = pairs[i];
        size_t place = i;
        if (strncmp(pair.name, FILE_MARK, strlen(FILE_MARK)) == 0) {
            pair.name += strlen(FILE_MARK);
            place += count; /* after the file kept from before */
        } else if (strcmp(pair.name, "_add") == 0) {
            typed->grow = pair.value;
        }
        if (pair.name[0] != '_') placed[n++] = (struct placed){pair, place};
    }
    typed->count = placed_sort(placed, n, sorted);
    typed->pairs = sorted;
}

/* Place of the first name not less than the text. */
static size_t lower_bound(const struct typed *typed, const char *text)
{
    size_t low = 0, high = typed->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(typed->pairs[middle].name, text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const char *typed_value(const struct typed *typed, const char *path)
{
    size_t i = lower_bound(typed, path);
    return i < typed->count && strcmp(typed->pairs[i].name, path) == 0 ? typed->pairs[i].value : NULL;
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

bool typed_any(const struct typed *typed, const char *path)
{
    const char *value = typed_value(typed, path);
    if (value && !is_blank(value)) return true;
    const char *below = arena_printf(typed->arena, "%s.", path);
    size_t n = strlen(below);
    for (size_t i = lower_bound(typed, below); i < typed->count; i++) {
        if (strncmp(typed->pairs[i].name, below, n) != 0) return false;
        if (!is_blank(typed->pairs[i].value)) return true;
    }
    return false;
}

size_t typed_rows(const struct typed *typed, const char *path, size_t least)
{
    const char *below = arena_printf(typed->arena, "%s.", path);
    size_t n = strlen(below), rows = 0;
    for (size_t i = lower_bound(typed, below); i < typed->count; i++) {
        const char *name = typed->pairs[i].name;
        if (strncmp(name, below, n) != 0) break;
        if (name[n] < '0' || name[n] > '9') continue;
        size_t row = (size_t)strtoul(name + n, NULL, 10) + 1;
        if (row > rows && row <= SECTION_ROWS_MAX) rows = row;
    }
    if (typed->grow && strcmp(typed->grow, path) == 0 && rows < SECTION_ROWS_MAX) {
        rows = rows > least ? rows : least;
        return rows + 1;
    }
    return rows > least ? rows : least;
}

/* ---- offences ---- */

/* Where the number of the innermost row begins in a path: "offences.0.offence". NULL when the path has no
 * row. */
static const char *row_of(const char *path)
{
    for (const char *at = path + strlen(path); at > path; at--) {
        size_t digits = strspn(at, "0123456789");
        if (at[-1] == '.' && digits > 0 && (at[digits] == '.' || at[digits] == '\0')) return at;
    }
    return NULL;
}

/* The same place in another row. */
static const char *path_in_row(struct arena *arena, const char *path, const char *row, size_t number)
{
    return arena_printf(arena, "%.*s%zu%s", (int)(row - path), path, number, row + strspn(row, "0123456789"));
}

void typed_offences(struct typed *typed, const struct form *form, const struct law *law, int64_t now)
{
    struct arena *arena = typed->arena;
    struct pair *pairs = ARENA_ARRAY(arena, struct pair, typed->count + SECTION_ROWS_MAX);
    size_t added = typed->count;
    memcpy(pairs, typed->pairs, typed->count * sizeof *pairs);
    for (size_t i = 0; i < typed->count; i++) {
        const struct field *field = field_at(form, pairs[i].name);
        if (!field || field->type != FIELD_OFFENCE || is_blank(pairs[i].value) ||
            law_offence(law, pairs[i].value))
            continue;
        struct section_reading reading;
        law_read_sections(law, arena, pairs[i].value, time_day_number(now), &reading);
        const char *path = pairs[i].name, *row = row_of(path);
        if (reading.count == 0 || reading.left_count > 0 || (reading.count > 1 && !row)) continue;
        pairs[i].value = reading.offences[0];
        size_t number = row ? typed_rows(typed, arena_strndup(arena, path, (size_t)(row - path) - 1), 0) : 0;
        for (size_t k = 1; k < reading.count && added < typed->count + SECTION_ROWS_MAX; k++)
            pairs[added++] = (struct pair){path_in_row(arena, path, row, number++), reading.offences[k]};
    }
    const char *grow = typed->grow;
    typed_read(typed, arena, pairs, added);
    typed->grow = grow;
}
