/* notify/watches: what a watch has found, as a message to the officer who keeps it. It says that there is
 * something, of which case, and nothing else; and only of what he may see on My day. */
#include "notify/watches.h"

#include <string.h>

#include "base/fill.h"
#include "base/time.h"
#include "notify/alerts.h"

#define ARENA_MAX ((size_t)256 << 20)
#define LATE_MS TIME_DAY_MS /* the index may be behind the register; a match is told once in any case */

struct telling {
    const struct config *config;
    struct people *people;
    struct db *db;
    const struct view_context *context;
    struct arena *arena;
    int64_t now, since;
    struct message *list;
    size_t count, room;
};

/* The posting in which he filed it, if he still holds one there. */
static bool keeper(const struct telling *telling, const struct watch_row *watch, struct viewer *ret)
{
    struct posting *postings;
    size_t count = postings_at(telling->db, telling->arena, watch->officer, telling->now, &postings);
    for (size_t i = 0; i < count; i++) {
        const struct posting *p = &postings[i];
        if (strcmp(p->office, watch->office) != 0) continue;
        *ret = (struct viewer){p->officer, p->office, p->office_kind, p->pillar, p->role};
        return true;
    }
    return false;
}

static const char *text_of(const struct telling *telling, const struct watch_row *watch,
    const struct case_row *row)
{
    enum lang lang = telling->config->lang;
    struct office office = {.name = watch->office};
    if (office_get(telling->db, telling->arena, watch->office, &office) != E_OK) office.name = watch->office;
    const struct fill fills[] = {
        {"case", row->number ? row->number : watch->case_id},
        {"office", lang == LANG_HI && office.name_hi ? office.name_hi : office.name},
    };
    return words_fill(telling->arena, notice_find(telling->config, "watch_match")->text[lang], fills,
        sizeof fills / sizeof *fills);
}

static void message_add(struct telling *telling, const struct message *message)
{
    if (telling->count == telling->room) {
        telling->room = telling->room ? 2 * telling->room : 16;
        struct message *grown = ARENA_ARRAY(telling->arena, struct message, telling->room);
        if (telling->count) memcpy(grown, telling->list, telling->count * sizeof *grown);
        telling->list = grown;
    }
    telling->list[telling->count++] = *message;
}

static enum err watch_tell(struct telling *telling, const struct watch_row *watch)
{
    struct viewer viewer;
    struct watch_alert *alerts;
    struct case_row row;
    size_t count;
    if (!keeper(telling, watch, &viewer)) return E_OK;
    const char *phone = officer_phone(telling->db, telling->context, telling->arena, watch->officer);
    if (!phone || case_facts(telling->db, telling->arena, watch->case_id, &row) != E_OK) return E_OK;
    struct eye eye = {.db = telling->db,
        .forms = telling->context->forms,
        .viewer = &viewer,
        .wide = mask_for(&viewer, "people_elsewhere", NULL) != MASK_NEVER,
        .purpose = true};
    TRY(watch_alerts(telling->people, telling->db, telling->arena, watch, &eye, &alerts, &count));
    for (size_t i = 0; i < count; i++)
        if (alerts[i].at > telling->since)
            message_add(telling,
                &(struct message){
                    .fact = arena_printf(telling->arena, "watch %s %s", watch->id, alerts[i].key),
                    .channel = CHANNEL_SMS,
                    .receiver = watch->officer,
                    .address = phone,
                    .notice = "watch_match",
                    .text = text_of(telling, watch, &row),
                    .registered =
                        notice_find(telling->config, "watch_match")->registered[telling->config->lang],
                    .case_number = row.number,
                    .office = watch->office,
                    .lang = telling->config->lang,
                    .queued_at = telling->now,
                    .next_at = config_not_quiet(telling->config, telling->now)});
    return E_OK;
}

static enum err watches_tell(struct telling *telling, struct outbox *outbox, int64_t mark)
{
    struct watch_row *watches;
    size_t count;
    TRY(watches_running(telling->db, telling->arena, time_day_number(telling->now), INT64_MAX, INT64_MAX,
        &watches, &count));
    for (size_t i = 0; i < count; i++) TRY(watch_tell(telling, &watches[i]));
    return telling->count > 0 ? outbox_put(outbox, telling->list, telling->count, mark) : E_OK;
}

enum err watches_queue(struct outbox *outbox, const struct config *config, struct people *people,
    struct db *db, const struct view_context *context, int64_t now)
{
    int64_t mark = outbox_mark(outbox);
    if (mark < 0 || !config->ways[CHANNEL_SMS].address) return E_OK;
    struct telling telling = {.config = config,
        .people = people,
        .db = db,
        .context = context,
        .arena = arena_new(ARENA_MAX),
        .now = now,
        .since = mark - LATE_MS};
    enum err err = watches_tell(&telling, outbox, mark);
    arena_free(telling.arena);
    return err;
}
