/* page/routes: every page there is. A new page is one row here and one function. */
#include "kit/assets.h"
#include "page/pages.h"
#include "web/route.h"

static const struct route rows[] = {
    {METHOD_GET, "/", page_home, ENTER_POSTED, .body = BODY_NONE},
    {METHOD_GET, "/sign-in", page_sign_in, ENTER_ANYONE, .body = BODY_NONE},
    {METHOD_POST, "/sign-in", page_sign_in_send, ENTER_ANYONE, .body = BODY_FORM, .lane = LANE_SLOW},
    {METHOD_POST, "/sign-out", page_sign_out, ENTER_SIGNED_IN, .body = BODY_FORM},
    {METHOD_GET, "/posting", page_posting, ENTER_SIGNED_IN, .body = BODY_NONE},
    {METHOD_POST, "/posting", page_posting_choose, ENTER_SIGNED_IN, .body = BODY_FORM},
    {METHOD_GET, "/forms", page_forms, ENTER_POSTED, .body = BODY_NONE},
    {METHOD_GET, "/forms/{name}", page_form, ENTER_POSTED, .body = BODY_NONE},
    {METHOD_POST, "/forms/{name}", page_form_send, ENTER_POSTED, .body = BODY_FORM, .lane = LANE_FILING,
        .keeps_typed = true},
    {METHOD_GET, "/entries/{id}", page_entry, ENTER_POSTED, .body = BODY_NONE},
    {METHOD_GET, "/entries/{id}/receipt", page_receipt, ENTER_POSTED, .body = BODY_NONE},
    {METHOD_POST, "/entries/{id}/open", page_entry_open, ENTER_POSTED, .body = BODY_FORM,
        .lane = LANE_FILING},
    {METHOD_GET, "/cases", page_cases, ENTER_POSTED, .body = BODY_NONE},
    {METHOD_GET, "/cases/{id}", page_case, ENTER_POSTED, .body = BODY_NONE},
    {METHOD_GET, "/registers", page_registers, ENTER_POSTED, .body = BODY_NONE},
    {METHOD_GET, "/registers/{book}", page_book, ENTER_POSTED, .body = BODY_NONE},
    {METHOD_GET, "/entries", page_entries, ENTER_POSTED, .body = BODY_NONE},
    {METHOD_GET, "/search", page_search, ENTER_POSTED, .body = BODY_NONE},
    {METHOD_GET, "/people/{id}", page_person, ENTER_POSTED, .body = BODY_NONE},
    {METHOD_GET, "/property/{id}", page_property, ENTER_POSTED, .body = BODY_NONE},
    {METHOD_GET, "/offices", page_offices, ENTER_POSTED, .body = BODY_NONE},
    {METHOD_GET, "/offices/{code}", page_office, ENTER_POSTED, .body = BODY_NONE},
    {METHOD_GET, "/officers/{id}", page_officer, ENTER_POSTED, .body = BODY_NONE},
    {METHOD_GET, "/public/cases/{id}", page_public_case, ENTER_ANYONE, .body = BODY_NONE},
    {METHOD_GET, "/kit", page_kit, ENTER_ANYONE, .body = BODY_NONE},
    {METHOD_GET, "/session", page_session, ENTER_SIGNED_IN, .body = BODY_NONE},
    {METHOD_GET, "/assets/{hash}/{name}", assets_send, ENTER_ANYONE, .body = BODY_NONE},
};

const struct web_pages pages = {
    .routes = rows,
    .count = sizeof rows / sizeof rows[0],
    .problems = page_problems,
};
