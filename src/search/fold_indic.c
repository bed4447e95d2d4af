/* search/fold_indic: the nine Brahmic scripts whose Unicode blocks run parallel. A consonant carries an
 * inherent vowel until a sign or the virama says otherwise; Indo-Aryan languages then drop it inside words
 * (schwa deletion: राजपाल is rajpal), the Dravidian ones keep it. */
#include <string.h>

#include "search/fold.h"

enum {
    HALF_MOON = 0x01, BINDU = 0x02, LETTER_A = 0x05, LETTER_I = 0x07, LETTER_E = 0x0F, LETTER_O = 0x12,
    NGA = 0x19, CA = 0x1A, JA = 0x1C, NYA = 0x1E, TTA = 0x1F, NA = 0x28, NNNA = 0x29, YA = 0x2F, RA = 0x30,
    RRA = 0x31, LLA = 0x33, VA = 0x35, NUKTA = 0x3C, SIGN_AA = 0x3E, SIGN_U = 0x41, SIGN_E = 0x46,
    VIRAMA = 0x4D, WA = 0x71, CHILLU_N = 0x7B, BLOCK = 0x80
};

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
    [0x05] = P_A1, P_AA, P_I, P_II, P_U, P_UU, P_IX, P_L, P_E, P_E, P_E, P_AI, P_AA, P_O, P_O, P_AU,
    [0x3E] = P_AA, P_I, P_II, P_U, P_UU, P_IX, P_IX, P_E, P_E, P_E, P_AI, P_O, P_O, P_O, P_AU,
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

/* The South keeps the inherent vowel everywhere. */
static bool is_southern(enum script script)
{
    return script == SCRIPT_TAMIL || script == SCRIPT_TELUGU || script == SCRIPT_KANNADA ||
        script == SCRIPT_MALAYALAM;
}

/* Where a dot at the end of a word is a vowel through the nose: मियां, ਮਾਂ. */
static bool is_northern(enum script script)
{
    return script == SCRIPT_DEVANAGARI || script == SCRIPT_GURMUKHI || script == SCRIPT_GUJARATI;
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

static bool is_short(uint8_t vowel)
{
    return vowel == P_A1 || vowel == P_AO || vowel == P_I || vowel == P_U || vowel == P_IX;
}

/* Whether the sign says that the vowel goes through the nose. In the north the dot does so at the end of a
 * word, and behind a long vowel where no stop comes: भोंसले is Bhosle as often as Bhonsle. */
static bool is_vowel_nasal(const struct reading *reading, size_t at, uint8_t next)
{
    if (place(reading, at) == HALF_MOON) return true;
    if (!is_northern(reading->script) || !reading->fold->count) return false;
    if (at + 1 == reading->n) return true;
    uint8_t vowel = reading->fold->phones[reading->fold->count - 1];
    bool is_stop = next >= P_K && next <= P_BH;
    return phone_is_vowel(vowel) && !is_short(vowel) && !is_stop && phone_class(next) != phone_class(P_M);
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
    if (is_vowel_nasal(reading, *at, phone)) {
        fold_put(reading->fold, P_NX);
        return;
    }
    bool velar = phone == P_H || phone_class(phone) == phone_class(P_K);
    if ((reading->script == SCRIPT_MALAYALAM && !velar) ||
        (*at + 1 == reading->n && is_southern(reading->script))) {
        fold_put(reading->fold, P_M); /* ഹംസ Hamza, ರಾಂ Ram */
        return;
    }
    if (last && (phone == P_H || phone == P_G || phone == P_GH)) {
        fold_put(reading->fold, P_NG);
        (*at)++;
    } else fold_put(reading->fold, phone == P_M || phone_class(phone) == phone_class(P_P) ? P_M : P_N);
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

/* Letters that together are said otherwise than one by one. */
enum group_place { ANYWHERE, AT_START, BEFORE_NO_SIGN, BEFORE_NO_VIRAMA };

struct group {
    enum script script; /* SCRIPT_NONE: of all */
    uint8_t letters[4]; /* by their places in the block */
    enum group_place place;
    uint8_t phones[3];
};

static const struct group groups[] = {
    {SCRIPT_NONE, {JA, VIRAMA, NYA}, ANYWHERE, {P_G, P_Y}},         /* ज्ञ: gy, whatever it is made of */
    {SCRIPT_BENGALI, {NGA}, BEFORE_NO_VIRAMA, {P_N, P_G}},          /* বাঙালি Bangali */
    {SCRIPT_BENGALI, {LETTER_A, VIRAMA, YA, SIGN_AA}, ANYWHERE, {P_A}}, /* অ্যান্টনি Antony */
    {SCRIPT_BENGALI, {LETTER_A, VIRAMA, YA}, ANYWHERE, {P_A}},
    {SCRIPT_BENGALI, {LETTER_E, VIRAMA, YA, SIGN_AA}, ANYWHERE, {P_A}},
    {SCRIPT_BENGALI, {SIGN_U, WA, SIGN_AA}, ANYWHERE, {P_U, P_AA}}, /* বৰুৱা Barua */
    {SCRIPT_TAMIL, {NYA}, AT_START, {P_G, P_Y}},                    /* ஞானம் Gnanam */
    {SCRIPT_TAMIL, {LETTER_I, RA, SIGN_AA}, AT_START, {P_R, P_AA}}, /* இராமன் Raman */
    {SCRIPT_TAMIL, {TTA, VIRAMA, CA}, ANYWHERE, {P_K, P_SH}},       /* மீனாட்சி Meenakshi */
    {SCRIPT_TAMIL, {RRA, VIRAMA, RRA}, ANYWHERE, {P_T, P_R}},       /* வெற்றி Vetri */
    {SCRIPT_TAMIL, {NNNA, VIRAMA, RRA}, ANYWHERE, {P_N, P_T, P_R}}, /* மன்றம் Mandram */
    {SCRIPT_TAMIL, {SIGN_E, LLA}, BEFORE_NO_SIGN, {P_AU}},          /* கெளரி for கௌரி: the right half of */
    {SCRIPT_TAMIL, {LETTER_O, LLA}, BEFORE_NO_SIGN, {P_AU}},        /* au typed as what it looks like */
    {SCRIPT_MALAYALAM, {RRA, VIRAMA, RRA}, ANYWHERE, {P_T}},        /* സ്റ്റാലിൻ Stalin */
    {SCRIPT_MALAYALAM, {NA, VIRAMA, RRA}, ANYWHERE, {P_N, P_T}},    /* ജയന്റ് Jayant */
    {SCRIPT_MALAYALAM, {CHILLU_N, VIRAMA, RRA}, ANYWHERE, {P_N, P_T}},
    {SCRIPT_MALAYALAM, {NGA, VIRAMA, NGA}, ANYWHERE, {P_N, P_G}},   /* സിങ്ങ് Sing */
    {SCRIPT_MALAYALAM, {NYA, VIRAMA, NYA}, ANYWHERE, {P_N, P_Y}},   /* കുഞ്ഞ് Kunju, Kunhi */
};

static bool is_sign(uint32_t offset)
{
    return offset >= SIGN_AA && offset <= VIRAMA;
}

/* How many letters from `at` are the group; 0 when they are not. */
static size_t group_letters(const struct reading *reading, size_t at, const struct group *group)
{
    size_t n = 0;
    if (group->script && group->script != reading->script) return 0;
    for (; n < sizeof group->letters && group->letters[n]; n++)
        if (place(reading, at + n) != group->letters[n]) return 0;
    uint32_t next = place(reading, at + n);
    switch (group->place) {
    case AT_START: return at == 0 ? n : 0;
    case BEFORE_NO_SIGN: return is_sign(next) ? 0 : n;
    case BEFORE_NO_VIRAMA: return next == VIRAMA ? 0 : n;
    case ANYWHERE: break;
    }
    return n;
}

static bool put_group(struct reading *reading, size_t *at)
{
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        const struct group *group = &groups[i];
        size_t n = group_letters(reading, *at, group);
        if (!n) continue;
        if (!is_sign(group->letters[0])) close_vowel(reading);
        for (size_t k = 0; k < sizeof group->phones && group->phones[k]; k++) {
            fold_put(reading->fold, group->phones[k]);
            reading->open = !phone_is_vowel(group->phones[k]);
        }
        *at += n - 1;
        return true;
    }
    return false;
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
    if (put_group(reading, at) || put_odd(reading, at, letter)) return;
    if (offset == VIRAMA) reading->open = false;
    else if (offset == NUKTA) put_nukta(fold);
    else if (offset == HALF_MOON || offset == BINDU) put_nasal(reading, at);
    else if (offset < 0x60 && consonants[offset]) {
        uint8_t phone = consonants[offset];
        if (reading->script == SCRIPT_TAMIL && tamil_stops[offset]) phone = tamil_stops[offset];
        if (reading->script == SCRIPT_BENGALI && offset == YA && place(reading, *at + 1) != NUKTA &&
            !(*at && place(reading, *at - 1) == VIRAMA))
            phone = P_JY; /* bare য is j; য় and the sign after a consonant are y */
        put_consonant(reading, phone);
    } else if (offset < 0x60 && vowels[offset]) {
        uint8_t phone = vowels[offset];
        bool sign = offset >= SIGN_AA;
        if (!sign) close_vowel(reading);
        reading->open = false;
        if (phone == P_IX) fold_put(fold, P_R);
        fold_put(fold, phone);
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
        bool twice = phone_loose(p[i - 1]) == phone_loose(p[i + 1]);
        if (twice && is_short(p[i - 2])) continue; /* जननी keeps it, রামমোহন does not */
        int gone = twice ? 2 : 1;
        memmove(p + i, p + i + gone, (size_t)(fold->count - i - gone));
        fold->count = (uint8_t)(fold->count - gone);
    }
}

/* সিঙ্গ, सिङ्ग: ng at the end, however it is written. */
static void end_nasal(struct fold *fold)
{
    if (fold->count < 3) return;
    uint8_t *last = fold->phones + fold->count - 1;
    if (phone_loose(*last) != P_G || phone_loose(last[-1]) != P_N) return;
    last[-1] = P_NG;
    fold->count--;
}

static bool is_rounded(uint8_t phone)
{
    return phone == P_O || phone == P_AU || phone == P_U || phone == P_UU;
}

/* Bengali has no letter for w, and none for a y that begins a word: ওয়াহিদ is Wahid, মনোয়ার Monowar,
 * ইয়াকুব Yakub, ইউনুস Yunus. */
static void read_glides(struct fold *fold)
{
    uint8_t *p = fold->phones, n = 0;
    for (uint8_t i = 0; i < fold->count; i++) {
        bool first = n == 0, vowel_before = n && phone_is_vowel(p[n - 1]);
        uint8_t next = i + 1 < fold->count ? p[i + 1] : PHONE_NONE;
        bool open = i + 2 < fold->count && phone_is_vowel(p[i + 2]);
        if (is_rounded(p[i]) && next == P_Y && open) {
            if (!first && !vowel_before) p[n++] = p[i];
            p[n++] = P_V;
            i++;
        } else if (first && p[i] == P_I && next == P_Y && open) continue;
        else if (first && p[i] == P_I && (next == P_U || next == P_UU)) p[n++] = P_Y;
        else p[n++] = p[i];
    }
    fold->count = n;
}

void fold_indic(enum script script, const uint32_t *letters, size_t n, struct fold *ret)
{
    struct reading reading = {.script = script, .letters = letters, .n = n, .fold = ret};
    for (size_t at = 0; at < n; at++) put_letter(&reading, &at);
    if (is_southern(script)) close_vowel(&reading);
    else drop_inherent(ret);
    end_nasal(ret);
    if (script == SCRIPT_BENGALI) read_glides(ret);
    fold_join(ret);
}
