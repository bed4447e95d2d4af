/* web/api_log: the register's public side (C2SP tlog-tiles) and what watches the server: /health and
 * /metrics. */
#include <string.h>
#include <unistd.h>

#include "web/api.h"
#include "web/server.h"

#define TILE_BYTES_MAX ((size_t)64 << 20)

void api_checkpoint(struct request *request)
{
    const char *text = register_checkpoint(request->db, request->arena);
    if (!text) {
        respond_error(request, E_NOT_FOUND);
        return;
    }
    respond_text(request, 200, "text/plain; charset=utf-8", text, strlen(text));
    request->response.cache = "no-cache";
}

void api_key(struct request *request)
{
    const char *text = register_key(request->db, request->arena);
    if (!text) {
        respond_error(request, E_NOT_FOUND);
        return;
    }
    text = arena_printf(request->arena, "%s%s", text, strchr(text, '\n') ? "" : "\n");
    respond_text(request, 200, "text/plain; charset=utf-8", text, strlen(text));
    request->response.cache = "public, max-age=86400";
}

void api_tile(struct request *request)
{
    struct buf bytes;
    bool full = false;
    buf_init(&bytes, request->arena, TILE_BYTES_MAX);
    const char *path = arena_printf(request->arena, "tile/%s", request->captures[0]);
    enum err err = register_tile(request->db, request->arena, path, &bytes, &full);
    if (err == E_PROBLEM) err = E_NOT_FOUND;
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    respond_text(request, 200, "application/octet-stream", bytes.data, bytes.len);
    request->response.cache = full ? "public, max-age=31536000, immutable" : "no-cache";
}

/* Good when the newest checkpoint can be read from the register and the folder still takes writing. */
void api_health(struct request *request)
{
    const char *folder = node_folder(request->node);
    const char *file = arena_printf(request->arena, "%s/checkpoint", folder);
    bool good = register_checkpoint(request->db, request->arena) && access(file, R_OK | W_OK) == 0 &&
                access(folder, W_OK | X_OK) == 0;
    if (!good) {
        respond_problem(request, "unhealthy");
        return;
    }
    respond_json(request, 200,
        json_pack("{s:s, s:s, s:I}", "status", "ok", "node", node_name(request->node), "size",
            (json_int_t)register_sealed_size(request->db)));
}

static void gauge(struct buf *buf, const char *name, const char *kind, const char *help, uint64_t value)
{
    buf_printf(buf, "# HELP %s %s\n# TYPE %s %s\n%s %llu\n", name, help, name, kind, name,
        (unsigned long long)value);
}

void api_metrics(struct request *request)
{
    static const char *const lanes[LANE_COUNT] = {"quick", "filing", "slow"};
    struct web *web = request->web;
    struct commit_counts counts = node_counts(request->node);
    struct buf buf;
    buf_init(&buf, request->arena, (size_t)1 << 20);
    gauge(&buf, "panji_entries", "gauge", "Entries in the register.",
        (uint64_t)register_sealed_size(request->db));
    gauge(&buf, "panji_commits_total", "counter", "Commits to disk.", counts.commits);
    gauge(&buf, "panji_commit_jobs_total", "counter", "Filings that reached the writer.", counts.jobs);
    gauge(&buf, "panji_commit_refused_total", "counter", "Filings the writer refused.", counts.refused);
    gauge(&buf, "panji_commit_failed_total", "counter", "Filings lost to trouble of the machine.",
        counts.failed);
    gauge(&buf, "panji_commit_waiting", "gauge", "Filings waiting for the writer.", counts.waiting);
    buf_puts(&buf,
        "# HELP panji_queue_waiting Requests waiting for a worker.\n# TYPE panji_queue_waiting gauge\n");
    for (size_t i = 0; i < LANE_COUNT; i++)
        buf_printf(&buf, "panji_queue_waiting{lane=\"%s\"} %zu\n", lanes[i], lane_waiting(&web->lanes[i]));
    gauge(&buf, "panji_http_active", "gauge", "Requests begun and not yet answered.",
        (uint64_t)atomic_load(&web->active));
    gauge(&buf, "panji_start_time_seconds", "gauge", "When this server started.",
        (uint64_t)web->started_at / 1000);
    buf_printf(&buf,
        "# HELP panji_build_info The build.\n# TYPE panji_build_info gauge\n"
        "panji_build_info{version=\"%s\",node=\"%s\"} 1\n",
        PANJI_VERSION, node_name(request->node));
    metrics_write(&web->metrics, web->routes, web->route_count, &buf);
    respond_text(request, 200, "text/plain; version=0.0.4; charset=utf-8", buf.data, buf.len);
}
