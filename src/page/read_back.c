/* page/read_back: how what is being typed is understood, for the script to put beside the field: dates with
 * their weekday, names in the other script. */
#include <string.h>

#include "kit/form_draw.h"
#include "kit/frame.h"
#include "page/pages.h"

static void time_answer(struct request *request, bool with_time)
{
    struct page page;
    const char *typed = NULL;
    for (size_t i = 0; i < request->query_count; i++)
        if (request->query[i].value[0]) typed = request->query[i].value;
    page_fragment_begin(&page, request);
    if (typed) {
        const char *words = time_read_back(request, typed, with_time);
        html_text(&page.html, words ? words : page_word(&page, with_time ? "time_unread" : "date_unread"));
    }
    page_fragment_end(&page);
}

void page_read_time(struct request *request)
{
    time_answer(request, true);
}

void page_read_date(struct request *request)
{
    time_answer(request, false);
}

/* The name in the other script, unless something stands there already. */
void page_read_name(struct request *request)
{
    const char *into = query_value(request, "into"), *from = query_value(request, "from");
    const char *typed = from ? form_value(request, from) : NULL;
    const char *there = into ? form_value(request, into) : NULL;
    bool empty = into && (!there || !there[0]);
    struct page page;
    page_fragment_begin(&page, request);
    if (empty && typed && typed[0]) name_proposal_draw(&page, into, typed);
    page_fragment_end(&page);
}
