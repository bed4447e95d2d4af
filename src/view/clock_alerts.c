/* view/clock_alerts: the alerts that fell in a stretch of time. How long before its end a clock alerts
 * follows from its length alone, and there are few lengths: each of them is one look-up for each rung. */
#include <string.h>

#include "base/time.h"
#include "view/clock_line.h"

struct alerting {
    const struct clock_reading *reading;
    int64_t from, until;
    struct clock_alert *list;
    size_t count;
};

/* Of one clock the highest stays; of two at one hour the one its block names. */
static bool stands_higher(const struct clock_alert *alert, const struct clock_alert *than)
{
    if (alert->before != than->before) return alert->before < than->before;
    return alert->rung.percent == 0 && than->rung.percent > 0;
}

static void alert_add(
    struct alerting *alerting, int64_t id, const struct clock_rung *rung, int64_t before, int64_t at)
{
    struct clock_alert fallen = {.rung = *rung, .before = before, .at = at};
    for (size_t i = 0; i < alerting->count; i++) {
        struct clock_alert *alert = &alerting->list[i];
        if (alert->line.id != id) continue;
        fallen.line = alert->line;
        if (stands_higher(&fallen, alert)) *alert = fallen;
        return;
    }
    if (clock_line_get(alerting->reading, id, &fallen.line) != E_OK) return;
    ROWS_GROW(alerting->reading->arena, alerting->list, alerting->count);
    alerting->list[alerting->count++] = fallen;
}

static const struct clock_words *words_of(const struct alerting *alerting, int64_t clock)
{
    return clock_at(alerting->reading->context->clocks, (size_t)clock);
}

static int64_t known_at(const struct alerting *alerting, int64_t seq)
{
    return db_int(alerting->reading->db, "SELECT filed_at FROM entry_index WHERE seq = $1", 0, V(seq));
}

/* Clocks of one length whose alert falls in the stretch, and which were known by then. */
static void span_alert(
    struct alerting *alerting, int64_t span, bool days, const struct clock_rung *rung)
{
    int64_t before = clock_rung_before(rung, span, days);
    if (before < 0) return;
    struct rows *rows = db_query(alerting->reading->db,
        "SELECT id, due_at, moved_seq, clock FROM clock WHERE closed_at IS NULL AND due_at IS NOT NULL AND "
        "span_ms "
        "= $1"
        " AND due_at > $2 AND due_at <= $3 AND (flags & 2 <> 0) = $4 ORDER BY due_at",
        V(span), V(alerting->from + before), V(alerting->until + before), V(days));
    while (db_next(rows)) {
        int64_t at = row_int(rows, 1) - before;
        if (!clock_has_rung(words_of(alerting, row_int(rows, 3)), rung)) continue;
        if (known_at(alerting, row_int(rows, 2)) <= at)
            alert_add(alerting, row_int(rows, 0), rung, before, at);
    }
}

/* ---- clocks that became known, or moved, in the stretch ---- */

/* Every rung the clock passed before it was known; the highest of them stays. */
static void passed_alert(
    struct alerting *alerting, int64_t id, const struct clock_row *row, int64_t known)
{
    const struct clock_words *words = words_of(alerting, row->clock);
    for (size_t i = 0; i < CLOCK_ALERTS + words->rung_count; i++) {
        const struct clock_rung *rung =
            i < CLOCK_ALERTS ? &clock_ladder[i] : &words->rungs[i - CLOCK_ALERTS];
        int64_t before = clock_rung_before(rung, row->span, row->days);
        if (before < 0 || row->due - before > known || !clock_has_rung(words, rung)) continue;
        alert_add(alerting, id, rung, before, known);
    }
}

static void entry_alert(struct alerting *alerting, int64_t seq, int64_t thread, int64_t filed_at)
{
    struct rows *rows = db_query(alerting->reading->db,
        "SELECT clock, subject, seq, office, start_at, due_at, other_at, span_ms, paused_at, closed_at, "
        "closed_seq,"
        " closing, flags, moved_seq, id FROM clock WHERE id BETWEEN $1 AND $2 AND closed_at IS NULL"
        " AND due_at IS NOT NULL AND moved_seq = $3",
        V(CLOCK_ROW_ID(thread, 0)), V(CLOCK_ROW_ID(thread + 1, 0) - 1), V(seq));
    while (db_next(rows)) {
        struct clock_row row = clock_row_read(rows, 0);
        passed_alert(alerting, row_int(rows, 14), &row, filed_at);
    }
}

/* The first entry filed after an instant: entries stand in the order of their time. */
static int64_t first_after(struct db *db, int64_t at)
{
    int64_t low = 0, high = db_int_values(db, "SELECT max(seq) + 1 FROM entry_index", 0, NULL, 0);
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (db_int(db, "SELECT filed_at FROM entry_index WHERE seq = $1", 0, V(middle)) <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void entries_alert(struct alerting *alerting)
{
    struct db *db = alerting->reading->db;
    struct rows *rows = db_query(db,
        "SELECT i.seq, coalesce(c.opened_seq, i.seq), i.filed_at FROM entry_index i"
        " LEFT JOIN case_file c ON c.id = i.case_id WHERE i.seq >= $1 AND i.seq < $2 ORDER BY i.seq",
        V(first_after(db, alerting->from)), V(first_after(db, alerting->until)));
    while (db_next(rows)) entry_alert(alerting, row_int(rows, 0), row_int(rows, 1), row_int(rows, 2));
}

/* ---- the whole ---- */

static void alerts_sort(struct clock_alert *list, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct clock_alert alert = list[i];
        size_t k = i;
        for (; k > 0 && (list[k - 1].at > alert.at ||
                            (list[k - 1].at == alert.at && list[k - 1].line.id > alert.line.id));
             k--)
            list[k] = list[k - 1];
        list[k] = alert;
    }
}

enum err clock_alerts(struct db *db, const struct view_context *context, struct arena *arena, int64_t from,
    int64_t until, struct clock_alert **ret, size_t *ret_count)
{
    const struct clock_reading reading = {db, context, arena, NULL, until};
    struct alerting alerting = {.reading = &reading, .from = from, .until = until};
    const struct clock_rung *own;
    size_t own_count = clock_own_rungs(context->clocks, arena, &own);
    int64_t span = INT64_MIN;
    for (;;) {
        span = db_int(db,
            "SELECT min(span_ms) FROM clock WHERE closed_at IS NULL AND due_at IS NOT NULL AND span_ms > $1",
            INT64_MIN, V(span));
        if (span == INT64_MIN) break;
        for (size_t i = 0; i < CLOCK_ALERTS + own_count; i++)
            for (int days = 0; days < 2; days++)
                span_alert(
                    &alerting, span, days, i < CLOCK_ALERTS ? &clock_ladder[i] : &own[i - CLOCK_ALERTS]);
    }
    entries_alert(&alerting);
    alerts_sort(alerting.list, alerting.count);
    *ret = alerting.list;
    *ret_count = alerting.count;
    return db_status(db);
}
