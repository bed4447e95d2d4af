/* law/spelling: one key for the spellings of a Hindi word that people hold for the same, so that दण्ड
 * finds दंड and बल्वा finds बलवा. Marks that are left out as often as written go; a nasal before a letter
 * of its own row is the dot. Other scripts are only folded. */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "law/tables.h"

enum { CANDRABINDU = 0x901, ANUSVARA = 0x902, VISARGA = 0x903, NUKTA = 0x93C, VIRAMA = 0x94D };

/* The code point when a letter of Devanagari stands here, else 0. The text is valid UTF-8. */
static int devanagari_at(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    if (at[0] != 0xE0 || (at[1] & 0xFE) != 0xA4) return 0;
    return 0x900 + ((at[1] & 1) << 6) + (at[2] & 0x3F);
}

/* Whether a nasal with its virama stands here before a letter of its own row: the न् of सन्त. */
static bool nasal_at(const char *text, int letter)
{
    static const int nasals[] = {0x919, 0x91E, 0x923, 0x928, 0x92E}; /* ङ ञ ण न म, each behind its four */
    bool nasal = false;
    for (size_t i = 0; i < sizeof nasals / sizeof nasals[0]; i++) nasal |= nasals[i] == letter;
    if (!nasal || devanagari_at(text + 3) != VIRAMA) return false;
    int next = devanagari_at(text + 6);
    return next >= letter - 4 && next < letter;
}

const char *spelling_key(struct arena *arena, const char *text)
{
    const char *at = text_fold(arena, text);
    struct buf key;
    buf_init(&key, arena, strlen(at));
    while (*at) {
        int letter = devanagari_at(at);
        bool joiner = strncmp(at, "\u200C", 3) == 0 || strncmp(at, "\u200D", 3) == 0;
        if (letter == CANDRABINDU || (letter && nasal_at(at, letter))) {
            buf_puts(&key, "ं");
            at += letter == CANDRABINDU ? 3 : 6;
        } else if (joiner || letter == VISARGA || letter == NUKTA || letter == VIRAMA) {
            at += 3;
        } else {
            buf_putc(&key, *at++);
        }
    }
    return key.data;
}
