/* law/tables: what the files of this room share: the tables as they lie in memory once loaded. Private to the
 * room. */
#ifndef PANJI_LAW_TABLES_H
#define PANJI_LAW_TABLES_H

#include "base/csv.h"
#include "law/law.h"

#define ACT_NAMES_MAX 48

struct act {
    const char *code;
    int32_t from_day, until_day;
    size_t name_count;
    const char *names[ACT_NAMES_MAX]; /* as act_key() makes them */
};

/* A word of the titles, and what else people say for it. */
struct law_word {
    const char *title;
    size_t name_count;
    const char **names; /* as spelling_key() makes them */
};

/* What the tables call a court, a crime head or a group, in both languages. */
struct law_term {
    const char *words[LANG_COUNT];
};

/* What the picker compares typed words with. */
struct law_key {
    const char *title, *head; /* in Hindi, as spelling_key() makes them */
};

/* The order rules that look at a form, in the order of the file. */
struct form_rules {
    const char *form;
    size_t count;
    const struct order_rule **list;
};

struct law {
    struct arena *arena;
    size_t word_count;
    struct law_word *words;
    size_t act_count;
    struct act *acts;
    size_t count, count_max;
    struct offence **offences; /* by act in the order of law/acts, then by section */
    struct offence **by_name;  /* sorted for offence_compare_name */
    struct law_key *keys; /* of offences, by place */
    size_t term_count;
    struct law_term *terms;
    size_t rule_count;
    struct order_rule *rules;
    size_t form_count;
    struct form_rules *forms;    /* those that a rule names, sorted */
    struct form_rules any_form;  /* of all others */
};

/* ---- acts.c ---- */
void acts_load(struct law *law, struct problems *problems);
const struct act *act_find(const struct law *law, const char *code); /* NULL */
/* The letters and digits of a name in lower case, nothing else: "भा.द.वि." and "भादवि" are one. */
const char *act_key(struct arena *arena, const char *name);

/* ---- offences.c ---- */
void offences_load(struct law *law, struct problems *problems);

/* ---- merge.c ---- */
/* Widens `to` by another punishment of the same section. New words lie in the arena. */
void offence_widen(struct arena *arena, struct offence *to, const struct offence *with);
/* Gives sections that are divided only into lettered clauses a row of their own; by_name is sorted. */
void offences_add_whole(struct law *law);
/* Whether the section is a number, capital letters and bracketed groups, and nothing else. */
bool section_regular(const char *section);

/* ---- law.c ---- */
struct offence *offence_add(struct law *law, const struct act *act, const char *section);
void offences_sort(struct law *law);
/* By name without regard to case; NULL. */
const struct offence *offence_any_case(const struct law *law, const char *name);
/* Index in by_name of the first offence whose name begins with the prefix, or of where it would stand. */
size_t offence_first_with(const struct law *law, const char *prefix);

/* ---- titles.c ---- */
/* Reads law/terms and law/titles/ once all offences stand, and checks that none lacks its Hindi. */
void titles_load(struct law *law, struct problems *problems);
/* One file of titles; its text must stay. */
void titles_read(struct law *law, const char *path, const char *text, size_t n, struct problems *problems);
void titles_check(struct law *law, struct problems *problems);

/* ---- spelling.c ---- */
/* The same for दण्ड and दंड, for ज़हर and जहर. Lower case; in the arena. */
const char *spelling_key(struct arena *arena, const char *text);

/* ---- words.c ---- */
void words_of_law_load(struct law *law, struct problems *problems);
/* The rows of law/words that a typed word may mean; with slips, also when it is not quite spelt so. */
size_t words_meant(
    const struct law *law, const char *typed, bool slips, const struct law_word **ret, size_t max);
/* Whether the typed word is this one (n bytes) but for a slip or two. */
bool word_nearly(const char *typed, const char *word, size_t n);

/* ---- rules.c ---- */
void rules_load(struct law *law, struct problems *problems);

#endif
