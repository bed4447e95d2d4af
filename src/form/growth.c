/* form/growth: composites and lists carry no version, and old forms are read with those of today. So they may
 * only grow: whatever they took when entries were filed they must take for ever. */
#include <string.h>

#include "form/read.h"

#define OLD_BYTES_MAX ((size_t)256 << 20)

/* What happened to a part. */
static const struct label gone = {{"is gone", "नहीं रहा"}};
static const struct label changed = {{"is of another kind now", "अब दूसरे प्रकार का है"}};
static const struct label stricter = {{"takes less than before", "अब पहले से कम लेता है"}};
static const struct label asked = {{"is new and must be optional", "नया है, इसलिए वैकल्पिक होना चाहिए"}};
static const struct label no_reference = {
    {"may no longer be given by reference", "अब संदर्भ से नहीं दिया जा सकता"}};

static void composite_tell(struct reader *reader, const struct composite *composite, const char *part,
    const struct label *what)
{
    reader->fault_count++;
    problem_add(reader->problems, "composite_shrunk", NULL, "composite", composite->name, "part", part,
        "what", what->text[LANG_EN], "what_hi", what->text[LANG_HI], NULL);
}

static void list_tell(struct reader *reader, const struct code_list *list, const char *part,
    const struct label *what)
{
    reader->fault_count++;
    problem_add(reader->problems, "list_shrunk", NULL, "list", list->name, "part", part, "what",
        what->text[LANG_EN], "what_hi", what->text[LANG_HI], NULL);
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool stands_in(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0) return true;
    return false;
}

static bool all_stand_in(const char *const *words, size_t count, const char *const *in, size_t in_count)
{
    for (size_t i = 0; i < count; i++)
        if (!stands_in(words[i], in, in_count)) return false;
    return true;
}

/* Whether `inner` holds only where `outer` does; one without a field always holds. */
static bool within(const struct condition *inner, const struct condition *outer)
{
    if (!outer->field) return true;
    if (!same_text(inner->field, outer->field)) return false;
    return stands_in("filled", outer->values, outer->value_count) ||
           all_stand_in(inner->values, inner->value_count, outer->values, outer->value_count);
}

static bool asks(const struct field *field)
{
    return field->required || field->required_when.field;
}

/* A field that is asked for may not come to apply more often either. */
static bool applies_less(const struct condition *old, const struct condition *now, bool asked_for)
{
    return !within(old, now) || (asked_for && !within(now, old));
}

static bool asks_more(const struct field *old, const struct field *now)
{
    if (old->required || !asks(now)) return false;
    return now->required || !old->required_when.field || !within(&now->required_when, &old->required_when);
}

static bool bounds_tighter(const struct field *old, const struct field *now)
{
    return (now->has_min && (!old->has_min || now->min > old->min)) ||
           (now->has_max && (!old->has_max || now->max < old->max)) ||
           now->many_min > old->many_min || now->many_max < old->many_max;
}

/* Whether one pattern takes all that another took cannot be told, so it stays or goes. */
static bool words_tighter(const struct field *old, const struct field *now)
{
    return (now->past && !old->past) || (now->future && !old->future) || (now->fixed && !old->fixed) ||
           (now->pattern && !same_text(now->pattern, old->pattern)) ||
           (now->target_count > 0 && (old->target_count == 0 || !all_stand_in(old->targets, old->target_count,
                                                                    now->targets, now->target_count)));
}

static const struct label *field_shrunk(const struct field *old, const struct field *now)
{
    if (!now) return &gone;
    if (old->type != now->type || old->many != now->many || !same_text(old->list, now->list) ||
        !same_text(old->role, now->role))
        return &changed;
    if (old->composite && strcmp(old->composite->name, now->composite->name) != 0) return &changed;
    bool tighter = asks_more(old, now) || applies_less(&old->only_when, &now->only_when, asks(now)) ||
                   bounds_tighter(old, now) || words_tighter(old, now);
    return tighter ? &stricter : NULL;
}

static const struct field *field_named(const struct field *fields, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i].name, name) == 0) return &fields[i];
    return NULL;
}

static const struct section *section_named(const struct composite *composite, const char *name)
{
    for (size_t i = 0; i < composite->section_count; i++)
        if (strcmp(composite->sections[i].name, name) == 0) return &composite->sections[i];
    return NULL;
}

/* Fields of the composite itself (section NULL) or of one of its sections, then and now. */
struct fields { const struct field *list; size_t count; };

static void fields_compare(struct reader *reader, const struct composite *composite, const char *section,
    struct fields old, struct fields now)
{
    const char *before = section ? arena_printf(reader->scratch, "%s.", section) : "";
    for (size_t i = 0; i < old.count; i++) {
        const struct field *field = &old.list[i];
        const struct label *what = field_shrunk(field, field_named(now.list, now.count, field->name));
        const char *part = arena_printf(reader->scratch, "%s%s", before, field->name);
        if (what) composite_tell(reader, composite, part, what);
    }
    for (size_t i = 0; i < now.count; i++) {
        const struct field *field = &now.list[i];
        if (asks(field) && !field_named(old.list, old.count, field->name))
            composite_tell(
                reader, composite, arena_printf(reader->scratch, "%s%s", before, field->name), &asked);
    }
}

static const struct label *section_shrunk(const struct section *old, const struct section *now)
{
    if (!now) return &gone;
    if (old->many != now->many) return &changed;
    bool asked_for = now->many_min > 0;
    for (size_t i = 0; i < now->field_count && !now->many; i++) asked_for |= asks(&now->fields[i]);
    bool tighter = applies_less(&old->only_when, &now->only_when, asked_for) ||
                   now->many_min > old->many_min || now->many_max < old->many_max;
    return tighter ? &stricter : NULL;
}

/* A section that is not many is asked for when one of its fields is. */
static void section_new_check(struct reader *reader, const struct composite *composite,
    const struct section *section)
{
    struct fields fields = {section->fields, section->field_count};
    if (section->many && section->many_min > 0) composite_tell(reader, composite, section->name, &asked);
    if (!section->many) fields_compare(reader, composite, section->name, (struct fields){0}, fields);
}

static void composite_compare(struct reader *reader, const struct composite *old, const struct composite *now)
{
    if (old->by_reference && !now->by_reference) composite_tell(reader, now, now->name, &no_reference);
    fields_compare(reader, now, NULL, (struct fields){old->fields, old->field_count},
        (struct fields){now->fields, now->field_count});
    for (size_t i = 0; i < old->section_count; i++) {
        const struct section *before = &old->sections[i], *after = section_named(now, before->name);
        const struct label *what = section_shrunk(before, after);
        if (what) composite_tell(reader, now, before->name, what);
        if (after)
            fields_compare(reader, now, before->name, (struct fields){before->fields, before->field_count},
                (struct fields){after->fields, after->field_count});
    }
    for (size_t i = 0; i < now->section_count; i++)
        if (!section_named(old, now->sections[i].name)) section_new_check(reader, now, &now->sections[i]);
}

static const struct composite *composite_named(const struct forms *forms, const char *name)
{
    for (size_t i = 0; i < forms->composite_count; i++)
        if (strcmp(forms->composites[i]->name, name) == 0) return forms->composites[i];
    return NULL;
}

/* A code's parent must fit the field beside it, so it may go but not change. */
static void list_compare(struct reader *reader, const struct code_list *old, const struct code_list *now)
{
    if (old->parent_list && now->parent_list && strcmp(old->parent_list, now->parent_list) != 0)
        list_tell(reader, now, now->name, &changed);
    for (size_t i = 0; i < old->count; i++) {
        const struct code *code = code_find(now, old->codes[i].name);
        if (!code) list_tell(reader, now, old->codes[i].name, &gone);
        else if (code->parent && !same_text(code->parent, old->codes[i].parent))
            list_tell(reader, now, code->name, &changed);
    }
}

static void sets_compare(struct reader *reader, const struct forms *old)
{
    const struct forms *forms = reader->forms;
    for (size_t i = 0; i < old->composite_count; i++) {
        const struct composite *before = old->composites[i], *after = composite_named(forms, before->name);
        if (after) composite_compare(reader, before, after);
        else composite_tell(reader, before, before->name, &gone);
    }
    for (size_t i = 0; i < old->list_count; i++) {
        const struct code_list *before = &old->lists[i]->list, *after = list_find(forms, before->name);
        if (after) list_compare(reader, before, after);
        else list_tell(reader, before, before->name, &gone);
    }
}

/* Hardly ever anything changed; then the kept texts need not be read. */
void growth_check(struct reader *reader, const struct kept_texts *kept)
{
    struct source *sources = ARENA_ARRAY(reader->scratch, struct source, kept->count + 1);
    size_t count = 0;
    bool same = true;
    for (size_t i = 0; i < kept->count; i++) {
        const struct kept_text *text = &kept->list[i];
        if (text->version > 0) continue;
        sources[count++] = *source_of_kept(reader, text);
        same = same && same_text(text_find(&reader->forms->texts, text->name, 0), text->text);
    }
    if (same) return;
    struct arena *arena = arena_new(OLD_BYTES_MAX);
    struct forms *old = ARENA_NEW(arena, struct forms);
    old->arena = arena;
    if (forms_read(old, sources, count, NULL, reader->problems) == E_OK) sets_compare(reader, old);
    else reader->fault_count++;
    forms_free(old);
}
