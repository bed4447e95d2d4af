/* print: papers as PDF, from the form's own declaration and the layouts in prints/.
 *
 * A layout (prints/NAME.print, docs/prints.md) says what stands on the paper and in which order; a form
 * without one is printed section by section. Whatever a body holds and the layout does not name is printed
 * all the same: nothing is cut. Who may see what is not decided here: the caller gives bodies already masked,
 * and a masked value becomes a black bar with words.
 *
 * A press holds the fonts and prints one paper at a time, from any thread. */
#ifndef PANJI_PRINT_PRINT_H
#define PANJI_PRINT_PRINT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/problem.h"
#include "form/form.h"

#define PRINT_MASKED "••••" /* what access/ puts in place of a value */
#define PRINT_BYTES_MAX ((size_t)32 << 20)
#define PRINTS_OF_FORM_MAX 8

enum print_kind {
    PRINT_ENTRY,    /* one entry */
    PRINT_REGISTER, /* the entries of some forms at an office, a row each */
    PRINT_VIEW,     /* rows that the caller computed, such as a chain of custody */
};
enum print_period { PERIOD_MONTH, PERIOD_DAY };

struct prints; /* every layout */
struct print;  /* one of them */

/* Built-in layouts and *.print of folder (NULL, or not there: none). Faults are told as print_wrong with
 * file, line, column and words; E_PROBLEM when there were any. The set never changes. */
enum err prints_load(const char *folder, const struct forms *forms, struct problems *problems,
    struct prints **ret_prints) MUST_CHECK;
/* The same from one text, for tests: no built-ins. */
enum err prints_load_text(const char *name, const char *text, const struct forms *forms,
    struct problems *problems, struct prints **ret_prints) MUST_CHECK;
void prints_free(struct prints *prints);

/* By name; NULL. */
const struct print *print_find(const struct prints *prints, const char *name);
/* The layouts an entry of the form can be printed in, the first is meant when nobody asks for another; at
 * most PRINTS_OF_FORM_MAX. None: the form is printed plainly, with print NULL. */
size_t prints_of_form(const struct prints *prints, const char *form, const struct print **ret);
/* Layouts of a kind, in the order of their files; *after is the last one seen, NULL at first. */
const struct print *print_next(const struct prints *prints, enum print_kind kind, const struct print *after);

const char *print_name(const struct print *print);
const struct label *print_label(const struct print *print);
bool print_is_register(const struct print *print); /* false for NULL */
enum print_period print_period(const struct print *print);
/* The forms of a register, in the order of the layout. */
size_t print_forms(const struct print *print, const char *const **ret);

/* What the room must ask others about; words in the language of the paper, good as long as the arena of the
 * printing. Any member may be NULL: then codes and ids stand for themselves. */
struct print_lookup {
    void *context;
    const char *(*office)(void *context, const char *code);
    const char *(*officer)(void *context, const char *id);
    const char *(*offence)(void *context, const char *name);
    const char *(*entry)(void *context, const char *id); /* "FIR 0012/2026, 22 Nov 2026" */
    /* A person or property already in the register as the reader may see it, a new reference; NULL: he may
     * not. */
    json_t *(*reference)(void *context, const char *composite, const char *id);
};

/* One entry, or one row of a register. */
struct print_record {
    const struct form *form;  /* NULL: body holds plain texts under the names the layout asks for */
    const json_t *body;       /* masked for the reader; NULL: erased by order */
    const struct pair *facts; /* what the envelope says, in words: ".number", ".officer" */
    size_t fact_count;
};

/* A table the caller made: a register as its book declares it. */
struct print_table {
    struct label title;
    size_t column_count, row_count;
    const struct label *labels;
    const char *const *texts; /* row by row */
};

struct print_paper {
    const struct print *print;       /* NULL: the form printed plainly, or the table */
    const struct print_table *table; /* NULL: none */
    enum lang lang;                  /* the reader's; labels stand in both */
    struct print_record record;      /* of a register: only its facts, for the heading */
    /* Rows of a register or view, one after the other until false. NULL: none. */
    bool (*next)(void *context, struct print_record *ret);
    void *next_context;
    struct print_lookup lookup;

    struct label station;   /* whose paper it is */
    struct label above;     /* district and State */
    struct label period;    /* of a register; empty otherwise */
    const char *number;     /* of the entry; NULL */
    const char *case_words; /* "FIR 0012/2026"; NULL */
    const char *filed;      /* when it was recorded; NULL: not an entry */
    const char *id;         /* of the entry; NULL */
    const char *leaf;       /* its hash in the register, hexadecimal; NULL */
    const char *proof;      /* its C2SP tlog-proof with the envelope in it; NULL: none yet */
    const char *printed_at, *printed_by, *copy; /* when, who and where, the number of this print */
    const char *const *notes;                   /* what else must be said: corrections laid over it */
    size_t note_count;
    bool practice; /* the register is one for practice */
};

struct press;

/* With the built-in layouts and those of the folder, as prints_load() reads them. No font is opened before
 * the first paper. */
enum err press_open(const char *folder, const struct forms *forms, struct problems *problems,
    struct press **ret_press) MUST_CHECK;
void press_close(struct press *press); /* NULL allowed */
const struct prints *press_prints(const struct press *press);

/* The paper as PDF, appended to ret_pdf. E_FULL when it is larger than ret_pdf may hold. */
enum err press_print(
    struct press *press, const struct print_paper *paper, struct buf *ret_pdf, int *ret_pages) MUST_CHECK;

/* The payload of the code on a paper: the tlog-proof in letters that a QR code holds densely
 * (docs/prints.md). NULL when the proof is not as register_proof() writes it, or too large for a code. */
const char *print_code_payload(struct arena *arena, const char *proof);

#endif
