/* web/metrics: what /metrics tells Prometheus about requests. Counting takes no lock. */
#ifndef PANJI_WEB_METRICS_H
#define PANJI_WEB_METRICS_H

#include <stdatomic.h>
#include <stdint.h>

#include "base/buf.h"

struct route;

#define METRIC_ROUTES_MAX 512 /* the last one counts requests for no route */
#define METRIC_BUCKETS 11

struct metrics {
    atomic_uint_fast64_t answers[METRIC_ROUTES_MAX][6]; /* by route and first digit of the status */
    atomic_uint_fast64_t buckets[METRIC_BUCKETS + 1];
    atomic_uint_fast64_t sum_us;
};

void metrics_count(struct metrics *metrics, size_t route, int status, int64_t duration_us);

/* The request metrics in the text format, version 0.0.4. */
void metrics_write(
    struct metrics *metrics, const struct route *routes, size_t route_count, struct buf *buf);

#endif
