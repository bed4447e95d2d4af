/* form/read: how the reader's parts work together, private to the room.
 *
 * All files are first cut into declarations, so that order between and within files does not matter. Then
 * lists, composites, forms and extensions are read in that order, and whatever a line names can be looked up
 * at once and refused with its own column. What a register kept comes last: composites and lists must have
 * grown since, and forms that the files no longer hold are read beside those they do. */
#ifndef PANJI_FORM_READ_H
#define PANJI_FORM_READ_H

#include "base/lines.h"
#include "form/set.h"

#define FIELDS_MAX 120
#define SECTIONS_MAX 60
#define COMPOSITE_DEPTH_MAX 6

enum declared { DECLARED_LIST, DECLARED_MORE, DECLARED_COMPOSITE, DECLARED_FORM, DECLARED_EXTEND };

struct declaration {
    enum declared kind;
    const struct source *source;
    const char *name;
    int version;         /* form, extend: of the core */
    int extension;       /* extend: its own */
    struct line **lines; /* [0] is the heading */
    size_t line_count, line_cap;
    const char *text; /* as read, in the source */
    size_t text_len;
    enum { UNREAD, READING, READ } state;
    struct composite *composite;
    struct form *form;
    int depth; /* composite: how many stand inside one another, 1 at least */
};

struct reader {
    struct forms *forms;
    struct arena *arena;   /* of the set */
    struct arena *scratch; /* until the reading is over */
    struct problems *problems;
    size_t fault_count;
    struct declaration **declarations; /* in the order read, later sorted by kind, name, version */
    size_t count, cap;
};

/* A condition whose words are known and whose field may still be to come. */
struct pending {
    struct condition *condition;
    const struct line *line;
    size_t at;                     /* the word that names the field */
    const struct section *section; /* it stands in; NULL: heading line, or the composite's own fields */
    const struct field *owner;     /* field it belongs to, or NULL */
};

/* A form or composite being read. */
struct draft {
    struct reader *reader;
    struct declaration *declaration;
    bool is_composite;
    size_t field_count; /* a composite's own */
    struct field *fields;
    size_t section_count;
    struct section *sections;
    struct pending *pending;
    size_t pending_count;
};

/* Walks the words of a line. */
struct cursor {
    struct draft *draft;
    const struct line *line;
    size_t at; /* the next word */
};

/* Tells a fault as form_wrong, of a kept text as form_kept_wrong: "fir.form:11:15: words". */
void reader_fault(struct reader *reader, const struct source *source, int line, int column,
    const char *format, ...) __attribute__((format(printf, 5, 6)));
/* The same for word `at` of a line of the draft's declaration. */
void draft_fault(const struct draft *draft, const struct line *line, size_t at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
int line_column(const struct line *line, size_t at);

/* name when it is a lower-case word with underscores, or "" after telling the fault. */
const char *reader_name(struct reader *reader, const struct source *source, const struct line *line,
    size_t at);
/* English and Hindi label from columns 0 and 1, help from 2 and 3 when ret_help is given. */
void reader_labels(struct reader *reader, const struct source *source, const struct line *line,
    struct label *ret_label, struct label *ret_help);
/* A whole number between min and max. */
bool read_number(const char *word, int64_t min, int64_t max, int64_t *ret);
/* "2-10" into both; false when it is not of that shape. */
bool read_range(const char *word, int *ret_min, int *ret_max);

/* Cuts a source into declarations, which come last in the reader. */
void source_read(struct reader *reader, const struct source *source);
/* Sorts them for declaration_find(). */
void declarations_sort(struct reader *reader);
/* A declaration of a kind with this name, or NULL. */
struct declaration *declaration_find(const struct reader *reader, enum declared kind, const char *name);

const char *cursor_next(struct cursor *cursor);            /* NULL at the end */
bool cursor_take(struct cursor *cursor, const char *word); /* moves on when the next word is this */
/* The next word, or "" after telling that `what` is missing. */
const char *cursor_need(struct cursor *cursor, const char *what);
/* Parts of word `at` between commas; at most max, more is a fault. */
size_t cursor_split(struct cursor *cursor, size_t at, const char **ret_parts, size_t max);
/* "FIELD VALUES" behind "when": kept for conditions_resolve(). */
void cursor_condition(struct cursor *cursor, struct condition *condition, const struct section *section,
    const struct field *owner);
/* Tells the word as not known when code list `list` is loaded and has no such code. */
void draft_code(const struct draft *draft, const struct line *line, size_t at, const char *list,
    const char *code);

/* A path to a field of one type (`wanted` is its name), NULL when there is no word. one: it may not stand for
 * several values. */
const char *cursor_path(struct cursor *cursor, enum field_type type, const char *wanted, bool one);
/* Tells what is wanted at the cursor, and leaves the rest of the line: one fault is enough. */
void cursor_stop(struct cursor *cursor, const char *wanted);
/* Whether one more line of this word may stand in a form; tells when not. */
bool cursor_row_free(struct cursor *cursor, size_t count, size_t max);
/* Whether the word is in a list that ends with NULL. */
bool word_is_one_of(const char *const *words, const char *word);
#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
/* [when FIELD VALUES] and the end of the line. */
void cursor_when(struct cursor *cursor, struct condition *condition);
/* Tells that what is left of the line does not belong there. */
void cursor_end(struct cursor *cursor);

void lists_read(struct reader *reader);
void composites_read(struct reader *reader);
void composite_read(struct reader *reader, struct declaration *declaration);
void forms_and_extensions_read(struct reader *reader);
struct form *form_read(struct reader *reader, struct declaration *declaration);
/* core: of the version it extends. */
struct form *extension_read(struct reader *reader, struct declaration *declaration, const struct form *core);
/* Gathers what forms_texts() gives. */
void texts_gather(struct reader *reader);
/* The text among these, NULL. */
const char *text_find(const struct kept_texts *texts, const char *name, int version);
/* A kept text as a source of its own, called "fir 1.3" in messages. */
struct source *source_of_kept(struct reader *reader, const struct kept_text *kept);
/* Refuses composites and lists that have lost or tightened something. */
void growth_check(struct reader *reader, const struct kept_texts *kept);
/* Forms that only the register still holds. */
void kept_forms_read(struct reader *reader, const struct kept_texts *kept);
/* Lines of the header, in read_effects.c. */
void line_assigns(struct cursor *cursor, struct form *form);
void line_listed(struct cursor *cursor, struct form *form);
void line_sections(struct cursor *cursor, struct form *form);
void line_person(struct cursor *cursor, struct form *form);
void line_property(struct cursor *cursor, struct form *form);
void line_sensitive(struct cursor *cursor, struct form *form);
void header_read(struct draft *draft, struct form *form, const struct line *line);
void field_read(struct draft *draft, const struct section *section, const struct line *line,
    struct field *ret);
/* Lines from `first` on: fields, sections. */
void sections_read(struct draft *draft, size_t first);
void conditions_resolve(struct draft *draft);
/* The field at a path of the draft, NULL; *ret_many: some step of it may have several values. */
struct path_end {
    const struct section *section;
    const struct field *field;
    bool many;
};
struct path_end path_find(const struct draft *draft, const char *path);

#endif
