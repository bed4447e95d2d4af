/* app/import: what the files of the importer share.
 *
 * A register is a CSV file of old FIRs; a map says which of its columns is which of our cells. Every row
 * becomes one entry of form fir_legacy or a refusal with row, column and reason; nothing is guessed. The id
 * of an entry comes from station, number and year, so a row that was taken before is known again. */
#ifndef PANJI_APP_IMPORT_H
#define PANJI_APP_IMPORT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/verb.h"
#include "base/csv.h"
#include "base/id.h"
#include "filing/filing.h"

enum cell {
    CELL_UNIT,
    CELL_NUMBER,
    CELL_YEAR,
    CELL_REGISTERED,
    CELL_OCCURRED,
    CELL_OCCURRED_TIME,
    CELL_SECTIONS,
    CELL_COMPLAINANT,
    CELL_ACCUSED,
    CELL_OFFICER,
    CELL_STAGE,
    CELL_COURT_NUMBER,
    CELL_REPORT_NUMBER,
    CELL_REPORT_DATE,
    CELL_NATIONAL_NUMBER,
    CELL_PLACE,
    CELL_GIST,
    CELL_REMARKS,
    CELL_COUNT
};

/* Words the register uses for ours: "Challan" for charge_sheeted, "Kasdol" for 33302006. */
struct import_word {
    const char *typed, *ours;
};

#define IMPORT_WORDS_MAX 2000

struct import_map {
    const char *columns[CELL_COUNT]; /* heading in the file; NULL: the file has none */
    bool month_first;                /* 3/27/2019; otherwise the day comes first, as everywhere in India */
    const char *source;              /* what the register is called, kept with every entry; NULL */
    size_t unit_count, stage_count, meaning_count;
    struct import_word *units, *stages, *meanings;
};

/* ---- import_map.c ---- */

/* Name of a cell in the map ("unit"). */
const char *cell_name(enum cell cell);
/* Reads the map; problems map_wrong. */
enum err import_map_read(struct arena *arena, const char *path, const char *text, size_t n,
    struct problems *problems, struct import_map *ret) MUST_CHECK;
/* Ours of a typed word, blanks, case and full stops not regarded; NULL. */
const char *import_word(
    struct arena *arena, const struct import_word *words, size_t count, const char *typed);

/* ---- import_cells.c ---- */

/* A date as registers have it: 12.03.19, 12/3/2019, 2019-03-12, १२-०३-२०१९, 12-Mar-2019. Two figures of a
 * year are the latest such year not after `today`. */
bool import_date(struct arena *arena, const char *typed, bool month_first, int32_t today, int32_t *ret_day);
/* A time of day: 14:30, 1430, 2.30 PM. */
bool import_minute(struct arena *arena, const char *typed, int *ret_minute);
/* "0012/2019", "12", "12/19": number and year; year 0 when it is not there. */
bool import_number(struct arena *arena, const char *typed, int32_t today, int *ret_number, int *ret_year);
/* Persons of a cell: one object {"name": …, "relation": …} each. Nobody: an empty array. A new reference. */
json_t *import_persons(struct arena *arena, const char *typed);

/* ---- import_row.c ---- */

/* One row on its way to a body. */
struct import_row {
    struct arena *arena; /* of this row */
    const struct import_map *map;
    struct db *db;
    const struct law *law;
    int32_t today;
    const char *cells[CELL_COUNT]; /* cleaned; "" when empty */
    char id[ID_TEXT_SIZE];
    json_t *body;
    enum cell refused_cell; /* why it cannot be taken; CELL_COUNT: not one cell */
    const char *refused;    /* NULL: it can */
    const char *note;       /* what was not understood though it is taken; NULL */
};

/* Fills id, body and note, or refused. */
void import_row_read(struct import_row *row);

/* ---- import_report.c ---- */

/* One run of the importer. */
struct import {
    struct arguments *arguments;
    struct node *node;
    const char *file, *text;
    size_t length;
    struct import_map map;
    struct arena *arena; /* of the row at hand */
    struct csv csv;
    size_t column_count;
    const char **headings;
    const char *heading_text, *heading_end;
    int places[CELL_COUNT]; /* column of each cell, -1 when there is none */
    const char *row_text;   /* the row at hand, or line ends and then the row */
    FILE *refused_file;     /* opened when the first row is refused */
    int batch_rows;
    int rows, added, again, refused, noted;
    json_t *refusals, *notes;
};

/* Heading of a cell's column; "" for the row as a whole. */
const char *import_heading(const struct import *import, enum cell cell);
/* Counts the row at hand as refused and writes it to FILE.refused.csv as it stands in the file. */
void import_refuse(struct import *import, const char *column, const char *reason);
/* The counts, the refused rows and the notes, on standard output. */
void import_report(const struct import *import, bool dry);

#endif
