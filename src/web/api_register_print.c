/* web/api_register_print: pages of a register as PDF: in a layout of their own, or as the book declares its
 * columns. */
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "web/api.h"
#include "web/book_rows.h"
#include "web/papers.h"
#include "web/server.h"

#define REGISTER_ROWS_MAX 1000
#define REGISTER_READ_ONCE 200

struct register_walk {
    struct request *request;
    int64_t *seqs; /* oldest first */
    size_t count, at;
    struct seen_entry seen; /* told last */
};

static enum err too_long(struct request *request)
{
    problem_add(&request->problems, "print_long", NULL, "max", "1000", NULL);
    return E_PROBLEM;
}

static int seq_compare(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return left < right ? -1 : left > right;
}

/* What the viewer may see of the forms in the time; E_PROBLEM when it is more than a paper takes. */
static enum err register_entries(
    struct register_walk *walk, const struct print *print, const char *office, int64_t from, int64_t to)
{
    struct entry_filter filter = {
        .office = office, .from = from, .to = to, .after = -1, .limit = REGISTER_READ_ONCE};
    filter.form_count = print_forms(print, &filter.forms);
    do {
        struct entry_row *rows;
        size_t count;
        TRY(entries_seen(walk->request, &filter, &rows, &count, &filter.after));
        if (walk->count + count > REGISTER_ROWS_MAX) return too_long(walk->request);
        for (size_t i = 0; i < count; i++) walk->seqs[walk->count++] = rows[i].seq;
    } while (filter.after >= 0);
    return E_OK;
}

static bool register_next(void *context, struct print_record *ret)
{
    struct register_walk *walk = context;
    struct request *request = walk->request;
    while (walk->at < walk->count) {
        struct entry entry;
        struct pair *facts;
        seen_entry_drop(&walk->seen);
        walk->seen = (struct seen_entry){.form = NULL};
        if (entry_by_seq(request->db, request->arena, walk->seqs[walk->at++], &entry) != E_OK) continue;
        if (seen_entry_read(request, entry.id, &walk->seen) != E_OK) continue;
        size_t count = paper_facts(request, &entry, walk->seen.case_id, &facts);
        *ret = (struct print_record){walk->seen.form, walk->seen.body, facts, count};
        return true;
    }
    return false;
}

/* The day or month asked for; today or this month, as is usual for the paper, when neither is. */
static bool period_read(
    struct request *request, enum print_period usual, int64_t *ret_from, int64_t *ret_to, struct label *ret)
{
    enum print_period period = query_value(request, "day")     ? PERIOD_DAY
                               : query_value(request, "month") ? PERIOD_MONTH
                                                               : usual;
    const char *name = period == PERIOD_DAY ? "day" : "month";
    const char *text = query_value(request, name);
    struct civil now = time_civil(request->now);
    int32_t first = 0;
    if (!text) text = arena_printf(request->arena, "%04d-%02d-%02d", now.year, now.month, now.day);
    const char *date =
        period == PERIOD_DAY || strlen(text) != 7 ? text : arena_printf(request->arena, "%s-01", text);
    if (!time_parse_date(date, &first)) {
        problem_add(&request->problems, "query_wrong", name, "name", name, NULL);
        return false;
    }
    struct civil at = time_civil(first * TIME_DAY_MS - TIME_IST_OFFSET_MS);
    struct civil from = {.year = at.year, .month = at.month, .day = period == PERIOD_DAY ? at.day : 1};
    *ret_from = time_from_civil(from);
    struct civil next = {
        .year = at.month == 12 ? at.year + 1 : at.year, .month = at.month % 12 + 1, .day = 1};
    *ret_to = period == PERIOD_DAY ? *ret_from + TIME_DAY_MS : time_from_civil(next);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        const char *words = time_people_text(request->arena, *ret_from, lang);
        const char *day = arena_strndup(request->arena, words, strcspn(words, ","));
        const char *blank = strchr(day, ' ');
        ret->text[lang] = period == PERIOD_DAY || !blank ? day : blank + 1;
    }
    return true;
}

static enum err register_read(
    struct register_walk *walk, const struct print *print, const char *office, struct print_paper *paper)
{
    struct request *request = walk->request;
    struct office exists;
    int64_t from, to;
    TRY(office_get(request->db, request->arena, office, &exists));
    if (!period_read(request, print_period(print), &from, &to, &paper->period)) return E_PROBLEM;
    walk->seqs = ARENA_ARRAY(request->arena, int64_t, REGISTER_ROWS_MAX);
    TRY(register_entries(walk, print, office, from, to));
    qsort(walk->seqs, walk->count, sizeof *walk->seqs, seq_compare);
    return E_OK;
}

/* ---- books without a layout of their own ---- */

/* The time of a book: the day or month asked for, this month when neither is. */
static bool book_time(
    struct request *request, const struct book *book, struct book_filter *ret, struct label *ret_period)
{
    if (book->rows == BOOK_PROPERTY) return true;
    enum print_period usual = book->rows == BOOK_LISTED ? PERIOD_DAY : PERIOD_MONTH;
    int64_t from, to;
    if (!period_read(request, usual, &from, &to, ret_period)) return false;
    if (book->rows == BOOK_LISTED) {
        ret->day = time_date_text(request->arena, time_day_number(from));
        return true;
    }
    ret->from = from;
    ret->to = to;
    return true;
}

/* A screen shows the newest on top; a page on paper is read downwards, as the book it replaces. */
static void rows_turn(const char **texts, size_t rows, size_t columns)
{
    for (size_t top = 0, bottom = rows; top + 1 < bottom; top++) {
        bottom--;
        for (size_t i = 0; i < columns; i++) {
            const char *text = texts[top * columns + i];
            texts[top * columns + i] = texts[bottom * columns + i];
            texts[bottom * columns + i] = text;
        }
    }
}

static enum err book_read(
    struct request *request, const struct book *book, struct book_filter *filter, struct print_table *ret)
{
    const char **texts = ARENA_ARRAY(request->arena, const char *, REGISTER_ROWS_MAX * book->column_count);
    bool newest_first = book->rows != BOOK_LISTED && !book_waits(book, filter);
    do {
        struct book_table table = {.book = book};
        TRY(book_rows_read(request, book, filter, &table));
        if (ret->row_count + table.row_count > REGISTER_ROWS_MAX) return too_long(request);
        for (size_t i = 0; i < table.row_count * book->column_count; i++)
            texts[ret->row_count * book->column_count + i] = table.cells[i].text;
        ret->row_count += table.row_count;
        filter->after = table.after;
    } while (filter->after);
    if (newest_first) rows_turn(texts, ret->row_count, book->column_count);
    ret->texts = texts;
    return E_OK;
}

static void book_labels(const struct request *request, const struct book *book, struct print_table *ret)
{
    struct label *labels = ARENA_ARRAY(request->arena, struct label, book->column_count);
    for (enum lang lang = LANG_EN; lang < LANG_COUNT; lang++) {
        struct request other = *request; /* to hear the words in the other language too */
        other.lang = lang;
        for (size_t i = 0; i < book->column_count; i++)
            labels[i].text[lang] = book_column_words(&other, &book->columns[i]);
    }
    ret->labels = labels;
    ret->title = book->label;
    ret->column_count = book->column_count;
}

static void book_print(struct request *request, const struct book *book, const char *office)
{
    struct book_filter filter = {
        .office = office, .code = query_value(request, "code"), .limit = REGISTER_READ_ONCE};
    struct print_table table = {.row_count = 0};
    struct paper_making making;
    struct print_paper paper;
    paper_begin(&making, request, office, &paper);
    enum err err = book_time(request, book, &filter, &paper.period) ? E_OK : E_PROBLEM;
    if (err == E_OK) err = book_read(request, book, &filter, &table);
    if (err == E_OK) {
        book_labels(request, book, &table);
        paper.table = &table;
        paper_answer(request, &paper, book->name);
    } else {
        respond_error(request, err);
    }
    paper_end(&making);
}

static void layout_print(struct request *request, const struct print *print, const char *office)
{
    struct register_walk walk = {.request = request};
    struct paper_making making;
    struct print_paper paper;
    paper_begin(&making, request, office, &paper);
    making.brief = true;
    enum err err = register_read(&walk, print, office, &paper);
    if (err == E_OK) {
        paper.print = print;
        paper.next = register_next;
        paper.next_context = &walk;
        paper_answer(request, &paper, print_name(print));
    } else {
        respond_error(request, err);
    }
    seen_entry_drop(&walk.seen);
    paper_end(&making);
}

/* A layout of that name, or the book as it is declared. */
void api_register_print(struct request *request)
{
    const struct web *web = request->web;
    const struct print *print = print_find(press_prints(web->press), request->captures[0]);
    const struct book *book = book_find(web->books, web->book_count, request->captures[0]);
    const char *asked = query_value(request, "office"), *office = asked ? asked : request->viewer.office;
    if (print_is_register(print))
        layout_print(request, print, office);
    else if (book)
        book_print(request, book, office);
    else
        respond_problem(request, "not_found");
}
