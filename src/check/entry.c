/* check/entry: see entry.h. */
#include "entry.h"

#include <jansson.h>
#include <string.h>
#include <time.h>

#include "scan.h"
#include "sha256.h"

#define IST_OFFSET_SECONDS 19800
#define YEAR_2200_MS 7258118400000

static void time_people(char ret[40], int64_t at)
{
    time_t seconds = (time_t)(at / 1000 + IST_OFFSET_SECONDS);
    struct tm civil;
    gmtime_r(&seconds, &civil);
    strftime(ret, 40, "%d %b %Y %H:%M IST", &civil);
}

static const char *members_read(struct check_entry *ret, const json_t *object)
{
    const char *id = json_string_value(json_object_get(object, "id"));
    const char *node = json_string_value(json_object_get(object, "node"));
    const char *body = json_string_value(json_object_get(object, "body"));
    const json_t *filed_at = json_object_get(object, "filed_at");
    if (json_integer_value(json_object_get(object, "v")) != 1)
        return "the entry is of a version unknown here";
    if (!id || !scan_id((struct span){id, strlen(id)})) return "the entry has no id";
    if (!node || strlen(node) > PROOF_NAME_MAX) return "the entry names no node";
    if (!body || !check_hex(ret->commitment, 32, body, strlen(body))) return "the entry commits to no body";
    int64_t at = json_integer_value(filed_at);
    if (!json_is_integer(filed_at) || at < 0 || at > YEAR_2200_MS) return "the entry has no filing time";
    memcpy(ret->id, id, strlen(id) + 1);
    memcpy(ret->node, node, strlen(node) + 1);
    time_people(ret->filed_at, at);
    return NULL;
}

const char *check_entry_read(struct check_entry *ret, const char *text, size_t n)
{
    json_error_t error;
    json_t *object = json_loadb(text, n, JSON_REJECT_DUPLICATES, &error);
    const char *wrong = json_is_object(object) ? members_read(ret, object) : "the entry is not a JSON object";
    json_decref(object);
    return wrong;
}

const char *check_entry_body(
    const struct check_entry *entry, const uint8_t salt[16], const char *body, size_t n)
{
    uint8_t hash[32];
    struct sha256 sha;
    sha256_init(&sha);
    sha256_add(&sha, salt, 16);
    sha256_add(&sha, body, n);
    sha256_end(&sha, hash);
    return memcmp(hash, entry->commitment, 32) == 0 ? NULL : "the body is not the one that was filed";
}
