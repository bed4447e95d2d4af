/* form/read_header: the lines between a form's heading and its first section, one row of a table each. They
 * are read after the sections, so that every path they name can be followed at once. */
#include <string.h>

#include "form/read.h"

/* Words up to the end or `stop`, each a code of `list` if that is loaded. */
static size_t names_read(struct cursor *cursor, const char *list, const char *stop, const char **ret,
    size_t max)
{
    size_t count = 0;
    while (cursor->at < cursor->line->word_count &&
           !(stop && strcmp(cursor->line->words[cursor->at], stop) == 0)) {
        if (count == max) {
            draft_fault(cursor->draft, cursor->line, cursor->at, "at most %zu may stand here", max);
            cursor->at = cursor->line->word_count;
            return count;
        }
        draft_code(cursor->draft, cursor->line, cursor->at, list, cursor->line->words[cursor->at]);
        ret[count++] = cursor->line->words[cursor->at++];
    }
    return count;
}

static void line_law(struct cursor *cursor, struct form *form)
{
    form->law = cursor_need(cursor, "the section of law");
    for (const char *word; (word = cursor_next(cursor)) != NULL;)
        form->law = arena_printf(cursor->draft->reader->arena, "%s %s", form->law, word);
}

static void line_mark(struct cursor *cursor, struct form *form)
{
    size_t at = cursor->at;
    form->mark = cursor_need(cursor, "the mark");
    if (strcmp(form->mark, "K") != 0 && strcmp(form->mark, "?") != 0)
        draft_fault(cursor->draft, cursor->line, at, "the mark is K or ?");
    cursor_end(cursor);
}

static void line_files(struct cursor *cursor, struct form *form)
{
    if (cursor_take(cursor, "any")) form->roles[form->role_count++] = "any";
    else form->role_count = names_read(cursor, "role", "at", form->roles, COUNT_OF(form->roles));
    if (form->role_count == 0)
        draft_fault(cursor->draft, cursor->line, cursor->at, "the roles that may file are missing");
    if (!cursor_take(cursor, "at")) return;
    form->kind_count = names_read(cursor, "office_kind", NULL, form->kinds, COUNT_OF(form->kinds));
    if (form->kind_count == 0)
        draft_fault(cursor->draft, cursor->line, cursor->at, "the kinds of office are missing");
}

static void line_opens(struct cursor *cursor, struct form *form)
{
    if (!cursor_take(cursor, "case")) {
        cursor_stop(cursor, "'case' is wanted behind 'opens'");
        return;
    }
    size_t at = cursor->at;
    form->opens = cursor_need(cursor, "the kind of case");
    draft_code(cursor->draft, cursor->line, at, "case_kind", form->opens);
    if (cursor_take(cursor, "at")) form->opens_at = cursor_path(cursor, FIELD_OFFICE, "office", true);
    cursor_end(cursor);
}

static void line_on(struct cursor *cursor, struct form *form)
{
    form->on_case = cursor_take(cursor, "case");
    form->on_any = !form->on_case && cursor_take(cursor, "any");
    if (!form->on_case && !form->on_any) cursor_stop(cursor, "'case' or 'any' is wanted behind 'on'");
    form->on_count = names_read(cursor, "case_kind", NULL, form->on_kinds, COUNT_OF(form->on_kinds));
}

static void line_after(struct cursor *cursor, struct form *form)
{
    size_t first = cursor->at;
    form->after_count = names_read(cursor, "", NULL, form->after, COUNT_OF(form->after));
    if (form->after_count == 0) draft_fault(cursor->draft, cursor->line, first, "the form is missing");
    for (size_t i = 0; i < form->after_count; i++)
        if (!declaration_find(cursor->draft->reader, DECLARED_FORM, form->after[i]))
            draft_fault(cursor->draft, cursor->line, first + i, "there is no form '%.60s'", form->after[i]);
}

static void line_single(struct cursor *cursor, struct form *form)
{
    form->single = true;
    cursor_end(cursor);
}

static void number_per_read(struct cursor *cursor, struct form_number *number)
{
    bool office = cursor_take(cursor, "office");
    if (!office && !cursor_take(cursor, "case")) {
        cursor_stop(cursor, "'office' or 'case' is wanted behind 'per'");
        return;
    }
    number->per = office ? NUMBER_YEAR : NUMBER_CASE;
    if (office && cursor_take(cursor, "day")) number->per = NUMBER_DAY;
    else if (office && !cursor_take(cursor, "year")) {
        cursor_stop(cursor, "'year' or 'day' is wanted behind 'office'");
        return;
    }
    int64_t width;
    const char *word = cursor_next(cursor);
    if (!word || !read_number(word, 1, 9, &width)) {
        cursor->at -= word != NULL;
        cursor_stop(cursor, "a width from 1 to 9 is wanted");
        return;
    }
    number->width = (int)width;
    if (cursor_take(cursor, "prefix")) number->prefix = cursor_need(cursor, "the prefix");
}

static void line_number(struct cursor *cursor, struct form *form)
{
    if (!cursor_row_free(cursor, form->number_count, COUNT_OF(form->numbers))) return;
    struct form_number *number = &form->numbers[form->number_count++];
    number->prefix = "";
    number->series = reader_name(cursor->draft->reader, cursor->draft->declaration->source, cursor->line,
        cursor->at++);
    if (cursor_take(cursor, "given")) {
        number->per = NUMBER_GIVEN;
        number->field = cursor_path(cursor, FIELD_TEXT, "text", true);
    } else if (cursor_take(cursor, "per")) {
        number_per_read(cursor, number);
    } else {
        cursor_stop(cursor, "'per' or 'given' is wanted behind the series");
    }
    cursor_when(cursor, &number->when);
}

static void line_stage(struct cursor *cursor, struct form *form)
{
    if (!cursor_row_free(cursor, form->stage_count, COUNT_OF(form->stages))) return;
    struct form_stage *stage = &form->stages[form->stage_count++];
    size_t at = cursor->at;
    stage->stage = cursor_need(cursor, "the stage");
    if (!list_find(cursor->draft->reader->forms, "case_stage"))
        draft_fault(cursor->draft, cursor->line, at, "there is no list 'case_stage'");
    draft_code(cursor->draft, cursor->line, at, "case_stage", stage->stage);
    cursor_when(cursor, &stage->when);
}

/* "24 hours", "3 days": in hours; `days` says whether days may stand. */
static int hours_read(struct cursor *cursor, bool days)
{
    const char *word = cursor_next(cursor);
    int64_t count;
    bool known = word && read_number(word, 1, 10000, &count);
    if (known && cursor_take(cursor, "hours")) return (int)count;
    if (known && days && cursor_take(cursor, "days")) return (int)count * 24;
    cursor->at -= word != NULL;
    cursor_stop(
        cursor, days ? "a number and 'hours' or 'days' are wanted" : "a number and 'hours' are wanted");
    return 0;
}

static void line_task(struct cursor *cursor, struct form *form)
{
    static const char *const whom[] = {"io", "office", "to", NULL};
    if (!cursor_row_free(cursor, form->task_count, COUNT_OF(form->tasks))) return;
    struct draft *draft = cursor->draft;
    struct form_task *task = &form->tasks[form->task_count++];
    size_t at = cursor->at;
    reader_labels(draft->reader, draft->declaration->source, cursor->line, &task->label, NULL);
    if (!cursor_need(cursor, "the form that closes the task")[0]) return;
    task->form_count = cursor_split(cursor, at, task->forms, COUNT_OF(task->forms));
    for (size_t i = 0; i < task->form_count; i++)
        if (!declaration_find(draft->reader, DECLARED_FORM, task->forms[i]))
            draft_fault(draft, cursor->line, at, "there is no form '%.60s'", task->forms[i]);
    if (!cursor_take(cursor, "for"))
        draft_fault(draft, cursor->line, cursor->at, "'for' is wanted behind the forms");
    at = cursor->at;
    task->for_whom = cursor_need(cursor, "whom the task is for");
    if (strncmp(task->for_whom, "to:", 3) == 0) {
        task->to_kind = task->for_whom + 3;
        task->for_whom = "to";
        draft_code(draft, cursor->line, at, "office_kind", task->to_kind);
    } else if (!word_is_one_of(whom, task->for_whom)) {
        draft_code(draft, cursor->line, at, "role", task->for_whom);
    }
    if (cursor_take(cursor, "within")) task->within_hours = hours_read(cursor, true);
    cursor_when(cursor, &task->when);
}

static void line_to(struct cursor *cursor, struct form *form)
{
    while (cursor->at < cursor->line->word_count) {
        if (cursor_take(cursor, "required")) {
            form->to_required = true;
        } else if (cursor_take(cursor, "field")) {
            form->to_field = cursor_path(cursor, FIELD_OFFICE, "office", false);
        } else if (form->to_count == COUNT_OF(form->to_kinds)) {
            draft_fault(cursor->draft, cursor->line, cursor->at, "at most %zu may stand here",
                form->to_count);
            return;
        } else {
            draft_code(cursor->draft, cursor->line, cursor->at, "office_kind",
                cursor->line->words[cursor->at]);
            form->to_kinds[form->to_count++] = cursor->line->words[cursor->at++];
        }
    }
    if (form->to_count == 0)
        draft_fault(cursor->draft, cursor->line, cursor->at, "the kinds of office are missing");
}

static void line_calls(struct cursor *cursor, struct form *form)
{
    size_t at = cursor->at;
    form->calls = cursor_need(cursor, "the form");
    if (!declaration_find(cursor->draft->reader, DECLARED_FORM, form->calls))
        draft_fault(cursor->draft, cursor->line, at, "there is no form '%.60s'", form->calls);
    cursor_end(cursor);
}

static void line_seen(struct cursor *cursor, struct form *form)
{
    if (!cursor_take(cursor, "by")) {
        cursor_stop(cursor, "'by' is wanted behind 'seen'");
        return;
    }
    if (cursor_take(cursor, "nobody")) {
        form->seen_by[form->seen_count++] = "nobody";
        cursor_end(cursor);
        return;
    }
    form->seen_count = names_read(cursor, "pillar", NULL, form->seen_by, COUNT_OF(form->seen_by));
    if (form->seen_count == 0)
        draft_fault(cursor->draft, cursor->line, cursor->at, "the pillars are missing");
}

static void line_public(struct cursor *cursor, struct form *form)
{
    form->public_hours = hours_read(cursor, false);
    cursor_end(cursor);
}

/* Lines that only name an entry field: where the path is kept, and whether it must be one entry. */
static const struct {
    const char *word;
    size_t member;
    bool one;
} entry_lines[] = {
    {"acts", offsetof(struct form, acts), false},
    {"amends", offsetof(struct form, amends), true},
    {"consumes", offsetof(struct form, consumes), false},
    {"links", offsetof(struct form, links), false},
};

static void line_entry(struct cursor *cursor, struct form *form)
{
    for (size_t i = 0; i < COUNT_OF(entry_lines); i++) {
        if (strcmp(entry_lines[i].word, cursor->line->words[0]) != 0) continue;
        const char **member = (const char **)(void *)((char *)form + entry_lines[i].member);
        *member = cursor_path(cursor, FIELD_ENTRY, "entry", entry_lines[i].one);
    }
    if (form->consumes && strcmp(cursor->line->words[0], "consumes") == 0 && cursor_take(cursor, "each"))
        form->consumes_each = cursor_path(cursor, FIELD_COMPOSITE, "person", true);
    cursor_end(cursor);
}

static const struct {
    const char *word;
    bool repeats, labels;
    void (*read)(struct cursor *cursor, struct form *form);
} header_lines[] = {
    {"acts", false, false, line_entry},
    {"after", false, false, line_after},
    {"amends", false, false, line_entry},
    {"assigns", false, false, line_assigns},
    {"calls", false, false, line_calls},
    {"consumes", false, false, line_entry},
    {"files", false, false, line_files},
    {"law", false, false, line_law},
    {"links", false, false, line_entry},
    {"listed", false, false, line_listed},
    {"mark", false, false, line_mark},
    {"number", true, false, line_number},
    {"on", false, false, line_on},
    {"opens", false, false, line_opens},
    {"person", true, false, line_person},
    {"property", true, false, line_property},
    {"public", false, false, line_public},
    {"sections", true, false, line_sections},
    {"seen", false, false, line_seen},
    {"sensitive", false, false, line_sensitive},
    {"single", false, false, line_single},
    {"stage", true, false, line_stage},
    {"task", true, true, line_task},
    {"to", false, false, line_to},
};

/* Whether an earlier line of the header begins with the same word. */
static bool stands_before(const struct draft *draft, const struct line *line)
{
    for (size_t i = 1; draft->declaration->lines[i] != line; i++) {
        const struct line *before = draft->declaration->lines[i];
        if (before->word_count > 0 && strcmp(before->words[0], line->words[0]) == 0) return true;
    }
    return false;
}

void header_read(struct draft *draft, struct form *form, const struct line *line)
{
    const char *word = line->word_count > 0 ? line->words[0] : "";
    for (size_t i = 0; i < COUNT_OF(header_lines); i++) {
        if (strcmp(header_lines[i].word, word) != 0) continue;
        struct cursor cursor = {.draft = draft, .line = line, .at = 1};
        if (!header_lines[i].repeats && stands_before(draft, line)) {
            draft_fault(draft, line, 0, "line '%s' stands twice", word);
            return;
        }
        if (!header_lines[i].labels && line->column_count > 0)
            draft_fault(draft, line, line->word_count, "line '%s' has no labels", word);
        header_lines[i].read(&cursor, form);
        return;
    }
    draft_fault(draft, line, 0, "'%.60s' is not a line of a form", word);
}
