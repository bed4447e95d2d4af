/* web/api_prints: papers as PDF. A print shows what the page of the same thing shows to the same person:
 * values the officer has opened for a recorded purpose are on it, all others stay covered. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/time.h"
#include "base/words.h"
#include "web/api.h"
#include "web/papers.h"
#include "web/server.h"

#define REGISTER_ROWS_MAX 1000
#define REGISTER_READ_ONCE 200

/* ---- one entry ---- */

/* The layout asked for, or the first of the form. False when there is no such one. */
static bool layout_choose(struct request *request, const char *form, const struct print **ret)
{
    const struct print *list[PRINTS_OF_FORM_MAX];
    const char *wanted = query_value(request, "print");
    size_t count = prints_of_form(press_prints(request->web->press), form, list);
    *ret = count > 0 && !wanted ? list[0] : NULL;
    for (size_t i = 0; i < count && wanted; i++)
        if (strcmp(print_name(list[i]), wanted) == 0) *ret = list[i];
    if (!wanted || *ret || strcmp(wanted, "plain") == 0) return true;
    problem_add(&request->problems, "query_wrong", "print", "name", "print", NULL);
    return false;
}

/* "fir-0012-2026": letters of the form and digits of the number only. */
static const char *file_name(struct request *request, const char *form, const char *number)
{
    char *name = arena_printf(request->arena, "%s-%s", form, number ? number : "");
    for (char *at = name; *at; at++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz_0123456789", *at)) *at = '-';
    return name;
}

void api_entry_print(struct request *request)
{
    struct seen_entry seen CLEANUP(seen_entry_drop) = {.form = NULL};
    struct paper_making making;
    struct print_paper paper;
    const struct print *print;
    enum err err = seen_entry_read(request, request->captures[0], &seen);
    if (err == E_OK && !layout_choose(request, seen.entry.form, &print)) err = E_PROBLEM;
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    paper_begin(&making, request, seen.entry.office, &paper);
    paper.print = print;
    paper_entry(request, &seen, &paper);
    paper_answer(request, &paper, file_name(request, seen.entry.form, seen.entry.number));
    paper_end(&making);
}

/* ---- the chain of custody of a thing ---- */

struct custody_walk {
    struct request *request;
    struct custody_row *rows;
    size_t count, at;
    json_t *body; /* of the row told last */
};

static bool custody_next(void *context, struct print_record *ret)
{
    struct custody_walk *walk = context;
    struct request *request = walk->request;
    json_decref(walk->body);
    walk->body = NULL;
    if (walk->at == walk->count) return false;
    const struct custody_row *row = &walk->rows[walk->at++];
    struct entry entry;
    const char *paper = "";
    if (entry_by_seq(request->db, request->arena, row->seq, &entry) == E_OK)
        paper = arena_printf(
            request->arena, "%s %s", form_words(request, entry.form), entry.number ? entry.number : entry.id);
    const char *to = office_words(request, row->to_office);
    walk->body = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "at",
        time_people_text(request->arena, row->at, (int)request->lang), "what",
        custody_words(request, row->word), "office", office_words(request, row->office), "to", to ? to : "",
        "officer", officer_words(request, row->officer), "paper", paper);
    *ret = (struct print_record){.body = walk->body};
    return true;
}

static json_t *property_json(struct request *request, const struct property_row *row)
{
    return json_pack("{s:{s:s, s:s, s:s, s:s, s:s, s:s}}", "property", "id", row->id, "category",
        list_words(request, "property_category", row->category), "kind",
        list_words(request, "property_type", row->type), "description",
        row->description ? row->description : "", "state", custody_words(request, row->state), "office",
        row->office ? office_words(request, row->office) : "");
}

void api_custody_print(struct request *request)
{
    struct property_row row;
    struct custody_walk walk = {.request = request};
    enum err err = property_get(request->db, request->arena, request->captures[1], &row);
    bool of_case = err == E_OK && row.case_id && strcmp(row.case_id, request->captures[0]) == 0;
    if (err == E_OK && (!of_case || !property_seen(request, &row))) err = E_NOT_FOUND;
    if (err == E_OK) err = property_custody(request->db, request->arena, row.id, &walk.rows, &walk.count);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    walk.count =
        rows_seen(request, walk.rows, walk.count, sizeof *walk.rows, offsetof(struct custody_row, seq));
    struct case_row of;
    struct paper_making making;
    struct print_paper paper;
    bool known = case_get(request->db, request->arena, row.case_id, &of) == E_OK;
    paper_begin(&making, request, known ? of.office : request->viewer.office, &paper);
    json_t *body CLEANUP(json_drop) = property_json(request, &row);
    paper.print = print_find(press_prints(request->web->press), "custody");
    paper.record = (struct print_record){.body = body};
    paper.case_words = paper_case_words(request, row.case_id);
    paper.next = custody_next;
    paper.next_context = &walk;
    paper_answer(request, &paper, "custody");
    paper_end(&making);
}

/* ---- pages of a register ---- */

struct register_walk {
    struct request *request;
    int64_t *seqs; /* oldest first */
    size_t count, at;
    struct seen_entry seen; /* told last */
};

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
        if (walk->count + count > REGISTER_ROWS_MAX) {
            problem_add(&walk->request->problems, "print_long", NULL, "max", "1000", NULL);
            return E_PROBLEM;
        }
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

/* The day or month asked for; today or this month when none is. */
static bool period_read(
    struct request *request, enum print_period period, int64_t *ret_from, int64_t *ret_to, struct label *ret)
{
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

void api_register_print(struct request *request)
{
    const struct print *print = print_find(press_prints(request->web->press), request->captures[0]);
    const char *asked = query_value(request, "office"), *office = asked ? asked : request->viewer.office;
    struct register_walk walk = {.request = request};
    struct paper_making making;
    struct print_paper paper;
    paper_begin(&making, request, office, &paper);
    enum err err = print_is_register(print) ? register_read(&walk, print, office, &paper) : E_NOT_FOUND;
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
