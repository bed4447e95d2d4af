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
