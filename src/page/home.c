/* page/home: my day: what this posting owes by the hour it falls due, what arrived and nobody has taken over,
 * and what was sent and nobody has taken over there. */
#include <string.h>

#include "base/time.h"
#include "kit/frame.h"
#include "kit/nav.h"
#include "kit/rows.h"
#include "page/pages.h"
#include "page/watches.h"

#define ROWS_MAX 100
#define SOON_DAYS 3
#define NEAR_MAX 10

struct day {
    struct task_row *tasks;
    size_t task_count;
    struct delivery_row *arrived, *sent;
    size_t arrived_count, sent_count;
    struct clock_line *near; /* limits that run out soonest */
    size_t near_count;
    struct watches_day watches;
    bool near_more;
};

static enum err day_read(struct request *request, struct day *ret)
{
    const struct viewer *viewer = &request->viewer;
    const struct task_filter tasks = {
        .office = viewer->office, .officer = viewer->officer, .role = viewer->role, .limit = ROWS_MAX};
    const struct delivery_filter arrived = {
        .to_office = viewer->office, .open_only = true, .limit = ROWS_MAX};
    const struct delivery_filter sent = {.from_office = viewer->office, .open_only = true, .limit = ROWS_MAX};
    TRY(task_list(request->db, node_views(request->node), request->arena, &tasks, &ret->tasks,
        &ret->task_count));
    TRY(delivery_list(request->db, request->arena, &arrived, &ret->arrived, &ret->arrived_count));
    TRY(delivery_list(request->db, request->arena, &sent, &ret->sent, &ret->sent_count));
    ret->arrived_count = rows_seen(request, ret->arrived, ret->arrived_count, sizeof *ret->arrived,
        offsetof(struct delivery_row, seq));
    ret->sent_count =
        rows_seen(request, ret->sent, ret->sent_count, sizeof *ret->sent, offsetof(struct delivery_row, seq));
    /* Who investigates sees his own, who supervises those of his line, everybody else what is his to do;
     * who has nothing but lists sees what stands on them. */
    bool supervises = role_may(viewer->role, "circle_officer") || strcmp(viewer->role, "auditor") == 0;
    const struct clock_filter near = {.officer = strcmp(viewer->role, "io") == 0 ? viewer->officer : NULL,
        .acting = supervises ? NULL : viewer->role,
        .which = sees_lists(viewer) ? CLOCKS_OPEN : CLOCKS_COMING,
        .until = request->now + SOON_DAYS * TIME_DAY_MS,
        .kind = -1,
        .limit = NEAR_MAX};
    TRY(watches_due(request, &ret->watches));
    return clock_list(request->db, node_views(request->node), request->arena, viewer, &near, request->now,
        &ret->near, &ret->near_count, &ret->near_more);
}

/* ---- tasks, by when they fall due ---- */

enum due { DUE_LATE, DUE_TODAY, DUE_SOON, DUE_LATER, DUE_NEVER, DUE_COUNT };

static enum due due_of(const struct request *request, const struct task_row *task)
{
    int32_t today = time_day_number(request->now);
    if (task->due_at == 0) return DUE_NEVER;
    if (task->due_at < request->now) return DUE_LATE;
    if (time_day_number(task->due_at) == today) return DUE_TODAY;
    return time_day_number(task->due_at) <= today + SOON_DAYS ? DUE_SOON : DUE_LATER;
}

/* The rows come sorted by the time they fall due, those without one last, so each group is a piece of them.
 */
static void tasks_draw(struct page *page, const struct day *day)
{
    static const char *const keys[DUE_COUNT] = {
        "due_late", "due_today", "due_soon", "due_later", "due_never"};
    watches_due_draw(page, &day->watches);
    if (day->near_count > 0)
        clock_rows(page, page_word(page, sees_lists(&page->request->viewer) ? "clocks" : "clocks_near"),
            day->near, day->near_count);
    if (day->task_count == 0) page_text(page, page_word(page, "tasks_none"));
    for (size_t from = 0, to; from < day->task_count; from = to) {
        enum due due = due_of(page->request, &day->tasks[from]);
        for (to = from + 1; to < day->task_count && due_of(page->request, &day->tasks[to]) == due;) to++;
        rows_tasks(page,
            arena_printf(page->request->arena, "%s (%zu)", page_word(page, keys[due]), to - from),
            &day->tasks[from], to - from, true);
    }
}

static void papers_draw(
    struct page *page, const char *key, const struct delivery_row *rows, size_t count, const char *none)
{
    if (count > 0) rows_deliveries(page, page_word(page, key), rows, count);
    else page_text(page, page_word(page, none));
}

/* A list that was cut has no honest number. */
static int64_t shown_count(size_t count)
{
    return count < ROWS_MAX ? (int64_t)count : -1;
}

void page_home(struct request *request)
{
    struct day day;
    enum err err = day_read(request, &day);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    const char *show = query_value(request, "show");
    bool arrived = show && strcmp(show, "arrived") == 0, sent = show && strcmp(show, "sent") == 0;
    struct page page;
    page_begin(&page, request, word(request->lang, "my_day"));
    const struct tab tabs[] = {
        {"/", page_word(&page, "tasks"), shown_count(day.task_count + day.watches.fresh), !arrived && !sent},
        {"/clocks", page_word(&page, "clocks"), day.near_more ? -1 : (int64_t)day.near_count, false},
        {"/?show=arrived", page_word(&page, "came_in"), shown_count(day.arrived_count), arrived},
        {"/?show=sent", page_word(&page, "went_out"), shown_count(day.sent_count), sent},
    };
    tabs_draw(&page, page_word(&page, "my_day"), tabs, sizeof tabs / sizeof *tabs);
    if (arrived)
        papers_draw(&page, "arrived", day.arrived, day.arrived_count, "arrived_none");
    else if (sent)
        papers_draw(&page, "sent_waiting", day.sent, day.sent_count, "sent_none");
    else
        tasks_draw(&page, &day);
    if (!arrived && !sent) page_drafts_table(&page, page_word(&page, "drafts"));
    page_end(&page, 200);
}
