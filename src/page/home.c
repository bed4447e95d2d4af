/* page/home: my day: what this posting owes by the hour it falls due, what arrived and nobody has taken over,
 * and what was sent and nobody has taken over there. */
#include <string.h>

#include "base/time.h"
#include "kit/frame.h"
#include "kit/nav.h"
#include "kit/rows.h"
#include "page/pages.h"
#include "page/watches.h"

#define ROWS_MAX 50
#define SOON_DAYS 3
#define NEAR_MAX 10

enum show { SHOW_TASKS, SHOW_ARRIVED, SHOW_SENT };

struct papers {
    struct delivery_row *list;
    size_t count;
    int64_t next; /* 0: there are no further ones */
};

struct day {
    enum show show;
    int64_t after; /* of the list shown: tasks gone by, or the last paper seen */
    struct task_row *tasks;
    size_t task_count;
    bool tasks_full; /* there may be further ones */
    struct papers arrived, sent;
    struct clock_line *near; /* limits that run out soonest */
    const struct task_row **near_tasks; /* of each the task that is the same duty; NULL */
    size_t near_count;
    struct watches_day watches;
    bool near_more;
};

static enum show show_asked(const struct request *request)
{
    const char *show = query_value(request, "show");
    if (show && strcmp(show, "arrived") == 0) return SHOW_ARRIVED;
    return show && strcmp(show, "sent") == 0 ? SHOW_SENT : SHOW_TASKS;
}

static enum err papers_read(struct request *request, const struct delivery_filter *filter, struct papers *ret)
{
    TRY(delivery_list(request->db, request->arena, filter, &ret->list, &ret->count));
    ret->next = ret->count == ROWS_MAX ? ret->list[ret->count - 1].seq : 0;
    ret->count =
        rows_seen(request, ret->list, ret->count, sizeof *ret->list, offsetof(struct delivery_row, seq));
    return E_OK;
}

/* Who investigates sees his own, who supervises those of his line, everybody else what is his to do; who has
 * nothing but lists sees what stands on them. */
static enum err near_read(struct request *request, struct day *ret)
{
    const struct viewer *viewer = &request->viewer;
    bool supervises = role_may(viewer->role, "circle_officer") || strcmp(viewer->role, "auditor") == 0;
    const struct clock_filter near = {.officer = strcmp(viewer->role, "io") == 0 ? viewer->officer : NULL,
        .acting = supervises ? NULL : viewer->role,
        .which = sees_lists(viewer) ? CLOCKS_OPEN : CLOCKS_COMING,
        .until = request->now + SOON_DAYS * TIME_DAY_MS,
        .kind = -1,
        .limit = NEAR_MAX};
    return clock_list(request->db, node_views(request->node), request->arena, viewer, &near, request->now,
        &ret->near, &ret->near_count, &ret->near_more);
}

/* Whether what the task wants satisfies the clock that the same entry started. */
static bool is_same_duty(
    const struct request *request, const struct clock_line *line, const struct task_row *task)
{
    if (task->seq != line->row.seq || !task->wanted) return false;
    for (const char *at = task->wanted + strspn(task->wanted, " "); *at; at += strspn(at, " ")) {
        size_t n = strcspn(at, " ");
        if (clock_met_by(node_views(request->node)->clocks, line->row.clock,
                arena_strndup(request->arena, at, n)))
            return true;
        at += n;
    }
    return false;
}

/* An arrest starts the law's clock for the production and opens a task for it: one duty is one line. */
static void duties_join(const struct request *request, struct day *day)
{
    struct task_row *tasks = ARENA_ARRAY(request->arena, struct task_row, day->task_count + 1);
    size_t kept = 0;
    day->near_tasks = ARENA_ARRAY(request->arena, const struct task_row *, day->near_count + 1);
    for (size_t i = 0; i < day->task_count; i++) {
        bool told = false;
        for (size_t k = 0; k < day->near_count; k++)
            if (is_same_duty(request, &day->near[k], &day->tasks[i])) {
                if (!day->near_tasks[k]) day->near_tasks[k] = &day->tasks[i];
                told = true;
            }
        if (!told) tasks[kept++] = day->tasks[i];
    }
    day->tasks = tasks;
    day->task_count = kept;
}

/* The list that is shown from where the reader is, the others from their top for the numbers on the tabs. */
static enum err day_read(struct request *request, struct day *ret)
{
    const struct viewer *viewer = &request->viewer;
    ret->show = show_asked(request);
    ret->after = query_int(request, "after", 0);
    if (request->problems.count > 0) return E_PROBLEM;
    const struct task_filter tasks = {.office = viewer->office,
        .viewer = viewer,
        .limit = ROWS_MAX,
        .skip = ret->show == SHOW_TASKS ? (size_t)ret->after : 0};
    const struct delivery_filter arrived = {.to_office = viewer->office,
        .open_only = true,
        .waiting = true,
        .after = ret->show == SHOW_ARRIVED ? ret->after : 0,
        .limit = ROWS_MAX};
    const struct delivery_filter sent = {.from_office = viewer->office,
        .open_only = true,
        .waiting = true,
        .after = ret->show == SHOW_SENT ? ret->after : 0,
        .limit = ROWS_MAX};
    TRY(task_list(request->db, node_views(request->node), request->arena, &tasks, &ret->tasks,
        &ret->task_count));
    TRY(papers_read(request, &arrived, &ret->arrived));
    TRY(papers_read(request, &sent, &ret->sent));
    ret->tasks_full = ret->task_count == ROWS_MAX;
    TRY(watches_due(request, &ret->watches));
    TRY(near_read(request, ret));
    duties_join(request, ret);
    return E_OK;
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
            day->near, day->near_count, sees_lists(&page->request->viewer) ? NULL : day->near_tasks);
    if (day->task_count == 0) page_text(page, page_word(page, "tasks_none"));
    for (size_t from = 0, to; from < day->task_count; from = to) {
        enum due due = due_of(page->request, &day->tasks[from]);
        for (to = from + 1; to < day->task_count && due_of(page->request, &day->tasks[to]) == due;) to++;
        rows_tasks(page,
            arena_printf(page->request->arena, "%s (%zu)", page_word(page, keys[due]), to - from),
            &day->tasks[from], to - from, true);
    }
}

static void further_draw(struct page *page, int64_t next)
{
    paging_draw(
        page, next ? arena_printf(page->request->arena, "%lld", (long long)next) : NULL, "clocks_further");
}

static void papers_draw(struct page *page, const char *key, const struct papers *papers, const char *none)
{
    if (papers->count > 0) rows_deliveries(page, page_word(page, key), papers->list, papers->count, true);
    else page_text(page, page_word(page, none));
    further_draw(page, papers->next);
}

/* A list of which only a part was read has no honest number. */
static int64_t shown_count(const struct day *day, enum show show, size_t count, bool more)
{
    return more || (day->show == show && day->after > 0) ? -1 : (int64_t)count;
}

void page_home(struct request *request)
{
    struct day day;
    enum err err = day_read(request, &day);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    struct page page;
    page_begin(&page, request, word(request->lang, "my_day"));
    const struct tab tabs[] = {
        {"/", page_word(&page, "tasks"),
            shown_count(&day, SHOW_TASKS, day.task_count + day.watches.fresh, day.tasks_full),
            day.show == SHOW_TASKS},
        {"/clocks", page_word(&page, "clocks"), day.near_more ? -1 : (int64_t)day.near_count, false},
        {"/?show=arrived", page_word(&page, "came_in"),
            shown_count(&day, SHOW_ARRIVED, day.arrived.count, day.arrived.next), day.show == SHOW_ARRIVED},
        {"/?show=sent", page_word(&page, "went_out"),
            shown_count(&day, SHOW_SENT, day.sent.count, day.sent.next), day.show == SHOW_SENT},
    };
    tabs_draw(&page, page_word(&page, "my_day"), tabs, sizeof tabs / sizeof *tabs);
    if (day.show == SHOW_ARRIVED)
        papers_draw(&page, "arrived", &day.arrived, "arrived_none");
    else if (day.show == SHOW_SENT)
        papers_draw(&page, "sent_waiting", &day.sent, "sent_none");
    else {
        tasks_draw(&page, &day);
        further_draw(&page, day.tasks_full ? day.after + ROWS_MAX : 0);
        page_drafts_table(&page, page_word(&page, "drafts"));
    }
    page_end(&page, 200);
}
