/* trigrams_bench: a peer of the search of people, for the comparison of bench/search/run: SQLite's full-text
 * index of trigrams (FTS5), contentless, asked for any of the trigrams of a name and ranked by its bm25.
 *
 *     trigrams_bench PEOPLE QUERIES OUT
 *
 * PEOPLE: id, name; QUERIES: qid, name; both folded to plain small Latin letters, with tabs between. OUT as
 * of names_bench. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sqlite3.h>

#define LINE_MAX_BYTES 4096
#define LIMIT 50

static double now_ms(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static void must(int code, sqlite3 *db)
{
    if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return;
    fprintf(stderr, "trigrams_bench: %s\n", sqlite3_errmsg(db));
    exit(1);
}

/* One line as two columns; false at the end of the file. */
static bool line_read(FILE *file, char line[LINE_MAX_BYTES], char **ret_second)
{
    while (fgets(line, LINE_MAX_BYTES, file)) {
        line[strcspn(line, "\n")] = '\0';
        char *tab = strchr(line, '\t');
        if (!tab) continue;
        *tab = '\0';
        *ret_second = tab + 1;
        return true;
    }
    return false;
}

static void people_add(sqlite3 *db, const char *path)
{
    char line[LINE_MAX_BYTES], *name;
    FILE *file = fopen(path, "r");
    if (!file) exit(1);
    sqlite3_stmt *put;
    double start = now_ms();
    must(sqlite3_exec(db, "create virtual table people using fts5(name, content='', tokenize='trigram');"
        "begin", NULL, NULL, NULL), db);
    must(sqlite3_prepare_v2(db, "insert into people(rowid, name) values(?, ?)", -1, &put, NULL), db);
    while (line_read(file, line, &name)) {
        sqlite3_bind_int64(put, 1, strtoll(line, NULL, 10) + 1); /* rows count from 1 */
        sqlite3_bind_text(put, 2, name, -1, SQLITE_STATIC);
        must(sqlite3_step(put), db);
        sqlite3_reset(put);
    }
    must(sqlite3_exec(db, "insert into people(people) values('optimize'); commit", NULL, NULL, NULL), db);
    sqlite3_finalize(put);
    fclose(file);
    fprintf(stderr, "SQLite FTS5 trigram: built in %.1f s\n", (now_ms() - start) / 1e3);
}

/* "ram k" as "ram" OR "am " OR "m k". */
static void words_of(const char *name, char to[LINE_MAX_BYTES * 8])
{
    size_t n = strlen(name), put = 0;
    to[0] = '\0';
    if (n < 3) snprintf(to, LINE_MAX_BYTES, "\"%s\"", name);
    for (size_t i = 0; i + 3 <= n && put < LINE_MAX_BYTES * 7; i++)
        put += (size_t)snprintf(to + put, LINE_MAX_BYTES * 8 - put, "%s\"%.3s\"", i ? " OR " : "", name + i);
}

int main(int argc, char **argv)
{
    sqlite3 *db;
    sqlite3_stmt *get;
    if (argc != 4) return 64;
    must(sqlite3_open("", &db), NULL); /* a file of its own that goes with the process */
    must(sqlite3_exec(db, "pragma cache_size=-1000000; pragma synchronous=off", NULL, NULL, NULL), db);
    people_add(db, argv[1]);
    FILE *queries = fopen(argv[2], "r"), *out = fopen(argv[3], "w");
    if (!queries || !out) return 1;
    must(sqlite3_prepare_v2(db, "select rowid from people where people match ? order by rank limit ?", -1,
        &get, NULL), db);
    char line[LINE_MAX_BYTES], words[LINE_MAX_BYTES * 8], *name;
    while (line_read(queries, line, &name)) {
        long long ids[LIMIT];
        int n = 0;
        words_of(name, words);
        double start = now_ms();
        sqlite3_bind_text(get, 1, words, -1, SQLITE_STATIC);
        sqlite3_bind_int(get, 2, LIMIT);
        while (n < LIMIT && sqlite3_step(get) == SQLITE_ROW) ids[n++] = sqlite3_column_int64(get, 0) - 1;
        sqlite3_reset(get);
        fprintf(out, "%s\t%.3f\t", line, now_ms() - start);
        for (int i = 0; i < n; i++) fprintf(out, "%s%lld", i ? "," : "", ids[i]);
        fputc('\n', out);
    }
    sqlite3_finalize(get);
    fclose(queries);
    sqlite3_close(db);
    return fclose(out) == 0 ? 0 : 1;
}
