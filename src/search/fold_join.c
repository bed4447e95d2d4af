/* search/fold_join: sounds that stand side by side and are heard as one, whatever script wrote them: ইসমাইল,
 * इस्माइल and Ismail have a and i, or ai. */
#include <string.h>

#include "search/fold.h"

static bool is_i(uint8_t phone)
{
    return phone == P_I || phone == P_II;
}

static bool is_u(uint8_t phone)
{
    return phone == P_U || phone == P_UU;
}

/* The diphthong that a vowel makes with an i behind it; 0 when none. */
static uint8_t with_i(uint8_t vowel)
{
    if (vowel == P_O || vowel == P_AO) return P_OI; /* সঞ্জয় Sanjoy, মইনুল Moinul */
    if (phone_loose(vowel) == P_A) return P_AI;
    return vowel == P_E ? P_E : 0;
}

/* How many phones from `at` are one sound, and which; 0 when they are not. */
static uint8_t one_sound(const struct fold *fold, uint8_t at, uint8_t *ret_sound)
{
    const uint8_t *p = fold->phones + at;
    uint8_t left = (uint8_t)(fold->count - at);
    if (left < 2 || !phone_is_vowel(p[0])) return 0;
    *ret_sound = with_i(p[0]);
    if (is_i(p[1]) && *ret_sound) return 2;
    if (p[1] == P_Y && p[0] != P_E && *ret_sound) {
        if (left == 2 || !phone_is_vowel(p[2])) return 2; /* राय, ময়না: a y without a vowel of its own */
        if (is_i(p[2]) && *ret_sound == P_AI) return 3;   /* Sayeed, ഇസ്മായിൽ */
    }
    *ret_sound = P_AU;
    return is_u(p[1]) && phone_loose(p[0]) == P_A ? 2 : 0;
}

void fold_join(struct fold *fold)
{
    struct fold joined = {.vowels_free = fold->vowels_free};
    for (uint8_t at = 0; at < fold->count;) {
        uint8_t sound = 0, n = one_sound(fold, at, &sound);
        fold_put(&joined, n ? sound : fold->phones[at]);
        at = (uint8_t)(at + (n ? n : 1));
    }
    *fold = joined;
}
