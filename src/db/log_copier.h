/* db/log_copier: keeps the log short beside a busy writer.
 *
 * Left to itself SQLite copies the log into the database within the commit that made it long, and everybody
 * who waits for that commit waits for tens of milliseconds more. Here a thread with a handle of its own
 * copies while commits go on; only what is left when the log is begun anew is copied by the writer. */
#ifndef PANJI_DB_LOG_COPIER_H
#define PANJI_DB_LOG_COPIER_H

#include "db/db.h"

struct log_copier;

/* In pages of the log. */
struct log_lengths {
    int copy_each;  /* the thread copies when so many are new */
    int begin_anew; /* from here on the log should be begun anew */
    int little;     /* which the writer copies when the thread leaves no more, */
    int too_long;   /* or whatever is left, when the thread cannot keep up */
};
extern const struct log_lengths log_lengths_usual;

/* Starts the thread for the database at path, which `writer` writes. */
enum err log_copier_start(const char *path, struct db *writer, const struct log_lengths *lengths,
    struct log_copier **ret_copier) MUST_CHECK;

/* For the writer's thread, between its transactions: copies what it should copy itself, if anything. Errors
 * are nobody's: what is not copied stays in the log. NULL allowed. */
void log_copier_help(struct log_copier *copier);

/* Stops it. The writer must be still; what is left is copied when it is closed. NULL allowed. */
void log_copier_stop(struct log_copier *copier);

#endif
