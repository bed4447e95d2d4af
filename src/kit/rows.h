/* kit/rows: tables of records that stand on several pages. caption NULL: the page's own title. */
#ifndef PANJI_KIT_ROWS_H
#define PANJI_KIT_ROWS_H

#include "kit/page.h"

void rows_entries(
    struct page *page, const char *caption, const struct entry_row *rows, size_t count, bool office);
void rows_cases(struct page *page, const char *caption, const struct case_row *rows, size_t count);
void rows_tasks(
    struct page *page, const char *caption, const struct task_row *rows, size_t count, bool with_case);
/* Whether the viewer may file it and it fits the kind of the case; NULL: on no case. */
bool form_offered(const struct request *request, const struct form *form, const char *case_kind);
/* A link that opens the form on the case, where it is offered. */
void form_link(struct page *page, const char *name, const char *case_id, const char *case_kind);
/* The forms that settle a task, each such a link. */
void task_links(struct page *page, const struct task_row *task);
void rows_deliveries(
    struct page *page, const char *caption, const struct delivery_row *rows, size_t count, bool with_case);
void rows_parties(struct page *page, const char *caption, const struct party_row *rows, size_t count);

/* Draws a body as it stands: labels and values, masked ones with a way to open them. */
void body_draw(struct page *page, const struct seen_entry *seen);
/* One section of it, a step lower; untitled, where its name stands above already. */
void body_section_draw(
    struct page *page, const struct seen_entry *seen, const struct section *section, bool titled);

#endif
