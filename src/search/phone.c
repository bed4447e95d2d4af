/* search/phone: the table of near sounds. Costs are in hundredths of a plainly wrong consonant. */
#include "search/phone.h"

#include <string.h>

struct phone_kind { uint8_t loose, class, drop; };

enum { VELAR = 1, PALATAL, DENTAL, LABIAL, NASAL, RHOTIC, LATERAL };

static const struct phone_kind kinds[PHONE_COUNT] = {
    [P_K] = {P_K, VELAR, 85}, [P_KH] = {P_K, VELAR, 85}, [P_G] = {P_G, VELAR, 85},
    [P_GH] = {P_G, VELAR, 85}, [P_C] = {P_C, PALATAL, 85}, [P_CH] = {P_C, PALATAL, 85},
    [P_J] = {P_J, PALATAL, 85}, [P_JH] = {P_J, PALATAL, 85}, [P_T] = {P_T, DENTAL, 85},
    [P_TH] = {P_T, DENTAL, 85}, [P_D] = {P_D, DENTAL, 85}, [P_DH] = {P_D, DENTAL, 85},
    [P_P] = {P_P, LABIAL, 85}, [P_F] = {P_F, LABIAL, 85}, [P_B] = {P_B, LABIAL, 85},
    [P_BH] = {P_B, LABIAL, 85}, [P_V] = {P_V, LABIAL, 60}, [P_M] = {P_M, NASAL, 85},
    [P_N] = {P_N, NASAL, 60}, [P_NG] = {P_N, NASAL, 60}, [P_R] = {P_R, RHOTIC, 85},
    [P_RD] = {P_R, RHOTIC, 85}, [P_L] = {P_L, LATERAL, 85}, [P_LZ] = {P_L, LATERAL, 85},
    [P_S] = {P_S, PALATAL, 85}, [P_SH] = {P_S, PALATAL, 85}, [P_Z] = {P_J, PALATAL, 85},
    [P_JY] = {P_J, PALATAL, 60}, [P_H] = {P_H, 0, 20}, [P_Y] = {P_Y, 0, 25}, [P_KX] = {P_K, VELAR, 80},
    [P_CX] = {P_S, PALATAL, 80}, [P_TX] = {P_T, DENTAL, 80}, [P_PX] = {P_P, LABIAL, 80},
    [P_NX] = {P_N, NASAL, 25},
    [P_A] = {P_A, 0, 14}, [P_A1] = {P_A, 0, 12}, [P_AA] = {P_A, 0, 30}, [P_AO] = {P_A, 0, 12},
    [P_AF] = {P_A, 0, 16}, [P_I] = {P_I, 0, 34}, [P_II] = {P_I, 0, 34}, [P_U] = {P_U, 0, 34},
    [P_UU] = {P_U, 0, 34}, [P_E] = {P_E, 0, 34}, [P_AI] = {P_E, 0, 34}, [P_O] = {P_O, 0, 34},
    [P_AU] = {P_O, 0, 34}, [P_WX] = {P_O, 0, 40}, [P_YX] = {P_I, 0, 34}, [P_AX] = {P_A, 0, 14},
    [P_IX] = {P_I, 0, 34}, [P_OI] = {P_E, 0, 34},
};

struct near { uint8_t a, b, cost; };

/* How near sounds are, whatever their finer marks; the finer marks add to it (finer[]). */
static const struct near loose_near[] = {
    {P_I, P_E, 20}, {P_U, P_O, 20}, {P_A, P_O, 25}, {P_A, P_E, 30}, {P_A, P_I, 40}, {P_A, P_U, 35},
    {P_V, P_B, 25}, {P_K, P_G, 35}, {P_T, P_D, 35}, {P_P, P_B, 40}, {P_C, P_J, 40}, {P_C, P_S, 30},
    {P_S, P_J, 35}, {P_F, P_P, 20}, {P_F, P_V, 45}, {P_F, P_B, 40}, {P_M, P_N, 35}, {P_R, P_L, 50},
    {P_Y, P_J, 35}, {P_Y, P_I, 15}, {P_V, P_O, 30}, {P_V, P_U, 30}, {P_R, P_D, 45}, {P_H, P_G, 60},
    {P_Y, P_E, 20}, {P_T, P_S, 60}, {P_L, P_N, 80}, {P_Y, P_N, 50}, {P_H, P_K, 60},
};

/* Pairs whose cost is known as they stand. */
static const struct near finer[] = {
    {P_K, P_KH, 10}, {P_G, P_GH, 8}, {P_C, P_CH, 8}, {P_J, P_JH, 8}, {P_T, P_TH, 6}, {P_D, P_DH, 8},
    {P_B, P_BH, 8}, {P_J, P_Z, 6}, {P_S, P_SH, 8}, {P_N, P_NG, 8}, {P_R, P_RD, 6}, {P_D, P_RD, 12},
    {P_DH, P_RD, 12}, {P_L, P_LZ, 8}, {P_R, P_LZ, 25}, {P_GH, P_H, 30}, {P_NG, P_G, 45}, {P_NG, P_GH, 45},
    {P_BH, P_V, 20}, {P_Z, P_S, 30}, {P_Z, P_JH, 20},
    {P_LZ, P_JH, 18}, {P_LZ, P_Z, 18}, {P_LZ, P_J, 20}, /* zh as Hindi clerks read it */
    {P_NX, P_N, 2}, {P_NX, P_NG, 4}, {P_NX, P_M, 12},
    {P_JY, P_J, 3}, {P_JY, P_Y, 8}, {P_JY, P_I, 25}, {P_JY, P_Z, 8}, {P_KX, P_K, 4}, {P_KX, P_KH, 6}, {P_KX,
        P_G, 5}, {P_KX, P_GH, 7}, {P_KX, P_H, 25}, {P_CX, P_S, 4},
    {P_CX, P_SH, 6}, {P_CX, P_C, 5}, {P_CX, P_CH, 8}, {P_CX, P_J, 8}, {P_CX, P_JH, 10}, {P_CX, P_Z, 12},
    {P_TX, P_T, 4}, {P_TX, P_TH, 4}, {P_TX, P_D, 5}, {P_TX, P_DH, 6}, {P_PX, P_P, 4}, {P_PX, P_B, 5},
    {P_PX, P_BH, 6}, {P_PX, P_F, 12}, {P_KX, P_TX, 90},
    {P_A, P_A1, 0}, {P_A, P_AA, 2}, {P_A1, P_AA, 14}, {P_A, P_AO, 0}, {P_AO, P_A1, 0}, {P_AO, P_AA, 16},
    {P_AO, P_O, 6}, {P_AF, P_A, 2}, {P_AF, P_A1, 2}, {P_AF, P_AA, 4}, {P_AF, P_AO, 2}, {P_AO, P_AU, 15},
    {P_I, P_II, 3}, {P_U, P_UU, 3}, {P_E, P_AI, 6}, {P_O, P_AU, 6}, {P_AI, P_A, 25}, {P_AI, P_AA, 25},
    {P_E, P_A1, 22}, {P_U, P_A1, 12}, /* English ears write the short a as u: Bunty, Dutt, Punjab */
    {P_E, P_A, 26}, {P_AI, P_I, 22}, {P_AU, P_U, 22}, {P_AU, P_A, 25},
    {P_IX, P_I, 2}, {P_IX, P_II, 3}, {P_IX, P_U, 6}, {P_IX, P_UU, 8}, {P_IX, P_E, 14}, {P_IX, P_A, 16},
    {P_OI, P_AI, 5}, {P_OI, P_E, 18}, {P_OI, P_O, 20}, {P_OI, P_AO, 20}, {P_OI, P_A, 25}, {P_OI, P_I, 25},
    {P_WX, P_V, 5}, {P_WX, P_O, 4}, {P_WX, P_U, 6}, {P_WX, P_UU, 4}, {P_WX, P_AU, 6}, {P_WX, P_B, 30},
    {P_YX, P_I, 4}, {P_YX, P_II, 4}, {P_YX, P_E, 6}, {P_YX, P_AI, 6}, {P_YX, P_Y, 6}, {P_YX, P_AF, 30},
    {P_AX, P_A, 2}, {P_AX, P_AA, 2}, {P_AX, P_A1, 2}, {P_AX, P_AF, 4}, {P_AX, P_AO, 2}, {P_AX, P_I, 12},
    {P_AX, P_E, 10}, {P_AX, P_U, 16}, {P_AX, P_O, 12}, {P_AX, P_AI, 12}, {P_AX, P_AU, 12},
};

/* Keys that lie side by side on the usual keyboard, for each of a-z. */
static const char *const keys_near[26] = {
    "sqwz", "vnhg", "xvdf", "sfexcr", "rwds", "dgrcv", "fhtvb", "gjybn", "uokj", "hkunm", "jlim", "kop",
    "njk", "mbhj", "iplk", "ol", "wa", "tefd", "adwzx", "rygf", "yijh", "cbfg", "qeas", "zcsd", "tugh", "xsa",
};

bool phone_is_vowel(uint8_t phone)
{
    return phone >= P_A && phone < PHONE_COUNT;
}

uint8_t phone_loose(uint8_t phone)
{
    return kinds[phone].loose;
}

uint8_t phone_class(uint8_t phone)
{
    return kinds[phone].class;
}

static uint8_t in_units(int hundredths)
{
    return (uint8_t)((hundredths * COST_UNIT + 50) / 100);
}

static int swap_cost(uint8_t a, uint8_t b)
{
    for (size_t i = 0; i < sizeof finer / sizeof finer[0]; i++)
        if ((finer[i].a == a && finer[i].b == b) || (finer[i].a == b &&
            finer[i].b == a)) return finer[i].cost;
    uint8_t la = kinds[a].loose, lb = kinds[b].loose;
    if (la == lb) return 10;
    for (size_t i = 0; i < sizeof loose_near / sizeof loose_near[0]; i++)
        if ((loose_near[i].a == la && loose_near[i].b == lb) || (loose_near[i].a == lb &&
            loose_near[i].b == la))
            return loose_near[i].cost;
    if (phone_is_vowel(a) && phone_is_vowel(b)) return 45;
    return phone_is_vowel(a) || phone_is_vowel(b) ? 120 : 100;
}

static void keys_fill(struct phone_costs *costs)
{
    static const char vowels[] = "aeiou";
    for (int i = 0; i < 26; i++) {
        costs->key_drop[i + 1] = in_units(strchr(vowels, 'a' + i) ? 80 : 100);
        for (int j = 0; j < 26; j++) {
            int cost = 100;
            if (i == j) cost = 0;
            else if (strchr(vowels, 'a' + i) && strchr(vowels, 'a' + j)) cost = 70;
            else if (strchr(keys_near[i], 'a' + j) || strchr(keys_near[j], 'a' + i)) cost = 75;
            costs->key_swap[i + 1][j + 1] = in_units(cost);
        }
    }
}

void phone_costs_fill(struct phone_costs *costs)
{
    memset(costs, 0, sizeof *costs);
    for (uint8_t a = 1; a < PHONE_COUNT; a++) {
        int drop = kinds[a].drop;
        costs->drop[a] = in_units(drop);
        costs->drop_free[a] = in_units(phone_is_vowel(a) ? drop * 35 / 100 : drop);
        for (uint8_t b = 1; b < PHONE_COUNT; b++) costs->swap[a][b] = a == b ? 0 : in_units(swap_cost(a, b));
    }
    keys_fill(costs);
}
