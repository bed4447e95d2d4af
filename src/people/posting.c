/* people/posting: a mention as the engine takes it. Whoever is named in two scripts, or bears another whole
 * name, is posted once for each, so that any is found by its very letters; what is one word only (Kallu) goes
 * with his name. The lowest bits of the number tell the postings of a mention apart. */
#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "base/time.h"
#include "people/people.h"

#define PLACES 65521       /* a prime below 2^16: two places of one number only blunt the evidence */
#define AGE_UNCERTAIN 2    /* years either way by which people err about an age */
#define YEAR_LEAST 1900

enum search_relation posting_relation(const char *code)
{
    static const struct {
        const char *code;
        enum search_relation relation;
    } relations[] = {
        {"father", SEARCH_PARENT},
        {"mother", SEARCH_PARENT},
        {"husband", SEARCH_SPOUSE},
        {"wife", SEARCH_SPOUSE},
        {"son", SEARCH_CHILD},
        {"daughter", SEARCH_CHILD},
    };
    if (!code) return SEARCH_RELATIVE;
    for (size_t i = 0; i < sizeof relations / sizeof relations[0]; i++)
        if (strcmp(relations[i].code, code) == 0) return relations[i].relation;
    return SEARCH_OTHER_RELATIVE;
}

enum search_sex posting_sex(const char *code)
{
    static const struct {
        const char *code;
        enum search_sex sex;
    } sexes[] = {{"male", SEARCH_MALE}, {"female", SEARCH_FEMALE}, {"transgender", SEARCH_TRANSGENDER}};
    for (size_t i = 0; code && i < sizeof sexes / sizeof sexes[0]; i++)
        if (strcmp(sexes[i].code, code) == 0) return sexes[i].sex;
    return SEARCH_SEX_UNKNOWN;
}

/* FNV-1a: names and codes are short and of any kind. */
static uint16_t place_number(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (const char *at = text; at && *at; at++) hash = (hash ^ (uint8_t)*at) * UINT64_C(1099511628211);
    return text ? (uint16_t)(hash % PLACES + 1) : 0;
}

uint16_t posting_district(const char *name)
{
    return place_number(name);
}

uint16_t posting_station(const char *code)
{
    return place_number(code);
}

uint64_t posting_id(int64_t mention, size_t place)
{
    return (uint64_t)mention << POSTING_BITS | place;
}

int64_t posting_mention(uint64_t posting)
{
    return (int64_t)(posting >> POSTING_BITS);
}

static uint8_t role_bits(struct arena *arena, const char *roles)
{
    uint8_t bits = 0;
    char *rest = arena_strdup(arena, roles);
    for (char *role; (role = strtok_r(rest, " ", &rest));) bits |= person_role_bit(role);
    return bits;
}

/* The next line of a list, moving *lines; NULL at the end. */
static const char *line_next(struct arena *arena, const char **lines)
{
    if (!*lines || !**lines) return NULL;
    size_t n = strcspn(*lines, "\n");
    const char *line = arena_strndup(arena, *lines, n);
    *lines += n + ((*lines)[n] == '\n');
    return line;
}

static bool is_word(const char *name)
{
    return name[strcspn(name, " .@")] == '\0';
}

/* The names of one word, as the engine takes several: "Kallu @ Raju". */
static const char *aliases(struct arena *arena, const char *names)
{
    const char *all = NULL;
    for (const char *name; (name = line_next(arena, &names));)
        if (is_word(name)) all = all ? arena_printf(arena, "%s @ %s", all, name) : name;
    return all;
}

static size_t keys_read(struct arena *arena, const char *keys, struct search_key *ret)
{
    size_t count = 0;
    char *rest = keys ? arena_strdup(arena, keys) : NULL;
    for (char *line; rest && count < SEARCH_KEYS_MAX && (line = strtok_r(rest, "\n", &rest));) {
        char *text = strlen(line) > 2 ? strchr(line + 2, ' ') : NULL;
        if (!text) continue;
        ret[count++] = (struct search_key){
            line[0] == 'p' ? SEARCH_PHONE : line[0] == 'v' ? SEARCH_VEHICLE : SEARCH_IDENTITY, text + 1};
    }
    return count;
}

size_t posting_each(const struct mention_row *row, struct arena *arena,
    void (*add)(void *context, const struct search_person *person), void *context)
{
    struct search_key keys[SEARCH_KEYS_MAX];
    struct search_person person = {
        .id = posting_id(row->id, 0),
        .name = row->name ? row->name : "",
        .alias = aliases(arena, row->names),
        .relative = row->relative,
        .relation = posting_relation(row->relation),
        .sex = posting_sex(row->gender),
        .district = posting_district(row->district),
        .station = posting_station(row->office),
        .roles = role_bits(arena, row->roles),
        .keys = keys,
        .key_count = keys_read(arena, row->keys, keys),
    };
    if (row->age_high >= 0) {
        int last = time_civil(row->aged_at).year - (row->age_low > 0 ? row->age_low : 0);
        int first = last - 1 - (row->age_high - (row->age_low > 0 ? row->age_low : 0));
        person.birth_year = (first + last) / 2;
        person.birth_spread = (last - first + 1) / 2 + AGE_UNCERTAIN;
        if (person.birth_year < YEAR_LEAST) person.birth_year = person.birth_spread = 0;
    }
    add(context, &person);
    size_t count = 1;
    person.key_count = 0;
    person.alias = NULL;
    if (row->name_other && (!row->name || strcmp(row->name, row->name_other) != 0)) {
        person.id = posting_id(row->id, count++);
        person.name = row->name_other;
        if (row->relative_other) person.relative = row->relative_other;
        add(context, &person);
        person.relative = row->relative;
    }
    const char *names = row->names;
    for (const char *name; count < POSTINGS_MAX && (name = line_next(arena, &names));) {
        if (is_word(name)) continue;
        person.id = posting_id(row->id, count++);
        person.name = name;
        add(context, &person);
    }
    return count;
}
