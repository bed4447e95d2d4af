/* notify/alerts: who owes an act and where he is reached stands in the register: postings, and the numbers
 * and mailboxes in the entries of officers and offices. */
#include "notify/alerts.h"

#include <string.h>

#include "base/fill.h"
#include "base/json.h"
#include "base/time.h"
#include "base/words.h"

#define ARENA_MAX ((size_t)256 << 20)
#define LINE_MAX 20 /* offices above one another */

struct queueing {
    const struct config *config;
    struct db *db;
    const struct view_context *context;
    struct arena *arena;
    int64_t now;
    struct message *list;
    size_t count, room;
};

/* ---- where people are reached ---- */

/* A text of the newest state of the entry that an officer or office stands in. */
static const char *entry_text(struct db *db, const struct view_context *context, struct arena *arena,
    const char *table_query, const char *key, const char *path)
{
    struct entry entry;
    const char *id = db_text(db, arena, table_query, V(key));
    if (!id || entry_by_id(db, arena, id, &entry) != E_OK) return NULL;
    const struct form *form = form_version(context->forms, entry.form, entry.form_version);
    json_t *body CLEANUP(json_drop) = form ? corrected_body(db, arena, form, &entry) : NULL;
    const char *text = body ? json_string_value(json_at(body, path)) : NULL;
    return text ? arena_strdup(arena, text) : NULL;
}

const char *officer_phone(
    struct db *db, const struct view_context *context, struct arena *arena, const char *officer)
{
    return entry_text(
        db, context, arena, "SELECT entry FROM officer WHERE id = $1", officer, "officer.phone");
}

static const char *office_mailbox(struct queueing *queueing, const char *office)
{
    return entry_text(queueing->db, queueing->context, queueing->arena,
        "SELECT entry FROM office WHERE code = $1", office, "office.email");
}

/* ---- messages ---- */

static const char *office_name(struct queueing *queueing, const char *code)
{
    struct office office;
    if (office_get(queueing->db, queueing->arena, code, &office) != E_OK) return code;
    return queueing->config->lang == LANG_HI && office.name_hi ? office.name_hi : office.name;
}

/* Each office counts its cases itself: where another owes the act, that of the case stands with the
 * number. */
static const char *case_words(struct queueing *queueing, const struct clock_line *line)
{
    if (!line->number) return word(queueing->config->lang, "notice_paper");
    if (!line->case_office || strcmp(line->case_office, line->office) == 0) return line->number;
    return arena_printf(
        queueing->arena, "%s (%s)", line->number, office_name(queueing, line->case_office));
}

static const char *text_of(struct queueing *queueing, const struct clock_alert *alert, const char *key)
{
    const struct config *config = queueing->config;
    const struct clock_line *line = &alert->line;
    const struct fill fills[] = {
        {"case", case_words(queueing, line)},
        {"what", line->words->label[config->lang]},
        {"due", time_people_text(queueing->arena, line->row.due, (int)config->lang)},
        {"office", office_name(queueing, line->office)},
    };
    return words_fill(queueing->arena, notice_find(config, key)->text[config->lang], fills,
        sizeof fills / sizeof *fills);
}

static void message_add(struct queueing *queueing, const struct clock_alert *alert,
    const struct alert_row *rule, const char *receiver, const char *address)
{
    if (!address || !queueing->config->ways[rule->channel].address) return;
    if (queueing->count == queueing->room) {
        struct message *grown = ARENA_ARRAY(queueing->arena, struct message, 2 * queueing->room + 16);
        if (queueing->count) memcpy(grown, queueing->list, queueing->count * sizeof *grown);
        queueing->list = grown;
        queueing->room = 2 * queueing->room + 16;
    }
    const struct clock_rung *rung = &alert->rung;
    const char *key = rung->percent >= 100 ? "clock_late" : "clock_soon";
    enum lang lang = queueing->config->lang;
    /* What is written at night can wait unless the limit is over; mail wakes nobody. */
    bool waits = rule->channel == CHANNEL_SMS && !rule->urgent;
    queueing->list[queueing->count++] = (struct message){
        .fact = arena_printf(queueing->arena, "clock %s %s %lld %s %d%s", alert->line.words->id,
            alert->line.thread_id, (long long)alert->line.row.seq,
            alert->line.subject ? alert->line.subject : "-", rung->percent ? rung->percent : rung->number,
            rung->percent ? "" : rung->days ? " days" : " hours"),
        .channel = rule->channel,
        .receiver = receiver,
        .address = address,
        .notice = key,
        .text = text_of(queueing, alert, key),
        .registered = notice_find(queueing->config, key)->registered[lang],
        .case_number = alert->line.number,
        .office = alert->line.office,
        .lang = lang,
        .urgent = rule->urgent,
        .queued_at = queueing->now,
        .next_at = waits ? config_not_quiet(queueing->config, queueing->now) : queueing->now,
    };
}

/* ---- receivers ---- */

static void officers_tell(struct queueing *queueing, const struct clock_alert *alert,
    const struct alert_row *rule, const char *office, const char *role, size_t *told)
{
    struct posting *postings;
    size_t count = postings_of_office(queueing->db, queueing->arena, office, queueing->now, &postings);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(postings[i].role, role) != 0) continue;
        ++*told;
        message_add(queueing, alert, rule, postings[i].officer,
            officer_phone(queueing->db, queueing->context, queueing->arena, postings[i].officer));
    }
}

static void owner_tell(
    struct queueing *queueing, const struct clock_alert *alert, const struct alert_row *rule)
{
    const struct clock_line *line = &alert->line;
    size_t told = 0;
    if (line->officer)
        message_add(queueing, alert, rule, line->officer,
            officer_phone(queueing->db, queueing->context, queueing->arena, line->officer));
    else if (line->words->role)
        officers_tell(queueing, alert, rule, line->office, line->words->role, &told);
}

static void office_tell(struct queueing *queueing, const struct clock_alert *alert,
    const struct alert_row *rule, const char *office)
{
    message_add(queueing, alert, rule, office, office_mailbox(queueing, office));
}

/* Those in the role at an office: each by SMS, or the office by mail. */
static void role_tell(struct queueing *queueing, const struct clock_alert *alert,
    const struct alert_row *rule, const char *office, const char *role)
{
    size_t told = 0;
    if (rule->channel == CHANNEL_SMS) officers_tell(queueing, alert, rule, office, role, &told);
    else office_tell(queueing, alert, rule, office);
}

/* The nearest office, from that which owes the act upwards, where somebody holds the role. */
static void next_tell(struct queueing *queueing, const struct clock_alert *alert,
    const struct alert_row *rule, const char *role)
{
    struct office office = {.parent = alert->line.office};
    for (int i = 0; i < LINE_MAX && office.parent; i++) {
        if (office_get(queueing->db, queueing->arena, office.parent, &office) != E_OK) return;
        struct posting *postings;
        size_t count =
            postings_of_office(queueing->db, queueing->arena, office.code, queueing->now, &postings);
        size_t held = 0;
        for (size_t k = 0; k < count; k++) held += strcmp(postings[k].role, role) == 0;
        if (held == 0) continue;
        role_tell(queueing, alert, rule, office.code, role);
        return;
    }
}

static void shown_tell(
    struct queueing *queueing, const struct clock_alert *alert, const struct alert_row *rule)
{
    const struct clock_line *line = &alert->line;
    if (line->shown && line->words->shown) role_tell(queueing, alert, rule, line->shown, line->words->shown);
}

/* The districts of the office that owes it and of the prison; the outbox keeps one message for who is in
 * both. */
static void district_tell(
    struct queueing *queueing, const struct clock_alert *alert, const struct alert_row *rule)
{
    const struct clock_line *line = &alert->line;
    const char *const places[] = {line->office, line->prison};
    for (size_t i = 0; line->words->district && i < sizeof places / sizeof *places; i++) {
        const char **offices = NULL;
        size_t count = places[i] ? clock_district_offices(queueing->db, queueing->arena, places[i],
                                       line->words->district, &offices)
                                 : 0;
        for (size_t k = 0; k < count; k++)
            role_tell(queueing, alert, rule, offices[k], line->words->district);
    }
}

static void alert_tell(
    struct queueing *queueing, const struct clock_alert *alert, const struct alert_row *rule)
{
    switch (rule->to) {
    case ALERT_OWNER: owner_tell(queueing, alert, rule); break;
    case ALERT_OFFICE: office_tell(queueing, alert, rule, alert->line.office); break;
    case ALERT_SHOWN: shown_tell(queueing, alert, rule); break;
    case ALERT_DISTRICT: district_tell(queueing, alert, rule); break;
    case ALERT_TO_COUNT: break;
    case ALERT_NEXT:
        for (size_t i = 0; i < alert->line.words->next_count; i++)
            next_tell(queueing, alert, rule, alert->line.words->next[i]);
        break;
    }
}

static enum err alerts_put(struct queueing *queueing, struct outbox *outbox, int64_t mark)
{
    struct clock_alert *alerts;
    size_t count;
    TRY(clock_alerts(
        queueing->db, queueing->context, queueing->arena, mark, queueing->now, &alerts, &count));
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < queueing->config->alert_count; k++)
            if (queueing->config->alerts[k].percent == alerts[i].rung.percent)
                alert_tell(queueing, &alerts[i], &queueing->config->alerts[k]);
    return outbox_put(outbox, queueing->list, queueing->count, queueing->now);
}

enum err alerts_queue(struct outbox *outbox, const struct config *config, struct db *db,
    const struct view_context *context, int64_t now)
{
    int64_t mark = outbox_mark(outbox);
    if (mark < 0) return outbox_put(outbox, NULL, 0, now);
    if (mark >= now) return E_OK;
    struct queueing queueing = {
        .config = config, .db = db, .context = context, .arena = arena_new(ARENA_MAX), .now = now};
    enum err err = alerts_put(&queueing, outbox, mark);
    arena_free(queueing.arena);
    return err;
}
