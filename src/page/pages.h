/* page: the pages for people, one function each, named in routes.c; each is made of the parts of kit/. */
#ifndef PANJI_PAGE_PAGES_H
#define PANJI_PAGE_PAGES_H

#include "kit/frame.h"
#include "web/web.h"

/* What the server is given: all pages, and how problems are told as one. */
extern const struct web_pages pages;

void page_home(struct request *request);
void page_sign_in(struct request *request);
void page_sign_in_send(struct request *request);
/* Signing in with everything typed into the form at hand kept. */
void page_sign_in_keeping(struct request *request);
/* Nothing but that the session goes on: asked by the script when the reader wants to stay. */
void page_session(struct request *request);
void page_sign_out(struct request *request);
void page_posting(struct request *request);
void page_posting_choose(struct request *request);
void page_forms(struct request *request);
void page_form(struct request *request);
void page_form_send(struct request *request);
void page_entry(struct request *request);
void page_entry_open(struct request *request);
void page_receipt(struct request *request);
void page_cases(struct request *request);
void page_case(struct request *request);
void page_registers(struct request *request);
void page_book(struct request *request);
void page_entries(struct request *request);
void page_search(struct request *request);
void page_person(struct request *request);
void page_property(struct request *request);
void page_offices(struct request *request);
void page_office(struct request *request);
void page_officer(struct request *request);
void page_kit(struct request *request); /* the living page of components */
void page_public_case(struct request *request);

/* The form page again with what was typed: first drawing, one row more, or refused. */
void page_form_typed(
    struct request *request, const struct form *form, const struct pair *pairs, size_t count, int status);

/* What may be filed on a case of this kind. */
void page_forms_on_case(struct page *page, const struct case_row *row);

#endif
