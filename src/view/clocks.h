/* view/clocks: rows of clocks as they lie in the table, for the files of this room. Private to the room. */
#ifndef PANJI_VIEW_CLOCKS_H
#define PANJI_VIEW_CLOCKS_H

#include "law/clocks.h"
#include "view/views.h"

enum { CLOCK_ROW_START_DAY = 1, CLOCK_ROW_DAYS = 2, CLOCK_ROW_DOUBTFUL = 4 };

#define CLOCK_ROWS_MAX 65536 /* of one case */
#define CLOCK_ROW_ID(thread, number) ((int64_t)(thread)*CLOCK_ROWS_MAX + (number))

/* A row from these columns, beginning at `column`: clock, subject, seq, office, start_at, due_at, other_at,
 * span_ms, paused_at, closed_at, closed_seq, closing, flags, moved_seq. Subject and office are left to the
 * caller. */
struct clock_row clock_row_read(struct rows *rows, int column);

#endif
