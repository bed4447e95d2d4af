/* page/form: the forms one may file: alone, and on a case. Filling one is draft.c. */
#include <string.h>

#include "kit/frame.h"
#include "kit/rows.h"
#include "law/law.h"
#include "page/pages.h"

/* In the order of their names, as one looks them up. */
static size_t forms_listed(struct request *request, const char *case_kind, const struct form ***ret)
{
    const struct forms *forms = node_forms(request->node);
    *ret = ARENA_ARRAY(request->arena, const struct form *, forms_count(forms));
    size_t count = 0;
    for (size_t i = 0; i < forms_count(forms); i++) {
        const struct form *form = forms_at(forms, i);
        if ((!case_kind && form->on_case) || !form_offered(request, form, case_kind)) continue;
        size_t at = count++;
        for (;
             at > 0 && strcmp((*ret)[at - 1]->label.text[request->lang], form->label.text[request->lang]) > 0;
             at--)
            (*ret)[at] = (*ret)[at - 1];
        (*ret)[at] = form;
    }
    return count;
}

static void form_links(struct page *page, const char *case_id, const char *case_kind)
{
    struct request *request = page->request;
    const struct form **forms;
    size_t count = forms_listed(request, case_kind, &forms);
    html_open(&page->html, "ul", "class", "columns", NULL);
    for (size_t i = 0; i < count; i++) {
        const struct form *form = forms[i];
        html_open(&page->html, "li", NULL);
        form_link(page, form->name, case_id, case_kind);
        const char *law = law_citation(request->arena, form->law, request->lang);
        if (law) html_element(&page->html, "span", law, "class", "law", NULL);
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
