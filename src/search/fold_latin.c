/* search/fold_latin: names as Indians write them in Latin letters. Digraphs first, then letters; what Latin does not
 * tell (length of a, retroflex or dental) is left open. */
#include <string.h>

#include "search/fold.h"

struct spelling {
    char text[4];   /* what stands there */
    char before;    /* 0 any, 'v' only before a vowel, 'c' only when no vowel follows, '$' only at the end */
    char at;        /* '^' only at the start */
    uint8_t a, b;   /* the phones */
};

/* Longest first within a letter; the first that fits is taken. */
static const struct spelling spellings[] = {
    {"aa", 0, 0, P_AA, 0}, {"ai", 0, 0, P_AI, 0}, {"ay", 'c', 0, P_AI, 0}, {"ae", 0, 0, P_E, 0},
    {"au", 0, 0, P_AU, 0}, {"aw", 'c', 0, P_AU, 0}, {"a", 0, 0, P_A, 0},
    {"bh", 0, 0, P_BH, 0}, {"b", 0, 0, P_B, 0},
    {"chh", 0, 0, P_CH, 0}, {"ch", 0, 0, P_C, 0}, {"ck", 0, 0, P_K, 0}, {"ce", 0, 0, P_S, P_E},
    {"ci", 0, 0, P_S, P_I}, {"cy", 0, 0, P_S, P_I}, {"c", 0, 0, P_K, 0},
    {"dny", 0, 0, P_G, P_Y}, {"dh", 0, 0, P_DH, 0}, {"d", 0, 0, P_D, 0},
    {"ee", 0, 0, P_II, 0}, {"ea", 0, 0, P_II, 0}, {"ei", 0, 0, P_E, 0}, {"ey", 'c', 0, P_E, 0}, {"e", 0, 0, P_E, 0},
    {"f", 0, 0, P_F, 0},
    {"gh", 0, 0, P_GH, 0}, {"g", 0, 0, P_G, 0},
    {"h", 0, 0, P_H, 0},
    {"ie", '-', 0, P_II, 0}, {"i", 0, 0, P_I, 0},
    {"jn", 0, 0, P_G, P_Y}, {"jh", 0, 0, P_JH, 0}, {"j", 0, 0, P_J, 0},
    {"kh", 0, 0, P_KH, 0}, {"k", 0, 0, P_K, 0},
    {"l", 0, 0, P_L, 0}, {"m", 0, 0, P_M, 0},
    {"ngh", '$', 0, P_NG, 0}, {"ng", '$', 0, P_NG, 0}, {"n", 0, 0, P_N, 0},
    {"oo", 0, 0, P_UU, 0}, {"ou", 0, 0, P_AU, 0}, {"ow", 'c', 0, P_AU, 0}, {"o", 0, 0, P_O, 0},
    {"ph", 0, 0, P_F, 0}, {"p", 0, 0, P_P, 0},
    {"qu", 'v', 0, P_K, 0}, {"q", 0, 0, P_K, 0},
    {"rh", 0, 0, P_RD, 0}, {"r", 0, 0, P_R, 0},
    {"sch", 0, 0, P_SH, 0}, {"sh", 0, 0, P_SH, 0}, {"s", 0, 0, P_S, 0},
    {"tch", 0, 0, P_C, 0}, {"th", 0, 0, P_TH, 0}, {"t", 0, 0, P_T, 0},
    {"u", 0, 0, P_U, 0}, {"v", 0, 0, P_V, 0}, {"w", 0, 0, P_V, 0},
    {"x", 0, '^', P_Z, 0}, {"x", 0, 0, P_K, P_S},
    {"y", 'v', 0, P_Y, 0}, {"y", 0, 0, P_I, 0},
    {"zh", 0, 0, P_LZ, 0}, {"z", 0, 0, P_Z, 0},
};

static bool vowel_at(const uint32_t *letters, size_t n, size_t at)
{
    return at < n && strchr("aeiou", (int)letters[at]) != NULL;
}

static bool fits(const struct spelling *spelling, const uint32_t *letters, size_t n, size_t at)
{
    size_t length = strnlen(spelling->text, sizeof spelling->text);
    if (at + length > n || (spelling->at == '^' && at)) return false;
    for (size_t i = 0; i < length; i++)
        if (letters[at + i] != (uint32_t)spelling->text[i]) return false;
    switch (spelling->before) {
    case 'v': return vowel_at(letters, n, at + length);
    case 'c': return !vowel_at(letters, n, at + length);
    case '$': return at + length == n;
    case '-': return at + length < n;
    default: return true;
    }
}

void fold_latin(const uint32_t *letters, size_t n, struct fold *ret)
{
    for (size_t at = 0; at < n;) {
        size_t row = 0;
        while (row < sizeof spellings / sizeof spellings[0] && !fits(&spellings[row], letters, n, at)) row++;
        if (row == sizeof spellings / sizeof spellings[0]) {
            at++;
            continue;
        }
        const struct spelling *spelling = &spellings[row];
        fold_put(ret, spelling->a);
        if (spelling->b) fold_put(ret, spelling->b);
        at += strnlen(spelling->text, sizeof spelling->text);
    }
}
