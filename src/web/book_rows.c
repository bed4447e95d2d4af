/* web/book_rows: one function a source of rows. Each looks at rows in pieces until a page is full, and never
 * at more than LOOKED_AT_MAX for one page. */
#include "web/book_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "base/words.h"
#include "web/book_cells.h"

#define LOOKED_AT_ONCE 50
#define LOOKED_AT_MAX 1000

/* A page being filled. */
struct filling {
    struct request *request;
    const struct book *book;
    const struct book_filter *filter;
    struct book_table *table;
    const char *at; /* key of the row looked at last */
    bool full;      /* one row more than fits was found */
};

/* Takes a row into the page; false when the page is full. key leads behind it. */
static bool row_take(struct filling *filling, struct book_row *row, const char *key)
{
    const struct book *book = filling->book;
    const char *code = filling->filter->code;
    row->request = filling->request;
    row->kept_at = filling->filter->office;
    bool wanted = true;
    if (code && book->narrow) {
        const char *own = book_row_code(row, book->narrow);
        wanted = own && strcmp(own, code) == 0;
    }
    if (wanted && filling->table->row_count == filling->filter->limit) {
        filling->full = true;
    } else if (wanted) {
        struct book_text *cells = &filling->table->cells[filling->table->row_count++ * book->column_count];
        for (size_t i = 0; i < book->column_count; i++) cells[i] = book_cell(row, &book->columns[i]);
    }
    book_row_drop(row);
    if (!filling->full) filling->at = key;
    return !filling->full;
}

static int64_t after_number(const struct book_filter *filter, int64_t otherwise)
{
    return filter->after ? strtoll(filter->after, NULL, 10) : otherwise;
}

static const char *number_key(struct request *request, int64_t number)
{
    return arena_printf(request->arena, "%lld", (long long)number);
}

/* ---- sources: each fills until the page is full or nothing more comes ---- */

static enum err fill_entries(struct filling *filling)
{
    struct request *request = filling->request;
    struct entry_filter filter = {
        .office = filling->filter->office,
        .forms = filling->book->words,
        .form_count = filling->book->word_count,
        .from = filling->filter->from,
        .to = filling->filter->to,
        .after = after_number(filling->filter, -1),
        .limit = LOOKED_AT_ONCE,
    };
    for (size_t looked_at = 0; looked_at < LOOKED_AT_MAX; looked_at += LOOKED_AT_ONCE) {
        struct entry_row *rows;
        size_t count;
        int64_t next;
        TRY(entries_seen(request, &filter, &rows, &count, &next));
        for (size_t i = 0; i < count; i++) {
            struct book_row row = {.entry_id = rows[i].id,
                .case_id = rows[i].case_id,
                .number = rows[i].number,
                .form = rows[i].form,
                .office = rows[i].office,
                .officer = rows[i].officer,
                .at = rows[i].filed_at};
            if (!row_take(filling, &row, number_key(request, rows[i].seq))) return E_OK;
        }
        if (next < 0) {
            filling->at = NULL;
            return E_OK;
        }
        filter.after = next;
    }
    filling->at = number_key(request, filter.after);
    return E_OK;
}

bool book_waits(const struct book *book, const struct book_filter *filter)
{
    return book->as_worked &&
           (book->rows == BOOK_UNANSWERED || filter->open_only || filter->unanswered_only);
}

static enum err fill_received(struct filling *filling)
{
    struct request *request = filling->request;
    const struct book *book = filling->book;
    const struct book_filter *asked = filling->filter;
    struct delivery_filter filter = {
        .to_office = asked->office,
        .forms = book->words,
        .form_count = book->word_count,
        .from = asked->from,
        .to = asked->to,
        .after = after_number(asked, 0),
        .open_only = asked->open_only,
        .unanswered_only = asked->unanswered_only || book->rows == BOOK_UNANSWERED,
        .waiting = book_waits(book, asked),
        .limit = LOOKED_AT_ONCE,
    };
    for (size_t looked_at = 0; looked_at < LOOKED_AT_MAX; looked_at += LOOKED_AT_ONCE) {
        struct delivery_row *rows;
        size_t count;
        TRY(delivery_list(request->db, request->arena, &filter, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            struct book_row row = {.entry_id = rows[i].id,
                .case_id = rows[i].case_id,
                .number = rows[i].number,
                .form = rows[i].form,
                .office = rows[i].from_office,
                .at = rows[i].filed_at,
                .delivery = &rows[i]};
            filter.after = rows[i].seq;
            if (seen_seq(request, rows[i].seq) && !row_take(filling, &row, number_key(request, rows[i].seq)))
                return E_OK;
        }
        if (count < LOOKED_AT_ONCE) {
            filling->at = NULL;
            return E_OK;
        }
    }
    filling->at = number_key(request, filter.after);
    return E_OK;
}

/* Cases of one kind after the other would not be by age, so those of all kinds are looked through. */
static bool kind_wanted(const struct book *book, const char *kind)
{
    for (size_t i = 0; i < book->word_count; i++)
        if (strcmp(book->words[i], kind) == 0) return true;
    return book->word_count == 0;
}

static enum err fill_cases(struct filling *filling)
{
    struct request *request = filling->request;
    struct case_filter filter = {
        .office = filling->filter->office,
        .kind = filling->book->word_count == 1 ? filling->book->words[0] : NULL,
        .from = filling->filter->from,
        .to = filling->filter->to,
        .after = after_number(filling->filter, 0),
        .limit = LOOKED_AT_ONCE,
    };
    for (size_t looked_at = 0; looked_at < LOOKED_AT_MAX; looked_at += LOOKED_AT_ONCE) {
        struct case_row *rows;
        size_t count;
        bool more;
        TRY(case_list(request->db, request->arena, &request->viewer, &filter, &rows, &count, &more));
        for (size_t i = 0; i < count; i++) {
            struct book_row row = {.case_id = rows[i].id,
                .at = rows[i].opened_at,
                .office = rows[i].office,
                .case_read = true,
                .case_row = rows[i]};
            filter.after = rows[i].opened_seq;
            if (kind_wanted(filling->book, rows[i].kind) &&
                !row_take(filling, &row, number_key(request, rows[i].opened_seq)))
                return E_OK;
        }
        if (!more) {
            filling->at = NULL;
            return E_OK;
        }
    }
    filling->at = number_key(request, filter.after);
    return E_OK;
}

static enum err fill_property(struct filling *filling)
{
    struct request *request = filling->request;
    struct property_filter filter = {
        .office = filling->filter->office,
        .states = filling->book->words,
        .state_count = filling->book->word_count,
        .after = filling->filter->after,
        .limit = LOOKED_AT_ONCE,
    };
    for (size_t looked_at = 0; looked_at < LOOKED_AT_MAX; looked_at += LOOKED_AT_ONCE) {
        struct property_row *rows;
        size_t count;
        TRY(property_list(request->db, request->arena, &filter, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            struct book_row row = {.entry_id = rows[i].moved_entry,
                .case_id = rows[i].case_id,
                .office = rows[i].office,
                .property = &rows[i],
                .at = rows[i].moved_at};
            filter.after = rows[i].id;
            if (property_seen(request, &rows[i]) && !row_take(filling, &row, rows[i].id)) return E_OK;
        }
        if (count < LOOKED_AT_ONCE) {
            filling->at = NULL;
            return E_OK;
        }
    }
    filling->at = filter.after;
    return E_OK;
}

/* Days follow one another; the key is a day and how many of its cases were looked at: "2026-12-01/25". */
static enum err fill_listed(struct filling *filling)
{
    struct request *request = filling->request;
    const struct book_filter *filter = filling->filter;
    const char *from =
        filter->day ? filter->day : time_date_text(request->arena, time_day_number(request->now));
    size_t passed = 0;
    if (filter->after) {
        size_t day = strcspn(filter->after, "/");
        from = arena_strndup(request->arena, filter->after, day);
        passed = filter->after[day] ? (size_t)strtoul(filter->after + day + 1, NULL, 10) : 0;
    }
    struct listing_row *rows;
    size_t count, of_day = 0;
    TRY(listing_list(request->db, request->arena, filter->office, from,
        filter->day ? filter->day : "9999-12-31", LOOKED_AT_MAX, &rows, &count));
    filling->at = NULL;
    for (size_t i = 0; i < count; i++) {
        of_day = i > 0 && strcmp(rows[i - 1].day, rows[i].day) == 0 ? of_day + 1 : 0;
        if (strcmp(rows[i].day, from) == 0 && of_day < passed) continue;
        struct book_row row = {.case_id = rows[i].case_id, .listing = &rows[i], .office = rows[i].office};
        if (may_see_case(request->db, &request->viewer, rows[i].case_id) && !row_take(filling, &row, NULL)) {
            filling->at = arena_printf(request->arena, "%s/%zu", rows[i].day, of_day);
            return E_OK;
        }
    }
    return E_OK;
}

enum err book_rows_read(struct request *request, const struct book *book, const struct book_filter *filter,
    struct book_table *ret)
{
    static enum err (*const sources[])(struct filling * filling) = {
        [BOOK_ENTRIES] = fill_entries,
        [BOOK_RECEIVED] = fill_received,
        [BOOK_UNANSWERED] = fill_received,
        [BOOK_CASES] = fill_cases,
        [BOOK_PROPERTY] = fill_property,
        [BOOK_LISTED] = fill_listed,
    };
    struct office office;
    TRY(office_get(request->db, request->arena, filter->office, &office));
    *ret = (struct book_table){.book = book,
        .cells = ARENA_ARRAY(request->arena, struct book_text, filter->limit * book->column_count)};
    struct filling filling = {.request = request, .book = book, .filter = filter, .table = ret};
    TRY(sources[book->rows](&filling));
    ret->after = filling.at;
    return E_OK;
}

const char *book_column_words(const struct request *request, const struct book_column *column)
{
    static const char *const keys[] = {
        [CELL_NUMBER] = "number",
        [CELL_TIME] = "when",
        [CELL_DAY] = "book_day",
        [CELL_FORM] = "form",
        [CELL_FROM] = "office",
        [CELL_OFFICER] = "officer",
        [CELL_CASE] = "case_number",
        [CELL_STAGE] = "stage",
        [CELL_SECTIONS] = "sections",
        [CELL_IO] = "io",
        [CELL_NEXT] = "next_date",
        [CELL_PURPOSE] = "book_purpose",
        [CELL_PEOPLE] = "people",
        [CELL_STATUS] = "status",
        [CELL_TAKEN] = "consumed",
        [CELL_ACTED] = "acted",
        [CELL_THING] = "thing",
        [CELL_CATEGORY] = "category",
        [CELL_QUANTITY] = "quantity",
        [CELL_DEPOSIT] = "malkhana_number",
        [CELL_CUSTODY] = "custody",
        [CELL_FIELD] = NULL,
    };
    const char *own = column->label.text[request->lang];
    return own ? own : word(request->lang, keys[column->cell]);
}
