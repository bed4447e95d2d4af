/* The tables of the practice district: the district itself, names and words; finding rows. */
#include "app/practice/tables.h"

#include <stdlib.h>
#include <string.h>

#define ROOM(reading, table, count)                                                                          \
    ((count) < sizeof(table) / sizeof *(table) ? true : (reading_wrong(reading, "the table is full"), false))

/* ---- practice/district ---- */

/* 10:30-17:30 */
static void hours_read(struct reading *reading)
{
    struct tables *t = reading->tables;
    if (!ROOM(reading, t->hours, t->hours_count)) return;
    struct place_hours *hours = &t->hours[t->hours_count++];
    hours->kind = reading_word(reading);
    reading_range(reading, &hours->open_minute, &hours->close_minute);
    hours->open_minute = hours->open_minute / 100 * 60 + hours->open_minute % 100;
    hours->close_minute = hours->close_minute / 100 * 60 + hours->close_minute % 100;
    hours->closed_sunday = reading_is(reading, "closed_sunday");
}

static void office_read(struct reading *reading)
{
    struct tables *t = reading->tables;
    if (!ROOM(reading, t->offices, t->office_count)) return;
    struct practice_office *office = &t->offices[t->office_count++];
    office->key = reading_word(reading);
    office->code = reading_word(reading);
    office->kind = reading_word(reading);
    if (reading_is(reading, "under")) office->parent = reading_word(reading);
    if (reading_is(reading, "weight")) office->weight = reading_int(reading);
    office->name = reading_text(reading, 0);
    office->tehsil = reading_text(reading, 2);
}

static void village_read(struct reading *reading)
{
    struct tables *t = reading->tables;
    struct practice_office *office = t->office_count ? &t->offices[t->office_count - 1] : NULL;
    if (!office || !ROOM(reading, office->villages, office->village_count)) return;
    office->villages[office->village_count++] = reading_text(reading, 0);
}

static void post_read(struct reading *reading)
{
    struct tables *t = reading->tables;
    if (!ROOM(reading, t->posts, t->post_count)) return;
    struct practice_post *post = &t->posts[t->post_count++];
    post->id = reading_word(reading);
    post->rank = reading_word(reading);
    post->role = reading_word(reading);
    if (!reading_is(reading, "at")) reading_wrong(reading, "'at' and a kind of office belong here");
    post->kind = reading_word(reading);
    post->times = reading_is(reading, "times") ? reading_int(reading) : 1;
    post->leaves = reading_is(reading, "leaves");
}

bool district_read(struct tables *tables)
{
    struct reading reading;
    if (!reading_open(&reading, tables, "practice/district")) return false;
    while (reading_next(&reading)) {
        if (reading_is(&reading, "hours"))
            hours_read(&reading);
        else if (reading_is(&reading, "office"))
            office_read(&reading);
        else if (reading_is(&reading, "village"))
            village_read(&reading);
        else if (reading_is(&reading, "post"))
            post_read(&reading);
        else
            reading_wrong(&reading, "hours, office, village or post belongs here");
    }
    return !reading.wrong;
}

/* ---- practice/names ---- */

#define NAMES_MAX 200

static void name_add(struct reading *reading, struct name_table *table)
{
    if (!table->rows) table->rows = ARENA_ARRAY(reading->tables->arena, struct practice_name, NAMES_MAX);
    if (table->count == NAMES_MAX) {
        reading_wrong(reading, "the table is full");
        return;
    }
    struct practice_name *name = &table->rows[table->count++];
    name->religion = reading_word(reading);
    name->category = reading_word(reading);
    name->text = reading_text(reading, 0);
}

bool names_read(struct tables *tables)
{
    struct reading reading;
    if (!reading_open(&reading, tables, "practice/names")) return false;
    while (reading_next(&reading)) {
        if (reading_is(&reading, "man"))
            name_add(&reading, &tables->men);
        else if (reading_is(&reading, "woman"))
            name_add(&reading, &tables->women);
        else if (reading_is(&reading, "surname"))
            name_add(&reading, &tables->surnames);
        else
            reading_wrong(&reading, "man, woman or surname belongs here");
    }
    return !reading.wrong;
}

/* ---- practice/words ---- */

#define WORD_ROWS_MAX 60

static struct word_table *word_table_new(struct reading *reading)
{
    struct tables *t = reading->tables;
    if (!ROOM(reading, t->words, t->word_count)) return NULL;
    struct word_table *table = &t->words[t->word_count++];
    table->rows = ARENA_ARRAY(t->arena, struct table_text, WORD_ROWS_MAX);
    table->name = reading_word(reading);
    return table;
}

static void word_row_add(struct reading *reading, struct word_table *table, struct table_text text)
{
    if (!table || table->count == WORD_ROWS_MAX)
        reading_wrong(reading, "no table to add to, or it is full");
    else
        table->rows[table->count++] = text;
}

/* farmer labour 3*driver */
static void codes_read(struct reading *reading, struct word_table *table)
{
    while (table && reading->at < reading->line.word_count) {
        const char *word = reading_word(reading), *star = strchr(word, '*');
        long times = star ? strtol(word, NULL, 10) : 1;
        if (star) word = star + 1;
        for (long i = 0; i < times; i++) word_row_add(reading, table, (struct table_text){{word, word}});
    }
}

bool words_read(struct tables *tables)
{
    struct reading reading;
    struct word_table *table = NULL;
    if (!reading_open(&reading, tables, "practice/words")) return false;
    while (reading_next(&reading)) {
        if (reading_is(&reading, "words"))
            table = word_table_new(&reading);
        else if (reading_is(&reading, "codes")) {
            table = word_table_new(&reading);
            codes_read(&reading, table);
        } else
            word_row_add(&reading, table, reading_text(&reading, 0));
    }
    return !reading.wrong;
}

/* ---- all of it ---- */

enum err tables_read(struct arena *arena, struct problems *problems, struct tables **ret)
{
    struct tables *tables = ARENA_NEW(arena, struct tables);
    tables->arena = arena;
    tables->problems = problems;
    bool read = district_read(tables) && names_read(tables) && words_read(tables) && bodies_read(tables) &&
                stories_read(tables) && steps_read(tables);
    *ret = tables;
    return read ? E_OK : E_PROBLEM;
}

#define FIND(table, count, member, wanted)                                                                   \
    for (size_t i = 0; i < (count); i++)                                                                     \
        if (strcmp((table)[i].member, wanted) == 0) return &(table)[i];                                      \
    return NULL

const struct practice_office *table_office(const struct tables *tables, const char *key)
{
    FIND(tables->offices, tables->office_count, key, key);
}

const struct practice_office *table_office_coded(const struct tables *tables, const char *code)
{
    FIND(tables->offices, tables->office_count, code, code);
}

const struct word_table *table_words(const struct tables *tables, const char *name)
{
    FIND(tables->words, tables->word_count, name, name);
}

const struct body *table_body(const struct tables *tables, const char *name)
{
    FIND(tables->bodies, tables->body_count, name, name);
}

const struct thing_kind *table_thing(const struct tables *tables, const char *name)
{
    FIND(tables->things, tables->thing_count, name, name);
}

const struct step *table_step(const struct tables *tables, const char *name)
{
    FIND(tables->steps, tables->step_count, name, name);
}

const struct place_hours *table_hours(const struct tables *tables, const char *kind)
{
    FIND(tables->hours, tables->hours_count, kind, kind);
}
