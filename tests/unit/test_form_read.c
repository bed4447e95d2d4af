/* Replays tests/forms: x.form reads as x.out tells it, x.bad is refused with exactly the lines of x.bad.out.
 */
#include <dirent.h>

#include "form/type.h"
#include "form_world.h"

static void put_condition(struct buf *out, const char *words, const struct condition *when)
{
    if (!when->field) return;
    buf_printf(out, " %s %s", words, when->field);
    for (size_t i = 0; i < when->value_count; i++)
        buf_printf(out, "%c%s", i > 0 ? ',' : ' ', when->values[i]);
}

static void put_names(struct buf *out, const char *words, const char *const *names, size_t count)
{
    if (count > 0) buf_puts(out, words);
    for (size_t i = 0; i < count; i++) buf_printf(out, " %s", names[i]);
}

static void put_text(struct buf *out, const char *words, const char *text)
{
    if (text) buf_printf(out, " %s %s", words, text);
}

static void put_fields(struct buf *out, const struct field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct field *field = &fields[i];
        const char *type = field_kinds[field->type].name;
        buf_printf(out, "    %s %s", field->name, type ? type : "composite");
        put_text(out, "list", field->list);
        put_text(out, "of", field->composite ? field->composite->name : NULL);
        put_text(out, "role", field->role);
        put_names(out, " targets", field->targets, field->target_count);
        if (field->required) buf_puts(out, " required");
        put_condition(out, "required when", &field->required_when);
        put_condition(out, "only when", &field->only_when);
        if (field->past) buf_puts(out, " past");
        if (field->future) buf_puts(out, " future");
        if (field->has_min) buf_printf(out, " min %lld", (long long)field->min);
        if (field->has_max) buf_printf(out, " max %lld", (long long)field->max);
        if (field->many) buf_printf(out, " many %d-%d", field->many_min, field->many_max);
        if (field->search) buf_puts(out, " search");
        if (field->index) buf_puts(out, " index");
        if (field->fixed) buf_puts(out, " fixed");
        put_text(out, "confidential", field->confidential);
        put_condition(out, "unless", &field->spared_when);
        put_text(out, "pattern", field->pattern);
        put_text(out, "example", field->example);
        put_text(out, "default", field->fallback);
        buf_printf(out, " | %s | %s", field->label.text[LANG_EN], field->label.text[LANG_HI]);
        if (field->help.text[LANG_EN])
            buf_printf(out, " | %s | %s", field->help.text[0], field->help.text[1]);
        buf_putc(out, '\n');
        if (field->composite) {
            const struct composite *composite = field->composite;
            buf_printf(out, "    %s{\n", composite->by_reference ? "by reference " : "");
            put_fields(out, composite->fields, composite->field_count);
            for (size_t j = 0; j < composite->section_count; j++)
                put_fields(out, composite->sections[j].fields, composite->sections[j].field_count);
            buf_puts(out, "    }\n");
        }
    }
}

static void put_rows(struct buf *out, const struct form *form)
{
    for (size_t i = 0; i < form->number_count; i++) {
        const struct form_number *number = &form->numbers[i];
        buf_printf(out, "  number %s per %d width %d prefix '%s'", number->series, (int)number->per,
            number->width, number->prefix);
        put_text(out, "field", number->field);
        put_condition(out, "when", &number->when);
        buf_putc(out, '\n');
    }
    for (size_t i = 0; i < form->stage_count; i++) {
        buf_printf(out, "  stage %s", form->stages[i].stage);
        put_condition(out, "when", &form->stages[i].when);
        buf_putc(out, '\n');
    }
    for (size_t i = 0; i < form->task_count; i++) {
        const struct form_task *task = &form->tasks[i];
        put_names(out, "  task", task->forms, task->form_count);
        buf_printf(out, " for %s%s%s within %d", task->for_whom, task->to_kind ? ":" : "",
            task->to_kind ? task->to_kind : "", task->within_hours);
        put_condition(out, "when", &task->when);
        buf_printf(out, " | %s | %s\n", task->label.text[LANG_EN], task->label.text[LANG_HI]);
    }
    for (size_t i = 0; i < form->person_count + form->property_count; i++) {
        const struct form_effect *effect = i < form->person_count ? &form->persons[i]
                                                                  : &form->properties[i - form->person_count];
        buf_printf(out, "  effect %s", effect->path);
        put_text(out, "word", effect->word);
        put_text(out, "from", effect->value_field);
        put_condition(out, "when", &effect->when);
        buf_putc(out, '\n');
    }
}

static void put_form(struct buf *out, const struct form *form)
{
    buf_printf(out, "form %s %d | %s | %s\n ", form->name, form->version, form->label.text[0],
        form->label.text[1]);
    put_text(out, "law", form->law);
    put_text(out, "mark", form->mark);
    put_names(out, " files", form->roles, form->role_count);
    put_names(out, " at", form->kinds, form->kind_count);
    put_text(out, "opens", form->opens);
    if (form->on_case) buf_puts(out, " on case");
    if (form->on_any) buf_puts(out, " on any");
    put_names(out, "", form->on_kinds, form->on_count);
    put_names(out, " after", form->after, form->after_count);
    if (form->single) buf_puts(out, " single");
    put_names(out, " to", form->to_kinds, form->to_count);
    if (form->to_required) buf_puts(out, " required");
    put_text(out, "field", form->to_field);
    put_text(out, "consumes", form->consumes);
    put_text(out, "acts", form->acts);
    put_text(out, "amends", form->amends);
    put_text(out, "links", form->links);
    put_text(out, "calls", form->calls);
    put_text(out, "assigns", form->assigns_io);
    put_text(out, "add", form->sections_add);
    put_text(out, "set", form->sections_set);
    put_text(out, "sensitive", form->sensitive);
    put_names(out, " seen by", form->seen_by, form->seen_count);
    buf_printf(out, " public %d\n", form->public_hours);
    put_rows(out, form);
    for (size_t i = 0; i < form->section_count; i++) {
        const struct section *section = &form->sections[i];
        buf_printf(out, "  section %s", section->name);
        if (section->many) buf_printf(out, " many %d-%d", section->many_min, section->many_max);
        put_condition(out, "only when", &section->only_when);
        put_text(out, "of", section->extension);
        buf_printf(out, " | %s | %s\n", section->label.text[LANG_EN], section->label.text[LANG_HI]);
        put_fields(out, section->fields, section->field_count);
    }
}

static const char *set_told(struct arena *arena, const struct forms *forms)
{
    struct buf out;
    buf_init(&out, arena, (size_t)1 << 20);
    for (size_t i = 0; i < forms_count(forms); i++) put_form(&out, forms_at(forms, i));
    return out.data;
}

static const char *faults_told(struct arena *arena, const struct problems *problems)
{
    struct buf out;
    buf_init(&out, arena, (size_t)1 << 20);
    for (size_t i = 0; i < problems->count; i++) {
        assert_string_equal(problems->list[i].code, "form_wrong");
        buf_printf(&out, "%s\n", problems->list[i].text[LANG_EN]);
    }
    return out.data;
}

static bool ends_with(const char *name, const char *end)
{
    size_t n = strlen(name), m = strlen(end);
    return n > m && strcmp(name + n - m, end) == 0;
}

static void replay(struct arena *arena, const char *folder, const char *name)
{
    bool good = ends_with(name, ".form");
    const char *path = arena_printf(arena, "%s/%s", folder, name), *text = file_text(arena, path);
    const char *stem = good ? arena_strndup(arena, path, strlen(path) - 5) : path;
    const char *wanted = file_text(arena, arena_printf(arena, "%s.out", stem));
    struct problems problems = {.arena = arena};
    struct forms *forms = NULL;
    enum err err = forms_load_texts(&name, &text, 1, &problems, &forms);
    if (getenv("PANJI_SHOW")) printf("# %s\n%s", name, good ? "" : faults_told(arena, &problems));
    assert_int_equal(err, good ? E_OK : E_PROBLEM);
    assert_string_equal(good ? set_told(arena, forms) : faults_told(arena, &problems), wanted);
    forms_free(forms);
}

static void pairs_read_as_told(void **state)
{
    const char *folder = tree_path(*state, "tests/forms");
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        if (!ends_with(entry->d_name, ".form") && !ends_with(entry->d_name, ".bad")) continue;
        replay(*state, folder, entry->d_name);
        count++;
    }
    closedir(entries);
    assert_true(count >= 10);
}

/* A file that lies about its bytes must not reach the reader of lines. */
static void bad_bytes_are_refused(void **state)
{
    static const char *const names[] = {"a.form", "b.form"};
    static const char *const texts[] = {"form x 1 | \xFF | x\n",
        "\xEF\xBB\xBFlist l | L | L\r\n  a | A | A\r\n"};
    struct problems problems = {.arena = *state};
    struct forms *forms = NULL;
    assert_int_equal(forms_load_texts(names, texts, 2, &problems, &forms), E_PROBLEM);
    assert_string_equal(faults_told(*state, &problems), "a.form:1:1: the file is not UTF-8 text\n");
}

static void built_in_forms_are_all_right(void **state)
{
    struct problems problems = {.arena = *state};
    struct forms *forms = NULL;
    enum err err = forms_load(NULL, NULL, &problems, &forms);
    if (err != E_OK) fail_msg("%s", faults_told(*state, &problems));
    assert_true(forms_count(forms) > 100);
    const struct form *fir = form_find(forms, "fir");
    assert_non_null(fir);
    assert_true(fir->locked);
    assert_string_equal(fir->pillar, "police");
    assert_string_equal(fir->file, "pillars/police/fir.form");
    assert_memory_equal(fir->text, "form fir ", 9);
    assert_ptr_equal(form_version(forms, "fir", fir->version), fir);
    assert_null(form_version(forms, "fir", fir->version + 1));
    assert_null(form_find(forms, "nothing"));
    for (size_t i = 1; i < forms_count(forms); i++)
        assert_true(strcmp(forms_at(forms, i - 1)->name, forms_at(forms, i)->name) < 0);
    forms_free(forms);
}

/* Every form a task waits for is told as such, and one that nobody waits for is not. */
static void forms_that_tasks_wait_for_are_known(void **state)
{
    struct problems problems = {.arena = *state};
    struct forms *forms = NULL;
    assert_int_equal(forms_load(NULL, NULL, &problems, &forms), E_OK);
    for (size_t i = 0; i < forms_count(forms); i++)
        for (size_t k = 0; k < forms_at(forms, i)->task_count; k++)
            for (size_t f = 0; f < forms_at(forms, i)->tasks[k].form_count; f++)
                assert_true(form_awaited(forms, forms_at(forms, i)->tasks[k].forms[f]));
    assert_true(form_awaited(forms, "io_assignment"));
    assert_false(form_awaited(forms, "node"));
    assert_false(form_awaited(forms, "nothing"));
    forms_free(forms);
}

static void put_file(const char *folder, const char *name, const char *text)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static enum err load_folder(struct arena *arena, const char *name, const char *text,
    struct problems *ret_problems, struct forms **ret_forms)
{
    char folder[] = "/tmp/panji_forms_XXXXXX";
    assert_non_null(mkdtemp(folder));
    put_file(folder, name, text);
    put_file(folder, "ignored.txt", "form");
    *ret_problems = (struct problems){.arena = arena};
    enum err err = forms_load(folder, NULL, ret_problems, ret_forms);
    remove(arena_printf(arena, "%s/%s", folder, name));
    remove(arena_printf(arena, "%s/ignored.txt", folder));
    remove(folder);
    return err;
}

static void a_state_adds_but_never_changes(void **state)
{
    static const char *good = "extend fir 2 by 3 | Chhattisgarh | छत्तीसगढ़\n"
                              "section state_more | More | अधिक\n  ward text | Ward | वार्ड\n"
                              "form beat_visit 1 | Beat visit | बीट भ्रमण\n  files any\n"
                              "section visit | Visit | भ्रमण\n  at datetime required past | At | समय\n";
    static const char *bad =
        "form fir 3 | Our FIR | हमारी\n  files any\nsection a | A | अ\n  b text | B | ब\n";
    struct problems problems;
    struct forms *forms = NULL;
    assert_int_equal(load_folder(*state, "cg.form", good, &problems, &forms), E_OK);
    const struct form *fir = form_find(forms, "fir"), *core = form_version(forms, "fir", 2);
    assert_int_equal(fir->version, 3002);
    assert_non_null(core);
    assert_int_equal(fir->section_count, core->section_count + 1);
    const struct section *added = &fir->sections[core->section_count];
    assert_string_equal(added->name, "state_more");
    assert_string_equal(added->extension, "Chhattisgarh");
    assert_string_equal(fir->label.text[LANG_EN], core->label.text[LANG_EN]);
    assert_non_null(strstr(fir->text, "section state_more"));
    assert_false(form_find(forms, "beat_visit")->locked);
    assert_string_equal(form_find(forms, "beat_visit")->pillar, "state");
    forms_free(forms);

    assert_int_equal(load_folder(*state, "cg.form", bad, &problems, &forms), E_PROBLEM);
    assert_int_equal(problems.count, 1);
    assert_non_null(
        strstr(problems.list[0].text[LANG_EN], "/cg.form:1:6: 'fir' is built in (pillars/police/fir.form:"));
    problems = (struct problems){.arena = *state};
    assert_int_equal(forms_load("/tmp/panji_no_such_folder", NULL, &problems, &forms), E_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_read_as_told),
        cmocka_unit_test(bad_bytes_are_refused),
        cmocka_unit_test(built_in_forms_are_all_right),
        cmocka_unit_test(forms_that_tasks_wait_for_are_known),
        cmocka_unit_test(a_state_adds_but_never_changes),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
