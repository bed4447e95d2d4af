/* search/fold_arabic: Urdu, Kashmiri and Sindhi in the Arabic script. Short vowels are seldom written, and
 * vav, ye and ain are vowel or consonant: the fold says so (P_WX, P_YX, P_AX) instead of guessing. */
#include "search/fold.h"

struct letter { uint16_t letter; uint8_t phone; };

static const struct letter letters_known[] = {
    {0x620, P_YX}, {0x621, 0}, {0x622, P_AA}, {0x623, P_AX}, {0x624, P_WX}, {0x625, P_AX}, {0x626, P_YX},
    {0x627, P_AX}, {0x628, P_B}, {0x629, P_AF}, {0x62A, P_T}, {0x62B, P_S}, {0x62C, P_J}, {0x62D, P_H},
    {0x62E, P_KH}, {0x62F, P_D}, {0x630, P_Z}, {0x631, P_R}, {0x632, P_Z}, {0x633, P_S}, {0x634, P_SH},
    {0x635, P_S}, {0x636, P_Z}, {0x637, P_T}, {0x638, P_Z}, {0x639, P_AX}, {0x63A, P_GH}, {0x641, P_F},
    {0x642, P_K}, {0x643, P_K}, {0x644, P_L}, {0x645, P_M}, {0x646, P_N}, {0x647, P_H}, {0x648, P_WX},
    {0x649, P_YX}, {0x64A, P_YX}, {0x671, P_AX}, {0x679, P_T},
    {0x67A, P_TH}, {0x67B, P_B}, {0x67C, P_T}, {0x67D, P_T}, {0x67E, P_P}, {0x67F, P_TH}, {0x680, P_BH},
    {0x683, P_N}, {0x684, P_J}, {0x686, P_C}, {0x687, P_CH}, {0x688, P_D}, {0x68A, P_D}, {0x68C, P_DH},
    {0x68D, P_DH}, {0x68F, P_D}, {0x691, P_RD}, {0x698, P_Z}, {0x699, P_RD}, {0x6A6, P_F}, {0x6A9, P_K},
    {0x6AA, P_K}, {0x6AF, P_G}, {0x6B1, P_N}, {0x6B3, P_G}, {0x6BA, P_NX}, {0x6BB, P_N}, {0x6C0, P_H},
        {0x6C1, P_H},
    {0x6C2, P_H}, {0x6C3, P_AF}, {0x6C4, P_O}, {0x6C6, P_O}, {0x6CC, P_YX}, {0x6CD, P_YX}, {0x6D2, P_E},
    {0x6D3, P_E}, {0x6D5, P_H},
};

enum { ALIF = 0x627, LAM = 0x644, VAV = 0x648, YE = 0x6CC, YE_ARABIC = 0x64A, DO_CHASHMI = 0x6BE };

static uint8_t phone_of(uint32_t letter)
{
    size_t low = 0, high = sizeof letters_known / sizeof letters_known[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (letters_known[middle].letter < letter) low = middle + 1;
        else high = middle;
    }
    return low < sizeof letters_known / sizeof letters_known[0] && letters_known[low].letter == letter
        ? letters_known[low].phone : 0;
}

/* The letter of two eyes gives breath to the one before it. */
static void put_breath(struct fold *fold)
{
    static const uint8_t breathed[PHONE_COUNT] = {
        [P_K] = P_KH, [P_G] = P_GH, [P_C] = P_CH, [P_J] = P_JH, [P_T] = P_TH, [P_D] = P_DH, [P_B] = P_BH,
        [P_P] = P_F, [P_R] = P_RD, [P_RD] = P_RD,
    };
    uint8_t *last = fold->count ? &fold->phones[fold->count - 1] : NULL;
    if (last && breathed[*last]) *last = breathed[*last];
    else fold_put(fold, P_H);
}

static bool is_vowel_letter(uint32_t letter)
{
    return letter == ALIF || letter == VAV || letter == YE || letter == YE_ARABIC || letter == 0x6D2;
}

/* ممتاز is Mumtaz: a doubled consonant is written once, so between two equal ones stands a vowel that is not
 * written. Allah's name alone has both. */
static bool is_parted(const struct fold *fold, const uint32_t *letters, size_t n, size_t at,
    uint8_t phone)
{
    if (!fold->count || !phone_class(phone)) return false;
    uint32_t next = at + 1 < n ? letters[at + 1] : 0;
    if (letters[at] == LAM && (next == DO_CHASHMI || phone_of(next) == P_H)) return false;
    return phone_loose(fold->phones[fold->count - 1]) == phone_loose(phone);
}

/* الحق, الرحمن: the article is written with its noun and often left out in other scripts. Few other words
 * have one of these letters behind it; الیاس and الطاف have not. */
static size_t article_of(const uint32_t *letters, size_t n)
{
    static const uint32_t nouns_begin[] = {0x62D, 0x62E, 0x639, 0x63A, 0x631, 0x632, 0x633, 0x634, 0x635,
        0x642, 0x646, 0x62C};
    if (n < 4 || letters[0] != ALIF || letters[1] != LAM) return 0;
    for (size_t i = 0; i < sizeof nouns_begin / sizeof nouns_begin[0]; i++)
        if (letters[2] == nouns_begin[i]) return 2;
    return 0;
}

void fold_arabic(const uint32_t *letters, size_t n, struct fold *ret)
{
    ret->vowels_free = true;
    for (size_t i = article_of(letters, n); i < n; i++) {
        uint32_t letter = letters[i];
        if (letter == DO_CHASHMI) {
            put_breath(ret);
            continue;
        }
        uint8_t phone = phone_of(letter);
        if (!phone) continue;
        if (phone == P_AF && i + 1 < n) phone = P_T; /* رحمۃاللہ: the t that is silent at the end */
        if (is_parted(ret, letters, n, i, phone)) fold_put(ret, P_A1);
        bool before_alif = i + 1 < n && (letters[i + 1] == ALIF || letters[i + 1] == 0x622);
        if (phone == P_WX && (i == 0 || before_alif)) phone = P_V;
        if (phone == P_YX && (i == 0 || before_alif)) phone = P_Y;
        if (phone == P_AX && letter == ALIF && i) phone = P_AA;
        bool small_he = letter == 0x6C1 || letter == 0x647 || letter == 0x6D5;
        if (small_he && i && i + 1 == n) phone = P_AF; /* written h, said a */
        if (small_he && i && i + 1 < n && !is_vowel_letter(letters[i + 1]) &&
            !is_vowel_letter(letters[i - 1]))
            phone = P_H;
        fold_put(ret, phone);
    }
    /* سنگھ: the nasal of singh, as the other scripts have it. */
    if (ret->count > 2 && ret->phones[ret->count - 1] == P_GH && ret->phones[ret->count - 2] == P_N) {
        ret->count--;
        ret->phones[ret->count - 1] = P_NG;
    }
}
