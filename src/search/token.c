/* search/token: from bytes to tokens. ASCII goes the short way: most text of a register is Latin. */
#include "search/token.h"

#include <stdbool.h>
#include <string.h>

#include "search/fold.h"

uint32_t token_letter(const char **at, const char *end)
{
    const unsigned char *p = (const unsigned char *)*at;
    size_t left = (size_t)(end - *at);
    size_t n = p[0] < 0x80 ? 1 : p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : p[0] < 0xF5 ? 4 : 0;
    if (n == 0 || n > left) {
        (*at)++;
        return 0;
    }
    static const unsigned char first_bits[5] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t letter = p[0] & first_bits[n];
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            (*at)++;
            return 0;
        }
        letter = letter << 6 | (p[i] & 0x3F);
    }
    *at += n;
    return letter;
}

/* Latin letters with marks, from U+00C0 on, as the letter alone; '*' is none. */
static const char latin_plain[] =
    "aaaaaaaceeeeiiiidnooooo*ouuuuy*saaaaaaaceeeeiiiidnooooo*ouuuuy*y" /* 00C0-00FF */
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllll" /* 0100-0140 */
    "llnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";   /* 0141-017F */

struct pair_form { uint16_t from, to, mark; };

/* Precomposed and legacy forms, as letter and mark; Arabic letters as Urdu has them. */
static const struct pair_form forms[] = {
    {0x622, 0x622, 0}, {0x643, 0x6A9, 0}, {0x647, 0x6C1, 0}, {0x649, 0x6CC, 0}, {0x64A, 0x6CC, 0},
    {0x929, 0x928, 0}, {0x931, 0x930, 0}, {0x934, 0x933, 0}, {0x958, 0x915, 0x93C}, {0x959, 0x916, 0x93C},
    {0x95A, 0x917, 0x93C}, {0x95B, 0x91C, 0x93C}, {0x95C, 0x921, 0x93C}, {0x95D, 0x922, 0x93C},
    {0x95E, 0x92B, 0x93C}, {0x95F, 0x92F, 0x93C}, {0x9DC, 0x9A1, 0x9BC}, {0x9DD, 0x9A2, 0x9BC},
    {0x9DF, 0x9AF, 0x9BC}, {0xA33, 0xA32, 0xA3C}, {0xA36, 0xA38, 0xA3C}, {0xA59, 0xA16, 0xA3C},
    {0xA5A, 0xA17, 0xA3C}, {0xA5B, 0xA1C, 0xA3C}, {0xA5E, 0xA2B, 0xA3C}, {0xB5C, 0xB21, 0xB3C},
    {0xB5D, 0xB22, 0xB3C},
};

/* Vowel signs typed in two parts. */
static const struct { uint16_t first, second, sign; } halves[] = {
    {0x9C7, 0x9BE, 0x9CB}, {0x9C7, 0x9D7, 0x9CC}, {0xB47, 0xB3E, 0xB4B}, {0xB47, 0xB57, 0xB4C},
    {0xBC6, 0xBBE, 0xBCA}, {0xBC7, 0xBBE, 0xBCB}, {0xBC6, 0xBD7, 0xBCC}, {0xCC6, 0xCC2, 0xCCA},
    {0xD46, 0xD3E, 0xD4A}, {0xD47, 0xD3E, 0xD4B}, {0xD46, 0xD57, 0xD4C}, {0x906, 0x945, 0x911},
};

struct cutting {
    struct tokens *tokens;
    struct token *open; /* the token being filled, or NULL */
    uint32_t last;      /* the letter last put, for halves */
    uint8_t last_bytes;
};

static void put_letter(struct cutting *cutting, uint32_t letter, enum script script)
{
    struct tokens *tokens = cutting->tokens;
    if (!cutting->open || cutting->open->script != (uint8_t)script) {
        cutting->open = NULL;
        if (tokens->count == TOKENS_MAX) return;
        cutting->open = &tokens->list[tokens->count++];
        cutting->open->bytes = 0;
        cutting->open->script = (uint8_t)script;
    }
    struct token *token = cutting->open;
    cutting->last = letter;
    cutting->last_bytes = (uint8_t)(letter < 0x80 ? 1 : letter < 0x800 ? 2 : 3);
    if (token->bytes + cutting->last_bytes > TOKEN_BYTES_MAX) return;
    char *to = token->text + token->bytes;
    if (letter < 0x80) to[0] = (char)letter;
    else if (letter < 0x800) {
        to[0] = (char)(0xC0 | letter >> 6);
        to[1] = (char)(0x80 | (letter & 0x3F));
    } else {
        to[0] = (char)(0xE0 | letter >> 12);
        to[1] = (char)(0x80 | (letter >> 6 & 0x3F));
        to[2] = (char)(0x80 | (letter & 0x3F));
    }
    token->bytes = (uint8_t)(token->bytes + cutting->last_bytes);
}

/* Joins a sign typed in two parts. True when it did. */
static bool put_half(struct cutting *cutting, uint32_t letter, enum script script)
{
    if (!cutting->open || cutting->open->bytes < cutting->last_bytes) return false;
    for (size_t i = 0; i < sizeof halves / sizeof halves[0]; i++) {
        if (halves[i].first != cutting->last || halves[i].second != letter) continue;
        cutting->open->bytes = (uint8_t)(cutting->open->bytes - cutting->last_bytes);
        put_letter(cutting, halves[i].sign, script);
        return true;
    }
    return false;
}

/* Signs that stand inside a word without being of it: joiners, direction marks, soft hyphen, apostrophes,
 * accents, vowel points of Arabic and its stretching stroke. */
static bool is_silent(uint32_t letter)
{
    return letter == '\'' || letter == '`' || letter == 0xAD || (letter >= 0x2BB && letter <= 0x2BD) ||
        (letter >= 0x300 && letter <= 0x36F) || letter == 0x640 || (letter >= 0x64B && letter <= 0x65F) ||
        letter == 0x670 || letter == 0x654 || (letter >= 0x200B && letter <= 0x200F) || letter == 0x2018 ||
        letter == 0x2019 || (letter >= 0x202A && letter <= 0x202E) || (letter >= 0x2060 &&
            letter <= 0x2064) ||
        letter == 0xFEFF;
}

/* Dots below and above, as scholars write: the plain letter, or 0. */
static uint32_t scholar_letter(uint32_t letter)
{
    static const struct { uint16_t from; char to; } letters[] = {
        {0x1E0D, 'd'}, {0x1E25, 'h'}, {0x1E37, 'l'}, {0x1E39, 'l'}, {0x1E41, 'm'}, {0x1E43, 'm'}, {0x1E45,
            'n'},
        {0x1E47, 'n'}, {0x1E5B, 'r'}, {0x1E5D, 'r'}, {0x1E63, 's'}, {0x1E6D, 't'}, {0x1E8F, 'y'}, {0x1E49,
            'n'},
    };
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        if (letters[i].from == letter) return (uint32_t)letters[i].to;
    return 0;
}

static void put_other(struct cutting *cutting, uint32_t letter)
{
    if (is_silent(letter)) return;
    uint32_t mark = 0;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (forms[i].from == letter) {
            mark = forms[i].mark;
            letter = forms[i].to;
            break;
        }
    if (letter >= 0xC0 && letter < 0xC0 + sizeof latin_plain - 1 && latin_plain[letter - 0xC0] != '*')
        letter = (uint32_t)latin_plain[letter - 0xC0];
    else if (letter >= 0x1E00 && letter < 0x1F00) letter = scholar_letter(letter);
    enum script script = script_of(letter);
    if (script == SCRIPT_NONE) {
        cutting->open = NULL;
        return;
    }
    if (put_half(cutting, letter, script)) return;
    put_letter(cutting, letter, script);
    if (mark) put_letter(cutting, mark, script);
}

/* "s/o", "d / o": one letter, a stroke and an o, then no letter. Gives the bytes taken, or 0. */
static size_t put_relation(struct cutting *cutting, const char *at, const char *end)
{
    if (end - at < 3 || at[1] != '/' || (at[2] | 0x20) != 'o') return 0;
    if (end - at > 3 && ((at[3] | 0x20) >= 'a' && (at[3] | 0x20) <= 'z')) return 0;
    put_letter(cutting, (uint32_t)(at[0] | 0x20), SCRIPT_LATIN);
    put_letter(cutting, '/', SCRIPT_LATIN);
    put_letter(cutting, 'o', SCRIPT_LATIN);
    cutting->open = NULL;
    return 3;
}

void tokens_read(const char *text, size_t n, struct tokens *ret)
{
    struct cutting cutting = {.tokens = ret};
    ret->count = 0;
    const char *at = text, *end = text + n;
    while (at < end) {
        unsigned char c = (unsigned char)*at;
        unsigned char low = c | 0x20;
        if (c >= 0x80) put_other(&cutting, token_letter(&at, end));
        else if (low >= 'a' && low <= 'z') {
            size_t taken = cutting.open ? 0 : put_relation(&cutting, at, end);
            if (!taken) put_letter(&cutting, low, SCRIPT_LATIN);
            at += taken ? taken : 1;
        } else {
            if (c != '\'' && c != '`') cutting.open = NULL;
            if (c == '@') {
                put_letter(&cutting, '@', SCRIPT_NONE);
                cutting.open = NULL;
            }
            at++;
        }
    }
}
