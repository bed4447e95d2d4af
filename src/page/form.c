/* page/form: the forms one may file, and filing one. Whatever goes wrong, the page comes back with
 * everything that was typed: a mistake, one more row, a session that ended meanwhile. */
#include <stdlib.h>
#include <string.h>

#include "base/id.h"
#include "base/json.h"
#include "base/time.h"
#include "kit/form_draw.h"
#include "kit/notice.h"
#include "page/pages.h"
#include "web/server.h"

#define OFFICES_MAX 2000

/* ---- the list ---- */

static bool on_case_fits(const struct form *form, const char *case_kind)
{
    if (!case_kind) return !form->on_case;
    if (!form->on_case && !form->on_any) return false;
    for (size_t i = 0; i < form->on_count; i++)
        if (strcmp(form->on_kinds[i], case_kind) == 0) return true;
    return form->on_count == 0;
}

static void form_links(struct page *page, const char *case_id, const char *case_kind)
{
    struct request *request = page->request;
    const struct forms *forms = node_forms(request->node);
    html_open(&page->html, "ul", "class", "columns", NULL);
    for (size_t i = 0; i < forms_count(forms); i++) {
        const struct form *form = forms_at(forms, i);
        if (!may_file(form, &request->viewer) || !on_case_fits(form, case_kind)) continue;
        html_open(&page->html, "li", NULL);
        page_link(page,
            case_id ? url_make(request->arena, "/forms/%?case=%", form->name, case_id)
                    : url_make(request->arena, "/forms/%", form->name),
            form->label.text[request->lang]);
        if (form->law) html_element(&page->html, "span", form->law, "class", "law", NULL);
        html_close(&page->html);
    }
    html_close(&page->html);
}

void page_forms_on_case(struct page *page, const struct case_row *row)
{
    page_details_begin(page, NULL, page_word(page, "file_on_case"), false);
    form_links(page, row->id, row->kind);
    html_close(&page->html);
}

void page_forms(struct request *request)
{
    struct page page;
    page_begin(&page, request, word(request->lang, "file_form"));
    form_links(&page, NULL, NULL);
    page_text(&page, page_word(&page, "forms_on_cases"));
    page_end(&page, 200);
}

/* ---- drawing one ---- */

static bool field_is_file(const struct field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (fields[i].type == FIELD_BLOB) return true;
        const struct composite *composite = fields[i].composite;
        if (!composite) continue;
        if (field_is_file(composite->fields, composite->field_count)) return true;
        for (size_t k = 0; k < composite->section_count; k++)
            if (field_is_file(composite->sections[k].fields, composite->sections[k].field_count)) return true;
    }
    return false;
}

static bool form_takes_files(const struct form *form)
{
    for (size_t i = 0; i < form->section_count; i++)
        if (field_is_file(form->sections[i].fields, form->sections[i].field_count)) return true;
    return false;
}

static const char *pair_named(const struct pair *pairs, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(pairs[i].name, name) == 0 && pairs[i].value[0]) return pairs[i].value;
    return NULL;
}

/* Made with the page, so that sending it twice files once. What the writer could have seen and his clock come
 * along. */
static void marks_draw(struct page *page, const struct pair *pairs, size_t count, const char *case_id)
{
    struct request *request = page->request;
    const char *id = pair_named(pairs, count, "_id"), *seen = pair_named(pairs, count, "_seen");
    char made[ID_TEXT_SIZE];
    id_new(made, request->now);
    page_hidden(page, "_id", id ? id : made);
    page_hidden(page, "_seen",
        seen ? seen : arena_printf(request->arena, "%lld", (long long)register_sealed_size(request->db)));
    page_hidden(page, "_opened", time_text(request->arena, request->now));
    if (case_id) page_hidden(page, "_case", case_id);
}

/* Addressees that stand beside the body. */
static void addressees_draw(
    struct page *page, const struct form *form, const struct pair *pairs, size_t count)
{
    struct request *request = page->request;
    if (form->to_count == 0 || form->to_field) return;
    struct office_filter filter = {
        .kinds = form->to_kinds, .kind_count = form->to_count, .limit = OFFICES_MAX};
    struct office *offices;
    size_t found = offices_list(request->db, request->arena, &filter, &offices);
    html_open(&page->html, "fieldset", "class", "part", "id", "to", NULL);
    html_element(&page->html, "legend", page_word(page, "send_to"), NULL);
    html_open(
        &page->html, "select", "name", "_to", "multiple", "", "aria-label", page_word(page, "send_to"), NULL);
    for (size_t i = 0; i < found; i++) {
        bool chosen = false;
        for (size_t k = 0; k < count && !chosen; k++)
            chosen = strcmp(pairs[k].name, "_to") == 0 && strcmp(pairs[k].value, offices[i].code) == 0;
        html_element(&page->html, "option",
            request->lang == LANG_HI && offices[i].name_hi ? offices[i].name_hi : offices[i].name, "value",
            offices[i].code, "selected", chosen ? "" : NULL, NULL);
    }
    html_close(&page->html);
    html_close(&page->html);
}

static void typed_page(struct request *request, const struct form *form, const struct pair *pairs,
    size_t count, const struct typed *typed, int status)
{
    struct page page;
    const char *case_id = pair_named(pairs, count, "_case");
    struct case_row row;
    if (case_id && (!may_see_case(request->db, &request->viewer, case_id) ||
                       case_get(request->db, request->arena, case_id, &row) != E_OK))
        case_id = NULL;
    page_begin(&page, request, form->label.text[request->lang]);
    errors_draw(&page, form);
    if (form->law) html_element(&page.html, "p", form->law, "class", "law", NULL);
    if (case_id) {
        html_open(&page.html, "p", NULL);
        page_link(&page, url_make(request->arena, "/cases/%", case_id),
            arena_printf(request->arena, "%s %s", list_words(request, "case_kind", row.kind),
                row.number ? row.number : ""));
        html_close(&page.html);
    }
    page_form_open(&page, url_make(request->arena, "/forms/%", form->name), form_takes_files(form), "typed");
    /* Return in a text field presses the first button of a form: it must be this one, not "add another". */
    page_button(&page, BUTTON_SECOND, page_word(&page, "refresh"), "_refresh", "1");
    marks_draw(&page, pairs, count, case_id);
    struct form_draw draw = {
        .page = &page, .form = form, .case_id = case_id, .typed = typed, .first = typed->count == 0};
    form_draw(&draw);
    addressees_draw(&page, form, pairs, count);
    page_button(&page, BUTTON_FIRST, page_word(&page, "record"), "_record", "1");
    html_close(&page.html);
    page_end(&page, status);
}

void page_form_typed(
    struct request *request, const struct form *form, const struct pair *pairs, size_t count, int status)
{
    struct typed typed;
    typed_read(&typed, request->arena, pairs, count);
    typed_page(request, form, pairs, count, &typed, status);
}

static const struct form *form_asked(struct request *request)
{
    const struct form *form = form_find(node_forms(request->node), request->captures[0]);
    if (form) return form;
    problem_add(&request->problems, "form_unknown", NULL, "form", request->captures[0], NULL);
    respond_problems(request);
    return NULL;
}

/* A first page; the query may name the case and propose values by path. */
void page_form(struct request *request)
{
    const struct form *form = form_asked(request);
    if (!form) return;
    struct pair *pairs = ARENA_ARRAY(request->arena, struct pair, request->query_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < request->query_count; i++) {
        bool is_case = strcmp(request->query[i].name, "case") == 0;
        if (is_case)
            pairs[count++] = (struct pair){"_case", request->query[i].value};
        else if (strchr(request->query[i].name, '.'))
            pairs[count++] = request->query[i];
    }
    page_form_typed(request, form, pairs, count, 200);
}

/* ---- filing ---- */

static void file_typed(struct request *request, const struct form *form, const struct typed *typed)
{
    const char *seen = form_value(request, "_seen"), *opened = form_value(request, "_opened");
    json_t *body CLEANUP(json_drop) = form_body_from_pairs(
        node_forms(request->node), form, typed->pairs, typed->count, request->now, request->arena);
    struct filing filing = {.officer = request->session.officer,
        .office = request->viewer.office,
        .id = form_value(request, "_id"),
        .form = form->name,
        .case_id = form_value(request, "_case"),
        .seen_size = seen ? strtoll(seen, NULL, 10) : -1,
        .body = body};
    if (opened && !time_parse(opened, &filing.claimed_at)) filing.claimed_at = 0;
    for (size_t i = 0; i < request->pair_count && filing.to_count < ENTRY_ADDRESSEES_MAX; i++)
        if (strcmp(request->pairs[i].name, "_to") == 0 && request->pairs[i].value[0])
            filing.to[filing.to_count++] = request->pairs[i].value;
    struct receipt receipt;
    enum err err = file_entry(request->node, &filing, &request->problems, &receipt);
    if (err == E_OK) {
        respond_redirect(request, url_make(request->arena, "/entries/%/receipt", receipt.id));
        return;
    }
    if (err != E_PROBLEM) {
        const char *code = err == E_BUSY ? "busy" : err == E_FULL ? "disk_full" : "trouble";
        problem_add(&request->problems, code, NULL, "request", request->id, NULL);
    }
    typed_page(
        request, form, request->pairs, request->pair_count, typed, problems_status(&request->problems));
}

void page_form_send(struct request *request)
{
    const struct form *form = form_asked(request);
    if (!form) return;
    if (!request->token) {
        problem_add(&request->problems, "session_ended", NULL, NULL);
        page_sign_in_keeping(request);
        return;
    }
    if (!request->posted) {
        respond_problem(request, "posting_none");
        return;
    }
    struct typed typed;
    typed_read(&typed, request->arena, request->pairs, request->pair_count);
    typed_offences(&typed, form, node_law(request->node), request->now);
    if (!request->fresh) {
        problem_add(&request->problems, "csrf_wrong", NULL, NULL);
        typed_page(request, form, request->pairs, request->pair_count, &typed, 403);
    } else if (!form_value(request, "_record")) {
        typed_page(request, form, request->pairs, request->pair_count, &typed, 200);
    } else {
        file_typed(request, form, &typed);
    }
}
