/* search/phone: the alphabet every script is heard in, and what it costs to hear one sound as another.
 *
 * It keeps what scripts keep: aspiration, vowel length, retroflex flaps, the free vowels of Urdu and the
 * stops that Tamil does not tell apart have letters of their own. Costs, not merging, say which of them are
 * near. */
#ifndef PANJI_SEARCH_PHONE_H
#define PANJI_SEARCH_PHONE_H

#include <stdbool.h>
#include <stdint.h>

#define PHONES_MAX 16 /* of a word; names are shorter, and one row of the distance kernel holds this many */
#define COST_UNIT 40  /* what one plainly wrong consonant costs */

enum phone {
    PHONE_NONE,
    P_K, P_KH, P_G, P_GH, P_C, P_CH, P_J, P_JH, P_T, P_TH, P_D, P_DH, P_P, P_F, P_B, P_BH,
    P_V, P_M, P_N, P_NG, P_R, P_RD, P_L, P_LZ, P_S, P_SH, P_Z, P_H, P_Y,
    P_JY,                         /* the Eastern letter that is y in writing and j in speech */
    P_KX, P_CX, P_TX, P_PX,       /* Tamil: one letter for k/g/h, c/s/j, t/d, p/b */
    P_NX,                         /* a vowel said through the nose, which Latin writes n or not at all */
    P_A, P_A1, P_AA, P_AO, P_AF,  /* Latin a; inherent a; long a; inherent o/a of the East; a at the end */
    P_I, P_II, P_U, P_UU, P_E, P_AI, P_O, P_AU,
    P_WX, P_YX, P_AX,             /* Urdu: vav, ye and ain, each vowel or consonant */
    P_IX, P_OI,                   /* vocalic r, said ri or ru; the East's oi, elsewhere ai */
    PHONE_COUNT
};

/* The costs, worked out once from the table of near sounds; read-only afterwards. */
struct phone_costs {
    uint8_t swap[64][64];     /* one sound for another */
    uint8_t drop[64];         /* a sound too many or too few */
    uint8_t drop_free[64];    /* the same where one side writes no short vowels */
    uint8_t key_swap[64][64]; /* letters a-z as 1-26, by the keyboard */
    uint8_t key_drop[64];
};

void phone_costs_fill(struct phone_costs *costs);

bool phone_is_vowel(uint8_t phone);

/* The phone without aspiration, length and other finer marks: what two spellings of one name agree in. */
uint8_t phone_loose(uint8_t phone);

/* Classes of consonants 1-7 (velars, palatals and sibilants, dentals, labials, nasals, r, l); 0 for vowels,
 * h, y. */
uint8_t phone_class(uint8_t phone);

#endif
