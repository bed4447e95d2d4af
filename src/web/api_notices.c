/* web/api_notices: messages sent about limits that run out, and what gateways report of them. */
#include <stdlib.h>
#include <string.h>

#include "notify/notify.h"
#include "web/api.h"
#include "web/notices.h"
#include "web/server.h"

#define LIST_DEFAULT 50
#define LIST_MAX 200
#define LOOKED_AT_ONCE 200
#define LOOKED_AT_MAX 20000

static int state_asked(struct request *request)
{
    const char *word = query_value(request, "state");
    if (!word) return -1;
    for (int i = 0; i < MESSAGE_STATE_COUNT; i++)
        if (strcmp(message_state_word((enum message_state)i), word) == 0) return i;
    problem_add(&request->problems, "query_wrong", "state", "name", "state", NULL);
    return -1;
}

/* An office sees what was told about its own matters and those of the offices below it. */
enum err notices_seen(struct request *request, size_t limit, struct message **ret, size_t *ret_count)
{
    struct message_filter filter = {
        .state = state_asked(request), .after = query_int(request, "after", 0), .limit = LOOKED_AT_ONCE};
    struct message *list = ARENA_ARRAY(request->arena, struct message, limit);
    size_t count, kept = 0, looked_at = 0;
    if (request->problems.count > 0) return E_PROBLEM;
    do {
        struct message *some = NULL;
        count = 0;
        if (request->web->notify)
            TRY(outbox_list(notify_outbox(request->web->notify), request->arena, &filter, &some, &count));
        for (size_t i = 0; i < count && kept < limit; i++)
            if (office_under(request->db, some[i].office, request->viewer.office)) list[kept++] = some[i];
        if (count > 0) filter.after = some[count - 1].id;
        looked_at += count;
    } while (kept < limit && count == LOOKED_AT_ONCE && looked_at < LOOKED_AT_MAX);
    *ret = list;
    *ret_count = kept;
    return E_OK;
}

static json_t *message_json(const struct request *request, const struct message *message)
{
    return json_pack("{s:I, s:s, s:s, s:s, s:s?, s:s, s:s, s:b, s:i, s:o, s:o, s:o, s:s?}", "id",
        (json_int_t)message->id, "way", channel_word(message->channel), "receiver", message->receiver,
        "office", message->office, "case_number", message->case_number, "text", message->text, "state",
        message_state_word(message->state), "urgent", message->urgent, "tries", message->tries, "queued_at",
        api_time(request, message->queued_at), "sent_at", api_time(request, message->sent_at), "settled_at",
        api_time(request, message->settled_at), "why", message->why);
}

void api_notice_list(struct request *request)
{
    struct message *messages;
    size_t count;
    int64_t limit = query_int(request, "limit", LIST_DEFAULT);
    enum err err = notices_seen(
        request, limit < 1 || limit > LIST_MAX ? LIST_MAX : (size_t)limit, &messages, &count);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) json_array_append_new(list, message_json(request, &messages[i]));
    respond_json(request, 200, json_pack("{s:o, s:b}", "notices", list, "on", request->web->notify != NULL));
}

/* Kannel's report: 1 arrived, 2 failed, 16 refused by the operator; 4 and 8 are steps on the way. */
void api_notice_report(struct request *request)
{
    const char *status = query_value(request, "status");
    bool arrived = status && strcmp(status, "1") == 0;
    bool failed = status && (strcmp(status, "2") == 0 || strcmp(status, "16") == 0);
    enum err err = !request->web->notify ? E_NOT_FOUND : E_OK;
    if (err == E_OK && (arrived || failed))
        err = outbox_report(
            notify_outbox(request->web->notify), request->captures[0], arrived, request->now);
    if (err != E_OK) respond_error(request, err);
    else respond_text(request, 204, NULL, "", 0);
}
