/* base/err: what a function says when it could not do its work.
 *
 * A refusal that a person caused is E_PROBLEM and its words are in a struct problems; every other value is
 * trouble with the machine or the data, told to the administrator. Bugs are assert(), on in release. */
#ifndef PANJI_BASE_ERR_H
#define PANJI_BASE_ERR_H

enum err {
    E_OK = 0,
    E_PROBLEM,   /* refused; the problems list says why */
    E_NOT_FOUND, /* no such thing */
    E_BUSY,      /* somebody else holds it; try again */
    E_FULL,      /* the disk or a quota is full */
    E_IO,        /* reading or writing failed */
    E_CORRUPT,   /* stored data is not what was written */
    E_DENIED,    /* the operating system refused */
    E_STALE,     /* stored tables are of another version of this program */
};

#define MUST_CHECK __attribute__((warn_unused_result))

/* Passes an error up: the one macro that hides a return. */
#define TRY(call)                                                                                        \
    do {                                                                                                 \
        enum err try_err_ = (call);                                                                      \
        if (try_err_ != E_OK) return try_err_;                                                           \
    } while (0)

/* One or two English words for logs, e.g. "disk full". */
const char *err_text(enum err err);

/* The exit code an error ends a command with: 1, or the sysexits value (65, 73, 74, 75, 77, 78). */
int err_exit_code(enum err err);

#define CLEANUP(fn) __attribute__((cleanup(fn)))

#endif
