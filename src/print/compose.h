/* print/compose: from a layout and a body to the blocks of a paper, private to the room. Decides what is
 * said; how it looks is the affair of print/flow. */
#ifndef PANJI_PRINT_COMPOSE_H
#define PANJI_PRINT_COMPOSE_H

#include "print/block.h"
#include "print/declare.h"

struct compose {
    const struct forms *forms;
    const struct print_paper *paper;
    const struct print_record *record; /* at hand */
    json_t *body;                      /* the record's own copy, references filled in; NULL */
    json_t *taken;                     /* paths already on the paper */
    json_t *ids;                       /* of the persons and property in the body, by path */
    struct arena *arena;
    struct blocks *blocks;
    const char *only; /* "items.2": the one row a label is about; NULL */
};

/* The blocks of the paper; the record is begun. */
void compose_paper(struct compose *compose);

/* Begins a record with a copy of its body, in which a person or property given by reference becomes what the
 * reader may see of it. Ended by compose_record_drop(). */
void compose_record(struct compose *compose, const struct print_record *record);
void compose_record_drop(struct compose *compose);

/* ---- shared by its files ---- */

/* Tables with the columns of a layout: of a section's rows, and of the records of a register. */
void compose_table(struct compose *compose, const struct print_row *row);
void compose_records(struct compose *compose, const struct print_row *row);

/* A table whose words are there already. */
void compose_given(struct compose *compose, const struct print_table *table);

/* The label of the layout, or of the field at the path. */
struct label label_of(const struct form *form, const struct label *own, const char *path);

struct block *compose_block(struct compose *compose, enum block_kind kind);

/* One value under its path, with the field that declares it. */
struct spot {
    struct spot *next;
    const struct field *field;     /* NULL: a plain text, or a section of a composite */
    const struct section *section; /* NULL unless the path ends at one */
    const json_t *value;
    const char *path;
    const char *list; /* path of the list it is an element of; NULL */
};
/* Everything at a layout path, rows of many sections and fields one after the other. `in` and `prefix`: the
 * row of a section to start from and its path; NULL: the whole body. */
struct spot *spots_find(struct compose *compose, const struct section *in, const json_t *object,
    const char *prefix, const char *path);

/* The value of a fact (".number"); NULL. */
const char *fact_find(const struct print_record *record, const char *path);

void path_take(struct compose *compose, const char *path);
bool path_taken(const struct compose *compose, const char *path);

/* A value in words, in one line or a few: composites with their fields after one another. Takes its path. */
const char *value_words(
    struct compose *compose, const struct field *field, const json_t *value, const char *path);
/* The same of what was found at a path. */
const char *spot_words(struct compose *compose, const struct spot *spot);
/* The texts at paths joined by `between`; facts too. "" when there are none. */
const char *paths_words(struct compose *compose, const struct section *in, const json_t *object,
    const char *prefix, const char *const *paths, size_t count, const char *between);

/* A section as declared, without what stands on the paper already: rows as a table where that is readable,
 * else one after the other. */
void compose_section(
    struct compose *compose, const struct section *section, const json_t *value, const char *path, int level);
/* A composite that is too large for a cell: its fields as cells, then its sections. */
void compose_composite(struct compose *compose, const struct composite *composite, const json_t *object,
    const char *path, int level);
/* Whether a composite is told in one cell. */
bool composite_is_small(const struct composite *composite);

/* A heading; serial: 0 for none. One under which nothing was said is taken back. */
struct block *compose_heading(struct compose *compose, const struct label *label, size_t serial, int level);
void compose_heading_drop(struct compose *compose, struct block *before, const struct block *heading);

/* Collects cells until something else comes. */
struct cells {
    struct block_cell *list;
    size_t count, cap;
};
void compose_cell(
    struct compose *compose, struct cells *cells, const struct label *label, const char *text, bool blank);
void compose_cells(struct compose *compose, struct cells *cells); /* adds the block, if there is anything */

#endif
