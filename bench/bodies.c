/* bench/bodies: see bodies.h. Texts are about as long as clerks write them. */
#include "bodies.h"

#include "base/time.h"
#include "measure.h"

static const char *const first_names[] = {"रमेश", "सुनीता", "Mohan", "Geeta", "अजय", "Kavita", "दिलीप",
    "Rekha", "संतोष", "Pushpa", "Manoj", "लता", "Vijay", "शांति", "Arun", "मीना"};
static const char *const last_names[] = {"वर्मा", "Sahu", "यादव", "Patel", "Verma", "साहू", "Dewangan",
    "निषाद", "Thakur", "कश्यप", "Netam", "Banjare", "सोनी", "Tiwari", "ध्रुव"};
static const char *const villages[] = {
    "Lawan", "Palari", "कसडोल", "Bilaigarh", "सिमगा", "Bhatapara", "Gidhpuri"};
static const char story[] =
    "प्रार्थी ने थाना उपस्थित आकर मौखिक सूचना दी कि वह अपने घर के सामने खड़ी मोटर साइकिल को ताला "
    "लगाकर खेत गया था, शाम को वापस आने पर वाहन अपने स्थान पर नहीं मिला, आस पास पूछताछ करने पर पता "
    "चला कि गांव का एक व्यक्ति उसे चलाकर ले जाते देखा गया, प्रार्थी के रोकने पर उसने गाली गलौज कर हाथ "
    "मुक्का से मारपीट की जिससे प्रार्थी के भाई को चोट आई, घटना को गांव के लोगों ने देखा व सुना है।";

#define PICK(list, n) ((list)[(n) % (sizeof(list) / sizeof *(list))])

static const char *person_name(const struct telling *t, unsigned which)
{
    unsigned n = t->number * 7 + which * 5;
    return arena_printf(t->arena, "%s %s", PICK(first_names, n + t->number / 16), PICK(last_names, n));
}

static const char *minutes_before(const struct telling *t, int minutes)
{
    return time_text(t->arena, t->now - minutes * 60 * TIME_SECOND_MS);
}

/* json_pack that may not fail: a wrong format is a bug of this file. */
static json_t *made(json_t *json, const char *form)
{
    if (!json) give_up("the body of %s does not pack", form);
    return json;
}

static json_t *address(const struct telling *t)
{
    return made(json_pack("{s:s, s:s, s:s}", "locality", "Ward 4, near the water tank", "village",
                    PICK(villages, t->number), "district", "Balodabazar Bhatapara"),
        "address");
}

static json_t *person(const struct telling *t, unsigned which)
{
    return made(json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:[s], s:s, s:[{s:s, s:o}]}", "name",
                    person_name(t, which), "relation", "father", "relative_name", person_name(t, which + 9),
                    "gender", which % 3 ? "male" : "female", "age_kind", "age", "age_years",
                    19 + (int)((t->number + which * 11) % 50), "phones",
                    arena_printf(t->arena, "+9198%08u", (t->number * 31 + which) % 100000000), "religion",
                    "hindu", "addresses", "kind", "permanent", "address", address(t)),
        "person");
}

json_t *body_diary(const struct telling *t)
{
    return made(json_pack("{s:{s:s, s:s, s:s, s:s, s:s}}", "diary", "kind", "information", "happened_at",
                    minutes_before(t, 20), "subject",
                    arena_printf(t->arena, "Information from %s", PICK(villages, t->number)), "particulars",
                    story, "informant", person_name(t, 1)),
        "general_diary");
}

json_t *body_fir(const struct telling *t)
{
    json_t *body = json_object();
    json_object_set_new(body, "registration", json_pack("{s:s}", "kind", "ordinary"));
    json_object_set_new(body, "privacy", json_pack("{s:b}", "sensitive", 0));
    json_object_set_new(
        body, "offences", json_pack("[{s:s}, {s:s}]", "offence", "BNS 303(2)", "offence", "BNS 115(2)"));
    json_object_set_new(body, "occurrence",
        json_pack("{s:s, s:s, s:s, s:o, s:s}", "known", "between", "from", minutes_before(t, 600), "to",
            minutes_before(t, 500), "place", address(t), "beat", "4"));
    json_object_set_new(body, "information",
        json_pack(
            "{s:s, s:s, s:s}", "diary", t->diary, "received_at", minutes_before(t, 30), "kind", "oral"));
    json_object_set_new(body, "complainant", json_pack("{s:o, s:b}", "who", person(t, 1), "is_victim", 0));
    json_object_set_new(body, "victims", json_pack("[{s:o, s:b}]", "who", person(t, 2), "dead", 0));
    json_object_set_new(body, "accused", json_pack("[{s:o, s:b}]", "who", person(t, 3), "suspected", 0));
    json_object_set_new(body, "contents", json_pack("{s:s, s:s}", "text", story, "language", "hindi"));
    json_object_set_new(body, "action",
        json_pack(
            "{s:s, s:s, s:b, s:b}", "kind", "taken_up", "officer", t->io, "read_over", 1, "copy_given", 1));
    if (json_object_size(body) != 10) give_up("the body of fir does not pack");
    return body;
}

json_t *body_crime_details(const struct telling *t)
{
    return made(json_pack("{s:{s:s, s:s, s:o, s:s}, s:{s:b}, s:[{s:o, s:b}]}", "scene", "visited_at",
                    minutes_before(t, 90), "left_at", minutes_before(t, 40), "place", address(t), "brief",
                    story, "forensic", "needed", 0, "witnesses", "who", person(t, 4), "panch", 1),
        "crime_details");
}

json_t *body_statement(const struct telling *t)
{
    return made(json_pack("{s:{s:s, s:s, s:s, s:s}, s:{s:b, s:o}}", "statement", "kind", "written",
                    "taken_at", minutes_before(t, 15), "place", "at the house of the witness", "text", story,
                    "witness", "protected", 0, "who", person(t, 5)),
        "statement");
}

json_t *body_case_diary(const struct telling *t)
{
    return made(json_pack("{s:{s:s, s:s, s:s, s:s, s:s}}", "diary", "day",
                    time_date_text(t->arena, time_day_number(t->now)), "begun_at", minutes_before(t, 200),
                    "closed_at", minutes_before(t, 5), "places", "Village and market", "text", story),
        "case_diary");
}

json_t *body_seizure(const struct telling *t)
{
    return made(json_pack("{s:{s:s, s:s, s:o, s:b, s:s, s:b, s:b}, s:[{s:s}], s:[{s:o}, {s:o}], s:[{s:{s:s, "
                          "s:s, s:i}, s:b}]}",
                    "seizure", "seized_at", minutes_before(t, 1), "nature", "seized", "place", address(t),
                    "without_warrant", 0, "grounds", "found with the accused", "copy_given", 1, "sealed", 1,
                    "offences", "offence", "BNS 303(2)", "witnesses", "who", person(t, 6), "who",
                    person(t, 7), "items", "item", "category", "currency", "description",
                    "Notes of Rs 500 in a cloth bag", "value", 1250000, "photographed", 1),
        "seizure");
}

json_t *body_malkhana_deposit(const struct telling *t)
{
    return made(
        json_pack("{s:{s:s, s:s, s:s, s:s}, s:[{s:{s:s}, s:s, s:s}]}", "deposit", "class", "case_related",
            "seizure", t->seizure, "deposited_by", t->io, "deposited_at", minutes_before(t, 1), "items",
            "item", "ref", t->property, "place", "valuables", "seal", "intact"),
        "malkhana_deposit");
}

json_t *body_arrest(const struct telling *t)
{
    json_t *body = json_object();
    json_object_set_new(body, "arrest",
        json_pack("{s:s, s:s, s:s, s:s, s:o, s:s}", "kind", "arrested_forwarded", "arrested_at",
            minutes_before(t, 1), "diary", t->diary, "authority", "without_warrant", "place", address(t),
            "arrested_by", t->io));
    json_object_set_new(body, "accused", json_pack("{s:{s:s}}", "who", "ref", t->accused));
    json_object_set_new(body, "grounds", json_pack("{s:b, s:s}", "told", 1, "text", story));
    json_object_set_new(body, "kin",
        json_pack("{s:s, s:s, s:s, s:s, s:b}", "name", person_name(t, 8), "relation", "brother", "mode",
            "phone", "told_at", minutes_before(t, 1), "right_told", 1));
    json_object_set_new(body, "body", json_pack("{s:s, s:b}", "injuries", "None", "examination_needed", 1));
    json_object_set_new(body, "restraint", json_pack("{s:b}", "handcuffed", 0));
    json_object_set_new(body, "witnesses", json_pack("[{s:o, s:b}]", "who", person(t, 9), "family", 0));
    json_object_set_new(body, "prints",
        json_pack("{s:b, s:b, s:b}", "fingerprints", 1, "photographed", 1, "countersigned", 1));
    json_object_set_new(body, "observations",
        json_pack("{s:b, s:b, s:b, s:b, s:b, s:b, s:b, s:b, s:b}", "dangerous", 0, "jumped_bail", 0, "armed",
            0, "accomplices", 0, "past_record", 0, "recidivist", 0, "may_jump_bail", 0, "may_repeat", 0,
            "wanted_elsewhere", 0));
    if (json_object_size(body) != 9) give_up("the body of arrest does not pack");
    return body;
}
