/* page/home: what this posting owes: its tasks, and what arrived and nobody has taken over. */
#include "kit/rows.h"
#include "page/pages.h"

#define ROWS_MAX 100

void page_home(struct request *request)
{
    struct task_filter tasks = {.office = request->viewer.office,
        .officer = request->viewer.officer,
        .role = request->viewer.role,
        .limit = ROWS_MAX};
    struct delivery_filter arrived = {
        .to_office = request->viewer.office, .open_only = true, .limit = ROWS_MAX};
    struct task_row *task_rows;
    struct delivery_row *delivery_rows;
    size_t task_count, delivery_count;
    enum err err =
        task_list(request->db, node_views(request->node), request->arena, &tasks, &task_rows, &task_count);
    if (err == E_OK)
        err = delivery_list(request->db, request->arena, &arrived, &delivery_rows, &delivery_count);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    struct page page;
    page_begin(&page, request, word(request->lang, "tasks"));
    if (task_count > 0)
        rows_tasks(&page, NULL, task_rows, task_count, true);
    else
        page_text(&page, page_word(&page, "tasks_none"));
    if (delivery_count > 0)
        rows_deliveries(&page, page_word(&page, "arrived"), delivery_rows, delivery_count);
    page_end(&page, 200);
}
