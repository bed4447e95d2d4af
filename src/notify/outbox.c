/* notify/outbox: one table of messages and one row that keeps the mark. */
#include "notify/outbox.h"

#include <string.h>

#include "base/id.h"
#include "base/time.h"
#include "db/side.h"

#define OUTBOX_ARENA_MAX ((size_t)1 << 20)

struct outbox {
    struct side *side; /* its arena holds this struct, its lock guards the database */
    struct db *db;
};

static const char schema[] =
    "PRAGMA secure_delete = ON;"
    "CREATE TABLE IF NOT EXISTS mark(one INTEGER PRIMARY KEY CHECK(one = 1), at INTEGER NOT NULL) STRICT;"
    "CREATE TABLE IF NOT EXISTS message(id INTEGER PRIMARY KEY, fact TEXT NOT NULL, channel INTEGER NOT NULL,"
    "  receiver TEXT NOT NULL, address TEXT, notice TEXT NOT NULL, text TEXT NOT NULL, registered TEXT,"
    "  case_number TEXT, office TEXT NOT NULL, lang INTEGER NOT NULL, state INTEGER NOT NULL,"
    "  urgent INTEGER NOT NULL, tries INTEGER NOT NULL, queued_at INTEGER NOT NULL, next_at INTEGER NOT NULL,"
    "  sent_at INTEGER NOT NULL, settled_at INTEGER NOT NULL, token TEXT NOT NULL UNIQUE, why TEXT,"
    "  UNIQUE(fact, channel, receiver)) STRICT;"
    "CREATE INDEX IF NOT EXISTS message_due ON message(channel, next_at) WHERE state = 0;";

const char *message_state_word(enum message_state state)
{
    static const char *const words[MESSAGE_STATE_COUNT] = {[MESSAGE_WAITING] = "waiting",
        [MESSAGE_SENT] = "sent", [MESSAGE_DELIVERED] = "delivered", [MESSAGE_FAILED] = "failed"};
    return words[state];
}

/* ---- opening ---- */

enum err outbox_open(const char *folder, struct outbox **ret)
{
    struct side *side;
    TRY(side_open(folder, "outbox.db", false, OUTBOX_ARENA_MAX, schema, &side));
    *ret = ARENA_NEW(side->arena, struct outbox);
    **ret = (struct outbox){side, side->db};
    return E_OK;
}

void outbox_close(struct outbox *outbox)
{
    if (outbox) side_close(outbox->side);
}

/* ---- putting ---- */

static void message_put(struct db *db, const struct message *message)
{
    uint8_t random[16];
    char token[2 * sizeof random + 1];
    static const char digits[] = "0123456789abcdef";
    id_random(random, sizeof random);
    for (size_t i = 0; i < sizeof random; i++) {
        token[2 * i] = digits[random[i] >> 4];
        token[2 * i + 1] = digits[random[i] & 15];
    }
    token[2 * sizeof random] = '\0';
    db_run(db,
        "INSERT INTO message(fact, channel, receiver, address, notice, text, registered, case_number, office,"
        " lang, state, urgent, tries, queued_at, next_at, sent_at, settled_at, token)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, 0, $12, $13, 0, 0, $14)"
        " ON CONFLICT(fact, channel, receiver) DO NOTHING",
        V(message->fact), V((int64_t)message->channel), V(message->receiver), V(message->address),
        V(message->notice), V(message->text), V(message->registered), V(message->case_number),
        V(message->office), V((int64_t)message->lang), V((int64_t)message->urgent), V(message->queued_at),
        V(message->next_at), V((const char *)token));
}

enum err outbox_put(struct outbox *outbox, const struct message *messages, size_t count, int64_t mark)
{
    side_hold(outbox->side);
    if (db_begin(outbox->db) == E_OK) {
        for (size_t i = 0; i < count; i++) message_put(outbox->db, &messages[i]);
        db_run(outbox->db,
            "INSERT INTO mark(one, at) VALUES (1, $1) ON CONFLICT(one) DO UPDATE SET at = excluded.at",
            V(mark));
        if (db_commit(outbox->db) != E_OK) db_rollback(outbox->db);
    }
    return side_release(outbox->side);
}

int64_t outbox_mark(struct outbox *outbox)
{
    side_hold(outbox->side);
    int64_t mark = db_int(outbox->db, "SELECT at FROM mark WHERE one = $1", -1, V(1));
    (void)side_release(outbox->side);
    return mark;
}

/* ---- reading ---- */

#define MESSAGE_COLUMNS                                                                                      \
    "SELECT id, fact, channel, receiver, address, notice, text, registered, case_number, office, lang,"      \
    " state, urgent, tries, queued_at, next_at, sent_at, settled_at, token, why FROM message"

static struct message message_row(struct rows *rows, struct arena *arena)
{
    return (struct message){
        .id = row_int(rows, 0),
        .fact = row_dup(rows, 1, arena),
        .channel = (enum channel)row_int(rows, 2),
        .receiver = row_dup(rows, 3, arena),
        .address = row_dup(rows, 4, arena),
        .notice = row_dup(rows, 5, arena),
        .text = row_dup(rows, 6, arena),
        .registered = row_dup(rows, 7, arena),
        .case_number = row_dup(rows, 8, arena),
        .office = row_dup(rows, 9, arena),
        .lang = (enum lang)row_int(rows, 10),
        .state = (enum message_state)row_int(rows, 11),
        .urgent = row_int(rows, 12) != 0,
        .tries = (int)row_int(rows, 13),
        .queued_at = row_int(rows, 14),
        .next_at = row_int(rows, 15),
        .sent_at = row_int(rows, 16),
        .settled_at = row_int(rows, 17),
        .token = row_dup(rows, 18, arena),
        .why = row_dup(rows, 19, arena),
    };
}

enum err outbox_due(struct outbox *outbox, struct arena *arena, enum channel channel, int64_t now,
    size_t limit, struct message **ret, size_t *ret_count)
{
    struct message *list = ARENA_ARRAY(arena, struct message, limit);
    size_t count = 0;
    side_hold(outbox->side);
    struct rows *rows = db_query(outbox->db,
        MESSAGE_COLUMNS " WHERE state = 0 AND channel = $1 AND next_at <= $2 ORDER BY next_at, id LIMIT $3",
        V((int64_t)channel), V(now), V(limit));
    while (db_next(rows)) list[count++] = message_row(rows, arena);
    *ret = list;
    *ret_count = count;
    return side_release(outbox->side);
}

int64_t outbox_next(struct outbox *outbox)
{
    side_hold(outbox->side);
    int64_t next = db_int(
        outbox->db, "SELECT coalesce(min(next_at), 0) FROM message WHERE state = 0 AND next_at > $1", 0,
               V(0));
    (void)side_release(outbox->side);
    return next;
}

enum err outbox_list(struct outbox *outbox, struct arena *arena, const struct message_filter *filter,
    struct message **ret, size_t *ret_count)
{
    struct value values[4];
    size_t count = 0, found = 0;
    struct buf sql;
    buf_init(&sql, arena, 1000);
    buf_puts(&sql, MESSAGE_COLUMNS " WHERE true");
    if (filter->state >= 0) {
        values[count++] = V((int64_t)filter->state);
        buf_printf(&sql, " AND state = $%zu", count);
    }
    if (filter->after) {
        values[count++] = V(filter->after);
        buf_printf(&sql, " AND id < $%zu", count);
    }
    values[count++] = V(filter->limit);
    buf_printf(&sql, " ORDER BY id DESC LIMIT $%zu", count);
    struct message *list = ARENA_ARRAY(arena, struct message, filter->limit);
    side_hold(outbox->side);
    struct rows *rows = db_query_composed(outbox->db, sql.data, values, count);
    while (db_next(rows)) list[found++] = message_row(rows, arena);
    *ret = list;
    *ret_count = found;
    return side_release(outbox->side);
}

/* ---- what became of one ---- */

enum err outbox_sent(struct outbox *outbox, int64_t id, int64_t now, bool reports_come)
{
    side_hold(outbox->side);
    if (reports_come)
        db_run(outbox->db,
            "UPDATE message SET state = max(state, 1), sent_at = $1, tries = tries + 1,"
            " why = CASE state WHEN 0 THEN NULL ELSE why END WHERE id = $2",
            V(now), V(id));
    else
        db_run(outbox->db,
            "UPDATE message SET state = 2, sent_at = $1, settled_at = $1, tries = tries + 1, address = NULL,"
            " why = NULL WHERE id = $2",
            V(now), V(id));
    return side_release(outbox->side);
}

enum err outbox_refused(struct outbox *outbox, int64_t id, int64_t now, int64_t next_at, const char *why)
{
    side_hold(outbox->side);
    if (next_at)
        db_run(outbox->db,
            "UPDATE message SET tries = tries + 1, next_at = $1, why = $2 WHERE id = $3 AND state = 0",
            V(next_at), V(why), V(id));
    else
        db_run(outbox->db,
            "UPDATE message SET state = 3, tries = tries + 1, settled_at = $1, address = NULL, why = $2"
            " WHERE id = $3 AND state = 0",
            V(now), V(why), V(id));
    return side_release(outbox->side);
}

enum err outbox_report(struct outbox *outbox, const char *token, bool delivered, int64_t now)
{
    side_hold(outbox->side);
    db_run(outbox->db,
        "UPDATE message SET state = $1, settled_at = $2, address = NULL, why = $3"
        " WHERE token = $4 AND state IN (0, 1)",
        V(delivered ? (int64_t)MESSAGE_DELIVERED : (int64_t)MESSAGE_FAILED), V(now),
        V(delivered ? (const char *)NULL : "the gateway reports that it did not arrive"), V(token));
    bool found = db_changes(outbox->db) > 0;
    enum err err = side_release(outbox->side);
    return err != E_OK ? err : found ? E_OK : E_NOT_FOUND;
}
