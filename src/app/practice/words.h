/* app/practice/words: one {place} of the data being filled. Private to words.c and words_drawn.c. */
#ifndef PANJI_APP_PRACTICE_WORDS_H
#define PANJI_APP_PRACTICE_WORDS_H

#include "app/practice/simulation.h"

#define CALL_WORDS_MAX 6

struct call {
    struct fill *fill;
    size_t count;
    const char *words[CALL_WORDS_MAX];
};

struct arena *call_arena(const struct call *call);
const char *call_word(const struct call *call, size_t i);          /* "" when there is none */
const char *call_fault(const struct call *call, const char *what); /* tells it and gives "" */

/* words_drawn.c: values that are drawn, and lists. */
const char *word_pick(const struct call *call);
const char *word_number(const struct call *call);
const char *word_money(const struct call *call);
const char *word_decimal(const struct call *call);
const char *word_digits(const struct call *call);
const char *word_phone(const struct call *call);
const char *word_vehicle(const struct call *call);
const char *word_cnr(const struct call *call);
const char *word_year(const struct call *call);
const char *word_names(const struct call *call);
const char *word_offences(const struct call *call);
const char *word_count(const struct call *call);
const char *word_offence(const struct call *call);
const char *word_first_offence(const struct call *call);
const char *word_serial(const struct call *call);
const char *word_letter(const struct call *call);
const char *word_times(const struct call *call);
const char *word_told(const struct call *call);
const char *word_value(const struct call *call);
const char *word_keep(const struct call *call);
const char *word_words_of(const struct call *call);
const char *word_label(const struct call *call);
const char *word_thing(const struct call *call);
const char *word_division(const struct call *call);

#endif
