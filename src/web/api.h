/* web/api: the JSON API. Its shape is a promise: docs/api.md, /openapi.json. */
#ifndef PANJI_WEB_API_H
#define PANJI_WEB_API_H

#include "web/request.h"
#include "web/seen.h"

void api_session_start(struct request *request);
void api_session_end(struct request *request);
void api_entry_file(struct request *request);
void api_entry_get(struct request *request);
void api_entry_proof(struct request *request);
void api_entry_open(struct request *request);
void api_entry_print(struct request *request);
void api_custody_print(struct request *request);
void api_register_print(struct request *request);
void api_entry_list(struct request *request);
void api_case_get(struct request *request);
void api_case_list(struct request *request);
void api_task_list(struct request *request);
void api_case_clocks(struct request *request);
void api_clock_list(struct request *request);
void api_clock_counts(struct request *request);
void api_clock_compliance(struct request *request);
void api_clock_compliance_cases(struct request *request);
void api_people_find(struct request *request);
void api_case_matches(struct request *request);
void api_people_duplicates(struct request *request);
void api_people_likely(struct request *request);
void api_person_get(struct request *request);
void api_search_list(struct request *request);
void api_watch_list(struct request *request);
void api_watch_open(struct request *request);
void api_form_list(struct request *request);
void api_form_get(struct request *request);
void api_blob_store(struct request *request);
void api_blob_get(struct request *request);
void api_checkpoint(struct request *request);
void api_tile(struct request *request);
void api_key(struct request *request);
void api_openapi(struct request *request);
void api_notice_list(struct request *request);
void api_notice_report(struct request *request);
void api_health(struct request *request);
void api_metrics(struct request *request);

/* ---- shared by its files ---- */

/* The body as an object; NULL when it is not one, and the request is answered. A new reference. Members not
 * in the list (ended by NULL) are refused: a misspelt member must not be ignored. */
json_t *api_body(struct request *request, const char *const *members);

/* Tells that a member is wanting. */
void api_wanting(struct request *request, const char *member);

/* A time in the API's spelling (RFC 3339, +05:30), null for 0. New references. */
json_t *api_time(const struct request *request, int64_t at);

/* Files a filing and answers with its receipt or problems. */
void api_file(struct request *request, const struct filing *filing);

/* Files confidential_opening for a path of an entry; false when refused, problems say why. Shared with the
 * pages. */
bool opening_file(struct request *request, const struct seen_entry *seen, const char *path,
    const char *purpose, const char *reason);

#endif
