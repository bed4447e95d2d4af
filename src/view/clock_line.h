/* view/clock_line: reading one clock with what people want to know beside it. Private to the room. */
#ifndef PANJI_VIEW_CLOCK_LINE_H
#define PANJI_VIEW_CLOCK_LINE_H

#include "view/clock_lists.h"
#include "view/clocks.h"

/* Who reads, at which instant. viewer NULL: the node itself, which sees no names. */
struct clock_reading {
    struct db *db;
    const struct view_context *context;
    struct arena *arena;
    const struct viewer *viewer;
    int64_t at;
};

/* The clock of a row's id. E_NOT_FOUND. */
enum err clock_line_get(const struct clock_reading *reading, int64_t id, struct clock_line *ret) MUST_CHECK;
/* All of a thread in the order of their rows, without names. */
enum err clock_thread_lines(const struct clock_reading *reading, int64_t thread, struct clock_line **ret,
    size_t *ret_count) MUST_CHECK;
/* Gives each line the name of its person when the viewer may see it. */
void clock_lines_name(const struct clock_reading *reading, struct clock_line *lines, size_t count);

/* The offices whose clocks the viewer sees: `office`, or his own when NULL, and below, of his pillar.
 * E_NOT_FOUND when it is not of his line. viewer NULL: every office. */
enum err clock_offices(
    const struct clock_reading *reading, const char *office, const char ***ret, size_t *ret_count) MUST_CHECK;

#endif
