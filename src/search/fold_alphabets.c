/* search/fold_alphabets: Ol Chiki of Santali, a true alphabet, and Meetei Mayek of Manipuri, whose
 * consonants carry an a and have letters of their own for the end of a syllable. */
#include "search/fold.h"

static const uint8_t ol_chiki[] = { /* from U+1C5A */
    P_AO, P_T, P_G, P_NG, P_L, P_AA, P_K, P_J, P_M, P_V, P_I, P_S, P_H, P_N, P_R, P_U, P_C, P_D, P_N, P_Y,
        P_E,
    P_P, P_D, P_N, P_RD, P_O, P_T, P_B, P_V, P_H,
};

void fold_ol_chiki(const uint32_t *letters, size_t n, struct fold *ret)
{
    static const uint8_t breathed[PHONE_COUNT] = {
        [P_K] = P_KH, [P_G] = P_GH, [P_C] = P_CH, [P_J] = P_JH, [P_T] = P_TH, [P_D] = P_DH, [P_B] = P_BH,
        [P_P] = P_F, [P_RD] = P_RD,
    };
    for (size_t i = 0; i < n; i++) {
        uint32_t place = letters[i] - 0x1C5A;
        if (place >= sizeof ol_chiki) continue;
        uint8_t *last = ret->count ? &ret->phones[ret->count - 1] : NULL;
        if (letters[i] == 0x1C77 && last && breathed[*last]) *last = breathed[*last];
        else fold_put(ret, ol_chiki[place]);
    }
}

static const uint8_t meetei[] = { /* from U+ABC0 */
    P_K, P_S, P_L, P_M, P_P, P_N, P_C, P_T, P_KH, P_NG, P_TH, P_V, P_Y, P_H, P_U, P_I, P_F, P_A1, P_G, P_JH,
        P_R,
    P_B, P_J, P_D, P_GH, P_DH, P_BH, P_K, P_L, P_M, P_P, P_N, P_T, P_NG, P_I, P_O, P_I, P_AA, P_E, P_AU, P_U,
    P_E, P_NG,
};

enum { MEETEI_FINALS = 0xABDB, MEETEI_SIGNS = 0xABE3, MEETEI_VIRAMA = 0xABED };

void fold_meetei(const uint32_t *letters, size_t n, struct fold *ret)
{
    bool open = false;
    for (size_t i = 0; i < n; i++) {
        uint32_t letter = letters[i], place = letter - 0xABC0;
        if (letter == MEETEI_VIRAMA) open = false;
        if (place >= sizeof meetei) continue;
        bool sign = letter >= MEETEI_SIGNS && letter != 0xABEA;
        if (open && !sign) fold_put(ret, P_A1);
        fold_put(ret, meetei[place]);
        open = letter < MEETEI_FINALS && !phone_is_vowel(meetei[place]);
    }
}
