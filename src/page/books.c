/* page/books: the registers an office keeps, as the books of paper they replace: a list of them, and one book
 * with its columns, narrowed by plain links. */
#include <string.h>

#include "base/time.h"
#include "kit/frame.h"
#include "kit/nav.h"
#include "kit/notice.h"
#include "kit/table.h"
#include "page/pages.h"
#include "web/book_rows.h"
#include "web/server.h"

#define ROWS_PER_PAGE 25
#define ROWS_PER_DAY 200 /* of a cause list: a court's whole day on one page */

static const char *office_asked(struct request *request)
{
    const char *office = query_value(request, "office");
    return office ? office : request->viewer.office;
}

static const char *book_title(struct request *request, const struct book *book, const char *office)
{
    return arena_printf(
        request->arena, "%s, %s", book->label.text[request->lang], office_words(request, office));
}

/* ---- the shelf ---- */

void page_registers(struct request *request)
{
    const struct web *web = request->web;
    struct office office;
    if (office_get(request->db, request->arena, office_asked(request), &office) != E_OK) {
        respond_problem(request, "not_found");
        return;
    }
    struct page page;
    page_begin(&page, request,
        arena_printf(request->arena, "%s, %s", word(request->lang, "registers"),
            office_words(request, office.code)));
    html_open(&page.html, "ul", "class", "shelf", NULL);
    for (size_t i = 0; i < web->book_count; i++) {
        const struct book *book = &web->books[i];
        if (!book_kept_at(book, office.kind)) continue;
        html_open(&page.html, "li", NULL);
        page_link(&page, url_make(request->arena, "/registers/%?office=%", book->name, office.code),
            book->label.text[request->lang]);
        html_close(&page.html);
    }
    html_open(&page.html, "li", NULL);
    page_link(
        &page, url_make(request->arena, "/entries?office=%", office.code), page_word(&page, "book_all"));
    html_close(&page.html);
    html_close(&page.html);
    page_end(&page, 200);
}

/* ---- one book ---- */

static void narrow_draw(struct page *page, const struct book *book)
{
    struct request *request = page->request;
    const struct forms *forms = node_forms(request->node);
    const struct field *field = NULL;
    for (size_t i = 0; i < book->word_count && !field; i++)
        field = field_at(form_find(forms, book->words[i]), book->narrow);
    const struct code_list *list = field ? list_find(forms, field->list) : NULL;
    if (!list) return;
    struct filter_choice *choices = ARENA_ARRAY(request->arena, struct filter_choice, list->count + 1);
    choices[0] = (struct filter_choice){.text = page_word(page, "all"), .count = -1};
    for (size_t i = 0; i < list->count; i++)
        choices[i + 1] = (struct filter_choice){
            .value = list->codes[i].name, .text = list->codes[i].label.text[request->lang], .count = -1};
    filter_links(page, "code", field->label.text[request->lang], choices, list->count + 1);
}

static bool tells_answers(const struct book *book)
{
    for (size_t i = 0; i < book->column_count; i++)
        if (book->columns[i].cell == CELL_ACTED) return true;
    return false;
}

static void filters_draw(struct page *page, const struct book *book)
{
    const struct filter_choice waiting[] = {
        {.text = page_word(page, "all"), .count = -1},
        {.value = "yes", .text = page_word(page, "book_waiting"), .count = -1},
        {.value = "answer", .text = page_word(page, "book_unanswered"), .count = -1},
    };
    if (book->narrow) narrow_draw(page, book);
    if (book->rows == BOOK_RECEIVED)
        filter_links(page, "open", page_word(page, "show"), waiting, tells_answers(book) ? 3 : 2);
    if (book->rows == BOOK_PROPERTY) return;
    filter_begin(page, page->request->path);
    filter_text(
        page, book->rows == BOOK_LISTED ? "day" : "from", book->rows == BOOK_LISTED ? "book_day" : "from");
    if (book->rows != BOOK_LISTED) filter_text(page, "to", "until");
    filter_end(page, "office code open", page_word(page, "show"));
}

/* Numbers and times stay on one line; in the list of another office's cases the station stands with a
 * number. */
static bool stays_whole(const struct book *book, enum book_cell cell)
{
    if (cell == CELL_NUMBER) return book->rows != BOOK_LISTED;
    return cell == CELL_TIME || cell == CELL_DAY || cell == CELL_NEXT;
}

static void rows_draw(struct page *page, const struct book_table *table)
{
    const struct book *book = table->book;
    struct column columns[BOOK_COLUMNS_MAX + 1] = {{.key = NULL}};
    for (size_t i = 0; i < book->column_count; i++)
        columns[i] = (struct column){.key = "book",
            .text = book_column_words(page->request, &book->columns[i]),
            .whole = stays_whole(book, book->columns[i].cell)};
    struct table drawn = {.page = page, .columns = columns};
    table_begin(&drawn);
    for (size_t row = 0; row < table->row_count; row++) {
        table_row_begin(&drawn);
        for (size_t i = 0; i < book->column_count; i++) {
            const struct book_text *cell = &table->cells[row * book->column_count + i];
            if (cell->address)
                table_cell_link(&drawn, cell->address, cell->text);
            else
                table_cell(&drawn, cell->text);
        }
        table_row_end(&drawn);
    }
    table_end(&drawn);
}

/* The paper is that of the day or month looked at. */
static void print_draw(struct page *page, const struct book *book, const struct book_filter *filter)
{
    struct arena *arena = page->request->arena;
    const char *from = filter->from > 0 ? time_date_text(arena, time_day_number(filter->from)) : NULL;
    const char *period = filter->day ? filter->day : from;
    bool day = filter->day || (from && filter->to > 0 && filter->to - filter->from <= TIME_DAY_MS);
    if (period && !day) period = arena_strndup(arena, period, strlen("2026-11"));
    page_print_button(page, url_make(arena, "/api/v1/registers/%.pdf?office=%&code=%&%=%", book->name,
                                filter->office, filter->code ? filter->code : "",
                                period ? (day ? "day" : "month") : "lang",
                                period ? period : page->request->lang == LANG_HI ? "hi" : "en"));
}

/* A day typed as people type it, as "2026-12-01"; NULL when none was asked for. A wrong one is a problem. */
static const char *day_asked(struct request *request)
{
    int64_t at = query_time(request, "day", false);
    return at ? time_date_text(request->arena, time_day_number(at)) : NULL;
}

void page_book(struct request *request)
{
    const struct web *web = request->web;
    const struct book *book = book_find(web->books, web->book_count, request->captures[0]);
    if (!book) {
        respond_problem(request, "not_found");
        return;
    }
    const char *office = office_asked(request), *open = query_value(request, "open");
    const struct book_filter filter = {
        .office = office,
        .from = query_time(request, "from", false),
        .to = query_time(request, "to", true),
        .day = day_asked(request),
        .code = query_value(request, "code"),
        .open_only = open && strcmp(open, "answer") != 0,
        .unanswered_only = open && strcmp(open, "answer") == 0,
        .after = query_value(request, "after"),
        .limit = query_value(request, "day") ? ROWS_PER_DAY : ROWS_PER_PAGE,
    };
    struct book_table table = {.book = book};
    enum err err = request->problems.count > 0 ? E_OK : book_rows_read(request, book, &filter, &table);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    const struct crumb crumbs[] = {
        {url_make(request->arena, "/registers?office=%", office), word(request->lang, "registers")},
        {NULL, NULL}};
    struct page page;
    page_begin_under(&page, request, book_title(request, book, office), crumbs);
    errors_draw(&page, NULL);
    filters_draw(&page, book);
    if (table.row_count > 0)
        rows_draw(&page, &table);
    else
        page_text(&page, page_word(&page, "book_empty"));
    paging_draw(&page, table.after,
        book->rows == BOOK_LISTED         ? "later"
        : book_waits(book, &filter) ? "clocks_further"
                                          : "earlier");
    print_draw(&page, book, &filter);
    page_end(&page, request->problems.count > 0 ? 422 : 200);
}
