/* base/log: one structured line per event on standard error (logfmt). Identifiers only: no name, phone,
 * address or free text of a record ever reaches a log. */
#ifndef PANJI_BASE_LOG_H
#define PANJI_BASE_LOG_H

enum log_level { LOG_ERROR = 3, LOG_WARNING = 4, LOG_INFO = 6, LOG_DEBUG = 7 };

/* Pairs of const char * name, value ended by NULL: log_line(LOG_INFO, "request", "route", "/", NULL).
 * Values are quoted when needed; newlines never get through. Thread-safe. */
void log_line(enum log_level level, const char *event, ...) __attribute__((sentinel));

/* Lines above this level are dropped; LOG_INFO at start. */
void log_set_level(enum log_level level);

#endif
