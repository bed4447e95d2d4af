/* base/problem: the registry is read from lang/problems when the first problem arises and kept for the life
 * of the process; a row that cannot be read is a fault of the build and ends the process. */
#include "base/problem.h"

#include <assert.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/builtin.h"
#include "base/fill.h"
#include "base/lines.h"

#define REGISTRY_PATH "lang/problems"
#define REGISTRY_MAX 2000
#define REGISTRY_BYTES_MAX ((size_t)4 * 1024 * 1024)
#define PAIRS_MAX 8

/* The registry, sorted by code, read once; its arena lives as long as the process. */
static struct {
    pthread_once_t once;
    struct arena *arena;
    struct problem *rows;
    size_t count;
} registry = {.once = PTHREAD_ONCE_INIT};

static int row_compare(const void *a, const void *b)
{
    return strcmp(((const struct problem *)a)->code, ((const struct problem *)b)->code);
}

static _Noreturn void registry_fail(int line, const char *why)
{
    fprintf(stderr, "panji: %s:%d: %s\n", REGISTRY_PATH, line, why);
    abort();
}

static struct problem row_read(const struct line *line)
{
    if (line->word_count != 2 || line->column_count != 4)
        registry_fail(line->number, "a row is: code status | English | Hindi | next | next, Hindi");
    char *end;
    long status = strtol(line->words[1], &end, 10);
    if (*end || status < 400 || status > 599) registry_fail(line->number, "the status is 400 to 599");
    for (size_t i = 0; i < 4; i++)
        if (!line->columns[i][0]) registry_fail(line->number, "a column is empty");
    return (struct problem){.code = line->words[0],
        .status = (int)status,
        .text = {line->columns[0], line->columns[1]},
        .next = {line->columns[2], line->columns[3]}};
}

static void registry_read(void)
{
    const struct builtin *file = builtin_find(REGISTRY_PATH);
    if (!file) registry_fail(0, "the file is not built in");
    registry.arena = arena_new(REGISTRY_BYTES_MAX);
    registry.rows = ARENA_ARRAY(registry.arena, struct problem, REGISTRY_MAX);
    struct lines lines;
    struct line line;
    lines_init(&lines, registry.arena, REGISTRY_PATH, file->data, file->len);
    while (lines_next(&lines, &line)) {
        if (registry.count == REGISTRY_MAX) registry_fail(line.number, "too many rows");
        registry.rows[registry.count++] = row_read(&line);
    }
    if (lines.too_long) registry_fail(lines.number, "too many words or columns");
    qsort(registry.rows, registry.count, sizeof *registry.rows, row_compare);
    for (size_t i = 1; i < registry.count; i++)
        if (row_compare(&registry.rows[i - 1], &registry.rows[i]) == 0)
            registry_fail(0, arena_printf(registry.arena, "%s stands there twice", registry.rows[i].code));
}

static const struct problem *registry_find(const char *code)
{
    pthread_once(&registry.once, registry_read);
    struct problem key = {.code = code};
    return bsearch(&key, registry.rows, registry.count, sizeof key, row_compare);
}

bool problem_known(const char *code)
{
    return registry_find(code) != NULL;
}

/* A free row at the end of the list, or NULL when it is full. */
static struct problem *problems_grow(struct problems *problems)
{
    if (problems->count == PROBLEMS_MAX) return NULL;
    if (!problems->list || problems->count == 8) {
        size_t room = problems->list ? PROBLEMS_MAX : 8;
        struct problem *list = ARENA_ARRAY(problems->arena, struct problem, room);
        if (problems->count > 0) memcpy(list, problems->list, problems->count * sizeof *list);
        problems->list = list;
    }
    return &problems->list[problems->count++];
}

void problem_add(struct problems *problems, const char *code, const char *path, ...)
{
    struct fill fills[PAIRS_MAX];
    size_t count = 0;
    va_list args;
    va_start(args, path);
    for (const char *name; (name = va_arg(args, const char *)) != NULL;) {
        assert(count < PAIRS_MAX);
        fills[count].name = name;
        fills[count++].value = va_arg(args, const char *);
    }
    va_end(args);

    const struct problem *row = registry_find(code);
    if (!row) {
        fprintf(stderr, "panji: no problem '%s' in %s\n", code, REGISTRY_PATH);
        abort();
    }
    struct problem *problem = problems_grow(problems);
    if (!problem) return;
    *problem = *row;
    problem->path = arena_strdup(problems->arena, path ? path : "");
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        problem->text[lang] = words_fill(problems->arena, row->text[lang], fills, count);
        problem->next[lang] = words_fill(problems->arena, row->next[lang], fills, count);
    }
}

void problem_add_words(struct problems *problems, const struct problem *problem)
{
    assert(problem->code && problem->status >= 400 && problem->status <= 599);
    struct problem *row = problems_grow(problems);
    if (!row) return;
    *row = *problem;
    if (!row->path) row->path = "";
}

int problems_status(const struct problems *problems)
{
    return problems->count > 0 ? problems->list[0].status : 500;
}

/* The title of RFC 9457: the same for all problems of a status. */
static const char *status_title(int status)
{
    static const struct {
        int status;
        const char *title;
    } titles[] = {
        {400, "Not understood"},
        {401, "Sign in needed"},
        {403, "Not allowed"},
        {404, "Not found"},
        {405, "Not possible here"},
        {409, "Already taken"},
        {413, "Too large"},
        {415, "Wrong kind of content"},
        {422, "Not accepted"},
        {423, "Locked"},
        {429, "Too many requests"},
        {500, "Trouble in the server"},
        {503, "Busy"},
        {507, "Disk full"},
    };
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        if (titles[i].status == status) return titles[i].title;
    return "Refused";
}

static json_t *words_json(const char *const words[LANG_COUNT])
{
    return json_pack("{s:s?, s:s?}", "en", words[LANG_EN], "hi", words[LANG_HI]);
}

static json_t *problem_json(const struct problem *problem)
{
    json_t *row = json_pack("{s:s, s:s, s:o, s:o}", "code", problem->code, "path", problem->path, "text",
        words_json(problem->text), "next", words_json(problem->next));
    if (problem->law) json_object_set_new(row, "law", json_string(problem->law));
    return row;
}

json_t *problems_json(const struct problems *problems, const char *instance)
{
    static const struct problem none = {.code = "trouble", .text = {"The server failed."}};
    const struct problem *first = problems->count > 0 ? &problems->list[0] : &none;
    int status = problems_status(problems);
    json_t *list = json_array();
    for (size_t i = 0; i < problems->count; i++)
        json_array_append_new(list, problem_json(&problems->list[i]));
    json_t *type = json_sprintf("urn:panji:problem:%s", first->code);
    json_t *answer = json_pack("{s:o, s:s, s:i, s:s, s:s, s:s*, s:o}", "type", type, "title",
        status_title(status), "status", status, "detail", first->text[LANG_EN], "code", first->code, "next",
        first->next[LANG_EN], "problems", list);
    if (instance) json_object_set_new(answer, "instance", json_string(instance));
    return answer;
}
