/* Reads or changes a closed register behind the program's back: tamper plain|sums DATABASE SQL. "plain" is
 * anybody with SQLite, whose pages lack our checksums; "sums" writes through the program's own page layer, as
 * somebody would who knows it. Prints the rows a SELECT gives, columns behind bars. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "db/pages.h"

static int row_print(void *context, int count, char **values, char **names)
{
    (void)context, (void)names;
    for (int i = 0; i < count; i++) printf("%s%s", i ? "|" : "", values[i] ? values[i] : "");
    putchar('\n');
    return 0;
}

int main(int count, char **words)
{
    if (count != 4) return 2;
    const char *vfs = strcmp(words[1], "sums") == 0 ? pages_vfs() : NULL;
    sqlite3 *db;
    char *why = NULL;
    int code = sqlite3_open_v2(words[2], &db, SQLITE_OPEN_READWRITE, vfs);
    if (code == SQLITE_OK) code = sqlite3_exec(db, words[3], row_print, NULL, &why);
    if (why || code != SQLITE_OK) fprintf(stderr, "tamper: %s\n", why ? why : sqlite3_errmsg(db));
    sqlite3_free(why);
    sqlite3_close(db);
    return code != SQLITE_OK;
}
