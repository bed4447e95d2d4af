/* page/case_clocks: the law's clocks of a case, most pressing first. A large case has more than a hundred,
 * and finding how a date came about costs a run of its clock: a page shows some, and the working of the one
 * that is asked for. */
#include <string.h>

#include "kit/frame.h"
#include "kit/nav.h"
#include "page/pages.h"

#define ROWS_PER_PAGE 25

static void working_draw(struct page *page, const struct clock_line *line)
{
    struct html *html = &page->html;
    enum lang lang = page->request->lang;
    html_open(html, "ol", "class", "working", NULL);
    for (size_t i = 0; line->working && i < line->working->count; i++)
        html_element(html, "li", line->working->list[i].text[lang], NULL);
    html_close(html);
    page_text(page, line->words->note[lang]);
    if (line->row.other > 0)
        page_text(page,
            arena_printf(page->request->arena, "%s: %s", page_word(page, "clock_column_disputed"),
                page_time(page, line->row.other)));
    if (line->row.doubtful) page_text(page, page_word(page, "clock_doubtful"));
    page_link(page, page_address(page, "working", NULL), page_word(page, "clock_working_close"));
}

/* The list the reader is in, with the working of one of its clocks. */
static const char *working_address(const struct page *page, const struct clock_line *line, size_t skip)
{
    struct request *request = page->request;
    const char *address =
        page_address(page, "working", arena_printf(request->arena, "%lld", (long long)line->id));
    if (skip > 0) address = arena_printf(request->arena, "%s&after=%zu", address, skip);
    return arena_printf(request->arena, "%s#clock-%lld", address, (long long)line->id);
}

static void clock_draw(struct page *page, const struct clock_line *line, size_t skip)
{
    struct html *html = &page->html;
    struct request *request = page->request;
    html_open(html, "li", "id",
        arena_printf(request->arena, "clock-%lld", (long long)line->id), NULL);
    clock_state_draw(page, line);
    html_text(html, " ");
    html_element(html, "strong", line->words->label[request->lang], NULL);
    html_text(html, arena_printf(request->arena, "%s%s · %s ", line->name ? " · " : "",
                        line->name ? line->name : "", clock_due_words(page, line)));
    clock_law_draw(page, line->words);
    if (line->state == CLOCK_BREACHED || line->state == CLOCK_LAPSED)
        page_text(page, line->words->breach[request->lang]);
    if (line->working) working_draw(page, line);
    else
        html_element(html, "a", page_word(page, "clock_working"), "href", working_address(page, line, skip),
            NULL);
    html_close(html);
}

static bool is_open(const struct clock_line *line)
{
    return line->row.closing == CLOCK_OPEN && line->state != CLOCK_ENDED;
}

/* Keeps the running ones, or the others. */
static size_t lines_pick(struct clock_line *lines, size_t count, bool open)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (is_open(&lines[i]) == open) lines[kept++] = lines[i];
    return kept;
}

static enum err lines_tell(struct request *request, struct clock_line *lines, size_t count)
{
    const struct view_context *views = node_views(request->node);
    int64_t asked = query_int(request, "working", -1);
    for (size_t i = 0; i < count; i++)
        if (lines[i].id == asked)
            TRY(clock_lines_work(request->db, views, request->arena, &lines[i], 1));
    return clock_lines_tell(request->db, views, request->arena, &request->viewer, lines, count);
}

void part_clocks(struct page *page, const struct seen_case *seen)
{
    struct request *request = page->request;
    struct clock_line *lines = NULL;
    size_t count = 0, open = 0;
    if (clock_case_lines(request->db, node_views(request->node), request->arena, &request->viewer,
            seen->row.id, request->now, &lines, &count) != E_OK)
        count = 0; /* the error sticks to the database and is answered by the router */
    for (size_t i = 0; i < count; i++) open += is_open(&lines[i]);
    bool running = query_value(request, "clocks") == NULL;
    const struct filter_choice choices[] = {
        {.text = page_word(page, "clocks_running"), .count = (int64_t)open},
        {.value = "closed", .text = page_word(page, "clocks_closed"), .count = (int64_t)(count - open)}};
    filter_links(page, "clocks", page_word(page, "clocks"), choices, 2);
    count = lines_pick(lines, count, running);
    int64_t after = query_int(request, "after", 0);
    size_t skip = after > 0 && (uint64_t)after < count ? (size_t)after : 0;
    size_t shown = count - skip < ROWS_PER_PAGE ? count - skip : ROWS_PER_PAGE;
    if (shown == 0 || lines_tell(request, lines + skip, shown) != E_OK) {
        page_text(page, page_word(page, "clocks_none"));
        return;
    }
    html_open(&page->html, "ul", "class", "clocks", NULL);
    for (size_t i = skip; i < skip + shown; i++) clock_draw(page, &lines[i], skip);
    html_close(&page->html);
    paging_draw(page, skip + shown < count ? arena_printf(request->arena, "%zu", skip + shown) : NULL,
        "clocks_further");
}
