/* The matrix of confidentiality, row by row, and bodies with covered fields. The office of the case is
 * PS1. */
#include "access_world.h"

#include "base/builtin.h"
#include "base/lines.h"

#define CASE_OFFICE "PS1"

struct place { const char *office, *kind, *role; };

/* Columns of the matrix below. O: shown, A: shown for a purpose, N: never. */
static const struct place places[] = {
    {"PS1", "ps", "io"},
    {"PS1", "ps", "sho"},
    {"PS1", "ps", "duty_officer"},
    {"PS1", "ps", "head_constable"},
    {"PS1", "ps", "constable"},
    {"PS1", "ps", "malkhana_moharrir"},
    {"D1", "district", "sp"},
    {"SD1", "sdpo", "sdpo"},
    {"PS9", "ps", "sho"},
    {"PS9", "ps", "io"},
    {"PS9", "ps", "constable"},
    {"HQ", "state_hq", "auditor"},
    {"PROS", "prosecution", "prosecutor"},
    {"C1", "court", "magistrate"},
    {"C1", "court", "court_clerk"},
    {"JAIL", "prison", "jail_superintendent"},
    {"JAIL", "prison", "jail_clerk"},
    {"LAB", "laboratory", "scientist"},
    {"HOSP", "hospital", "doctor"},
    {"HOSP", "hospital", "hospital_clerk"},
    {"FPB", "fpb", "fpb_expert"},
    {"PS1", "ps", "administrator"},
    {"PS1", "ps", "role_of_a_state"},
};
#define PLACES (sizeof places / sizeof places[0])

static const struct { const char *kind, *shows; } matrix[] = {
    /* io sho duty writer const malkh | sp sdpo | other sho io const | aud | pp | mag clerk | jail clk |
     * lab | doc clk | fp | admin state */
    {"victim",            "OOOANN" "OO" "AAN" "N" "O" "OO" "NN" "N" "ON" "N" "NN"},
    {"child",             "OOONNN" "OO" "AAN" "N" "O" "OO" "NN" "N" "ON" "N" "NN"},
    {"identity",          "OOOANN" "AA" "AAN" "N" "A" "OO" "AA" "N" "AN" "N" "NN"},
    {"bank",              "OOONNN" "OO" "AAN" "N" "O" "OO" "NN" "N" "NN" "N" "NN"},
    {"contact",           "OOOOOO" "OO" "AAA" "A" "O" "OO" "AA" "N" "OO" "N" "NN"},
    {"medical",           "OOOANN" "OO" "NNN" "N" "O" "OO" "OA" "A" "ON" "N" "NN"},
    {"witness",           "OOOANN" "OO" "AAN" "N" "O" "OO" "NN" "N" "NN" "N" "NN"},
    {"protected_witness", "ANNNNN" "NN" "NNN" "N" "N" "AN" "NN" "N" "NN" "N" "NN"},
    {"informant",         "ANNNNN" "AN" "NNN" "N" "N" "NN" "NN" "N" "NN" "N" "NN"},
    {"officer",           "OOOOOO" "OO" "NNN" "N" "N" "AA" "NN" "N" "NN" "N" "ON"},
    {"people_elsewhere",  "AAAAAA" "AA" "AAA" "A" "O" "OO" "AA" "N" "NN" "N" "NN"},
    {"search_log",        "NONNNN" "OO" "NNN" "O" "N" "ON" "ON" "N" "NN" "N" "NN"},
};
#define KINDS (sizeof matrix / sizeof matrix[0])

static struct viewer viewer(const struct place *place)
{
    return (struct viewer){"A1", place->office, place->kind, office_kind_pillar(place->kind), place->role};
}

static void every_row_of_the_matrix_holds(void **state)
{
    (void)state;
    static const char letters[] = {[MASK_OPEN] = 'O', [MASK_ASK] = 'A', [MASK_NEVER] = 'N'};
    for (size_t i = 0; i < KINDS; i++) {
        assert_int_equal(strlen(matrix[i].shows), PLACES);
        for (size_t k = 0; k < PLACES; k++) {
            struct viewer who = viewer(&places[k]);
            char shows = letters[mask_for(&who, matrix[i].kind, CASE_OFFICE)];
            if (shows != matrix[i].shows[k])
                fail_msg("%s for %s at %s: %c, not %c", matrix[i].kind, places[k].role, places[k].office,
                    shows, matrix[i].shows[k]);
        }
    }
}

/* Nobody adds a kind to law/access without saying here what it shows to whom. */
static void the_matrix_covers_law_access(void **state)
{
    struct world *w = *state;
    const struct builtin *file = builtin_find("law/access");
    struct lines lines;
    struct line line;
    lines_init(&lines, w->arena, "law/access", file->data, file->len);
    while (lines_next(&lines, &line)) {
        bool found = strcmp(line.words[0], "confidential") != 0;
        for (size_t i = 0; i < KINDS; i++) found = found || strcmp(line.words[1], matrix[i].kind) == 0;
        if (!found) fail_msg("no row for %s", line.words[1]);
    }
}

static void a_bank_desk_sees_accounts_but_no_victim(void **state)
{
    (void)state;
    struct viewer who = {"A1", "BANK", "bank_desk", office_kind_pillar("bank_desk"), "io"};
    assert_int_equal(mask_for(&who, "bank", CASE_OFFICE), MASK_OPEN);
    assert_int_equal(mask_for(&who, "victim", CASE_OFFICE), MASK_NEVER);
}

static void a_kind_nobody_declared_shows_only_at_the_case_office(void **state)
{
    (void)state;
    for (size_t k = 0; k < PLACES; k++) {
        struct viewer who = viewer(&places[k]);
        bool own = strcmp(places[k].office, CASE_OFFICE) == 0;
        assert_int_equal(mask_for(&who, "kind_of_a_state", CASE_OFFICE), own ? MASK_OPEN : MASK_NEVER);
        assert_int_equal(mask_for(&who, "kind_of_a_state", NULL), MASK_NEVER);
    }
}

/* ---- bodies ---- */

static const struct field document_fields[] = {
    {.name = "kind", .type = FIELD_CODE},
    {.name = "number", .type = FIELD_TEXT, .confidential = "identity"},
};
static const struct section person_sections[] = {
    {.name = "documents", .many = true, .field_count = 2, .fields = document_fields},
};
static const struct field person_fields[] = {
    {.name = "name", .type = FIELD_TEXT},
    {.name = "age", .type = FIELD_INT},
    {.name = "phones", .type = FIELD_PHONE, .many = true, .confidential = "bank"},
};
static const struct composite person = {.name = "person",
    .field_count = 3,
    .fields = person_fields,
    .section_count = 1,
    .sections = person_sections};
static const struct field house_fields[] = {{.name = "house", .type = FIELD_TEXT}};
static const struct composite address = {.name = "address", .field_count = 1, .fields = house_fields};

static const struct field victim_fields[] = {
    {.name = "who", .type = FIELD_COMPOSITE, .composite = &person, .confidential = "victim",
        .role = "victim"},
    {.name = "home", .type = FIELD_COMPOSITE, .composite = &address, .confidential = "victim"},
    {.name = "told", .type = FIELD_LONGTEXT},
};
static const struct field accused_fields[] = {
    {.name = "who", .type = FIELD_COMPOSITE, .composite = &person, .role = "accused"},
};
static const struct field source_fields[] = {
    {.name = "name", .type = FIELD_TEXT, .confidential = "informant"},
};
static const struct section form_sections[] = {
    {.name = "victims", .many = true, .field_count = 3, .fields = victim_fields},
    {.name = "accused", .many = true, .field_count = 1, .fields = accused_fields},
    {.name = "source", .field_count = 1, .fields = source_fields},
};
static const struct form form = {.name = "fir", .pillar = "police", .section_count = 3,
    .sections = form_sections};

static const char body_text[] =
    "{\"victims\":[{\"who\":{\"name\":\"Sita\",\"age\":30,\"ref\":\"r1\","
    "\"documents\":[{\"kind\":\"aadhaar\",\"number\":\"1111\"}]},"
    "\"home\":{\"house\":\"7\"},\"told\":\"words\"}],"
    "\"accused\":[{\"who\":{\"name\":\"Ravan\",\"phones\":[\"+911\",\"+912\"],"
    "\"documents\":[{\"kind\":\"pan\",\"number\":\"2222\"},{\"kind\":\"aadhaar\",\"number\":\"3333\"}]}}],"
    "\"source\":{\"name\":\"Mukhbir\"}}";

static json_t *masked_for(struct world *w, const struct place *place, const char *const *opened,
    size_t opened_count, json_t *ret_paths)
{
    json_t *body = json_loads(body_text, 0, NULL), *before = json_deep_copy(body);
    struct viewer who = viewer(place);
    json_t *masked = body_masked(NULL, &form, body, &who, CASE_OFFICE, opened, opened_count, w->arena,
        ret_paths);
    assert_true(json_equal(body, before)); /* the entry itself stays as it was filed */
    json_decref(before);
    json_decref(body);
    return masked;
}

static const char *text_at(const json_t *body, const char *path)
{
    return json_string_value(json_at(body, path));
}

static bool path_listed(const json_t *paths, const char *path)
{
    for (size_t i = 0; i < json_array_size(paths); i++)
        if (strcmp(json_string_value(json_array_get(paths, i)), path) == 0) return true;
    return false;
}

static void the_investigating_officer_reads_all_but_seals(void **state)
{
    struct world *w = *state;
    json_t *paths = json_array(), *body = masked_for(w, &places[0], NULL, 0, paths);
    assert_string_equal(text_at(body, "victims.0.who.name"), "Sita");
    assert_string_equal(text_at(body, "victims.0.who.documents.0.number"), "1111");
    assert_string_equal(text_at(body, "accused.0.who.phones.1"), "+912");
    assert_string_equal(text_at(body, "source.name"), "••••");
    assert_int_equal(json_array_size(paths), 1);
    assert_true(path_listed(paths, "source.name"));
    json_decref(body);
    json_decref(paths);
}

static void a_victim_is_covered_whole_and_leaves_no_trace(void **state)
{
    struct world *w = *state;
    json_t *paths = json_array(), *body = masked_for(w, &places[16], NULL, 0, paths); /* jail clerk */
    json_t *who = json_pack("{s:s}", "name", "••••");
    assert_true(json_equal(json_at(body, "victims.0.who"), who));
    assert_string_equal(text_at(body, "victims.0.home"), "••••");
    assert_string_equal(text_at(body, "victims.0.told"), "words");
    assert_string_equal(text_at(body, "accused.0.who.name"), "Ravan");
    assert_string_equal(text_at(body, "accused.0.who.documents.1.kind"), "aadhaar");
    assert_string_equal(text_at(body, "accused.0.who.documents.1.number"), "••••");
    assert_string_equal(text_at(body, "accused.0.who.phones.0"), "••••");
    char *text = json_dumps(body, JSON_ENCODE_ANY);
    static const char *const secrets[] = {"Sita", "r1", "1111", "\"7\"", "2222", "3333", "+911", "Mukhbir"};
    for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++) assert_null(strstr(text, secrets[i]));
    /* Only what a purpose opens is offered: not the victim, nor what lies in it. */
    assert_int_equal(json_array_size(paths), 2);
    assert_true(path_listed(paths, "accused.0.who.documents.0.number"));
    assert_true(path_listed(paths, "accused.0.who.documents.1.number"));
    free(text);
    json_decref(who);
    json_decref(body);
    json_decref(paths);
}

static void what_was_opened_for_a_purpose_shows_and_nothing_beside_it(void **state)
{
    struct world *w = *state;
    static const char *const opened[] = {"victims.0.who", "accused.0.who.documents.1.number"};
    /* io of another station */
    json_t *paths = json_array(), *body = masked_for(w, &places[9], opened, 2, paths);
    assert_string_equal(text_at(body, "victims.0.who.name"), "Sita");
    assert_string_equal(text_at(body, "victims.0.who.documents.0.number"), "••••");
    assert_string_equal(text_at(body, "victims.0.home"), "••••");
    assert_string_equal(text_at(body, "accused.0.who.documents.0.number"), "••••");
    assert_string_equal(text_at(body, "accused.0.who.documents.1.number"), "3333");
    assert_true(path_listed(paths, "victims.0.who.documents.0.number"));
    assert_true(path_listed(paths, "victims.0.home"));
    assert_false(path_listed(paths, "victims.0.who"));
    json_decref(body);
    json_decref(paths);
}

static void what_is_never_shown_cannot_be_opened(void **state)
{
    struct world *w = *state;
    static const char *const opened[] = {"victims.0.who", "source.name"};
    json_t *body = masked_for(w, &places[17], opened, 2, NULL); /* laboratory */
    assert_string_equal(text_at(body, "victims.0.who.name"), "••••");
    assert_string_equal(text_at(body, "source.name"), "••••");
    json_decref(body);
}

/* ---- who is spared ---- */

static const struct field examined_fields[] = {
    {.name = "kind", .type = FIELD_CODE},
    {.name = "who", .type = FIELD_COMPOSITE, .composite = &person, .confidential = "victim",
        .spared_when = {.field = "kind", .value_count = 1, .values = {"arrested"}}},
};
static const struct section examined_sections[] = {
    {.name = "examined", .many = true, .field_count = 2, .fields = examined_fields},
};
static const struct form examination = {.name = "examination", .pillar = "police", .section_count = 1,
    .sections = examined_sections};

static void an_unless_spares_a_reference_and_nothing_told_beside_it(void **state)
{
    struct world *w = *state;
    static const struct { const char *row, *shows; bool opens; } rows[] = {
        {"{\"kind\":\"arrested\",\"who\":{\"ref\":\"r1\"}}", "{\"ref\":\"r1\"}", false},
        {"{\"kind\":\"arrested\",\"who\":{\"ref\":\"r1\",\"name\":\"Sita\"}}", "{\"ref\":\"r1\"}", true},
        {"{\"kind\":\"arrested\",\"who\":{\"name\":\"Sita\"}}", "{\"name\":\"••••\"}", true},
        {"{\"kind\":\"rape\",\"who\":{\"ref\":\"r1\"}}", "{\"name\":\"••••\"}", true},
        {"{\"who\":{\"ref\":\"r1\"}}", "{\"name\":\"••••\"}", true},
    };
    struct viewer writer = viewer(&places[3]), clerk = viewer(&places[16]), io = viewer(&places[0]);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        json_t *body = json_pack("{s:[o]}", "examined", json_loads(rows[i].row, 0, NULL));
        json_t *shows = json_loads(rows[i].shows, 0, NULL), *paths = json_array();
        json_t *asks = body_masked(NULL, &examination, body, &writer, CASE_OFFICE, NULL, 0, w->arena, paths);
        json_t *never = body_masked(NULL, &examination, body, &clerk, CASE_OFFICE, NULL, 0, w->arena, NULL);
        json_t *open = body_masked(NULL, &examination, body, &io, CASE_OFFICE, NULL, 0, w->arena, NULL);
        assert_true(json_equal(json_at(asks, "examined.0.who"), shows));
        assert_true(json_equal(json_at(never, "examined.0.who"), shows));
        assert_true(json_equal(open, body));
        assert_int_equal(path_listed(paths, "examined.0.who"), rows[i].opens);
        json_t *all[] = {body, shows, paths, asks, never, open};
        for (size_t k = 0; k < sizeof all / sizeof *all; k++) json_decref(all[k]);
    }
}

#define T(name) cmocka_unit_test_setup_teardown(name, world_begin, world_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(every_row_of_the_matrix_holds),
        T(an_unless_spares_a_reference_and_nothing_told_beside_it),
        T(the_matrix_covers_law_access),
        T(a_bank_desk_sees_accounts_but_no_victim),
        T(a_kind_nobody_declared_shows_only_at_the_case_office),
        T(the_investigating_officer_reads_all_but_seals),
        T(a_victim_is_covered_whole_and_leaves_no_trace),
        T(what_was_opened_for_a_purpose_shows_and_nothing_beside_it),
        T(what_is_never_shown_cannot_be_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
