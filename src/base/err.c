/* base/err: the words and the exit code of each error, one row each. */
#include "base/err.h"

#include <assert.h>
#include <sysexits.h>

static const struct {
    const char *text;
    int exit_code;
} errors[] = {
    [E_OK] = {"ok", EX_OK},
    [E_PROBLEM] = {"refused", 1},
    [E_NOT_FOUND] = {"not found", 1},
    [E_BUSY] = {"busy", EX_TEMPFAIL},
    [E_FULL] = {"disk full", EX_CANTCREAT},
    [E_IO] = {"input or output failed", EX_IOERR},
    [E_CORRUPT] = {"damaged data", EX_DATAERR},
    [E_DENIED] = {"permission denied", EX_NOPERM},
    [E_STALE] = {"of another version", EX_CONFIG},
};

const char *err_text(enum err err)
{
    assert((unsigned)err < sizeof errors / sizeof errors[0]);
    return errors[err].text;
}

int err_exit_code(enum err err)
{
    assert((unsigned)err < sizeof errors / sizeof errors[0]);
    return errors[err].exit_code;
}
