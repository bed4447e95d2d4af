/* search/fold: one word of any script becomes phones (search/phone.h).
 *
 * Each family of scripts has its own reader; this header is for the search room only. */
#ifndef PANJI_SEARCH_FOLD_H
#define PANJI_SEARCH_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "search/phone.h"

#define WORD_LETTERS_MAX 48 /* code points of a word that are looked at */

enum script {
    SCRIPT_NONE, SCRIPT_LATIN, SCRIPT_DEVANAGARI, SCRIPT_BENGALI, SCRIPT_GURMUKHI, SCRIPT_GUJARATI,
        SCRIPT_ODIA,
    SCRIPT_TAMIL, SCRIPT_TELUGU, SCRIPT_KANNADA, SCRIPT_MALAYALAM, SCRIPT_ARABIC, SCRIPT_OL_CHIKI,
        SCRIPT_MEETEI,
    SCRIPT_COUNT
};

struct fold {
    uint8_t phones[PHONES_MAX];
    uint8_t count;
    bool vowels_free; /* the script writes no short vowels */
};

/* The script a letter belongs to; SCRIPT_NONE for what is no letter of ours. */
enum script script_of(uint32_t letter);

/* The phones of n letters of one script, Latin ones being a-z. */
void fold_letters(enum script script, const uint32_t *letters, size_t n, struct fold *ret);

/* For the readers: adds a phone, a doubled one counting once. */
void fold_put(struct fold *fold, uint8_t phone);

void fold_latin(const uint32_t *letters, size_t n, struct fold *ret);
void fold_indic(enum script script, const uint32_t *letters, size_t n, struct fold *ret);
void fold_arabic(const uint32_t *letters, size_t n, struct fold *ret);
void fold_ol_chiki(const uint32_t *letters, size_t n, struct fold *ret);
void fold_meetei(const uint32_t *letters, size_t n, struct fold *ret);

/* For the readers: a with an i or u behind it, and with a y that has no vowel, become one vowel. */
void fold_join(struct fold *fold);

/* The loose phones, doubled ones once: equal for words heard alike. कमल and कमला are not. */
uint8_t fold_heard(const struct fold *fold, uint8_t ret_phones[PHONES_MAX]);

/* The loose phones with the vowels at the end left off: equal for spellings that only differ in finer
 * marks. */
uint8_t fold_loose(const struct fold *fold, uint8_t ret_phones[PHONES_MAX]);

/* The classes of the consonants, three bits each, and the loose consonants, five bits each; length on top. */
uint64_t fold_skeleton(const struct fold *fold);
uint64_t fold_consonants(const struct fold *fold);
uint64_t consonants_without(uint64_t consonants, int at); /* one taken out, 0 being the last */
int consonants_count(uint64_t consonants);

/* Whether the two agree, each whole or with one consonant taken out: the words a segment's keys lead to. */
bool consonants_meet(uint64_t a, uint64_t b);

#endif
