/* web/papers: what a paper needs to know, as the viewer of a request may know it. print/ draws; what may be
 * seen is decided by web/seen alone. */
#ifndef PANJI_WEB_PAPERS_H
#define PANJI_WEB_PAPERS_H

#include "print/print.h"
#include "web/seen.h"

/* What is kept while one paper is made. */
struct paper_making {
    struct request *request;
    struct seen_entry known; /* the entry that references were last looked up in */
    json_t *filed;           /* its body as it was filed: ids count places in that one */
    bool brief;              /* offences in the language of the reader alone: columns are narrow */
};

/* A paper of the office that says who printed it, when and by which number, and where words come from. */
void paper_begin(
    struct paper_making *making, struct request *request, const char *office, struct print_paper *ret);
void paper_end(struct paper_making *making);

/* The entry itself, its case, its proof and what corrected it. */
void paper_entry(struct request *request, const struct seen_entry *seen, struct print_paper *paper);

/* What the envelope says, under the names that layouts use (docs/prints.md). */
size_t paper_facts(
    struct request *request, const struct entry *entry, const char *case_id, struct pair **ret);

/* "FIR No. 0012/2026"; NULL when the case has no number. */
const char *paper_case_words(struct request *request, const char *case_id);

/* Prints and answers with the PDF, to be kept under that name. */
void paper_answer(struct request *request, const struct print_paper *paper, const char *name);

#endif
