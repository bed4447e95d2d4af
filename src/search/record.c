/* search/record: packing and unpacking. */
#include "search/record.h"

enum { HAS_BIRTH = 1 << 13, HAS_DISTRICT = 1 << 14, HAS_MORE = 1 << 15 };

static size_t put_16(uint8_t *to, uint16_t value)
{
    to[0] = (uint8_t)value;
    to[1] = (uint8_t)(value >> 8);
    return 2;
}

size_t record_pack(const struct record *record, uint64_t base, uint8_t to[RECORD_BYTES_MAX])
{
    bool more = record->station || record->roles;
    uint16_t head = (uint16_t)(record->name_count | record->alias_count << 3 | record->relative_count << 5 |
        record->sex << 8 | record->relation << 10 | (record->birth ? HAS_BIRTH : 0) |
        (record->district ? HAS_DISTRICT : 0) | (more ? HAS_MORE : 0));
    size_t n = put_16(to, head);
    if (record->birth) {
        to[n++] = record->birth;
        to[n++] = record->spread;
    }
    if (record->district) n += put_16(to + n, record->district);
    if (more) {
        n += put_16(to + n, record->station);
        to[n++] = record->roles;
    }
    uint64_t distance = record->id - base;
    while (distance >= 128) {
        to[n++] = (uint8_t)(distance | 128);
        distance >>= 7;
    }
    to[n++] = (uint8_t)distance;
    for (int i = 0; i < record->name_count + record->relative_count; i++) {
        n += put_16(to + n, (uint16_t)record->words[i]);
        to[n++] = (uint8_t)(record->words[i] >> 16);
    }
    return n;
}

static uint16_t get_16(const uint8_t **at)
{
    uint16_t value = (uint16_t)((*at)[0] | (*at)[1] << 8);
    *at += 2;
    return value;
}

/* The safe length: a record of any counts fits when this much is left. */
static bool fits(const uint8_t *at, const uint8_t *end, size_t n)
{
    return (size_t)(end - at) >= n;
}

static size_t fixed_bytes(uint16_t head)
{
    return (size_t)((head & HAS_BIRTH ? 2 : 0) + (head & HAS_DISTRICT ? 2 : 0) + (head & HAS_MORE ? 3 : 0));
}

bool record_unpack_name(const uint8_t *at, const uint8_t *end, struct record *ret)
{
    if (!fits(at, end, 2)) return false;
    uint16_t head = get_16(&at);
    uint8_t count = head & 7;
    size_t fixed = fixed_bytes(head);
    if (!fits(at, end, fixed + 1)) return false;
    at += fixed;
    while (*at & 128)
        if (++at == end) return false;
    if (!fits(++at, end, (size_t)3 * count)) return false;
    for (uint8_t i = 0; i < count; i++, at += 3)
        ret->words[i] = (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16;
    ret->name_count = count;
    ret->alias_count = head >> 3 & 3;
    return ret->alias_count <= count;
}

bool record_unpack(const uint8_t *at, const uint8_t *end, uint64_t base, struct record *ret)
{
    if (!fits(at, end, 2)) return false;
    uint16_t head = get_16(&at);
    ret->name_count = head & 7;
    ret->alias_count = head >> 3 & 3;
    ret->relative_count = head >> 5 & 7;
    ret->sex = head >> 8 & 3;
    ret->relation = head >> 10 & 7;
    ret->birth = ret->spread = ret->roles = 0;
    ret->district = ret->station = 0;
    if (!fits(at, end, fixed_bytes(head) + 1) || ret->alias_count > ret->name_count) return false;
    if (head & HAS_BIRTH) {
        ret->birth = *at++;
        ret->spread = *at++;
    }
    if (head & HAS_DISTRICT) ret->district = get_16(&at);
    if (head & HAS_MORE) {
        ret->station = get_16(&at);
        ret->roles = *at++;
    }
    uint64_t distance = 0;
    for (unsigned shift = 0;; shift += 7) {
        if (at == end || shift > 63) return false;
        distance |= (uint64_t)(*at & 127) << shift;
        if (!(*at++ & 128)) break;
    }
    ret->id = base + distance;
    size_t words = (size_t)ret->name_count + ret->relative_count;
    if (!fits(at, end, 3 * words)) return false;
    for (size_t i = 0; i < words; i++, at += 3)
        ret->words[i] = (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16;
    return true;
}
