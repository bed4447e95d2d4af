/* print/find: which layouts there are. */
#include <string.h>

#include "print/declare.h"

const struct print *print_find(const struct prints *prints, const char *name)
{
    for (size_t i = 0; i < prints->count; i++)
        if (strcmp(prints->list[i].name, name) == 0) return &prints->list[i];
    return NULL;
}

static bool is_of(const struct print *print, const char *form)
{
    for (size_t i = 0; i < print->form_count; i++)
        if (strcmp(print->forms[i], form) == 0) return true;
    return false;
}

size_t prints_of_form(const struct prints *prints, const char *form, const struct print **ret)
{
    size_t count = 0;
    for (size_t i = 0; i < prints->count && count < PRINTS_OF_FORM_MAX; i++)
        if (prints->list[i].kind == PRINT_ENTRY && is_of(&prints->list[i], form))
            ret[count++] = &prints->list[i];
    return count;
}

const struct print *print_next(const struct prints *prints, enum print_kind kind, const struct print *after)
{
    for (size_t i = after ? (size_t)(after - prints->list) + 1 : 0; i < prints->count; i++)
        if (prints->list[i].kind == kind) return &prints->list[i];
    return NULL;
}

const char *print_name(const struct print *print)
{
    return print->name;
}
const struct label *print_label(const struct print *print)
{
    return &print->label;
}
bool print_is_register(const struct print *print)
{
    return print && print->kind == PRINT_REGISTER;
}

enum print_period print_period(const struct print *print)
{
    return print->period;
}

size_t print_forms(const struct print *print, const char *const **ret)
{
    *ret = print->forms;
    return print->form_count;
}

const struct label *print_under(const struct print *print)
{
    return print && print->under.text[0] ? &print->under : NULL;
}

const struct label *print_draft(const struct print *print)
{
    return &print->draft;
}

bool path_leads(struct arena *arena, const struct form *form, const char *path)
{
    if (field_at(form, path)) return true;
    const char *dot = strrchr(path, '.');
    if (!dot) return false;
    const struct field *field = field_at(form, arena_strndup(arena, path, (size_t)(dot - path)));
    const struct composite *composite = field ? field->composite : NULL;
    for (size_t i = 0; composite && i < composite->section_count; i++)
        if (strcmp(composite->sections[i].name, dot + 1) == 0) return true;
    return false;
}

const struct section *section_find(const struct form *form, const char *name)
{
    for (size_t i = 0; i < form->section_count; i++)
        if (strcmp(form->sections[i].name, name) == 0) return &form->sections[i];
    return NULL;
}
