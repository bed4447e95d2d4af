/* law/clocks_forms: every form and field that an event of law/clocks names must be there, with a type that
 * fits. An old version of a form may lack a field: then that entry tells nothing of it. */
#include <string.h>

#include "law/clock_files.h"

struct checking {
    const struct clocks *clocks;
    struct problems *problems;
    const struct clock_source *source;
    const struct form *form;
};

static void wrong(const struct checking *checking, const char *field, const char *what)
{
    law_wrong(checking->problems, checking->source->file, checking->source->line, "event %s: %s.%s %s",
        checking->clocks->events[checking->source->event].name, checking->source->form, field, what);
}

struct found {
    const struct field *field;
    const struct section *section; /* the top one */
    bool many;
};

static const struct field *field_named(const struct field *fields, size_t count, const char *name, size_t n)
{
    for (size_t i = 0; i < count; i++)
        if (strncmp(fields[i].name, name, n) == 0 && !fields[i].name[n]) return &fields[i];
    return NULL;
}

/* Down a path "section.field", and on into composites. */
static struct found path_find(const struct form *form, const char *path)
{
    struct found found = {0};
    size_t n = strcspn(path, ".");
    for (size_t i = 0; i < form->section_count; i++)
        if (strncmp(form->sections[i].name, path, n) == 0 && !form->sections[i].name[n])
            found.section = &form->sections[i];
    if (!found.section || !path[n]) return found;
    found.many = found.section->many;
    const struct field *fields = found.section->fields;
    size_t count = found.section->field_count;
    for (path += n + 1;; path += n + 1) {
        n = strcspn(path, ".");
        found.field = field_named(fields, count, path, n);
        if (!found.field) return found;
        found.many = found.many || found.field->many;
        if (!path[n]) return found;
        if (!found.field->composite) return (struct found){.section = found.section};
        fields = found.field->composite->fields;
        count = found.field->composite->field_count;
    }
}

/* The field, or none after a fault. types: bit 1 << type. */
static struct found path_check(
    const struct checking *checking, const char *path, unsigned types, const char *what)
{
    struct found found = {0};
    if (!path) return found;
    found = path_find(checking->form, path);
    if (!found.field)
        wrong(checking, path, "is not a field");
    else if (!(types >> found.field->type & 1))
        wrong(checking, path, what);
    return found;
}

static void one_check(const struct checking *checking, const char *path, unsigned types, const char *what)
{
    const struct found found = path_check(checking, path, types, what);
    if (!found.field || !found.many) return;
    const char *of = checking->source->of;
    size_t n = strlen(found.section->name);
    if (!of || strncmp(of, found.section->name, n) != 0 || of[n] != '.')
        wrong(checking, path, "has several rows, and not those of the field the event is of");
}

static void values_check(
    const struct checking *checking, const struct condition *when, const struct field *field)
{
    for (size_t i = 0; i < when->value_count; i++) {
        const char *value = when->values[i];
        bool yesno = strcmp(value, "yes") == 0 || strcmp(value, "no") == 0;
        if (strcmp(value, "filled") == 0 || (field->type == FIELD_YESNO && yesno)) continue;
        if (field->type != FIELD_CODE || !field->codes || !code_find(field->codes, value))
            wrong(checking, when->field, arena_printf(checking->problems->arena, "is never '%s'", value));
    }
}

static void source_check(const struct checking *checking)
{
    const struct clock_source *source = checking->source;
    const unsigned any = ~0u, times = 1u << FIELD_DATE | 1u << FIELD_DATETIME;
    for (size_t i = 0; i < source->when_count; i++) {
        const struct found found = path_check(checking, source->when[i].field, any, "");
        if (found.field) values_check(checking, &source->when[i], found.field);
        one_check(checking, source->when[i].field, any, "");
    }
    for (size_t i = 0; i < source->at_count; i++) one_check(checking, source->at[i], times, "is not a date");
    one_check(checking, source->until, times, "is not a date");
    one_check(checking, source->number, 1u << FIELD_INT | 1u << FIELD_MONEY, "is not a number");
    path_check(
        checking, source->of, 1u << FIELD_COMPOSITE | 1u << FIELD_ENTRY, "is no person, thing or paper");
    one_check(checking, source->to_field, 1u << FIELD_OFFICE, "is not an office");
    if (source->thread && strcmp(source->thread, "own") != 0)
        one_check(checking, source->thread, 1u << FIELD_ENTRY, "is not an entry");
    path_check(checking, source->offences, 1u << FIELD_OFFENCE, "is not an offence");
}

void clocks_check_forms(const struct clocks *clocks, const struct forms *forms, struct problems *problems)
{
    for (size_t i = 0; i < clocks->source_count; i++) {
        const struct clock_source *source = &clocks->sources[i];
        struct checking checking = {clocks, problems, source, form_find(forms, source->form)};
        if (checking.form)
            source_check(&checking);
        else
            law_wrong(problems, source->file, source->line, "event %s: there is no form '%s'",
                clocks->events[source->event].name, source->form);
    }
}
