/* web/api_clocks: the law's clocks of a case with their working, of an office tree, and the compliance
 * figures; every list also as CSV and XLSX, by the ending of the address or by Accept. */
#include <string.h>

#include "base/json.h"
#include "base/time.h"
#include "base/words.h"
#include "law/law.h"
#include "report/table.h"
#include "view/clock_lists.h"
#include "web/api.h"
#include "web/clocks.h"

#define LIST_DEFAULT 100
#define LIST_MAX 1000
#define EXPORT_MAX 10000
#define CSV_BYTES_MAX ((size_t)32 << 20)

/* ---- formats ---- */

enum format { FORMAT_JSON, FORMAT_CSV, FORMAT_XLSX };

static const char csv_type[] = "text/csv; charset=utf-8",
                  xlsx_type[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

static enum format format_asked(const struct request *request)
{
    size_t n = strlen(request->path);
    const char *accept = request_header(request, "Accept");
    if (n > 4 && strcmp(request->path + n - 4, ".csv") == 0) return FORMAT_CSV;
    if (n > 5 && strcmp(request->path + n - 5, ".xlsx") == 0) return FORMAT_XLSX;
    if (accept && strncmp(accept, "text/csv", 8) == 0) return FORMAT_CSV;
    return accept && strncmp(accept, xlsx_type, sizeof xlsx_type - 1) == 0 ? FORMAT_XLSX : FORMAT_JSON;
}

static void respond_table(struct request *request, const struct table *table, enum format format)
{
    respond_header(request, "Content-Disposition",
        arena_printf(request->arena, "attachment; filename=\"%s.%s\"", table->title,
            format == FORMAT_CSV ? "csv" : "xlsx"));
    if (format == FORMAT_CSV) {
        struct buf text;
        buf_init(&text, request->arena, CSV_BYTES_MAX);
        table_csv(table, &text);
        respond_text(request, 200, csv_type, text.data, text.len);
        return;
    }
    int fd;
    int64_t size;
    enum err err = table_xlsx(table, &fd, &size);
    if (err == E_OK)
        respond_file(request, xlsx_type, fd, size);
    else
        respond_error(request, err);
}

/* ---- one clock ---- */

static json_t *both_words(const char *const text[LANG_COUNT])
{
    return text[LANG_EN] ? json_pack("{s:s, s:s}", "en", text[LANG_EN], "hi", text[LANG_HI]) : json_null();
}

/* "arisen" says something else of a right than "due" of a bar: the words hang on both. */
const char *clock_state_key(const struct request *request, const struct clock_line *line)
{
    const char *state = clock_state_word(line->state);
    bool bar = line->words->kind == CLOCK_BAR;
    return arena_printf(
        request->arena, "clock_%s%s", bar && line->state <= CLOCK_BREACHED ? "bar_" : "", state);
}

static json_t *state_words(const struct request *request, const struct clock_line *line)
{
    const char *key = clock_state_key(request, line);
    return json_pack("{s:s, s:s}", "en", word(LANG_EN, key), "hi", word(LANG_HI, key));
}

static json_t *instant(const struct request *request, int64_t at)
{
    return at == CLOCK_NEVER ? json_null() : api_time(request, at);
}

static json_t *step_json(struct request *request, const struct clock_step *step)
{
    return json_pack("{s:s, s:o, s:I, s:o}", "step", step->code, "at", api_time(request, step->at), "number",
        (json_int_t)step->number, "text", both_words(step->text));
}

static json_t *line_json(struct request *request, const struct clock_line *line)
{
    const struct clock_words *words = line->words;
    const struct clock_row *row = &line->row;
    json_t *json = json_pack("{s:s, s:o, s:s, s:s, s:s, s:b, s:s?, s:s?, s:s?, s:s?, s:s?}", "clock",
        words->id, "label", both_words(words->label), "law", words->law, "mark", words->mark, "kind",
        clock_kind_word(words->kind), "custom", words->custom, "case", line->number ? line->thread_id : NULL,
        "case_number", line->number, "entry", line->trigger, "subject", line->subject, "name", line->name);
    json_object_set_new(json, "state", json_string(clock_state_word(line->state)));
    json_object_set_new(json, "state_words", state_words(request, line));
    json_object_set_new(json, "start", api_time(request, row->start));
    json_object_set_new(json, "due", instant(request, row->due));
    json_object_set_new(json, "whole_day", json_boolean(row->days));
    json_object_set_new(json, "disputed", api_time(request, row->other));
    json_object_set_new(json, "paused_since", api_time(request, row->paused));
    json_object_set_new(json, "closed", row->closing ? api_time(request, row->closed) : json_null());
    json_object_set_new(
        json, "next_change", instant(request, clock_next_change(words->kind, row, request->now)));
    json_object_set_new(json, "doubtful", json_boolean(row->doubtful));
    json_object_set_new(json, "office", json_string(line->office));
    json_object_set_new(
        json, "case_office", line->case_office ? json_string(line->case_office) : json_null());
    json_object_set_new(json, "prison", line->prison ? json_string(line->prison) : json_null());
    json_object_set_new(json, "role", json_string(words->role));
    json_object_set_new(json, "officer", line->officer ? json_string(line->officer) : json_null());
    json_object_set_new(json, "breach", both_words(words->breach));
    json_object_set_new(json, "note", both_words(words->note));
    if (!line->working) return json;
    json_t *working = json_array();
    for (size_t i = 0; i < line->working->count; i++)
        json_array_append_new(working, step_json(request, &line->working->list[i]));
    json_object_set_new(json, "working", working);
    return json;
}

static json_t *lines_json(struct request *request, const struct clock_line *lines, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) json_array_append_new(list, line_json(request, &lines[i]));
    return list;
}

/* next: how many are to be skipped for the rest; 0: there is none. */
static void respond_list(
    struct request *request, const struct clock_line *lines, size_t count, size_t next)
{
    respond_json(request, 200,
        json_pack("{s:o, s:o}", "clocks", lines_json(request, lines, count), "next",
            next ? json_integer((json_int_t)next) : json_null()));
}

static void respond_lines(struct request *request, const char *title, const struct clock_line *lines,
    size_t count, enum format format)
{
    static const struct {
        const char *key;
        enum table_kind kind;
    } columns[] = {{"clock_column_case", TABLE_TEXT}, {"clock_column_clock", TABLE_TEXT},
        {"clock_column_law", TABLE_TEXT}, {"clock_column_mark", TABLE_TEXT},
        {"clock_column_person", TABLE_TEXT}, {"clock_column_state", TABLE_TEXT},
        {"clock_column_start", TABLE_TIME}, {"clock_column_due", TABLE_TIME},
        {"clock_column_disputed", TABLE_TIME}, {"clock_column_closed", TABLE_TIME},
        {"clock_column_office", TABLE_TEXT}, {"clock_column_officer", TABLE_TEXT},
        {"clock_column_prison", TABLE_TEXT}, {"clock_column_case_office", TABLE_TEXT}};
    struct table table;
    table_init(&table, request->arena, title);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        table_column(&table, word(request->lang, columns[i].key), columns[i].kind);
    for (size_t i = 0; i < count; i++) {
        const struct clock_line *line = &lines[i];
        struct table_value *value = table_row_add(&table);
        value[0].text = line->number ? line->number : line->thread_id;
        value[1].text = line->words->label[request->lang];
        value[2].text = law_citation(request->arena, line->words->law, request->lang);
        value[3].text = line->words->mark;
        value[4].text = line->name;
        value[5].text = word(request->lang, clock_state_key(request, line));
        value[6].number = line->row.start;
        value[7].number = line->row.due == CLOCK_NEVER ? 0 : line->row.due;
        value[8].number = line->row.other;
        value[9].number = line->row.closing ? line->row.closed : 0;
        value[10].text = line->office;
        value[11].text = line->officer;
        value[12].text = line->prison;
        value[13].text = line->case_office;
    }
    respond_table(request, &table, format);
}

/* ---- calls ---- */

void api_case_clocks(struct request *request)
{
    const char *id = request->captures[0];
    struct clock_line *lines;
    size_t count;
    if (!may_see_case(request->db, &request->viewer, id)) {
        respond_error(request, E_NOT_FOUND);
        return;
    }
    enum err err = clock_case_lines(request->db, node_views(request->node), request->arena, &request->viewer,
        id, request->now, &lines, &count);
    if (err == E_OK)
        err = clock_lines_tell(
            request->db, node_views(request->node), request->arena, &request->viewer, lines, count);
    if (err == E_OK)
        err = clock_lines_work(request->db, node_views(request->node), request->arena, lines, count);
    if (err != E_OK)
        respond_error(request, err);
    else
        respond_json(request, 200, json_pack("{s:o}", "clocks", lines_json(request, lines, count)));
}

/* A value of a short list; a problem when it is another. `count` when nothing was asked. */
static size_t query_choice(struct request *request, const char *name, const char *const *words, size_t count)
{
    const char *value = query_value(request, name);
    for (size_t i = 0; value && i < count; i++)
        if (strcmp(words[i], value) == 0) return i;
    if (value) problem_add(&request->problems, "query_wrong", name, "name", name, NULL);
    return count;
}

/* A file holds what fits into one. */
static size_t limit_asked(struct request *request, enum format format)
{
    int64_t most = format == FORMAT_JSON ? LIST_MAX : EXPORT_MAX;
    int64_t limit = query_int(request, "limit", format == FORMAT_JSON ? LIST_DEFAULT : EXPORT_MAX);
    return (size_t)(limit < 1 || limit > most ? most : limit);
}

static size_t skip_asked(struct request *request)
{
    int64_t skip = query_int(request, "skip", 0);
    return (size_t)(skip > EXPORT_MAX ? 0 : skip);
}

static void filter_read(struct request *request, enum format format, struct clock_filter *ret)
{
    static const char *const which[] = {"open", "late", "coming"};
    static const char *const kinds[] = {"DUTY", "RIGHT", "BAR", "LIMIT", "LAPSE"};
    size_t kind = query_choice(request, "kind", kinds, CLOCK_KIND_COUNT),
           asked = query_choice(request, "which", which, 3);
    *ret = (struct clock_filter){
        .office = query_value(request, "office"),
        .which = asked == 3 ? CLOCKS_OPEN : (enum clock_which)asked,
        .until = query_time(request, "until", true),
        .clock = query_value(request, "clock"),
        .list = query_value(request, "list"),
        .officer = query_value(request, "officer"),
        .state = query_value(request, "state"),
        .kind = kind == CLOCK_KIND_COUNT ? -1 : (int)kind,
        .limit = limit_asked(request, format),
        .skip = skip_asked(request),
    };
}

void api_clock_list(struct request *request)
{
    enum format format = format_asked(request);
    struct clock_filter filter;
    struct clock_line *lines;
    size_t count;
    bool more;
    filter_read(request, format, &filter);
    enum err err = request->problems.count > 0
                       ? E_PROBLEM
                       : clock_list(request->db, node_views(request->node), request->arena, &request->viewer,
                             &filter, request->now, &lines, &count, &more);
    if (err != E_OK)
        respond_error(request, err);
    else if (format != FORMAT_JSON)
        respond_lines(request, "clocks", lines, count, format);
    else
        respond_list(request, lines, count, more ? filter.skip + count : 0);
}

void api_clock_counts(struct request *request)
{
    struct clock_counts counts;
    enum err err = clock_count(request->db, node_views(request->node), &request->viewer,
        query_value(request, "office"), request->now, &counts);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    respond_json(request, 200,
        json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "broken", (json_int_t)counts.broken, "arisen",
            (json_int_t)counts.arisen, "today", (json_int_t)counts.today, "days_1", (json_int_t)counts.days_1,
            "days_3", (json_int_t)counts.days_3, "days_7", (json_int_t)counts.days_7));
}

/* ---- compliance ---- */

void compliance_asked(struct request *request, struct clock_compliance_filter *ret)
{
    static const char *const groups[] = {"office", "district", "state", "month"};
    const char *figures[CLOCK_FIGURE_COUNT];
    for (int i = 0; i < CLOCK_FIGURE_COUNT; i++) figures[i] = clock_figure_word((enum clock_figure)i);
    size_t by = query_choice(request, "by", groups, 4),
           figure = query_choice(request, "figure", figures, CLOCK_FIGURE_COUNT);
    *ret = (struct clock_compliance_filter){
        .office = query_value(request, "office"),
        .from = query_time(request, "from", false),
        .to = query_time(request, "to", true),
        .by = by == 4 ? BY_OFFICE : (enum clock_grouping)by,
        .group = query_value(request, "group"),
        .figure = figure == CLOCK_FIGURE_COUNT ? FIGURE_REGISTERED : (enum clock_figure)figure,
    };
}

static json_t *compliance_json(const struct clock_compliance *row)
{
    json_t *json = json_pack("{s:s}", "group", row->group);
    for (int i = 0; i < CLOCK_FIGURE_COUNT; i++)
        json_object_set_new(json, clock_figure_word((enum clock_figure)i), json_integer(row->figures[i]));
    json_object_set_new(
        json, "per_mille", row->per_mille < 0 ? json_null() : json_integer(row->per_mille));
    return json;
}

static void respond_compliance(
    struct request *request, const struct clock_compliance *rows, size_t count, enum format format)
{
    struct table table;
    table_init(&table, request->arena, "compliance");
    table_column(&table, word(request->lang, "clock_column_group"), TABLE_TEXT);
    for (int i = 0; i < CLOCK_FIGURE_COUNT; i++)
        table_column(&table,
            word(request->lang,
                arena_printf(request->arena, "clock_column_%s", clock_figure_word((enum clock_figure)i))),
            TABLE_NUMBER);
    table_column(&table, word(request->lang, "clock_column_per_mille"), TABLE_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct table_value *value = table_row_add(&table);
        value[0].text = rows[i].group;
        for (int k = 0; k < CLOCK_FIGURE_COUNT; k++) value[k + 1].number = rows[i].figures[k];
        value[CLOCK_FIGURE_COUNT + 1].number = rows[i].per_mille < 0 ? TABLE_NOTHING : rows[i].per_mille;
    }
    respond_table(request, &table, format);
}

void api_clock_compliance(struct request *request)
{
    enum format format = format_asked(request);
    struct clock_compliance_filter filter;
    struct clock_compliance *rows;
    size_t count;
    compliance_asked(request, &filter);
    enum err err = request->problems.count > 0
                       ? E_PROBLEM
                       : clock_compliance_list(request->db, node_views(request->node), request->arena,
                             &request->viewer, &filter, request->now, &rows, &count);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    if (format != FORMAT_JSON) {
        respond_compliance(request, rows, count, format);
        return;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) json_array_append_new(list, compliance_json(&rows[i]));
    respond_json(request, 200, json_pack("{s:o}", "groups", list));
}

void api_clock_compliance_cases(struct request *request)
{
    enum format format = format_asked(request);
    struct clock_compliance_filter filter;
    struct clock_line *lines;
    size_t count;
    bool more;
    compliance_asked(request, &filter);
    filter.limit = limit_asked(request, format);
    filter.skip = skip_asked(request);
    enum err err = request->problems.count > 0
                       ? E_PROBLEM
                       : clock_compliance_cases(request->db, node_views(request->node), request->arena,
                             &request->viewer, &filter, request->now, &lines, &count, &more);
    if (err != E_OK)
        respond_error(request, err);
    else if (format != FORMAT_JSON)
        respond_lines(request, "compliance-cases", lines, count, format);
    else
        respond_list(request, lines, count, more ? filter.skip + count : 0);
}
