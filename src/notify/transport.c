/* notify/transport: see the header. Only the protocols named here are spoken, redirections are not
 * followed, and a gateway has fifteen seconds. */
#include "notify/transport.h"

#include <curl/curl.h>
#include <string.h>

#include "base/buf.h"
#include "base/time.h"

#define TRANSPORT_ARENA_MAX ((size_t)64 << 10)
#define TIMEOUT_S 15L
#define ANSWER_BYTES_MAX 500
#define ADDRESS_BYTES_MAX ((size_t)16 << 10)
#define KANNEL_REPORTS "31" /* delivered, failed, buffered, accepted, refused by the operator */

struct transport {
    struct arena *arena; /* holds this struct */
    const struct config *config;
    const char *node_name;
    CURL *curl;
};

struct answer {
    char text[ANSWER_BYTES_MAX + 1];
    size_t n;
};

enum err transport_open(const struct config *config, const char *node_name, struct transport **ret)
{
    CURL *curl = curl_easy_init();
    if (!curl) return E_IO;
    struct arena *arena = arena_new(TRANSPORT_ARENA_MAX);
    struct transport *transport = ARENA_NEW(arena, struct transport);
    *transport = (struct transport){arena, config, node_name, curl};
    *ret = transport;
    return E_OK;
}

void transport_close(struct transport *transport)
{
    if (!transport) return;
    curl_easy_cleanup(transport->curl);
    arena_free(transport->arena);
}

static size_t answer_take(char *data, size_t size, size_t count, void *context)
{
    struct answer *answer = context;
    size_t n = size * count, room = ANSWER_BYTES_MAX - answer->n;
    memcpy(answer->text + answer->n, data, n < room ? n : room);
    answer->n += n < room ? n : room;
    return n;
}

static void begin(struct transport *transport, const char *protocols, struct answer *answer)
{
    CURL *curl = transport->curl;
    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, protocols);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, TIMEOUT_S);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, TIMEOUT_S);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, answer_take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
}

/* ---- SMS ---- */

static void query_add(struct buf *url, CURL *curl, const char *name, const char *value)
{
    if (!value) return;
    char *escaped = curl_easy_escape(curl, value, 0);
    buf_printf(url, "%c%s=%s", strchr(url->data, '?') ? '&' : '?', name, escaped ? escaped : "");
    curl_free(escaped);
}

/* Ids that Indian operators ask for with every message, as Kannel hands them on over SMPP. */
static const char *operator_words(
    const struct config *config, const struct message *message, struct arena *arena)
{
    if (!config->entity || !message->registered) return NULL;
    return arena_printf(arena, "?smpp?EntityID=%s&TemplateID=%s", config->entity, message->registered);
}

static const char *sms_address(
    struct transport *transport, const struct message *message, struct arena *arena)
{
    const struct way *way = &transport->config->ways[CHANNEL_SMS];
    struct buf url;
    buf_init(&url, arena, ADDRESS_BYTES_MAX);
    buf_puts(&url, way->address);
    query_add(&url, transport->curl, "username", way->user);
    query_add(&url, transport->curl, "password", way->password);
    query_add(&url, transport->curl, "from", way->from);
    query_add(&url, transport->curl, "to", message->address);
    query_add(&url, transport->curl, "charset", "UTF-8");
    query_add(&url, transport->curl, "coding", message->lang == LANG_HI ? "2" : "0");
    query_add(&url, transport->curl, "meta-data", operator_words(transport->config, message, arena));
    if (way->report) {
        query_add(&url, transport->curl, "dlr-mask", KANNEL_REPORTS);
        query_add(&url, transport->curl, "dlr-url",
            arena_printf(arena, "%s/api/v1/notices/%s/report?status=%%d", way->report, message->token));
    }
    query_add(&url, transport->curl, "text", message->text);
    return url.data;
}

static enum sending sms_send(struct transport *transport, const struct message *message, struct arena *arena,
    struct answer *answer, const char **ret_why)
{
    begin(transport, "http,https", answer);
    curl_easy_setopt(transport->curl, CURLOPT_URL, sms_address(transport, message, arena));
    CURLcode code = curl_easy_perform(transport->curl);
    long status = 0;
    curl_easy_getinfo(transport->curl, CURLINFO_RESPONSE_CODE, &status);
    if (code != CURLE_OK) {
        *ret_why = curl_easy_strerror(code);
        return SENDING_AGAIN;
    }
    if (status >= 200 && status < 300) return SENDING_TAKEN;
    *ret_why = arena_printf(arena, "the SMS gateway answered %ld", status);
    /* 400: the number or text; a wrong password or a full queue is not this message's fault. */
    return status == 400 ? SENDING_REFUSED : SENDING_AGAIN;
}

/* ---- mail ---- */

/* A subject in plain ASCII is kept; the number of a case always is. */
static const char *subject_of(const struct message *message, struct arena *arena)
{
    return arena_printf(arena, "Panji %s", message->case_number ? message->case_number : message->office);
}

/* "Sun, 22 Nov 2026 13:05:00 +0530" (RFC 5322, 3.3). */
static const char *mail_date(struct arena *arena, int64_t at)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct civil civil = time_civil(at);
    return arena_printf(arena, "%s, %02d %s %d %02d:%02d:%02d +0530", days[time_weekday(time_day_number(at))],
        civil.day, months[civil.month - 1], civil.year, civil.hour, civil.minute, civil.second);
}

static struct curl_slist *mail_headers(
    const struct transport *transport, const struct message *message, struct arena *arena)
{
    const struct way *way = &transport->config->ways[CHANNEL_MAIL];
    struct curl_slist *headers = NULL;
    const char *lines[] = {
        arena_printf(arena, "From: Panji <%s>", way->from),
        arena_printf(arena, "To: <%s>", message->address),
        arena_printf(arena, "Date: %s", mail_date(arena, message->queued_at)),
        arena_printf(arena, "Subject: %s", subject_of(message, arena)),
        arena_printf(arena, "Message-ID: <%s@%s>", message->token, transport->node_name),
        "Auto-Submitted: auto-generated",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) headers = curl_slist_append(headers, lines[i]);
    return headers;
}

static bool mailbox_plain(const char *mailbox)
{
    return strpbrk(mailbox, " \r\n<>,;\"") == NULL && strchr(mailbox, '@') != NULL;
}

static enum sending mail_send(struct transport *transport, const struct message *message, struct arena *arena,
    struct answer *answer, const char **ret_why)
{
    const struct way *way = &transport->config->ways[CHANNEL_MAIL];
    CURL *curl = transport->curl;
    if (!mailbox_plain(message->address)) {
        *ret_why = "the mailbox is not one";
        return SENDING_REFUSED;
    }
    begin(transport, "smtp,smtps", answer);
    struct curl_slist *headers = mail_headers(transport, message, arena);
    struct curl_slist *receivers = curl_slist_append(NULL, message->address);
    curl_mime *mime = curl_mime_init(curl);
    curl_mimepart *part = curl_mime_addpart(mime);
    curl_mime_data(part, message->text, CURL_ZERO_TERMINATED);
    curl_mime_type(part, "text/plain; charset=utf-8");
    curl_mime_encoder(part, "base64");
    curl_easy_setopt(curl, CURLOPT_URL, way->address);
    if (way->user) curl_easy_setopt(curl, CURLOPT_USERNAME, way->user);
    if (way->password) curl_easy_setopt(curl, CURLOPT_PASSWORD, way->password);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, way->from);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, receivers);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime);
    CURLcode code = curl_easy_perform(curl);
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_mime_free(mime);
    curl_slist_free_all(headers);
    curl_slist_free_all(receivers);
    if (code == CURLE_OK) return SENDING_TAKEN;
    *ret_why = arena_printf(arena, "%s (%ld)", curl_easy_strerror(code), status);
    /* 5yz is for good (RFC 5321, 4.2.1), but a wrong password is not this message's fault. */
    return status >= 500 && code != CURLE_LOGIN_DENIED ? SENDING_REFUSED : SENDING_AGAIN;
}

enum sending transport_send(
    struct transport *transport, const struct message *message, struct arena *arena, const char **ret_why)
{
    struct answer answer = {.n = 0};
    *ret_why = "";
    return message->channel == CHANNEL_SMS ? sms_send(transport, message, arena, &answer, ret_why)
                                           : mail_send(transport, message, arena, &answer, ret_why);
}
