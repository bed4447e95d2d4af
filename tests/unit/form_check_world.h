/* One small form with a field of every type, and a lookup that knows one name of each kind. */
#ifndef PANJI_TESTS_FORM_CHECK_WORLD_H
#define PANJI_TESTS_FORM_CHECK_WORLD_H

#include "base/time.h"
#include "form_world.h"

#define NOW INT64_C(1795336200000) /* 2026-11-22T14:00:00+05:30 */

static const char *declarations =
    "list kind | Kind | प्रकार\n  plain | Plain | सादा\n  zero | Zero | शून्य\n"
    "list group | Group | समूह\n  road | Road | सड़क\n  house | House | मकान\n"
    "list place parent group | Place | स्थान\n  highway of road | Highway | राजमार्ग\n"
    "  flat of house | Flat | फ्लैट\n  other | Other | अन्य\n"
    "composite address | Address | पता\n  village text required | Village | ग्राम\n"
    "composite person by reference | Person | व्यक्ति\n  name text required len 10 | Name | नाम\n"
    "  known yesno | Known | परिचित\n  why text required when known no only when known no | Why | क्यों\n"
    ""
    "  home address | Home | घर\n  section papers many 0-2 | Papers | दस्तावेज\n"
    "    number text required pattern [A-Z]{2} example AB | Number | क्रमांक\n"
    "    copy text only when known yes | Copy | प्रति\n"
    "  section face | Face | चेहरा\n    mark text required | Mark | चिन्ह\n"
    "form x 1 | X | क्ष\n  files any\n"
    "section main | Main | मुख्य\n  kind code:kind required | Kind | प्रकार\n"
    "  text text min 3 len 5 | Text | पाठ\n"
    "  free text | Free | मुक्त\n  long longtext | Long | लंबा\n  count int min 1 max 9 | Count | "
    "गिनती\n"
    "  paid money max 10000 | Paid | राशि\n"
    "  weight decimal | Weight | वजन\n  on date past | On | दिनांक\n"
    "  until date future | Until | तक\n  at datetime past | At | समय\n  by datetime future | By | तक\n"
    "  sure yesno | Sure | निश्चित\n  act offence | Act | धारा\n"
    "  office office:ps | Office | कार्यालय\n"
    "  officer officer | Officer | अधिकारी\n"
    "  file blob | File | फाइल\n  entry entry:x | Entry | प्रविष्टि\n"
    "  phone phone | Phone | फोन\n  car vehicle | Car | वाहन\n  spot point | Spot | स्थल\n"
    "  tags text many 2-3 | Tags | टैग\n  group code:group | Group | समूह\n"
    "  place code:place | Place | स्थान\n"
    "  zero_why text required when kind zero | Why | क्यों\n"
    "section extra | Extra | अतिरिक्त\n  note text | Note | टीप\n"
    "  sworn text required when main.sure yes | Sworn | शपथ\n"
    "section zero only when main.kind zero | Zero | शून्य\n  from text required | From | से\n"
    "section people many 0-3 | People | व्यक्ति\n"
    "  who person:accused required | Who | कौन\n  age int | Age | "
    "आयु\n";

struct world {
    struct arena *arena;
    struct forms *forms;
    const struct form *form;
};

static inline int world_setup(void **state)
{
    static struct world world;
    world.arena = arena_new((size_t)256 << 20);
    world.forms = forms_of(world.arena, declarations);
    world.form = form_find(world.forms, "x");
    *state = &world;
    return 0;
}

static inline int world_teardown(void **state)
{
    const struct world *world = *state;
    forms_free(world->forms);
    arena_free(world->arena);
    return 0;
}

static inline bool knows_offence(void *context, const char *offence)
{
    (void)context;
    return strcmp(offence, "BNS 303(2)") == 0;
}

static inline bool knows_office(void *context, const char *office, const char **ret_kind)
{
    (void)context;
    *ret_kind = strcmp(office, "PS-1") == 0 ? "ps" : "court";
    return strcmp(office, "PS-1") == 0 || strcmp(office, "CT-1") == 0;
}

static inline bool knows_officer(void *context, const char *officer)
{
    (void)context;
    return strcmp(officer, "O-1") == 0;
}

static inline bool knows_blob(void *context, const char *sha256)
{
    (void)context;
    return sha256[0] == 'a';
}

static inline bool knows_entry(void *context, const char *id, const char **ret_form)
{
    (void)context;
    *ret_form = id[0] == '0' ? "x" : "y";
    return id[0] != '2';
}

static inline bool knows_reference(void *context, const char *composite, const char *id)
{
    (void)context;
    return strcmp(composite, "person") == 0 && strcmp(id, "abc.1") == 0;
}

static const struct form_lookup lookup = {.offence = knows_offence,
    .office = knows_office,
    .officer = knows_officer,
    .blob = knows_blob,
    .entry = knows_entry,
    .reference = knows_reference};

/* The normal form of a body, or its problems as "code path" lines. */
static inline const char *checked(const struct world *world, const char *body)
{
    struct problems problems = {.arena = world->arena};
    json_t *given = json_of(body), *normal = NULL, *before = json_deep_copy(given);
    enum err err = form_check(world->forms, world->form, given, NOW, &lookup, &problems, &normal);
    assert_true(json_equal(given, before));
    json_decref(before);
    json_decref(given);
    if (err == E_PROBLEM) {
        assert_true(problems.count > 0);
        assert_null(normal);
        return problem_lines(world->arena, &problems);
    }
    assert_int_equal(err, E_OK);
    assert_int_equal(problems.count, 0);
    const char *line = json_line(world->arena, normal);
    json_decref(normal);
    return line;
}

#endif
