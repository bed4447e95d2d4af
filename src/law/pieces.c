/* law/pieces: cuts a clerk's string into sections, Acts and words that mean nothing here.
 *
 * The alphabet is small: figures, a letter or two behind them, bracketed clauses, names of Acts, and the
 * words that join them. What is neither is kept as noise and told: nothing typed is dropped in silence. */
#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "law/sections.h"

struct reader {
    const struct law *law;
    struct arena *arena;
    const char *start, *at;
    bool strong, slash, other; /* separators since the last piece */
    struct pieces *pieces;
};

/* ---- letters ---- */

static bool is_letter(char c)
{
    return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Marks that look different and mean the same: Devanagari figures, dashes, quotes, joiners, the danda. */
static const char *text_plain(struct arena *arena, const char *text)
{
    static const struct {
        const char *from, *to;
    } marks[] = {{"\u200c", ""}, {"\u200d", ""}, {"\u2010", "-"}, {"\u2011", "-"}, {"\u2012", "-"},
        {"\u2013", "-"}, {"\u2014", "-"}, {"\u0964", ","}, {"\u2018", " "}, {"\u2019", " "}, {"\u201c", " "},
        {"\u201d", " "}, {"\ufeff", ""}};
    static const char zero[] = "\u0966"; /* Devanagari figures follow one another in the last byte */
    const char *clean = text_clean(arena, text, false);
    struct buf plain;
    buf_init(&plain, arena, strlen(clean));
    while (*clean) {
        size_t i = 0, count = sizeof marks / sizeof marks[0];
        while (i < count && strncmp(clean, marks[i].from, strlen(marks[i].from)) != 0) i++;
        unsigned char last = (unsigned char)zero[2];
        if (i < count) {
            buf_puts(&plain, marks[i].to);
            clean += strlen(marks[i].from);
        } else if (strncmp(clean, zero, 2) == 0 && (unsigned char)clean[2] >= last &&
                   (unsigned char)clean[2] < last + 10) {
            buf_putc(&plain, (char)('0' + ((unsigned char)clean[2] - last)));
            clean += 3;
        } else {
            buf_putc(&plain, *clean++);
        }
    }
    return plain.data;
}

static struct piece *piece_add(struct reader *reader, int kind, const char *from)
{
    struct pieces *pieces = reader->pieces;
    if (pieces->count == PIECES_MAX) {
        pieces->too_many = true;
        return NULL;
    }
    struct piece *piece = &pieces->list[pieces->count++];
    *piece = (struct piece){.strong = reader->strong,
        .slash = reader->slash && !reader->other,
        .text = arena_strndup(reader->arena, from, (size_t)(reader->at - from))};
    piece->kind = kind == PIECE_ACT ? PIECE_ACT : kind == PIECE_SECTION ? PIECE_SECTION : PIECE_NOISE;
    reader->strong = reader->slash = reader->other = false;
    return piece;
}

/* ---- names of Acts ---- */

/* How far the name reaches when the text begins with it: letters must agree, marks between them do not
 * matter. */
static size_t name_reach(const char *text, const char *name)
{
    const char *at = text;
    while (*name) {
        while (*at && strchr(" .-()/&'", *at) && at > text) at++;
        if (tolower((unsigned char)*at) != (unsigned char)*name) return 0;
        at++;
        name++;
    }
    return is_letter(*at) ? 0 : (size_t)(at - text);
}

/* The longest name that stands here. *ret_several: more than one Act bears it. */
static size_t act_reach(
    const struct law *law, const char *text, const struct act **ret_act, bool *ret_several)
{
    size_t best = 0;
    for (size_t i = 0; i < law->act_count; i++) {
        const struct act *act = &law->acts[i];
        size_t code = strlen(act->code);
        bool by_code = strncmp(text, act->code, code) == 0 && !is_letter(text[code]);
        size_t reach = by_code ? code : 0;
        for (size_t j = 0; j < act->name_count; j++) {
            size_t n = name_reach(text, act->names[j]);
            if (n > reach) reach = n;
        }
        if (reach == 0 || reach < best) continue;
        *ret_several = reach == best && !by_code;
        *ret_act = act;
        best = reach;
        if (by_code && reach == code) *ret_several = false;
    }
    return best;
}

static size_t word_length(const char *at)
{
    size_t n = 0;
    while (is_letter(at[n]) || (n > 0 && at[n] == '.' && is_letter(at[n + 1]))) n++;
    return n;
}

static bool word_is(const char *at, size_t n, const char *const *words)
{
    for (; *words; words++)
        if (strlen(*words) == n && strncasecmp(at, *words, n) == 0) return true;
    return false;
}

static const char *const act_words[] = {"act", "acts", "अधिनियम", "अधि", "एक्ट", "ऐक्ट", "code", "rules",
    "नियम", "संहिता", "sanhita", "ordinance", "अध्यादेश", NULL};

/* "Act, 1959", "अधिनियम (1915)" behind a name belongs to it. Whether the word "Act" was there. */
static bool skip_act_tail(struct reader *reader)
{
    const char *at = reader->at + strspn(reader->at, " .");
    size_t n = word_length(at);
    bool has_word = n > 0 && word_is(at, n, act_words);
    if (has_word) reader->at = at += n;
    at += strspn(at, " ,.([");
    bool year = (strncmp(at, "18", 2) == 0 || strncmp(at, "19", 2) == 0 || strncmp(at, "20", 2) == 0) &&
                is_digit(at[2]) && is_digit(at[3]) && !is_digit(at[4]) && !is_letter(at[4]) && at[4] != '(';
    if (year) reader->at = at + 4 + strspn(at + 4, ")]");
    return has_word;
}

static bool read_act(struct reader *reader)
{
    const char *from = reader->at;
    const struct act *act = NULL;
    bool several = false;
    size_t n = act_reach(reader->law, from, &act, &several);
    if (n == 0) return false;
    reader->at += n;
    const char *name = arena_strndup(reader->arena, from, n);
    skip_act_tail(reader);
    struct piece *piece = piece_add(reader, PIECE_ACT, from);
    if (!piece) return true;
    piece->act = several ? NULL : act;
    if (several)
        piece->why = arena_printf(reader->arena, "several Acts are called '%s': name the State", name);
    return true;
}

/* ---- words ---- */

/* Longest first: "u/s" holds a mark that otherwise parts. */
static const char *const marked_words[] = {"u/sec", "u/s", "r/w", "w/s", "w/", NULL};
static const char *const strong_words[] = {"and", "व", "एवं", "एवम", "और", "तथा", "सहित", NULL};
static const char *const idle_words[] = {"us", "u.s", "sec", "secs", "section", "sections", "under", "of",
    "the", "read", "with", "rw", "r.w", "dhara", "धारा", "धाराएं", "धाराएँ", "धाराओं", "धा", "दफा", "सहपठित",
    "सपठित", "के", "की", "का", "में", "तहत", "अंतर्गत", "अन्तर्गत", "अनुसार", NULL};

static bool skip_marked_word(struct reader *reader)
{
    for (const char *const *word = marked_words; *word; word++) {
        size_t n = strlen(*word);
        if (strncasecmp(reader->at, *word, n) != 0 || is_letter(reader->at[n])) continue;
        reader->at += n;
        reader->other = true;
        return true;
    }
    return false;
}

/* Words nobody knows, taken together as far as they run: "PS Kotwali", or an Act that is not in the law. */
static void read_unknown(struct reader *reader)
{
    const char *from = reader->at, *end = from;
    bool is_act = false;
    while (!is_act) {
        size_t n = word_length(reader->at);
        const struct act *act;
        bool several;
        bool foreign = n > 0 && !word_is(reader->at, n, strong_words) &&
                       (end == from || (!word_is(reader->at, n, idle_words) &&
                                           act_reach(reader->law, reader->at, &act, &several) == 0));
        if (!foreign) break;
        is_act = end > from && word_is(reader->at, n, act_words);
        end = reader->at += n;
        reader->at += strspn(reader->at, " .");
    }
    reader->at = end;
    if (is_act) skip_act_tail(reader);
    struct piece *piece = piece_add(reader, is_act ? PIECE_ACT : PIECE_NOISE, from);
    if (piece) piece->why = is_act ? "this Act is not known here" : "not understood";
}

static void read_word(struct reader *reader)
{
    if (skip_marked_word(reader) || read_act(reader)) return;
    size_t n = word_length(reader->at);
    bool strong = word_is(reader->at, n, strong_words);
    if (!strong && !word_is(reader->at, n, idle_words)) {
        read_unknown(reader);
        return;
    }
    reader->strong |= strong;
    reader->other = true;
    reader->at += n;
}

/* ---- sections ---- */

/* क ख ग घ in the Hindi text of the law, ए बी सी डी by ear. */
size_t section_letter(const char *at, char *ret_letter)
{
    static const struct {
        const char *text;
        char letter;
    } suffixes[] = {{"क", 'A'}, {"ख", 'B'}, {"ग", 'C'}, {"घ", 'D'}, {"ए", 'A'}, {"बी", 'B'}, {"सी", 'C'},
        {"डी", 'D'}, {"ई", 'E'}};
    size_t n = word_length(at);
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
        if (strlen(suffixes[i].text) == n && strncmp(at, suffixes[i].text, n) == 0) {
            *ret_letter = suffixes[i].letter;
            return n;
        }
    return 0;
}

static void section_put(struct piece *piece, char c)
{
    size_t n = strlen(piece->section);
    if (n + 1 < sizeof piece->section)
        piece->section[n] = c;
    else
        piece->why = "too long for a section";
}

/* "A" of 354A, 354-A, 354 A, 354ए; "DA" of 376DA. */
static void read_suffix(struct reader *reader, struct piece *piece)
{
    const char *at = reader->at;
    bool apart = *at == ' ' || *at == '-';
    at += apart;
    char letter;
    size_t hindi = section_letter(at, &letter), n = 0;
    if (hindi > 0) {
        section_put(piece, letter);
        reader->at = at + hindi;
        return;
    }
    while (isalpha((unsigned char)at[n])) n++;
    const struct act *act;
    bool several;
    if (n == 0 || n > (apart ? 1U : 2U) || is_letter(at[n])) return;
    bool abbreviation = (at[n] == '/' || at[n] == '.') && is_letter(at[n + 1]);
    if (abbreviation || act_reach(reader->law, at, &act, &several) > 0) return;
    for (size_t i = 0; i < n; i++) section_put(piece, (char)toupper((unsigned char)at[i]));
    reader->at = at + n;
}

/* Whether n letters or figures between brackets are a clause: "2", "1A", "a", "aa", "iv", "va"; not "ipc",
 * "IT". */
static bool is_clause(const char *at, size_t n)
{
    if (n == 0 || n > 4) return false;
    if (is_digit(*at)) {
        size_t i = strspn(at, "0123456789");
        i += at[i] == '-';
        return i <= 3 && n - i <= 2;
    }
    if (n == 1) return true;
    bool roman = true, repeated = true, pair = n == 2;
    for (size_t i = 0; i < n; i++) {
        roman &= strchr("ivxa", tolower((unsigned char)at[i])) != NULL;
        repeated &= at[i] == at[0];
        pair &= strchr("abc", tolower((unsigned char)at[i])) != NULL;
    }
    return roman || repeated || pair;
}

/* One bracketed clause "(2)", "( a )", "[1]", "(1-B)", "(क)". */
static bool read_clause(struct reader *reader, struct piece *piece)
{
    const char *at = reader->at + strspn(reader->at, " ");
    if (*at != '(' && *at != '[') return false;
    at++;
    at += strspn(at, " ");
    size_t n = 0;
    char hindi;
    size_t hindi_length = section_letter(at, &hindi);
    while (isalnum((unsigned char)at[n]) || (n > 0 && at[n] == '-' && is_digit(at[n - 1]))) n++;
    const char *end = at + (hindi_length > 0 ? hindi_length : n);
    end += strspn(end, " ");
    if ((*end != ')' && *end != ']') || (hindi_length == 0 && !is_clause(at, n))) return false;
    section_put(piece, '(');
    if (hindi_length > 0)
        section_put(piece, (char)tolower((unsigned char)hindi));
    else
        for (size_t i = 0; i < n; i++)
            if (at[i] != '-') section_put(piece, at[i]);
    section_put(piece, ')');
    reader->at = end + 1;
    return true;
}

/* "379-382", "379 to 382", "379 से 382": nobody can tell what was meant, so it is not taken apart. */
static bool read_range(struct reader *reader)
{
    static const char *const words[] = {"to", "से", NULL};
    const char *at = reader->at + strspn(reader->at, " ");
    size_t n = word_length(at);
    if (*at == '-')
        n = 1;
    else if (n == 0 || !word_is(at, n, words))
        return false;
    at += n;
    at += strspn(at, " ");
    if (!is_digit(*at)) return false;
    reader->at = at + strspn(at, "0123456789");
    struct piece rest = {0};
    read_suffix(reader, &rest);
    while (read_clause(reader, &rest)) continue;
    return true;
}

static void read_section(struct reader *reader)
{
    const char *from = reader->at;
    struct piece read = {0};
    size_t n = strspn(from, "0123456789"), zeros = strspn(from, "0");
    if (zeros == n) zeros = n - 1;
    if (n - zeros > 4) read.why = "too long for a section";
    for (size_t i = zeros; i < n; i++) section_put(&read, from[i]);
    reader->at += n;
    read_suffix(reader, &read);
    while (read_clause(reader, &read)) continue;
    if (read_range(reader)) read.why = "a range: write each section";
    struct piece *piece = piece_add(reader, PIECE_SECTION, from);
    if (!piece) return;
    piece->why = read.why;
    memcpy(piece->section, read.section, sizeof piece->section);
}

void section_pieces_read(const struct law *law, struct arena *arena, const char *text, struct pieces *ret)
{
    const char *plain = text_plain(arena, text);
    struct reader reader = {.law = law, .arena = arena, .start = plain, .at = plain, .pieces = ret};
    ret->count = 0;
    ret->too_many = false;
    while (*reader.at && !ret->too_many) {
        char c = *reader.at;
        if (is_digit(c))
            read_section(&reader);
        else if (is_letter(c))
            read_word(&reader);
        else {
            reader.strong |= c == '&' || c == '+';
            reader.slash |= c == '/';
            reader.other |= !strchr("/ ", c);
            reader.at++;
        }
    }
}
