/* page/notices: what was sent to whom about limits that run out, and whether it arrived. */
#include "web/notices.h"

#include "kit/frame.h"
#include "kit/nav.h"
#include "kit/notice.h"
#include "kit/table.h"
#include "page/pages.h"
#include "web/server.h"

#define ROWS_PER_PAGE 50

static enum tone tone_of(enum message_state state)
{
    static const enum tone tones[MESSAGE_STATE_COUNT] = {[MESSAGE_WAITING] = TONE_WARN,
        [MESSAGE_SENT] = TONE_NOTE, [MESSAGE_DELIVERED] = TONE_GOOD, [MESSAGE_FAILED] = TONE_BAD};
    return tones[state];
}

static const char *state_words(const struct page *page, enum message_state state)
{
    return page_word(page, arena_printf(page->request->arena, "notice_%s", message_state_word(state)));
}

static void rows_draw(struct page *page, const struct message *messages, size_t count)
{
    static const struct column columns[] = {{.key = "when"}, {.key = "notice_receiver"},
        {.key = "notice_text"}, {.key = "notice_way"}, {.key = "status"}, {0}};
    struct request *request = page->request;
    struct table table = {.page = page, .columns = columns};
    table_begin(&table);
    for (size_t i = 0; i < count; i++) {
        const struct message *message = &messages[i];
        bool mail = message->channel == CHANNEL_MAIL;
        table_row_begin(&table);
        table_cell(&table, page_time(page, message->queued_at));
        table_cell(&table,
            mail ? office_words(request, message->receiver) : officer_words(request, message->receiver));
        table_cell(&table, message->text);
        table_cell(&table, page_word(page, mail ? "notice_mail" : "notice_sms"));
        table_cell_begin(&table);
        tag_draw(page, state_words(page, message->state), tone_of(message->state));
        if (message->why) html_element(&page->html, "span", message->why, "class", "law", NULL);
        html_close(&page->html);
        table_row_end(&table);
    }
    table_end(&table);
}

void page_notices(struct request *request)
{
    struct message *messages = NULL;
    size_t count = 0;
    enum err err = notices_seen(request, ROWS_PER_PAGE, &messages, &count);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    struct page page;
    page_begin(&page, request, word(request->lang, "notices"));
    if (!request->web->notify) {
        notice_draw(&page, TONE_NOTE, page_word(&page, "notices_off"));
    } else {
        struct filter_choice choices[MESSAGE_STATE_COUNT + 1] = {
            {.text = page_word(&page, "all"), .count = -1}};
        for (int i = 0; i < MESSAGE_STATE_COUNT; i++)
            choices[i + 1] = (struct filter_choice){.value = message_state_word((enum message_state)i),
                .text = state_words(&page, (enum message_state)i),
                .count = -1};
        filter_links(&page, "state", page_word(&page, "status"), choices, MESSAGE_STATE_COUNT + 1);
        rows_draw(&page, messages, count);
        paging_draw(&page,
            count == ROWS_PER_PAGE
                ? arena_printf(request->arena, "%lld", (long long)messages[count - 1].id)
                : NULL,
            "earlier");
    }
    page_end(&page, 200);
}
