/* search/fold_latin: names as Indians write them in Latin letters. Digraphs first, then letters; what Latin
 * does not tell (length of a, retroflex or dental) is left open. */
#include <string.h>

#include "search/fold.h"

struct spelling {
    char text[4];   /* what stands there */
    uint8_t length;
    /* 0 always, 'v' before a vowel, 'c' before none, '$' at the end, '-' not there, '^' at the start, '<'
     * near it */
    char when;
    uint8_t a, b;   /* the phones */
    char ahead[4];  /* and what must follow, if anything */
};

#define SPELLINGS_EACH 10

/* By first letter; the first that fits is taken, longer ones first. */
static const struct spelling spellings[26][SPELLINGS_EACH] = {
    ['a' - 'a'] = {{"aa", 2, 0, P_AA, 0}, {"ai", 2, 0, P_A, P_Y, "a"}, {"ai", 2, 0, P_AI, 0},
        {"ay", 2, 'c', P_AI, 0}, {"ae", 2, 0, P_E, 0}, {"au", 2, 0, P_AU, 0}, {"aw", 2, 'c', P_AU, 0},
        {"a", 1, 0, P_A, 0}},
    ['b' - 'a'] = {{"bh", 2, 0, P_BH, 0}, {"b", 1, 0, P_B, 0}},
    ['c' - 'a'] = {{"chh", 3, 0, P_CH, 0}, {"ch", 2, '^', P_K, 0, "r"}, {"ch", 2, 0, P_K, 0, "ae"},
        {"ch", 2, 0, P_C, 0}, {"ck", 2, 0, P_K, 0},
        {"ce", 2, 0, P_S, P_E}, {"ci", 2, 0, P_S, P_I}, {"cy", 2, 0, P_S, P_I}, {"c", 1, 0, P_K, 0}},
    ['d' - 'a'] = {{"dny", 3, 0, P_G, P_Y}, {"dh", 2, 0, P_DH, 0}, {"d", 1, 0, P_D, 0}},
    ['e' - 'a'] = {{"ee", 2, 0, P_II, 0}, {"ea", 2, 0, P_II, 0}, {"ei", 2, 0, P_E, 0},
        {"ey", 2, 'c', P_E, 0}, {"e", 1, 0, P_E, 0}},
    ['f' - 'a'] = {{"f", 1, 0, P_F, 0}},
    ['g' - 'a'] = {{"gn", 2, '^', P_G, P_Y}, {"gh", 2, 0, P_GH, 0}, {"g", 1, 0, P_G, 0}},
    ['h' - 'a'] = {{"h", 1, 0, P_H, 0}},
    ['i' - 'a'] = {{"ie", 2, '-', P_II, 0}, {"i", 1, 0, P_I, 0}},
    /* yajna has one ligature, rajnath and rajni two letters: it stands first, or before an a of its own */
    ['j' - 'a'] = {{"jny", 3, 0, P_G, P_Y}, {"jn", 2, '^', P_G, P_Y}, {"jn", 2, 0, P_J, P_N, "ath"},
        {"jn", 2, 0, P_J, P_N, "ar"}, {"jn", 2, 0, P_J, P_N, "and"}, {"jn", 2, 0, P_J, P_N, "ab"},
        {"jn", 2, 0, P_J, P_N, "al"}, {"jn", 2, 0, P_G, P_Y, "a"}, {"jh", 2, 0, P_JH, 0},
        {"j", 1, 0, P_J, 0}},
    ['k' - 'a'] = {{"kh", 2, 0, P_KH, 0}, {"k", 1, 0, P_K, 0}},
    ['l' - 'a'] = {{"l", 1, 0, P_L, 0}},
    ['m' - 'a'] = {{"m", 1, 0, P_M, 0}},
    ['n' - 'a'] = {{"ngh", 3, '$', P_NG, 0}, {"ng", 2, '$', P_NG, 0}, {"ng", 2, 0, P_NG, 0, "k"},
        {"n", 1, 0, P_N, 0}},
    ['o' - 'a'] = {{"oo", 2, 0, P_UU, 0}, {"ou", 2, 0, P_AU, 0}, {"ow", 2, 'c', P_AU, 0},
        {"o", 1, 0, P_O, 0}},
    ['p' - 'a'] = {{"ph", 2, 0, P_F, 0}, {"p", 1, 0, P_P, 0}},
    ['q' - 'a'] = {{"que", 3, '$', P_K, 0}, {"qu", 2, 'v', P_K, 0}, {"q", 1, 0, P_K, 0}},
    ['r' - 'a'] = {{"rh", 2, 0, P_RD, 0}, {"r", 1, 0, P_R, 0}},
    ['s' - 'a'] = {{"sch", 3, 0, P_SH, 0}, {"sh", 2, 0, P_SH, 0}, {"s", 1, 0, P_S, 0}},
    ['t' - 'a'] = {{"tch", 3, 0, P_C, 0}, {"th", 2, 0, P_TH, 0}, {"t", 1, 0, P_T, 0}},
    ['u' - 'a'] = {{"u", 1, 0, P_U, 0}},
    ['v' - 'a'] = {{"v", 1, 0, P_V, 0}},
    ['w' - 'a'] = {{"w", 1, 0, P_V, 0}},
    ['x' - 'a'] = {{"x", 1, '^', P_Z, 0}, {"x", 1, 0, P_K, P_S}},
    ['y' - 'a'] = {{"y", 1, 'v', P_Y, 0}, {"y", 1, 0, P_I, 0}},
    /* Azhar and Mazhar have two letters, Azhagan and Thamizharasan one */
    ['z' - 'a'] = {{"zh", 2, '<', P_Z, P_H, "ar"}, {"zh", 2, '<', P_Z, P_H, "aar"},
        {"zh", 2, '<', P_Z, P_H, "er"}, {"zh", 2, 0, P_LZ, 0}, {"z", 1, 0, P_Z, 0}},
};

static bool vowel_at(const uint32_t *letters, size_t n, size_t at)
{
    return at < n && strchr("aeiou", (int)letters[at]) != NULL;
}

static bool fits(const struct spelling *spelling, const uint32_t *letters, size_t n, size_t at)
{
    size_t end = at + spelling->length;
    if (end > n) return false;
    for (size_t i = 1; i < spelling->length; i++)
        if (letters[at + i] != (uint32_t)spelling->text[i]) return false;
    for (size_t i = 0; i < sizeof spelling->ahead && spelling->ahead[i]; i++)
        if (end + i >= n || letters[end + i] != (uint32_t)spelling->ahead[i]) return false;
    switch (spelling->when) {
    case 'v': return vowel_at(letters, n, end);
    case 'c': return !vowel_at(letters, n, end);
    case '$': return end == n;
    case '-': return end < n;
    case '^': return at == 0;
    case '<': return at <= 2;
    default: return true;
    }
}

void fold_latin(const uint32_t *letters, size_t n, struct fold *ret)
{
    for (size_t at = 0; at < n;) {
        const struct spelling *spelling = NULL;
        uint32_t place = letters[at] - 'a';
        for (size_t i = 0; place < 26 && i < SPELLINGS_EACH && spellings[place][i].length && !spelling; i++)
            if (fits(&spellings[place][i], letters, n, at)) spelling = &spellings[place][i];
        if (!spelling) { /* the stroke of s/o and the like */
            at++;
            continue;
        }
        fold_put(ret, spelling->a);
        if (spelling->b) fold_put(ret, spelling->b);
        at += spelling->length;
    }
    fold_join(ret);
}
