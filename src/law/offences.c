/* law/offences: reads the three offence tables: law/offences.csv (BNS), law/special_acts.csv and law/ipc.csv.
 *
 * Several rows of one section are its punishments (first and later conviction) and become one offence. An IPC
 * section takes its punishment from the BNS sections it became, but only where all of them are said to be the
 * same; no text of the IPC was read, so its rows stay unverified. */
#include <stdlib.h>
#include <string.h>

#include "base/builtin.h"
#include "law/tables.h"

#define ROW_BYTES_MAX ((size_t)256 * 1024)
#define COLUMNS_MAX 20

/* One table being read: the header names the columns, so that their order does not matter. */
struct table {
    struct law *law;
    struct problems *problems;
    const char *path;
    struct arena *rows; /* the row at hand */
    struct csv csv;
    size_t column_count;
    const char *columns[COLUMNS_MAX];
};

static bool table_open(struct table *table, struct law *law, const char *path, struct problems *problems)
{
    *table = (struct table){.law = law, .problems = problems, .path = path, .rows = arena_new(ROW_BYTES_MAX)};
    const struct builtin *file = builtin_find(path);
    if (!file) {
        law_wrong(problems, path, 0, "the file is not built in");
        return false;
    }
    csv_init(&table->csv, table->rows, file->data, file->len);
    if (!csv_next(&table->csv)) return false;
    for (size_t i = 0; i < table->csv.field_count && i < COLUMNS_MAX; i++)
        table->columns[table->column_count++] = arena_strdup(law->arena, table->csv.fields[i]);
    return true;
}

static bool table_next(struct table *table)
{
    arena_reset(table->rows);
    if (!csv_next(&table->csv)) return false;
    if (!table->csv.fault && table->csv.field_count == table->column_count) return true;
    law_wrong(table->problems, table->path, table->csv.row, "%s",
        table->csv.fault ? table->csv.fault : "not as many fields as the header");
    return false;
}

/* A field of the row at hand, "" when empty. A column that is not there is a bug of the file. */
static const char *field(struct table *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i], name) == 0) return table->csv.fields[i];
    law_wrong(table->problems, table->path, table->csv.row, "there is no column %s", name);
    return "";
}

/* The same, kept for good; NULL when empty. */
static const char *field_keep(struct table *table, const char *name)
{
    const char *text = field(table, name);
    return *text ? arena_strdup(table->law->arena, text) : NULL;
}

static int field_months(struct table *table, const char *name)
{
    const char *text = field(table, name);
    char *end;
    long months = strtol(text, &end, 10);
    if (*end || months < 0 || months > 1200)
        law_wrong(
            table->problems, table->path, table->csv.row, "%s: '%s' is not a number of months", name, text);
    return (int)months;
}

static enum answer field_answer(struct table *table, const char *name)
{
    static const struct {
        const char *text;
        enum answer answer;
    } answers[] = {{"Y", ANSWER_YES}, {"N", ANSWER_NO}, {"depends", ANSWER_DEPENDS}, {"", ANSWER_UNKNOWN}};
    const char *text = field(table, name);
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
        if (strcmp(answers[i].text, text) == 0) return answers[i].answer;
    law_wrong(table->problems, table->path, table->csv.row, "%s: '%s' is not Y, N or depends", name, text);
    return ANSWER_UNKNOWN;
}

static void read_flags(struct table *table, struct offence *offence)
{
    const char *flags = field(table, "flags");
    offence->sexual = strstr(flags, "sexual") != NULL;
    offence->child = strstr(flags, "child") != NULL;
    offence->terror = strstr(flags, "terror") != NULL;
}

/* The columns that BNS and the special Acts share. */
static void read_common(struct table *table, struct offence *offence)
{
    offence->title[LANG_EN] = field_keep(table, "title");
    offence->max_months = field_months(table, "max_months");
    offence->min_months = field_months(table, "min_months");
    offence->life = strcmp(field(table, "life"), "1") == 0;
    offence->death = strcmp(field(table, "death"), "1") == 0;
    offence->fine = strcmp(field(table, "fine"), "Y") == 0;
    offence->cognizable = field_answer(table, "cognizable");
    offence->bailable = field_answer(table, "bailable");
    offence->court[LANG_EN] = field_keep(table, "court");
    offence->crime_head[LANG_EN] = field_keep(table, "crime_head");
    offence->note = field_keep(table, "note");
    read_flags(table, offence);
}

/* A new offence of the row's section, or `into` filled when the section stands there already (a further
 * punishment). */
static struct offence *row_offence(struct table *table, const char *act_code, struct offence *into)
{
    const struct act *act = act_find(table->law, act_code);
    const char *section = field(table, "section");
    if (!act || !*section) {
        law_wrong(
            table->problems, table->path, table->csv.row, "no section, or an act that is not in law/acts");
        return into;
    }
    size_t count = table->law->count;
    const struct offence *last = count > 0 ? table->law->by_name[count - 1] : NULL;
    if (last && last->act == act->code && strcmp(last->section, section) == 0) return into;
    struct offence *offence = offence_add(table->law, act, section);
    if (!offence) law_wrong(table->problems, table->path, table->csv.row, "too many offences");
    return offence ? offence : into;
}

static void read_bns(struct table *table)
{
    struct offence further = {.variant_count = 1};
    struct offence *offence = row_offence(table, "BNS", &further);
    read_common(table, offence);
    offence->crime_group[LANG_EN] = field_keep(table, "crime_group");
    offence->in_force = strcmp(field(table, "in_force"), "Y") == 0;
    if (offence == &further)
        offence_widen(table->law->arena, table->law->by_name[table->law->count - 1], &further);
}

static void read_special(struct table *table)
{
    struct offence further = {.variant_count = 1};
    struct offence *offence = row_offence(table, field(table, "act"), &further);
    read_common(table, offence);
    offence->crime_group[LANG_EN] = "Special and local laws";
    offence->unverified = strcmp(field(table, "checked"), "Y") != 0;
    if (offence == &further)
        offence_widen(table->law->arena, table->law->by_name[table->law->count - 1], &further);
}

/* What the BNS sections of an IPC section tell about it. */
static void inherit(struct table *table, struct offence *offence, bool same)
{
    struct offence all = {0};
    for (const char *at = offence->bns; *at; at += strspn(at, ";")) {
        size_t n = strcspn(at, ";");
        const char *name = arena_printf(table->rows, "BNS %.*s", (int)n, at);
        const struct offence *bns = law_offence(table->law, name);
        at += n;
        if (!bns) {
            law_wrong(table->problems, table->path, table->csv.row, "%s is not in law/offences.csv", name);
            continue;
        }
        if (all.name)
            offence_widen(table->rows, &all, bns);
        else
            all = *bns;
    }
    offence->crime_head[LANG_EN] = all.crime_head[LANG_EN];
    offence->crime_group[LANG_EN] = all.crime_group[LANG_EN];
    offence->sexual |= all.sexual;
    offence->terror = all.terror;
    if (!same || !all.name) return;
    offence->max_months = all.max_months;
    offence->min_months = all.min_months;
    offence->life = all.life;
    offence->death = all.death;
    offence->fine = all.fine;
    offence->cognizable = all.cognizable;
    offence->bailable = all.bailable;
    offence->court[LANG_EN] = all.court[LANG_EN];
    if (!offence->note) offence->note = "punishment and class as in the BNS section it became";
}

static void read_ipc(struct table *table)
{
    struct offence spare = {0};
    struct offence *offence = row_offence(table, "IPC", &spare);
    if (offence == &spare) {
        law_wrong(table->problems, table->path, table->csv.row, "the section stands here twice");
        return;
    }
    offence->title[LANG_EN] = field_keep(table, "title");
    offence->bns = field_keep(table, "bns");
    offence->note = field_keep(table, "note");
    offence->cognizable = offence->bailable = ANSWER_UNKNOWN;
    offence->unverified = true;
    read_flags(table, offence);
    if (offence->bns) inherit(table, offence, strcmp(field(table, "relation"), "same") == 0);
}

static void table_read(
    struct law *law, const char *path, void (*read_row)(struct table *table), struct problems *problems)
{
    struct table table;
    if (table_open(&table, law, path, problems))
        while (table_next(&table)) read_row(&table);
    arena_free(table.rows);
}

void offences_load(struct law *law, struct problems *problems)
{
    table_read(law, "law/offences.csv", read_bns, problems);
    offences_sort(
        law); /* reading the IPC looks BNS sections up; "IPC" stands behind "BNS", so they stay found */
    table_read(law, "law/ipc.csv", read_ipc, problems);
    table_read(law, "law/special_acts.csv", read_special, problems);
    offences_sort(law);
    offences_add_whole(law);
    offences_sort(law);
    for (size_t i = 1; i < law->count; i++)
        if (strcasecmp(law->by_name[i - 1]->name, law->by_name[i]->name) == 0)
            law_wrong(problems, "law", 0, "%s stands there twice", law->by_name[i]->name);
}
