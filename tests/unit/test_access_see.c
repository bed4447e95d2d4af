/* Who may see a case, an entry, the case diary; and whether law/access and the forms know the same roles
 * and kinds. */
#include "access_world.h"

#include "base/builtin.h"
#include "base/lines.h"

static struct viewer viewer(const char *office, const char *kind, const char *role)
{
    return (struct viewer){"A1", office, kind, office_kind_pillar(kind), role};
}

static void case_join(struct world *w, const char *case_id, const char *office)
{
    db_run(w->db, "INSERT INTO case_office(case_id, office) VALUES ($1, $2)", V(case_id), V(office));
}

static void case_open(struct world *w, const char *case_id, const char *office, const char *other)
{
    db_run(w->db, "INSERT INTO case_file(id, office) VALUES ($1, $2)", V(case_id), V(office));
    case_join(w, case_id, office);
    if (other) case_join(w, case_id, other);
    assert_int_equal(db_status(w->db), E_OK);
}

static bool sees_case(struct world *w, const char *office, const char *kind, const char *role)
{
    struct viewer who = viewer(office, kind, role);
    return may_see_case(w->db, &who, "case");
}

static void the_police_line_sees_a_case_and_other_stations_do_not(void **state)
{
    struct world *w = *state;
    case_open(w, "case", "PS1", NULL);
    assert_true(sees_case(w, "PS1", "ps", "constable"));
    assert_true(sees_case(w, "SD1", "sdpo", "sdpo"));
    assert_true(sees_case(w, "D1", "district", "sp"));
    assert_true(sees_case(w, "HQ", "state_hq", "sp"));
    assert_false(sees_case(w, "PS2", "ps", "sho"));
    assert_false(sees_case(w, "PS9", "ps", "sho"));
    assert_false(sees_case(w, "D2", "district", "sp"));
    assert_false(sees_case(w, "C1", "court", "magistrate"));
    assert_false(sees_case(w, "PROS", "prosecution", "prosecutor"));
    assert_false(sees_case(w, "JAIL", "prison", "jail_superintendent"));
}

static void an_addressee_sees_a_case_and_so_does_its_line_in_its_own_pillar(void **state)
{
    struct world *w = *state;
    case_open(w, "case", "PS1", "PS9");
    assert_true(sees_case(w, "PS9", "ps", "io"));
    assert_true(sees_case(w, "D2", "district", "sp"));
    /* a court sends an exhibit to a laboratory below police headquarters */
    case_open(w, "other", "C1", "LAB");
    struct viewer hq = viewer("HQ", "state_hq", "sp"), above = viewer("CHC", "court", "sessions_judge");
    struct viewer lab = viewer("LAB", "laboratory", "scientist"), next = viewer("C2", "court", "magistrate");
    assert_false(may_see_case(w->db, &hq, "other"));
    assert_true(may_see_case(w->db, &above, "other"));
    assert_true(may_see_case(w->db, &lab, "other"));
    assert_false(may_see_case(w->db, &next, "other"));
}

static void an_administrator_sees_no_case_wherever_he_is_posted(void **state)
{
    struct world *w = *state;
    case_open(w, "case", "PS1", NULL);
    assert_false(sees_case(w, "PS1", "ps", "administrator"));
    assert_false(sees_case(w, "HQ", "state_hq", "administrator"));
    assert_false(sees_case(w, "D1", "district", "establishment"));
    struct form fir = {.name = "fir", .pillar = "police"};
    struct form posting = {.name = "posting", .pillar = "administration"};
    struct entry entry = {.office = "PS1", .case_id = "case"}, posted = {.office = "PS1"};
    struct viewer admin = viewer("D1", "district", "administrator");
    assert_false(may_see_entry(w->db, &admin, &fir, &entry));
    assert_true(may_see_entry(w->db, &admin, &posting, &posted));
    posted.office = "PS9";
    assert_false(may_see_entry(w->db, &admin, &posting, &posted));
}

static void nobody_sees_from_a_pillar_that_is_not_known(void **state)
{
    struct world *w = *state;
    case_open(w, "case", "PS1", NULL);
    struct viewer odd = {"A1", "PS1", "ps", "press", "sho"};
    struct form fir = {.name = "fir", .pillar = "police"};
    struct entry entry = {.office = "PS1", .case_id = "case"};
    assert_false(may_see_case(w->db, &odd, "case"));
    assert_false(may_see_entry(w->db, &odd, &fir, &entry));
}

static bool sees(struct world *w, const char *office, const char *kind, const char *role,
    const struct form *form, const struct entry *entry)
{
    struct viewer who = viewer(office, kind, role);
    return may_see_entry(w->db, &who, form, entry);
}

static void police_headquarters_do_not_read_what_their_laboratory_files(void **state)
{
    struct world *w = *state;
    case_open(w, "case", "C1", "LAB");
    struct form form = {.name = "lab_report", .pillar = "forensic"};
    struct entry entry = {.office = "LAB", .case_id = "case", .to_count = 1, .to = {"C1"}};
    struct entry sent = {.office = "C1", .case_id = "case", .to_count = 1, .to = {"LAB"}};
    assert_true(sees(w, "C1", "court", "magistrate", &form, &entry));
    assert_false(sees(w, "HQ", "state_hq", "sp", &form, &entry));
    assert_false(sees(w, "HQ", "state_hq", "sp", &form, &sent));
}

static void everybody_on_a_case_sees_a_form_that_names_no_pillar(void **state)
{
    struct world *w = *state;
    case_open(w, "case", "PS1", "C1");
    struct form form = {.name = "arrest", .pillar = "police"};
    struct entry entry = {.office = "PS1", .case_id = "case"};
    assert_true(sees(w, "PS1", "ps", "io", &form, &entry));
    assert_true(sees(w, "D1", "district", "sp", &form, &entry));
    assert_true(sees(w, "C1", "court", "magistrate", &form, &entry));
    assert_false(sees(w, "C2", "court", "magistrate", &form, &entry));
    assert_false(sees(w, "PS2", "ps", "sho", &form, &entry));
}

static void seen_by_narrows_to_the_line_the_addressees_and_the_pillars_named(void **state)
{
    struct world *w = *state;
    case_open(w, "case", "PS1", "C1");
    case_join(w, "case", "PROS");
    case_join(w, "case", "PS9");
    struct form form = {.name = "opinion", .pillar = "prosecution", .seen_count = 1, .seen_by = {"police"}};
    struct entry entry = {.office = "PROS", .case_id = "case"};
    assert_true(sees(w, "PROS", "prosecution", "prosecutor", &form, &entry));
    assert_true(sees(w, "PS1", "ps", "io", &form, &entry));
    assert_false(sees(w, "C1", "court", "magistrate", &form, &entry));
    entry.to[entry.to_count++] = "C1";
    assert_true(sees(w, "C1", "court", "magistrate", &form, &entry));
    assert_true(sees(w, "CHC", "court", "sessions_judge", &form, &entry));
    form.seen_by[0] = "nobody";
    assert_false(sees(w, "PS1", "ps", "io", &form, &entry));
    assert_true(sees(w, "PROS", "prosecution", "prosecutor", &form, &entry));
}

static void outside_cases_only_the_line_and_the_addressees_see(void **state)
{
    struct world *w = *state;
    struct form form = {.name = "diary", .pillar = "police", .seen_count = 1, .seen_by = {"police"}};
    struct entry entry = {.office = "PS1", .to_count = 1, .to = {"PS9"}};
    assert_true(sees(w, "PS1", "ps", "constable", &form, &entry));
    assert_true(sees(w, "D1", "district", "sp", &form, &entry));
    assert_true(sees(w, "PS9", "ps", "sho", &form, &entry));
    assert_false(sees(w, "PS2", "ps", "sho", &form, &entry));
    assert_false(sees(w, "C1", "court", "magistrate", &form, &entry));
}

static void a_laboratory_and_a_hospital_see_only_what_was_sent_and_what_they_filed(void **state)
{
    struct world *w = *state;
    case_open(w, "case", "PS1", "LAB");
    case_join(w, "case", "HOSP");
    struct form memo = {.name = "forwarding_memo", .pillar = "police"};
    struct form fir = {.name = "fir", .pillar = "police"};
    struct entry sent = {.office = "PS1", .case_id = "case", .to_count = 1, .to = {"LAB"}};
    struct entry opened = {.office = "PS1", .case_id = "case"};
    assert_true(sees(w, "LAB", "laboratory", "scientist", &memo, &sent));
    assert_false(sees(w, "LAB", "laboratory", "lab_head", &fir, &opened));
    assert_false(sees(w, "HOSP", "hospital", "doctor", &memo, &sent));
    assert_false(sees(w, "HOSP", "hospital", "doctor", &fir, &opened));
    struct entry report = {.office = "LAB", .case_id = "case"};
    struct form result = {.name = "lab_report", .pillar = "forensic"};
    assert_true(sees(w, "LAB", "laboratory", "scientist", &result, &report));
    assert_false(sees(w, "HOSP", "hospital", "doctor", &result, &report));
    assert_true(sees(w, "PS1", "ps", "io", &result, &report));
}

static void a_prison_also_sees_the_orders_about_its_prisoner(void **state)
{
    struct world *w = *state;
    case_open(w, "case", "PS1", "JAIL");
    struct form remand = {.name = "remand_order", .pillar = "court"};
    struct form arrest = {.name = "arrest", .pillar = "police"};
    struct entry entry = {.office = "C1", .case_id = "case"};
    assert_true(sees(w, "JAIL", "prison", "jail_clerk", &remand, &entry));
    assert_false(sees(w, "JAIL", "prison", "jail_clerk", &arrest, &entry));
    remand.seen_count = 1;
    remand.seen_by[0] = "court";
    assert_false(sees(w, "JAIL", "prison", "jail_clerk", &remand, &entry));
    entry.case_id = "another case";
    assert_false(sees(w, "JAIL", "prison", "jail_clerk", &remand, &entry));
}

static void a_case_diary_is_for_the_police_line_and_the_court_that_called(void **state)
{
    struct world *w = *state;
    case_open(w, "case", "PS1", "C1");
    case_join(w, "case", "PROS");
    case_join(w, "case", "PS9");
    case_join(w, "case", "C2");
    struct form form = {.name = "case_diary", .pillar = "police"};
    struct entry entry = {.office = "PS1", .case_id = "case", .to_count = 2, .to = {"C1", "PROS"}};
    assert_true(sees(w, "PS1", "ps", "io", &form, &entry));
    assert_true(sees(w, "D1", "district", "sp", &form, &entry));
    assert_false(sees(w, "PS9", "ps", "sho", &form, &entry));
    assert_false(sees(w, "D2", "district", "sp", &form, &entry));
    assert_false(sees(w, "PROS", "prosecution", "prosecutor", &form, &entry));
    assert_false(sees(w, "C1", "court", "magistrate", &form, &entry));
    db_run(w->db, "INSERT INTO diary_called(case_id, office) VALUES ('case', $1)", V("C1"));
    assert_true(sees(w, "C1", "court", "magistrate", &form, &entry));
    assert_false(sees(w, "C2", "court", "magistrate", &form, &entry));
    assert_false(sees(w, "CHC", "court", "sessions_judge", &form, &entry));
    /* Another station wrote a page of it: both lines read, the page's writer and the case's own. */
    entry = (struct entry){.office = "PS9", .case_id = "case"};
    assert_true(sees(w, "PS9", "ps", "io", &form, &entry));
    assert_true(sees(w, "PS1", "ps", "io", &form, &entry));
    assert_true(sees(w, "SD1", "sdpo", "sdpo", &form, &entry));
    assert_false(sees(w, "PS2", "ps", "io", &form, &entry));
}

/* ---- roles ---- */

static void a_role_may_act_as_those_it_implies_and_no_other(void **state)
{
    (void)state;
    static const char *const sho[] = {
        "sho", "duty_officer", "io", "head_constable", "malkhana_moharrir", "constable", "any"};
    for (size_t i = 0; i < sizeof sho / sizeof sho[0]; i++) assert_true(role_may("sho", sho[i]));
    assert_false(role_may("sho", "sdpo"));
    assert_false(role_may("sho", "magistrate"));
    assert_false(role_may("io", "sho"));
    assert_false(role_may("constable", "io"));
    assert_false(role_may("sp", "sho")); /* supervision reads; it does not file for the station */
    assert_false(role_may("sp", "io"));
    assert_true(role_may("sp", "circle_officer"));
    assert_false(role_may("administrator", "sho"));
    assert_false(role_may("court_clerk", "magistrate"));
    assert_true(role_may("role_of_a_state", "role_of_a_state"));
    assert_false(role_may("role_of_a_state", "io"));
    assert_true(role_may("constable", "any"));
}

static bool row_stands(const char *word, const char *code)
{
    const struct builtin *file = builtin_find("law/access");
    struct arena *arena = arena_new((size_t)1 << 20);
    struct lines lines;
    struct line line;
    bool found = false;
    lines_init(&lines, arena, "law/access", file->data, file->len);
    while (lines_next(&lines, &line))
        if (line.word_count > 1 && strcmp(line.words[0], word) == 0 && strcmp(line.words[1], code) == 0)
            found = true;
    arena_free(arena);
    return found;
}

/* Every code of the lists "role" and "office_kind", and nothing else, has its row. */
static void list_is_known(struct world *w, const char *list, const char *word)
{
    bool inside = false;
    size_t count = 0;
    for (size_t i = 0; i < builtin_files_count; i++) {
        const struct builtin *file = &builtin_files[i];
        size_t n = strlen(file->path);
        if (n < 5 || strcmp(file->path + n - 5, ".list") != 0) continue;
        struct lines lines;
        struct line line;
        lines_init(&lines, w->arena, file->path, file->data, file->len);
        while (lines_next(&lines, &line)) {
            if (line.indent == 0) inside = line.word_count > 1 && strcmp(line.words[1], list) == 0;
            else if (inside && !row_stands(word, line.words[0]))
                fail_msg("law/access has no %s %s", word, line.words[0]);
            else if (inside) count++;
        }
        inside = false;
    }
    assert_true(count > 10);
}

static void law_access_knows_every_role_and_kind_of_the_lists(void **state)
{
    list_is_known(*state, "role", "role");
    list_is_known(*state, "office_kind", "kind");
}

/* A confidential kind that only the forms know would show to the case's office alone, a misspelt one too. */
static void law_access_knows_every_confidential_kind_of_the_forms(void **state)
{
    struct world *w = *state;
    for (size_t i = 0; i < builtin_files_count; i++) {
        const struct builtin *file = &builtin_files[i];
        size_t n = strlen(file->path);
        if (n < 5 || strcmp(file->path + n - 5, ".form") != 0) continue;
        struct lines lines;
        struct line line;
        lines_init(&lines, w->arena, file->path, file->data, file->len);
        while (lines_next(&lines, &line))
            for (size_t k = 2; k < line.word_count; k++)
                if (strncmp(line.words[k], "confidential:", 13) == 0 &&
                    !row_stands("confidential", line.words[k] + 13))
                    fail_msg("%s:%d: law/access has no %s", file->path, line.number, line.words[k]);
    }
}

/* The forms law/access names are there: a misspelt one would open or close nothing. */
static void the_forms_law_access_names_exist(void **state)
{
    struct world *w = *state;
    const struct builtin *file = builtin_find("law/access");
    struct lines lines;
    struct line line;
    lines_init(&lines, w->arena, "law/access", file->data, file->len);
    while (lines_next(&lines, &line)) {
        bool pillar = strcmp(line.words[0], "pillar") == 0, diary = strcmp(line.words[0], "diary") == 0;
        for (size_t i = pillar ? 3 : 1; (pillar || diary) && i < line.word_count; i++) {
            const char *end = arena_printf(w->arena, "/%s.form", line.words[i]);
            bool found = false;
            for (size_t k = 0; k < builtin_files_count; k++) {
                size_t n = strlen(builtin_files[k].path), m = strlen(end);
                found = found || (n > m && strcmp(builtin_files[k].path + n - m, end) == 0);
            }
            if (!found) fail_msg("there is no form %s", line.words[i]);
        }
    }
}

#define T(name) cmocka_unit_test_setup_teardown(name, world_begin, world_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_police_line_sees_a_case_and_other_stations_do_not),
        T(an_addressee_sees_a_case_and_so_does_its_line_in_its_own_pillar),
        T(an_administrator_sees_no_case_wherever_he_is_posted),
        T(nobody_sees_from_a_pillar_that_is_not_known),
        T(police_headquarters_do_not_read_what_their_laboratory_files),
        T(everybody_on_a_case_sees_a_form_that_names_no_pillar),
        T(seen_by_narrows_to_the_line_the_addressees_and_the_pillars_named),
        T(outside_cases_only_the_line_and_the_addressees_see),
        T(a_laboratory_and_a_hospital_see_only_what_was_sent_and_what_they_filed),
        T(a_prison_also_sees_the_orders_about_its_prisoner),
        T(a_case_diary_is_for_the_police_line_and_the_court_that_called),
        T(a_role_may_act_as_those_it_implies_and_no_other),
        T(law_access_knows_every_role_and_kind_of_the_lists),
        T(law_access_knows_every_confidential_kind_of_the_forms),
        T(the_forms_law_access_names_exist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
