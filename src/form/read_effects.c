/* form/read_effects: header lines that say what an entry does to the case, its people and its things. */
#include <string.h>

#include "form/read.h"

bool word_is_one_of(const char *const *words, const char *word)
{
    while (*words && strcmp(*words, word) != 0) words++;
    return *words != NULL;
}

void cursor_stop(struct cursor *cursor, const char *wanted)
{
    draft_fault(cursor->draft, cursor->line, cursor->at, "%s", wanted);
    cursor->at = cursor->line->word_count;
}

bool cursor_row_free(struct cursor *cursor, size_t count, size_t max)
{
    if (count < max) return true;
    draft_fault(cursor->draft, cursor->line, 0, "at most %zu lines '%s' may stand in a form", max,
        cursor->line->words[0]);
    return false;
}

void line_assigns(struct cursor *cursor, struct form *form)
{
    if (cursor_take(cursor, "io")) form->assigns_io = cursor_path(cursor, FIELD_OFFICER, "officer", true);
    else cursor_stop(cursor, "'io' is wanted behind 'assigns'");
    cursor_end(cursor);
}

void line_listed(struct cursor *cursor, struct form *form)
{
    form->listed_no_more = cursor_take(cursor, "no") && cursor_take(cursor, "more");
    if (!form->listed_no_more) {
        form->listed_on = cursor_path(cursor, FIELD_DATE, "date", true);
        if (cursor_take(cursor, "for")) form->listed_for = cursor_path(cursor, FIELD_CODE, "code", true);
    }
    cursor_end(cursor);
}

void line_sections(struct cursor *cursor, struct form *form)
{
    bool add = cursor_take(cursor, "add");
    if (!add && !cursor_take(cursor, "set")) {
        cursor_stop(cursor, "'add' or 'set' is wanted behind 'sections'");
        return;
    }
    const char *path = cursor_path(cursor, FIELD_OFFENCE, "offence", false);
    if (add) form->sections_add = path;
    else form->sections_set = path;
    cursor_end(cursor);
}

void line_person(struct cursor *cursor, struct form *form)
{
    if (!cursor_row_free(cursor, form->person_count, COUNT_OF(form->persons))) return;
    struct form_effect *effect = &form->persons[form->person_count++];
    effect->path = cursor_path(cursor, FIELD_COMPOSITE, "person", false);
    if (cursor_take(cursor, "from")) {
        effect->value_field = cursor_path(cursor, FIELD_CODE, "code", false);
    } else {
        size_t at = cursor->at;
        effect->word = cursor_need(cursor, "the status");
        if (!list_find(cursor->draft->reader->forms, "person_status"))
            draft_fault(cursor->draft, cursor->line, at, "there is no list 'person_status'");
        draft_code(cursor->draft, cursor->line, at, "person_status", effect->word);
    }
    cursor_when(cursor, &effect->when);
}

void line_property(struct cursor *cursor, struct form *form)
{
    static const char *const words[] = {"seize", "deposit", "move", "receive", "return", "dispose", "release",
        NULL};
    if (!cursor_row_free(cursor, form->property_count, COUNT_OF(form->properties))) return;
    struct form_effect *effect = &form->properties[form->property_count++];
    effect->path = cursor_path(cursor, FIELD_COMPOSITE, "property", false);
    size_t at = cursor->at;
    effect->word = cursor_need(cursor, "the custody event");
    if (!word_is_one_of(words, effect->word))
        draft_fault(cursor->draft, cursor->line, at,
            "'%.60s' is not a custody event: seize deposit move receive return dispose release",
            effect->word);
    cursor_when(cursor, &effect->when);
}

void line_sensitive(struct cursor *cursor, struct form *form)
{
    if (cursor_take(cursor, "always")) form->sensitive = "always";
    else form->sensitive = cursor_path(cursor, FIELD_YESNO, "yesno", false);
    cursor_end(cursor);
}
