/* page: the pages for people, one function each, named in routes.c; each is made of the parts of kit/. */
#ifndef PANJI_PAGE_PAGES_H
#define PANJI_PAGE_PAGES_H

#include "view/clock_lists.h"
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
void page_drafts(struct request *request);
void page_draft(struct request *request);
void page_draft_send(struct request *request);
void page_draft_part(struct request *request);
void page_draft_part_send(struct request *request);
void page_draft_keep(struct request *request);
void page_draft_remove(struct request *request);
void page_draft_remove_send(struct request *request);
void page_draft_review(struct request *request);
void page_draft_sign(struct request *request);
void page_draft_record(struct request *request);
void page_draft_drop(struct request *request);
void page_draft_drop_send(struct request *request);
void page_choose(struct request *request);
void page_read_time(struct request *request);
void page_read_date(struct request *request);
void page_read_name(struct request *request);
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
void page_case_matches(struct request *request);
void page_duplicates(struct request *request);
void page_watches(struct request *request);
void page_watch_new(struct request *request);
void page_watch_open(struct request *request);
void page_person_link(struct request *request);
void page_property(struct request *request);
void page_offices(struct request *request);
void page_clocks(struct request *request);
void page_compliance(struct request *request);
void page_compliance_cases(struct request *request);
/* Clocks of the law as a table. tasks: of each line the task that the same duty stands on, to be done from
 * here, or NULL; NULL: none at all. */
void clock_rows(struct page *page, const char *caption, const struct clock_line *lines, size_t count,
    const struct task_row *const *tasks);
/* Links to a list as CSV, XLSX and JSON: its address in the API, and what follows "?". */
void clock_files_draw(struct page *page, const char *address, const char *query);
/* How a clock stands; its last instant, of a limit in days the day alone; and "BNSS 58", where what is not
 * confirmed by a primary text says so. */
void clock_state_draw(struct page *page, const struct clock_line *line);
const char *clock_due_words(struct page *page, const struct clock_line *line);
void clock_law_draw(struct page *page, const struct clock_words *words);
/* The clocks of a case: a part of its page. */
void part_clocks(struct page *page, const struct seen_case *seen);
void page_notices(struct request *request);
void page_office(struct request *request);
void page_officer(struct request *request);
void page_kit(struct request *request); /* the living page of components */
void page_public_case(struct request *request);

/* After signing in: keeps in the draft at `back` what the page that met the ended session had sent, and goes
 * there. False: that is no draft, or no posting is chosen yet; nothing is answered then. */
bool page_draft_resume(struct request *request, const char *back);

/* One's drafts of this posting as a table; nothing when there are none. */
void page_drafts_table(struct page *page, const char *caption);

/* Inside page_buttons_begin(): the papers an entry of the form can be printed as. */
void page_print_buttons(struct page *page, const char *form, const char *id);
/* A button of its own that leads to a paper. */
void page_print_button(struct page *page, const char *address);

/* What may be filed on a case of this kind. */
void page_forms_on_case(struct page *page, const struct case_row *row);

#endif
