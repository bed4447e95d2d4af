/* search/fold_indic: the nine Brahmic scripts whose Unicode blocks run parallel. A consonant carries an
 * inherent vowel until a sign or the virama says otherwise; Indo-Aryan languages then drop it inside words
 * (schwa deletion: राजपाल is rajpal), the Dravidian ones keep it. */
#include <string.h>

#include "search/fold.h"

enum { VA = 0x35, NUKTA = 0x3C, VIRAMA = 0x4D, BLOCK = 0x80 };

/* Consonants by their place in the block, from ka. */
static const uint8_t consonants[0x60] = {
    [0x15] = P_K, P_KH, P_G, P_GH, P_N, P_C, P_CH, P_J, P_JH, P_N, P_T, P_TH, P_D, P_DH, P_N, P_T, P_TH, P_D,
    P_DH, P_N, P_N, P_P, P_F, P_B, P_BH, P_M, P_Y, P_R, P_R, P_L, P_L, P_LZ, P_V, P_SH, P_SH, P_S, P_H,
    [0x58] = P_K, P_KH, P_G, P_Z, P_RD, P_RD, P_F, P_Y,
};

/* Tamil writes one letter where the others have four. */
static const uint8_t tamil_stops[0x60] = {
    [0x15] = P_KX, [0x1A] = P_CX, [0x1F] = P_TX, [0x24] = P_TX, [0x2A] = P_PX,
};

static const uint8_t vowels[0x60] = {
    [0x05] = P_A1, P_AA, P_I, P_II, P_U, P_UU, P_R, P_L, P_E, P_E, P_E, P_AI, P_AA, P_O, P_O, P_AU,
    [0x3E] = P_AA, P_I, P_II, P_U, P_UU, P_R, P_R, P_E, P_E, P_E, P_AI, P_O, P_O, P_O, P_AU,
    [0x55] = P_AI, P_AI, P_AU,
};

struct reading {
    enum script script;
    const uint32_t *letters;
    size_t n;
    struct fold *fold;
    bool open; /* the last consonant still waits for its vowel */
};

static uint32_t place(const struct reading *reading, size_t at)
{
    return at < reading->n ? reading->letters[at] % BLOCK : 0;
}

static uint8_t inherent(enum script script)
{
    return script == SCRIPT_BENGALI || script == SCRIPT_ODIA ? P_AO : P_A1;
}

static void close_vowel(struct reading *reading)
{
    if (reading->open) fold_put(reading->fold, inherent(reading->script));
    reading->open = false;
}

static void put_consonant(struct reading *reading, uint8_t phone)
{
    close_vowel(reading);
    fold_put(reading->fold, phone);
    reading->open = true;
}

/* The dot or half moon above: the nasal of the place where the next consonant is made; सिंह is heard singh.
 * */
static void put_nasal(struct reading *reading, size_t *at)
{
    close_vowel(reading);
    uint32_t next = place(reading, *at + 1);
    if (next == VA && *at + 2 == reading->n && reading->fold->count &&
        reading->fold->phones[reading->fold->count - 1] == P_AA) { /* उरांव: heard uraon */
        fold_put(reading->fold, P_WX);
        fold_put(reading->fold, P_N);
        (*at)++;
        return;
    }
    uint8_t phone = next < 0x60 ? consonants[next] : 0;
    bool last = *at + 2 == reading->n;
    if (last && (phone == P_H || phone == P_G || phone == P_GH)) {
        fold_put(reading->fold, P_NG);
        (*at)++;
    } else fold_put(reading->fold, phone && phone_class(phone) == phone_class(P_P) ? P_M : P_N);
}

static void put_nukta(struct fold *fold)
{
    if (!fold->count) return;
    uint8_t *last = &fold->phones[fold->count - 1];
    switch (*last) {
    case P_D:
    case P_DH: *last = P_RD; break;
    case P_J: *last = P_Z; break;
    default: break;
    }
}

/* Letters that stand outside the common order. True when it was one. */
static bool put_odd(struct reading *reading, size_t *at, uint32_t letter)
{
    static const uint8_t chillus[6] = {P_N, P_N, P_R, P_L, P_L, P_K};
    struct fold *fold = reading->fold;
    if (letter >= 0xD7A && letter <= 0xD7F) {
        close_vowel(reading);
        fold_put(fold, chillus[letter - 0xD7A]);
    } else if (letter == 0x9CE) { /* khanda ta */
        close_vowel(reading);
        fold_put(fold, P_T);
    } else if (letter == 0x9F0) put_consonant(reading, P_R);
    else if (letter == 0x9F1 || letter == 0xB71) put_consonant(reading, P_V);
    else if (letter == 0x9DC || letter == 0x9DD || letter == 0xB5C || letter == 0xB5D)
        put_consonant(reading, P_RD);
    else if (letter == 0xB83) { /* aytham before pa writes f */
        close_vowel(reading);
        if (place(reading, *at + 1) == 0x2A) return true;
    } else if (letter == 0xA70) put_nasal(reading, at);
    else return letter == 0xA71;
    return true;
}

static void put_letter(struct reading *reading, size_t *at)
{
    uint32_t letter = reading->letters[*at], offset = letter % BLOCK;
    struct fold *fold = reading->fold;
    if (put_odd(reading, at, letter)) return;
    if (offset == VIRAMA) reading->open = false;
    else if (offset == NUKTA) put_nukta(fold);
    else if (offset == 1 || offset == 2) put_nasal(reading, at);
    else if (offset == 0x1C && place(reading, *at + 1) == VIRAMA && place(reading, *at + 2) == 0x1E) {
        put_consonant(reading, P_G); /* ज्ञ: said gy in the north, whatever it is made of */
        reading->open = false;
        put_consonant(reading, P_Y);
        *at += 2;
    } else if (offset < 0x60 && consonants[offset]) {
        uint8_t phone = consonants[offset];
        if (reading->script == SCRIPT_TAMIL && tamil_stops[offset]) phone = tamil_stops[offset];
        if (reading->script == SCRIPT_BENGALI && offset == 0x2F && place(reading, *at + 1) != NUKTA &&
            !(*at && place(reading, *at - 1) == VIRAMA))
            phone = P_JY; /* bare য is j; য় and the sign after a consonant are y */
        put_consonant(reading, phone);
    } else if (offset < 0x60 && vowels[offset]) {
        uint8_t phone = vowels[offset];
        bool sign = offset >= 0x3E;
        if (!sign) close_vowel(reading);
        reading->open = false;
        fold_put(fold, phone);
        if (phone == P_R) fold_put(fold, P_I);
    }
}

/* V C a C V loses its a; from the end, so that each loss is seen by the next. */
static void drop_inherent(struct fold *fold)
{
    uint8_t *p = fold->phones;
    for (int i = fold->count - 3; i >= 2; i--) {
        if (p[i] != P_A1 && p[i] != P_AO) continue;
        if (phone_is_vowel(p[i - 1]) || !phone_is_vowel(p[i - 2]) || phone_is_vowel(p[i + 1])) continue;
        if (!phone_is_vowel(p[i + 2]) || p[i + 2] == P_A1 || p[i + 2] == P_AO) continue;
        memmove(p + i, p + i + 1, (size_t)(fold->count - i - 1));
        fold->count--;
    }
}

/* राय is heard rai: a with a y that has no vowel of its own. */
static void join_glide(struct fold *fold)
{
    if (fold->count < 2 || fold->phones[fold->count - 1] != P_Y) return;
    uint8_t *vowel = &fold->phones[fold->count - 2];
    if (phone_loose(*vowel) != P_A) return;
    *vowel = P_AI;
    fold->count--;
}

void fold_indic(enum script script, const uint32_t *letters, size_t n, struct fold *ret)
{
    struct reading reading = {.script = script, .letters = letters, .n = n, .fold = ret};
    for (size_t at = 0; at < n; at++) put_letter(&reading, &at);
    bool keeps = script == SCRIPT_TAMIL || script == SCRIPT_TELUGU || script == SCRIPT_KANNADA ||
        script == SCRIPT_MALAYALAM;
    if (keeps) {
        close_vowel(&reading);
        return;
    }
    drop_inherent(ret);
    join_glide(ret);
}
