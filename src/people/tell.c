/* people/tell: answers in words and JSON. How often a name is borne would let hidden people be counted, so
 * the engine's scores, probabilities and numbers of namesakes stay inside; what is told is how like the name
 * is. */
#include <string.h>

#include "base/words.h"
#include "people/people.h"

static const struct {
    const char *code, *key;
} hows[] = {
    [SEARCH_EXACT] = {"exact", "people_exact"},
    [SEARCH_SOUND] = {"sound", "people_sound"},
    [SEARCH_SCRIPT] = {"script", "people_script"},
    [SEARCH_NEAR_SOUND] = {"near_sound", "people_near_sound"},
    [SEARCH_SLIP] = {"slip", "people_slip"},
    [SEARCH_INITIAL] = {"initial", "people_initial"},
    [SEARCH_BEGINS] = {"begins", "people_begins"},
    [SEARCH_JOINED] = {"joined", "people_joined"},
    [SEARCH_SPLIT] = {"split", "people_split"},
    [SEARCH_MISSING] = {"missing", "people_missing"},
    [SEARCH_BESIDE] = {"beside", "people_beside"},
};

static const struct {
    const char *code, *key;
} bys[] = {
    [FOUND_NAME] = {"name", "people_by_name"},
    [FOUND_PHONE] = {"phone", "people_by_phone"},
    [FOUND_IDENTITY] = {"identity", "people_by_identity"},
    [FOUND_VEHICLE] = {"vehicle", "people_by_vehicle"},
    [FOUND_CASE] = {"fir", "people_by_case"},
};

/* Words with {a} and {b} filled in. */
static const char *filled(struct arena *arena, const char *words, const char *a, const char *b)
{
    struct buf text;
    buf_init(&text, arena, strlen(words) + 8 * (strlen(a) + strlen(b)) + 16);
    while (*words) {
        bool first = strncmp(words, "{a}", 3) == 0;
        if (first || strncmp(words, "{b}", 3) == 0) {
            buf_puts(&text, first ? a : b);
            words += 3;
        } else {
            buf_putc(&text, *words++);
        }
    }
    return text.data;
}

const char *reason_code(const struct search_reason *reason)
{
    return hows[reason->how].code;
}

const char *reason_words(struct arena *arena, enum lang lang, const struct search_reason *reason)
{
    const char *text = filled(arena, word(lang, hows[reason->how].key), reason->asked, reason->found);
    return reason->relative ? filled(arena, word(lang, "people_of_relative"), text, "") : text;
}

size_t evidence_words(const struct search_hit *hit, struct evidence_word ret[5])
{
    static const char *const verdicts[] = {NULL, "agrees", "nearly", "differs"};
    static const char *const keys[][4] = {
        {NULL, "people_sex_agrees", "people_sex_agrees", "people_sex_differs"},
        {NULL, "people_age_agrees", "people_age_nearly", "people_age_differs"},
        {NULL, "people_district_agrees", "people_district_nearly", "people_district_differs"},
        {NULL, "people_station_agrees", "people_station_agrees", "people_station_differs"},
        {NULL, "people_role_agrees", "people_role_agrees", "people_role_differs"},
    };
    static const char *const names[] = {"sex", "age", "district", "station", "role"};
    const enum search_verdict said[] = {hit->sex, hit->age, hit->district, hit->station, hit->role};
    size_t count = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (said[i] != SEARCH_SILENT)
            ret[count++] = (struct evidence_word){names[i], keys[i][said[i]], verdicts[said[i]]};
    return count;
}

static json_t *both_words(const char *key)
{
    return json_pack("{s:s, s:s}", "en", word(LANG_EN, key), "hi", word(LANG_HI, key));
}

static json_t *reasons_json(struct arena *arena, const struct found_person *found)
{
    json_t *list = json_array();
    if (found->by != FOUND_NAME)
        json_array_append_new(list,
            json_pack("{s:s, s:o}", "code", bys[found->by].code, "text", both_words(bys[found->by].key)));
    if (!found->hit) return list;
    for (size_t i = 0; i < found->hit->reason_count; i++) {
        const struct search_reason *reason = &found->hit->reasons[i];
        json_t *text = json_pack("{s:s, s:s}", "en", reason_words(arena, LANG_EN, reason), "hi",
            reason_words(arena, LANG_HI, reason));
        json_array_append_new(list,
            json_pack("{s:s, s:b, s:s, s:s, s:i, s:o}", "code", reason_code(reason), "relative",
                reason->relative, "asked", reason->asked, "found", reason->found, "likeness",
                (int)reason->likeness, "text", text));
    }
    struct evidence_word said[5];
    size_t count = evidence_words(found->hit, said);
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_pack("{s:s, s:s, s:o}", "code", said[i].what, "verdict",
                                        said[i].verdict, "text", both_words(said[i].key)));
    return list;
}

static json_t *roles_json(const struct sighting *sighting)
{
    json_t *list = json_array();
    for (size_t i = 0; i < sighting->party_count; i++)
        json_array_append_new(list, json_pack("{s:s, s:s?}", "role", sighting->parties[i].role, "status",
                                        sighting->parties[i].status));
    const char *role = sighting->case_row.id ? NULL : sighting->row.roles;
    for (size_t n; role && *role; role += n + (role[n] == ' ')) {
        n = strcspn(role, " ");
        json_array_append_new(list, json_pack("{s:s%, s:n}", "role", role, n, "status"));
    }
    return list;
}

static json_t *sighting_json(const struct sighting *sighting)
{
    const struct case_row *row = &sighting->case_row;
    if (!row->id)
        return json_pack("{s:s, s:n, s:s, s:s, s:o, s:b}", "person", sighting->row.person, "case", "entry",
            sighting->row.entry, "office", sighting->row.office, "roles", roles_json(sighting), "elsewhere",
            sighting->elsewhere);
    return json_pack("{s:s, s:s, s:s, s:s?, s:i, s:s, s:s?, s:s?, s:o, s:b}", "person", sighting->row.person,
        "case", row->id, "kind", row->kind, "number", row->number, "year", row->year, "office", row->office,
        "stage", row->stage, "sections", row->sections, "roles", roles_json(sighting), "elsewhere",
        sighting->elsewhere);
}

static json_t *names_json(const char *lines)
{
    json_t *list = json_array();
    for (size_t n; lines && *lines; lines += n + (lines[n] == '\n')) {
        n = strcspn(lines, "\n");
        json_array_append_new(list, json_stringn(lines, n));
    }
    return list;
}

static const char *const ties[] = {
    [TIED_REFERENCE] = "reference", [TIED_DECIDED] = "decided", [TIED_LIKELY] = "likely"};

json_t *found_json(struct arena *arena, const struct found_person *found)
{
    const struct mention_row *row = &found->sightings[0].row;
    json_t *ids = json_array(), *cases = json_array();
    for (size_t i = 0; i < found->id_count; i++) json_array_append_new(ids, json_string(found->ids[i]));
    for (size_t i = 0; i < found->sighting_count; i++)
        json_array_append_new(cases, sighting_json(&found->sightings[i]));
    json_t *json = json_pack("{s:s, s:o, s:s, s:s?, s:s?, s:o, s:s?, s:s?, s:s?, s:i, s:s, s:o, s:o}", "id",
        found->ids[0], "ids", ids, "tied", ties[found->tied], "name", row->name,
        "name_other", row->name_other, "names", names_json(row->names), "relative", row->relative, "relation",
        row->relation, "gender", row->gender, "likeness", found->likeness, "by", bys[found->by].code,
        "reasons", reasons_json(arena, found), "cases", cases);
    if (row->age_low >= 0) json_object_set_new(json, "age_low", json_integer(row->age_low));
    if (row->age_high >= 0) json_object_set_new(json, "age_high", json_integer(row->age_high));
    return json;
}

json_t *people_index_json(const struct people_index *index)
{
    return json_pack(
        "{s:b, s:I}", "building", index->building, "behind", (json_int_t)index->behind);
}
