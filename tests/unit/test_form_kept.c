/* What a register kept of earlier declarations: old versions stay readable, forms keep their text, composites
 * and lists only grow. */
#include <unistd.h>

#include "form_world.h"

#define NOW INT64_C(1795336200000) /* 2026-11-22T14:00:00+05:30 */

static const char *const shared =
    "list own_colour | Colour | रंग\n  red | Red | लाल\n  green | Green | हरा\n"
    "list own_shade parent own_colour | Shade | छटा\n  scarlet of red | Scarlet | सिंदूरी\n"
    "  any | Any | कोई\n"
    "composite thing by reference | Thing | वस्तु\n"
    "  title text required len 40 | Title | नाम\n"
    "  colour code:own_colour | Colour | रंग\n"
    "  shade code:own_shade only when colour red | Shade | छटा\n"
    "  weight int min 0 max 100 required when colour filled | Weight | भार\n"
    "  source entry:general_diary | Source | स्रोत\n"
    "  section marks many 0-9 | Marks | चिन्ह\n    mark text required | Mark | चिन्ह\n";

static const char *const local_1 =
    "form local 1 | Local | स्थानीय\n  files any\nsection main | Main | मुख्य\n"
    "  old_name text required | Old words | पुराने शब्द\n  item thing | Item | वस्तु\n";
static const char *const local_2 =
    "form local 2 | Local | स्थानीय\n  files any\nsection main | Main | मुख्य\n"
    "  new_name text required | New words | नए शब्द\n  item thing | Item | वस्तु\n";

/* Loads a folder of one file with what was kept; problems are the caller's. */
static enum err load(const char *text, struct kept_texts kept, struct problems *problems, struct forms **ret)
{
    char folder[] = "/tmp/panji_kept_XXXXXX";
    assert_non_null(mkdtemp(folder));
    char path[64];
    snprintf(path, sizeof path, "%s/state.form", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    *ret = NULL;
    problems->count = 0;
    enum err err = forms_load(folder, &kept, problems, ret);
    unlink(path);
    rmdir(folder);
    return err;
}

static struct forms *loaded(struct arena *arena, const char *text, struct kept_texts kept)
{
    struct problems problems = {.arena = arena};
    struct forms *forms;
    if (load(text, kept, &problems, &forms) != E_OK) fail_msg("refused: %s", problems.list[0].text[LANG_EN]);
    return forms;
}

/* What a register holds after these were loaded: all of it, in the arena. */
static struct kept_texts kept_of(struct arena *arena, const char *text)
{
    struct forms *forms = loaded(arena, text, (struct kept_texts){0});
    struct kept_texts texts = forms_texts(forms);
    struct kept_text *copy = ARENA_ARRAY(arena, struct kept_text, texts.count);
    for (size_t i = 0; i < texts.count; i++)
        copy[i] = (struct kept_text){arena_strdup(arena, texts.list[i].name), texts.list[i].version,
            arena_strdup(arena, texts.list[i].text)};
    forms_free(forms);
    return (struct kept_texts){copy, texts.count};
}

static const char *joined(struct arena *arena, const char *one, const char *two)
{
    return arena_printf(arena, "%s%s", one, two);
}

/* A text with one part of it replaced, which must be there. */
static const char *replaced(struct arena *arena, const char *text, const char *part, const char *by)
{
    const char *at = strstr(text, part);
    if (!at) fail_msg("no %s", part);
    return arena_printf(arena, "%.*s%s%s", (int)(at - text), text, by, at + strlen(part));
}

static size_t told(struct forms *forms, const struct form *form, const char *text)
{
    struct problems problems = {.arena = arena_new(1 << 20)};
    json_t *body = json_of(text), *checked = NULL;
    size_t count = form_check(forms, form, body, NOW, &(struct form_lookup){0}, &problems, &checked) == E_OK
                       ? 0
                       : problems.count;
    json_decref(body);
    json_decref(checked);
    arena_free(problems.arena);
    return count;
}

static void an_old_version_is_found_by_its_number_only(void **state)
{
    struct arena *arena = *state;
    struct kept_texts kept = kept_of(arena, joined(arena, shared, local_1));
    struct forms *forms = loaded(arena, joined(arena, shared, local_2), kept);
    const struct form *newest = form_find(forms, "local"), *old = form_version(forms, "local", 1);
    assert_int_equal(newest->version, 2);
    assert_ptr_equal(form_version(forms, "local", 2), newest);
    assert_non_null(old);
    assert_string_equal(old->text, local_1);
    assert_string_equal(old->sections[0].fields[0].label.text[LANG_EN], "Old words");
    for (size_t i = 0; i < forms_count(forms); i++) assert_ptr_not_equal(forms_at(forms, i), old);
    static const char *const body =
        "{\"main\":{\"old_name\":\"a\",\"item\":{\"title\":\"b\",\"colour\":\"red\",\"weight\":3}}}";
    assert_int_equal(told(forms, old, body), 0);
    assert_int_not_equal(told(forms, newest, body), 0);
    forms_free(forms);
}

/* Nothing of it in the files any more; what it names may be gone as well. */
static void a_form_that_is_gone_stays_readable(void **state)
{
    struct arena *arena = *state;
    static const char *const follows =
        "form follows 1 | Follows | बाद में\n  files any\n  after local\n"
        "section a | A | अ\n  b text | B | ब\n";
    struct kept_texts kept = kept_of(arena, joined(arena, joined(arena, shared, local_1), follows));
    struct forms *forms = loaded(arena, shared, kept);
    assert_null(form_find(forms, "local"));
    assert_null(form_find(forms, "follows"));
    assert_string_equal(form_version(forms, "local", 1)->sections[0].fields[0].name, "old_name");
    assert_string_equal(form_version(forms, "follows", 1)->after[0], "local");
    forms_free(forms);

    struct problems problems = {.arena = arena};
    const char *again = joined(arena, shared, replaced(arena, follows, "follows 1", "follows 2"));
    assert_int_equal(load(again, kept, &problems, &forms), E_PROBLEM); /* a new form may not lean on it */
    assert_non_null(strstr(problems.list[0].text[LANG_EN], "there is no form 'local'"));
}

static void an_old_extension_is_read_with_the_core_it_had(void **state)
{
    struct arena *arena = *state;
    static const char *const by_3 = "extend fir 2 by 3 | Chhattisgarh | छत्तीसगढ़\n"
                                    "section state_more | More | अधिक\n  ward text | Ward | वार्ड";
    static const char *const by_4 = "extend fir 2 by 4 | Chhattisgarh | छत्तीसगढ़\n"
                                    "section state_more | More | अधिक\n  beat text | Beat | बीट\n";
    struct kept_texts kept = kept_of(arena, by_3);
    struct forms *forms = loaded(arena, by_4, kept);
    const struct form *newest = form_find(forms, "fir"), *old = form_version(forms, "fir", 3002);
    assert_int_equal(newest->version, 4002);
    assert_non_null(form_version(forms, "fir", 2));
    assert_int_equal(old->section_count, newest->section_count);
    assert_string_equal(old->sections[old->section_count - 1].fields[0].name, "ward");
    assert_string_equal(old->sections[old->section_count - 1].extension, "Chhattisgarh");
    assert_string_equal(old->pillar, "police");
    assert_true(old->locked);
    forms_free(forms);
    forms = loaded(arena, "", kept); /* the State gave its extension up */
    assert_int_equal(form_find(forms, "fir")->version, 2);
    assert_non_null(form_version(forms, "fir", 3002));
    forms_free(forms);

    /* The core of a kept extension need not be in the files: here all was the State's own. */
    const char *extended = joined(arena, joined(arena, shared, local_1),
        "extend local 1 by 2 | Own | अपना\nsection more | More | अधिक\n  x text | X | क्ष\n");
    forms = loaded(arena, joined(arena, shared, local_2), kept_of(arena, extended));
    assert_int_equal(form_find(forms, "local")->version, 2);
    assert_int_equal(form_version(forms, "local", 2001)->section_count, 2);
    assert_int_equal(form_version(forms, "local", 1)->section_count, 1);
    forms_free(forms);
}

static void a_text_changed_under_its_version_is_refused(void **state)
{
    struct arena *arena = *state;
    struct kept_texts kept = kept_of(arena, joined(arena, shared, local_1));
    struct problems problems = {.arena = arena};
    struct forms *forms;
    const char *text = joined(arena, shared, replaced(arena, local_1, "Old words", "Other words"));
    assert_int_equal(load(text, kept, &problems, &forms), E_PROBLEM);
    assert_int_equal(problems.count, 1);
    assert_string_equal(problems.list[0].code, "form_changed");
}

static void a_kept_text_that_is_not_what_it_says_is_refused(void **state)
{
    static const struct {
        struct kept_text kept;
        const char *words;
    } rows[] = {
        {{"local", 1, "form other 1 | O | ओ\n  files any\nsection a | A | अ\n  b text | B | ब\n"},
            "local 1:1:1: the text is of another form or version"},
        {{"local", 3, "form local 2 | O | ओ\n  files any\nsection a | A | अ\n  b text | B | ब\n"},
            "local 3:1:1: the text is of another"},
        {{"local", 2001, "form local 1 | O | ओ\n  files any\nsection a | A | अ\n  b text | B | ब\n"},
            "local 1.2:1:1: the text is of another"},
        {{"local", 1, ""}, "local 1:1:1: the text is of another"},
        {{"local", 1000, "form local 1 | O | ओ\n"}, "local 0.1:1:1: the text is of another"},
        {{"local", 1, "form local 1 | O | ओ\n  files any\nsection a | A | अ\n  b textt | B | ब\n"},
            "local 1:4:5: 'textt' is not a field type"},
        {{"list own_colour", 0, "list own_colour | C\n  red | Red | लाल\n"},
            "list own_colour:1:16: the Hindi label"},
    };
    struct problems problems = {.arena = *state};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct forms *forms;
        assert_int_equal(load("", (struct kept_texts){&rows[i].kept, 1}, &problems, &forms), E_PROBLEM);
        assert_string_equal(problems.list[0].code, "form_kept_wrong");
        if (!strstr(problems.list[0].text[LANG_EN], rows[i].words))
            fail_msg("%s instead of %s", problems.list[0].text[LANG_EN], rows[i].words);
    }
}

struct change { const char *part, *by, *told; }; /* told: code and part; NULL: nothing to tell */

static void change_try(struct arena *arena, const char *before, struct kept_texts kept, struct change change)
{
    struct problems problems = {.arena = arena};
    struct forms *forms;
    const char *now = replaced(arena, before, change.part, change.by);
    enum err err = load(now, kept, &problems, &forms);
    if (!change.told && err != E_OK) fail_msg("'%s': %s", change.by, problems.list[0].text[LANG_EN]);
    if (!change.told) {
        assert_int_equal(forms_texts(forms).count >= kept.count, true);
        forms_free(forms);
        return;
    }
    if (err != E_PROBLEM) fail_msg("'%s' was taken", change.by);
    const char *words = strchr(change.told, ' ') + 1;
    if (strncmp(problems.list[0].code, change.told, (size_t)(words - 1 - change.told)) != 0 ||
        !strstr(problems.list[0].text[LANG_EN], words))
        fail_msg("'%s': %s", change.by, problems.list[0].text[LANG_EN]);
    assert_int_equal(problems.count, 1);
}

static void composites_and_lists_may_grow(void **state)
{
    static const struct change changes[] = {
        {"  green |", "  blue | Blue | नीला\n  green |", NULL},
        {"Red | लाल", "Bright red | लाल", NULL},
        {"scarlet of red", "scarlet", NULL},
        {"composite thing by", "list new | N | न\n  a | A | अ\ncomposite thing by", NULL},
        {"  colour code:own_colour |", "  note text | Note | टीप\n  colour code:own_colour |", NULL},
        {"  section marks", "  section papers many | P | प\n    no text required | N | न\n  section marks",
            NULL},
        {"  section marks", "  section extra | E | अ\n    no text | N | न\n  section marks", NULL},
        {"text required len 40", "text len 40", NULL},
        {"len 40", "len 80", NULL},
        {"min 0 max 100", "min -5 max 200", NULL},
        {"required when colour filled", "required when colour red", NULL},
        {"required when colour filled", "", NULL},
        {"only when colour red", "only when colour red,green", NULL},
        {"only when colour red", "", NULL},
        {"entry:general_diary", "entry:general_diary,fir", NULL},
        {"entry:general_diary", "entry", NULL},
        {"many 0-9", "many 0-20", NULL},
        {"text required | Mark", "text | Mark", NULL},
        {"Title | नाम", "Name of it | नाम", NULL},
    };
    struct arena *arena = *state;
    struct kept_texts kept = kept_of(arena, shared);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) change_try(arena, shared, kept, changes[i]);
}

static void composites_and_lists_may_not_shrink(void **state)
{
    static const struct change changes[] = {
        {"  green | Green | हरा\n", "", "list_shrunk \"own_colour\" may only grow, but green is gone"},
        {"  any |", "  any of green |", "list_shrunk any is of another kind"},
        {"scarlet of red", "scarlet of green", "list_shrunk scarlet is of another kind"},
        {"  source entry:general_diary | Source | स्रोत\n", "",
            "composite_shrunk \"thing\" may only grow, but source is gone"},
        {"  mark text", "  sign text required | Sign | चिन्ह\n  mark text",
            "composite_shrunk marks.sign is new and must be optional"},
        {"  mark text required | Mark | चिन्ह\n", "  other text | Mark | चिन्ह\n",
            "composite_shrunk marks.mark is gone"},
        {"section marks many 0-9", "section marks many 1-9", "composite_shrunk marks takes less"},
        {"section marks many 0-9", "section marks many 0-5", "composite_shrunk marks takes less"},
        {"section marks many 0-9", "section marks", "composite_shrunk marks is of another kind"},
        {"section marks many 0-9", "section marks many 0-9 only when colour red",
            "composite_shrunk marks takes less"},
        {"  section marks", "  section extra | E | अ\n    no text required | N | न\n  section marks",
            "composite_shrunk extra.no is new"},
        {"  section marks", "  section extra many 1-5 | E | अ\n    no text | N | न\n  section marks",
            "composite_shrunk extra is new"},
        {"weight int min 0 max 100", "weight decimal", "composite_shrunk weight is of another kind"},
        {"weight int", "weight int many", "composite_shrunk weight is of another kind"},
        {"code:own_shade only", "code:own_colour only", "composite_shrunk shade is of another kind"},
        {"code:own_colour |", "code:own_colour required |", "composite_shrunk colour takes less"},
        {"code:own_colour |", "code:own_colour required when title filled |",
            "composite_shrunk colour takes less"},
        {"code:own_colour |", "code:own_colour fixed |", "composite_shrunk colour takes less"},
        {"len 40", "len 30", "composite_shrunk title takes less"},
        {"len 40", "len 40 pattern [a-z]+", "composite_shrunk title takes less"},
        {"max 100", "max 99", "composite_shrunk weight takes less"},
        {"min 0", "min 1", "composite_shrunk weight takes less"},
        {"required when colour filled", "required", "composite_shrunk weight takes less"},
        {"required when colour filled", "required when colour filled only when colour red",
            "composite_shrunk weight takes less"},
        {"shade only when colour red", "shade only when colour green", "composite_shrunk shade takes less"},
        {"entry:general_diary", "entry:fir", "composite_shrunk source takes less"},
        {" by reference", "", "composite_shrunk thing may no longer be given by reference"},
        {"composite thing", "composite article", "composite_shrunk thing is gone"},
    };
    struct arena *arena = *state;
    struct kept_texts kept = kept_of(arena, shared);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) change_try(arena, shared, kept, changes[i]);
}

/* A State adds codes with `more`; they count as the list's. */
static void an_added_code_may_not_be_taken_away(void **state)
{
    struct arena *arena = *state;
    static const char *const more = "more property_type\n  hand_cart of vehicle | Hand cart | ठेला\n";
    struct kept_texts kept = kept_of(arena, more);
    forms_free(loaded(arena, more, kept));
    struct problems problems = {.arena = arena};
    struct forms *forms;
    assert_int_equal(load("", kept, &problems, &forms), E_PROBLEM);
    assert_int_equal(problems.count, 1);
    assert_string_equal(problems.list[0].code, "list_shrunk");
    assert_non_null(strstr(problems.list[0].text[LANG_EN], "hand_cart is gone"));
    assert_non_null(strstr(problems.list[0].text[LANG_HI], "hand_cart नहीं रहा"));
}

/* The program's own declarations, kept and read again, are the same. */
static void built_in_declarations_can_be_read_back(void **state)
{
    struct arena *arena = *state;
    struct kept_texts kept = kept_of(arena, "");
    struct kept_text *bent = ARENA_ARRAY(arena, struct kept_text, kept.count);
    size_t old = 0;
    for (size_t i = 0; i < kept.count; i++) {
        bent[i] = kept.list[i];
        if (bent[i].version != 1) continue;
        /* as if each stood at another version, so that each is read from its kept text alone */
        bent[i].version = 900;
        bent[i].text = replaced(arena, bent[i].text, " 1 ", " 900 ");
        old++;
    }
    assert_true(old > 100);
    struct forms *forms = loaded(arena, shared, (struct kept_texts){bent, kept.count});
    for (size_t i = 0; i < kept.count; i++)
        if (bent[i].version == 900) {
            assert_non_null(form_version(forms, bent[i].name, 900));
            assert_int_equal(form_find(forms, bent[i].name)->version, 1);
        }
    forms_free(forms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_old_version_is_found_by_its_number_only),
        cmocka_unit_test(a_form_that_is_gone_stays_readable),
        cmocka_unit_test(an_old_extension_is_read_with_the_core_it_had),
        cmocka_unit_test(a_text_changed_under_its_version_is_refused),
        cmocka_unit_test(a_kept_text_that_is_not_what_it_says_is_refused),
        cmocka_unit_test(composites_and_lists_may_grow),
        cmocka_unit_test(composites_and_lists_may_not_shrink),
        cmocka_unit_test(an_added_code_may_not_be_taken_away),
        cmocka_unit_test(built_in_declarations_can_be_read_back),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
