/* form/read_kept: the texts a register keeps of its declarations, and forms that only it still holds. Each
 * kept text is whole in itself: of an extended form it is the core form and the extension behind it. */
#include <stdlib.h>
#include <string.h>

#include "form/read.h"

/* The text of a declaration, behind what stands before it. */
static const char *text_behind(struct reader *reader, const char *before,
    const struct declaration *declaration)
{
    bool ended = declaration->text[declaration->text_len - 1] == '\n';
    return arena_printf(reader->arena, "%s%.*s%s", before, (int)declaration->text_len, declaration->text,
        ended ? "" : "\n");
}

/* A list with all that was added to it. */
static const char *list_text(struct reader *reader, const struct declaration *list)
{
    const char *text = text_behind(reader, "", list);
    for (size_t i = 0; i < reader->count; i++) {
        const struct declaration *more = reader->declarations[i];
        if (more->kind == DECLARED_MORE && strcmp(more->name, list->name) == 0)
            text = text_behind(reader, text, more);
    }
    return text;
}

void texts_gather(struct reader *reader)
{
    struct forms *forms = reader->forms;
    struct kept_text *texts = ARENA_ARRAY(reader->arena, struct kept_text, reader->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < forms->all_count; i++) {
        const struct form *form = forms->all[i];
        texts[count++] = (struct kept_text){form->name, form->version, form->text};
    }
    for (size_t i = 0; i < reader->count; i++) {
        const struct declaration *declaration = reader->declarations[i];
        const char *name = declaration->name;
        if (declaration->kind == DECLARED_LIST)
            texts[count++] = (struct kept_text){
                arena_printf(reader->arena, "list %s", name), 0, list_text(reader, declaration)};
        else if (declaration->kind == DECLARED_COMPOSITE)
            texts[count++] = (struct kept_text){
                arena_printf(reader->arena, "composite %s", name), 0, text_behind(reader, "", declaration)};
    }
    forms->texts = (struct kept_texts){texts, count};
}

const char *text_find(const struct kept_texts *texts, const char *name, int version)
{
    for (size_t i = 0; i < texts->count; i++)
        if (texts->list[i].version == version && strcmp(texts->list[i].name, name) == 0)
            return texts->list[i].text;
    return NULL;
}

struct source *source_of_kept(struct reader *reader, const struct kept_text *kept)
{
    int core = kept->version % 1000, extension = kept->version / 1000;
    const char *name = arena_strdup(reader->arena, kept->name);
    if (extension > 0) name = arena_printf(reader->arena, "%s %d.%d", kept->name, core, extension);
    else if (core > 0) name = arena_printf(reader->arena, "%s %d", kept->name, core);
    const struct form *newest = form_find(reader->forms, kept->name);
    struct source *source = ARENA_NEW(reader->scratch, struct source);
    *source = (struct source){.name = name, .text = kept->text, .len = strlen(kept->text), .kept = true};
    source->pillar = newest ? newest->pillar : "state"; /* the form may have moved, its entries go with it */
    source->locked = newest && newest->locked;
    return source;
}

struct old_form { struct declaration *core, *extension; };

static bool declares(const struct declaration *declaration, enum declared kind, const struct kept_text *kept)
{
    return declaration->kind == kind && strcmp(declaration->name, kept->name) == 0 &&
           declaration->version == kept->version % 1000 &&
           declaration->extension == (kind == DECLARED_EXTEND ? kept->version / 1000 : 0);
}

/* The declarations of a kept text; false after telling that they are not of this form and version. */
static bool old_form_cut(struct reader *reader, const struct kept_text *kept, struct old_form *ret)
{
    const struct source *source = source_of_kept(reader, kept);
    size_t first = reader->count, faults = reader->fault_count, wanted = kept->version < 1000 ? 1 : 2;
    source_read(reader, source);
    struct declaration **found = reader->declarations + first;
    bool right = reader->count - first == wanted && declares(found[0], DECLARED_FORM, kept) &&
                 (wanted == 1 || declares(found[1], DECLARED_EXTEND, kept));
    if (!right && reader->fault_count == faults)
        reader_fault(reader, source, 1, 1, "the text is of another form or version");
    if (right) *ret = (struct old_form){found[0], wanted == 2 ? found[1] : NULL};
    return right;
}

static void form_changed_tell(struct reader *reader, const struct form *form)
{
    reader->fault_count++;
    problem_add(reader->problems, "form_changed", NULL, "form", form->name, "version",
        arena_printf(reader->scratch, "%d", form->version), "file", form->file, NULL);
}

void kept_forms_read(struct reader *reader, const struct kept_texts *kept)
{
    struct forms *forms = reader->forms;
    struct old_form *old = ARENA_ARRAY(reader->scratch, struct old_form, kept->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < kept->count; i++) {
        const struct kept_text *text = &kept->list[i];
        if (text->version == 0) continue;
        const struct form *form = form_version(forms, text->name, text->version);
        if (form && strcmp(form->text, text->text) != 0) form_changed_tell(reader, form);
        else if (!form && old_form_cut(reader, text, &old[count])) count++;
    }
    if (reader->fault_count > 0 || count == 0) return;
    /* A form may name others that are kept as it is, so all are there before the first is read. */
    declarations_sort(reader);
    const struct form **all = ARENA_ARRAY(reader->arena, const struct form *, forms->all_count + count);
    if (forms->all_count > 0) memcpy(all, forms->all, forms->all_count * sizeof *all);
    for (size_t i = 0; i < count; i++) {
        const struct form *form = form_read(reader, old[i].core);
        if (old[i].extension) form = extension_read(reader, old[i].extension, form);
        all[forms->all_count++] = form;
    }
    forms->all = all;
    qsort(all, forms->all_count, sizeof *all, form_compare);
}
