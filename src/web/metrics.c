/* web/metrics: one counter a route and class of status, one histogram of all durations. */
#include "web/metrics.h"

#include "web/route.h"

static const int64_t bounds_us[METRIC_BUCKETS] = {
    250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 500000, 2500000};

static const char *const method_names[METHOD_COUNT] = {"GET", "POST", "DELETE"};

void metrics_count(struct metrics *metrics, size_t route, int status, int64_t duration_us)
{
    if (route >= METRIC_ROUTES_MAX) route = METRIC_ROUTES_MAX - 1;
    int class = status / 100 <= 5 ? status / 100 : 0;
    atomic_fetch_add_explicit(&metrics->answers[route][class], 1, memory_order_relaxed);
    size_t i = 0;
    while (i < METRIC_BUCKETS && duration_us > bounds_us[i]) i++;
    atomic_fetch_add_explicit(&metrics->buckets[i], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&metrics->sum_us, (uint64_t)duration_us, memory_order_relaxed);
}

static void answers_write(
    struct metrics *metrics, struct buf *buf, size_t row, const char *route, const char *method)
{
    for (int class = 1; class <= 5; class ++) {
        uint64_t n = atomic_load_explicit(&metrics->answers[row][class], memory_order_relaxed);
        if (n == 0) continue;
        buf_printf(buf, "panji_http_requests_total{method=\"%s\",route=\"%s\",status=\"%dxx\"} %llu\n",
            method, route, class, (unsigned long long)n);
    }
}

void metrics_write(struct metrics *metrics, const struct route *routes, size_t route_count, struct buf *buf)
{
    buf_puts(buf,
        "# HELP panji_http_requests_total Requests answered.\n# TYPE panji_http_requests_total counter\n");
    for (size_t i = 0; i < route_count && i < METRIC_ROUTES_MAX - 1; i++)
        answers_write(metrics, buf, i, routes[i].pattern, method_names[routes[i].method]);
    answers_write(metrics, buf, METRIC_ROUTES_MAX - 1, "none", "any");

    buf_puts(buf, "# HELP panji_http_request_seconds From the first header to the answer.\n"
                  "# TYPE panji_http_request_seconds histogram\n");
    uint64_t count = 0;
    for (size_t i = 0; i < METRIC_BUCKETS; i++) {
        count += atomic_load_explicit(&metrics->buckets[i], memory_order_relaxed);
        buf_printf(buf, "panji_http_request_seconds_bucket{le=\"%g\"} %llu\n", (double)bounds_us[i] / 1e6,
            (unsigned long long)count);
    }
    count += atomic_load_explicit(&metrics->buckets[METRIC_BUCKETS], memory_order_relaxed);
    buf_printf(buf, "panji_http_request_seconds_bucket{le=\"+Inf\"} %llu\n", (unsigned long long)count);
    buf_printf(buf, "panji_http_request_seconds_sum %.6f\n",
        (double)atomic_load_explicit(&metrics->sum_us, memory_order_relaxed) / 1e6);
    buf_printf(buf, "panji_http_request_seconds_count %llu\n", (unsigned long long)count);
}
