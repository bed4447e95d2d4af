/* search/rules: what stands in names beside the names themselves (lang/names), and the costs of sounds. */
#ifndef PANJI_SEARCH_RULES_H
#define PANJI_SEARCH_RULES_H

#include <stddef.h>
#include <stdint.h>

#include "search/phone.h"

enum rule_kind {
    RULE_NONE, RULE_HONORIFIC, RULE_ALIAS, RULE_RELATION, RULE_SHORT, RULE_SAME, RULE_LETTER, RULE_JOIN,
        RULE_SUFFIX
};

struct rule {
    const char *text;   /* the word as written, lower case */
    const char *value;  /* of short, same, letter and relation: the word behind the kind */
    enum rule_kind kind;
};

struct rules; /* read-only once made; any number of threads */

/* Reads lang/names, built into the program; a mistake in it is a bug. */
struct rules *rules_new(void);
void rules_free(struct rules *rules);

/* The rule of that kind for a word, or NULL. */
const struct rule *rules_find(const struct rules *rules, enum rule_kind kind, const char *text, size_t n);

/* How many bytes of the word are a suffix of respect: 0 when none, or when too little would be left. */
size_t rules_suffix(const struct rules *rules, const char *text, size_t n);

const struct phone_costs *rules_costs(const struct rules *rules);

#endif
