/* register/envelope: see envelope.h. Every entry of a verify or rebuild passes here, so the reader is a plain
 * scan over the text in the order of the table: a microsecond where a JSON tree takes ten. */
#include "register/envelope.h"

#include <assert.h>
#include <string.h>

#include "base/id.h"
#include "base/json_plain.h"
#include "base/text.h"

enum kind { MEMBER_TEXT, MEMBER_INT, MEMBER_INT64, MEMBER_OFFICES, MEMBER_BODY, MEMBER_VERSION };

struct member {
    const char *name;
    enum kind kind;
    size_t at;        /* in struct entry */
    bool required;
    int64_t absent;   /* the value of an integer that is left out */
};

/* In the order of canonical JSON. */
static const struct member members[] = {
    {"amends", MEMBER_TEXT, offsetof(struct entry, amends), false, 0},
    {"body", MEMBER_BODY, 0, true, 0},
    {"case_id", MEMBER_TEXT, offsetof(struct entry, case_id), false, 0},
    {"claimed_at", MEMBER_INT64, offsetof(struct entry, claimed_at), false, 0},
    {"filed_at", MEMBER_INT64, offsetof(struct entry, filed_at), true, 0},
    {"form", MEMBER_TEXT, offsetof(struct entry, form), true, 0},
    {"form_version", MEMBER_INT, offsetof(struct entry, form_version), true, 0},
    {"id", MEMBER_TEXT, offsetof(struct entry, id), true, 0},
    {"node", MEMBER_TEXT, offsetof(struct entry, node), true, 0},
    {"number", MEMBER_TEXT, offsetof(struct entry, number), false, 0},
    {"office", MEMBER_TEXT, offsetof(struct entry, office), true, 0},
    {"officer", MEMBER_TEXT, offsetof(struct entry, officer), true, 0},
    {"role", MEMBER_TEXT, offsetof(struct entry, role), true, 0},
    {"seen_size", MEMBER_INT64, offsetof(struct entry, seen_size), false, -1},
    {"series", MEMBER_TEXT, offsetof(struct entry, series), false, 0},
    {"to", MEMBER_OFFICES, 0, false, 0},
    {"v", MEMBER_VERSION, 0, true, 0},
};
#define MEMBER_COUNT (sizeof members / sizeof members[0])

#define INTEGER_MAX ((int64_t)1 << 53) /* what every JSON reader keeps exactly */

static const char **member_text(const struct entry *entry, const struct member *member)
{
    return (const char **)((char *)(uintptr_t)entry + member->at);
}

static int64_t member_integer(const struct entry *entry, const struct member *member)
{
    const char *at = (const char *)entry + member->at;
    if (member->kind == MEMBER_INT) return *(const int *)(const void *)at;
    return *(const int64_t *)(const void *)at;
}

static bool member_present(const struct entry *entry, const struct member *member)
{
    if (member->required) return true;
    if (member->kind == MEMBER_TEXT) return *member_text(entry, member) != NULL;
    if (member->kind == MEMBER_OFFICES) return entry->to_count > 0;
    return member_integer(entry, member) != member->absent;
}

/* ---- writing ---- */

static bool write_text(struct buf *buf, const char *text)
{
    assert(text);
    size_t n = strlen(text);
    if (n == 0 || !text_valid(text, n)) return false;
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)text[i] < 0x20 || text[i] == '"' || text[i] == '\\') return false;
    buf_putc(buf, '"');
    buf_add(buf, text, n);
    buf_putc(buf, '"');
    return true;
}

static bool write_offices(struct buf *buf, const struct entry *entry)
{
    assert(entry->to_count <= ENTRY_ADDRESSEES_MAX);
    bool fine = true;
    for (size_t i = 0; i < entry->to_count; i++) {
        buf_putc(buf, i == 0 ? '[' : ',');
        fine = write_text(buf, entry->to[i]) && fine;
    }
    buf_putc(buf, ']');
    return fine;
}

static bool write_integer(struct buf *buf, int64_t value)
{
    buf_put_int(buf, value);
    return value >= -INTEGER_MAX && value <= INTEGER_MAX;
}

static bool write_member(struct buf *buf, const struct entry *entry, const struct member *member,
    const uint8_t commitment[HASH_SIZE])
{
    char hex[2 * HASH_SIZE + 1];
    switch (member->kind) {
    case MEMBER_TEXT: return write_text(buf, *member_text(entry, member));
    case MEMBER_OFFICES: return write_offices(buf, entry);
    case MEMBER_VERSION: return write_integer(buf, ENVELOPE_VERSION);
    case MEMBER_BODY: hex_encode(hex, commitment, HASH_SIZE); return write_text(buf, hex);
    default: return write_integer(buf, member_integer(entry, member));
    }
}

enum err envelope_write(struct buf *buf, const struct entry *entry, const uint8_t commitment[HASH_SIZE])
{
    bool fine = true;
    char before = '{';
    for (const struct member *member = members; member < members + MEMBER_COUNT; member++) {
        if (!member_present(entry, member)) continue;
        buf_putc(buf, before);
        buf_putc(buf, '"');
        buf_puts(buf, member->name);
        buf_puts(buf, "\":");
        fine = write_member(buf, entry, member, commitment) && fine;
        before = ',';
    }
    buf_putc(buf, '}');
    return fine && !buf->overflow && buf->len <= ENVELOPE_BYTES_MAX ? E_OK : E_PROBLEM;
}

/* ---- reading ---- */

struct scan {
    struct arena *arena;
    const char *at, *end;
};

static bool scan_char(struct scan *scan, char c)
{
    if (scan->at == scan->end || *scan->at != c) return false;
    scan->at++;
    return true;
}

/* Steps over "name": with the brace or comma in front; stays where it is when the next member is another. */
static bool scan_name(struct scan *scan, const char *name)
{
    size_t n = strlen(name);
    const char *at = scan->at;
    if ((size_t)(scan->end - at) < n + 4 || at[1] != '"' || at[n + 2] != '"' || at[n + 3] != ':')
        return false;
    if (memcmp(at + 2, name, n) != 0) return false;
    scan->at += n + 4;
    return true;
}

static const char *scan_text(struct scan *scan)
{
    if (!scan_char(scan, '"')) return NULL;
    const char *begin = scan->at;
    size_t n = json_plain_length(begin, (size_t)(scan->end - begin));
    scan->at += n;
    if (n == 0 || !scan_char(scan, '"')) return NULL;
    return arena_strndup(scan->arena, begin, n);
}

static bool scan_integer(struct scan *scan, int64_t *ret)
{
    bool negative = scan_char(scan, '-');
    const char *begin = scan->at;
    int64_t value = 0;
    for (; scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9'; scan->at++) {
        value = value * 10 + (*scan->at - '0');
        if (value > INTEGER_MAX) return false;
    }
    size_t digits = (size_t)(scan->at - begin);
    if (digits == 0 || (*begin == '0' && (digits > 1 || negative))) return false;
    *ret = negative ? -value : value;
    return true;
}

static bool scan_offices(struct scan *scan, struct entry *ret)
{
    for (char before = '['; scan_char(scan, before); before = ',') {
        if (ret->to_count == ENTRY_ADDRESSEES_MAX) return false;
        ret->to[ret->to_count] = scan_text(scan);
        if (!ret->to[ret->to_count++]) return false;
    }
    return ret->to_count > 0 && scan_char(scan, ']');
}

static bool scan_number(struct scan *scan, struct entry *ret, const struct member *member)
{
    int64_t value = 0;
    if (!scan_integer(scan, &value)) return false;
    if (member->kind == MEMBER_VERSION) return value == ENVELOPE_VERSION;
    if (!member->required && value == member->absent) return false; /* would have been left out */
    char *at = (char *)ret + member->at;
    if (member->kind == MEMBER_INT64) *(int64_t *)(void *)at = value;
    else *(int *)(void *)at = (int)value;
    return member->kind == MEMBER_INT64 || (int)value == value;
}

static bool scan_member(struct scan *scan, struct entry *ret, const struct member *member,
    uint8_t ret_commitment[HASH_SIZE])
{
    if (member->kind == MEMBER_OFFICES) return scan_offices(scan, ret);
    if (member->kind != MEMBER_TEXT && member->kind != MEMBER_BODY) return scan_number(scan, ret, member);
    const char *text = scan_text(scan);
    if (!text) return false;
    if (member->kind == MEMBER_BODY) return hex_decode(ret_commitment, HASH_SIZE, text);
    *member_text(ret, member) = text;
    return true;
}

enum err envelope_read(struct arena *arena, const char *text, size_t n, struct entry *ret,
    uint8_t ret_commitment[HASH_SIZE])
{
    if (n > ENVELOPE_BYTES_MAX || !text_valid(text, n)) return E_CORRUPT;
    struct scan scan = {arena, text, text + n};
    ret->to_count = 0;
    char before = '{';
    for (const struct member *member = members; member < members + MEMBER_COUNT; member++) {
        bool there = scan.at < scan.end && *scan.at == before && scan_name(&scan, member->name);
        if (there && !scan_member(&scan, ret, member, ret_commitment)) return E_CORRUPT;
        if (there) before = ',';
        else if (member->required) return E_CORRUPT;
        else if (member->kind == MEMBER_TEXT) *member_text(ret, member) = NULL;
        else if (member->kind == MEMBER_INT64)
            *(int64_t *)(void *)((char *)ret + member->at) = member->absent;
    }
    return scan_char(&scan, '}') && scan.at == scan.end ? E_OK : E_CORRUPT;
}

/* ---- comparing ---- */

static bool same_text(const char *one, const char *other)
{
    return one == other || (one && other && strcmp(one, other) == 0);
}

static bool same_offices(const struct entry *one, const struct entry *other)
{
    bool same = one->to_count == other->to_count;
    for (size_t i = 0; same && i < one->to_count; i++) same = same_text(one->to[i], other->to[i]);
    return same;
}

const char *envelope_difference(const struct entry *one, const struct entry *other)
{
    for (const struct member *member = members; member < members + MEMBER_COUNT; member++) {
        bool same = true;
        if (member->kind == MEMBER_TEXT)
            same = same_text(*member_text(one, member), *member_text(other, member));
        if (member->kind == MEMBER_OFFICES) same = same_offices(one, other);
        if (member->kind == MEMBER_INT || member->kind == MEMBER_INT64)
            same = member_integer(one, member) == member_integer(other, member);
        if (!same) return member->name;
    }
    return NULL;
}
