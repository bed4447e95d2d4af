/* search/word: tokens become words that can be compared, and a name becomes its parts.
 *
 * "Shri Ram Kr. Verma @ Raju S/o Late Shyam Lal" is the name ram kumar verma, the alias raju and the
 * relative (a parent) shyam lal. What a token means depends on the token alone, so that a builder keeps
 * what it learnt. */
#ifndef PANJI_SEARCH_WORD_H
#define PANJI_SEARCH_WORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "search/fold.h"
#include "search/rules.h"
#include "search/token.h"

#define NAME_WORDS_MAX 7 /* of name and aliases together, and of a relative's name */
#define NO_WORD UINT32_MAX

struct word {
    uint8_t bytes;
    uint8_t script;       /* enum script */
    bool initial;         /* one letter standing for a word */
    uint8_t letter_count; /* Latin only: letters as 1-26, for slips of the hand; else 0 */
    uint8_t letters[PHONES_MAX];
    struct fold fold;
    char text[TOKEN_BYTES_MAX]; /* lowered, not terminated */
};

enum meaning_kind { MEANS_NOTHING, MEANS_WORD, MEANS_HONORIFIC, MEANS_ALIAS, MEANS_RELATION };

struct meaning {
    uint8_t kind;
    uint8_t relation;   /* enum search_relation, of MEANS_RELATION */
    uint8_t word_count; /* 2 for initials run together: rk; 0 for a relation no name can be: s/o */
    uint32_t words[2];  /* whatever the maker of the meaning calls its words */
};

/* What a token means; the words are filled into ret_words and numbered from 0 in the meaning. */
void word_meaning(const struct rules *rules, const struct token *token, struct meaning *ret,
    struct word ret_words[2]);

/* Whether it has words of its own. */
static inline bool meaning_has_words(const struct meaning *meaning)
{
    return meaning->kind == MEANS_WORD || meaning->kind == MEANS_HONORIFIC || meaning->kind == MEANS_RELATION;
}

/* One word from text that is already one. */
void word_make(const struct rules *rules, const char *text, size_t n, struct word *ret);

/* Whether the letters of two Latin words agree, each whole or with one letter taken out. False where one has
 * too few letters, or too many, to be sought by them. */
#define LETTERS_LEAST 3
bool word_letters_meet(const struct word *a, const struct word *b);

/* The letters of a word as letters_near() of search/distance.h takes them. */
uint32_t word_letter_set(const struct word *word);

/* The loose first phone, with the top bit set for an initial. */
#define FIRST_INITIAL 128
uint8_t word_first_of(const struct word *word);

/* The numbers of the words of a name, in their order. */
struct name_parts {
    uint32_t name[NAME_WORDS_MAX], relative[NAME_WORDS_MAX];
    uint8_t name_count;   /* with aliases */
    uint8_t alias_count;  /* the last ones of name */
    uint8_t relative_count;
    uint8_t relation;
};

typedef const struct meaning *meaning_of(void *context, const struct token *token);

/* Cuts text and adds what it says to parts, in the section named: a name, an alias or a relative's name. */
enum name_section { SECTION_NAME, SECTION_ALIAS, SECTION_RELATIVE };
void name_read(const struct rules *rules, const char *text, size_t n, enum name_section section,
    meaning_of *meaning, void *context, struct name_parts *parts);

#endif
