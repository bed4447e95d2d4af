/* law/clock_files: how the files of law/clocks are read: a word at a time, with a message for each fault.
 * Private to the room. */
#ifndef PANJI_LAW_CLOCK_FILES_H
#define PANJI_LAW_CLOCK_FILES_H

#include "base/lines.h"
#include "law/clock_tables.h"
#include "law/tables.h"

struct clock_file {
    const char *path, *text;
    size_t len;
};

/* One line being read. */
struct clock_reader {
    struct clocks *clocks;
    struct problems *problems;
    const char *file;
    const struct line *line;
    size_t at;   /* next word */
    bool failed; /* a fault of this line was told */
};

/* Tells the first fault of a line. */
void clock_wrong(struct clock_reader *reader, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *word_next(struct clock_reader *reader);                   /* NULL at the end */
const char *word_need(struct clock_reader *reader, const char *what); /* "" after a fault */
bool word_take(struct clock_reader *reader, const char *word);        /* when it is the next */
void words_end(struct clock_reader *reader);
/* The rest with one blank between; "" after a fault when there is none. */
const char *words_rest(struct clock_reader *reader, const char *what);
/* A number of 0 to 100,000; 0 after a fault. */
int number_need(struct clock_reader *reader, const char *what);
int32_t day_need(struct clock_reader *reader);
/* Place of the next word in a list of words; 0 after a fault. */
size_t choice_need(struct clock_reader *reader, const char *what, const char *const *words, size_t count);
/* English and Hindi behind the bars. */
void labels_read(struct clock_reader *reader, const char *ret[LANG_COUNT]);
void labels_none(struct clock_reader *reader);
bool name_regular(const char *name);

/* Place of what the next word names; 0 after a fault. */
int event_need(struct clock_reader *reader);
int setting_need(struct clock_reader *reader);
int list_need(struct clock_reader *reader);
/* The rest of the line. */
void events_need(struct clock_reader *reader, struct clock_events *ret);

/* Reads a file: in round 0 the names its blocks bear, in round 1 what stands in them. */
void blocks_read(struct clocks *clocks, struct problems *problems, const struct clock_file *file, int round);
void settings_read(struct clocks *clocks, struct problems *problems, const struct clock_file *file);
void holidays_read(struct clocks *clocks, struct problems *problems, const struct clock_file *file);

void event_line(struct clock_reader *reader, struct clock_event *event);
void list_line(struct clock_reader *reader, struct clock_list *list);
void rule_line(struct clock_reader *reader, struct clock_rule *rule);
void condition_read(struct clock_reader *reader, struct clock_condition *ret);
void limit_read(struct clock_reader *reader, struct clock_limit *ret);
/* "3 days"; a setting may stand for the number. */
void amount_read(struct clock_reader *reader, struct clock_amount *ret);

struct clocks *clocks_new(struct arena *arena, const struct law *law);
/* Sorts, indexes and looks at whole blocks once all is read. */
void clocks_ready(struct clocks *clocks, struct problems *problems);
void clocks_check_forms(const struct clocks *clocks, const struct forms *forms, struct problems *problems);

#endif
