/* law: offences and order rules as data, read at start from law/ and never changed while running.
 *
 * An offence is named "ACT SECTION": "BNS 303(2)", "IPC 302", "NDPS 20(b)(ii)(B)". What a row says about
 * punishment, bail and court carries how sure we are (`check`): only "text" and "two" count as confirmed, the
 * rest is shown as unverified. Everything is dated: IPC and CrPC for acts before 1 July 2024, BNS and BNSS
 * from then. */
#ifndef PANJI_LAW_LAW_H
#define PANJI_LAW_LAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/problem.h"

/* 1 July 2024: S.O. 848(E) brought BNS, BNSS and BSA into force. Day number as base/time counts. */
#define LAW_SANHITA_DAY 19905

enum answer { ANSWER_NO, ANSWER_YES, ANSWER_DEPENDS, ANSWER_UNKNOWN };

struct offence {
    const char *name; /* "BNS 303(2)": act and section, unique */
    const char *act, *section;
    const char *title[LANG_COUNT]; /* neutral words; the Hindi are working titles, law/README.md */
    int variant_count; /* several punishments (first and later conviction …) are merged: widest maximum */
    int max_months, min_months; /* 0 when none; life and death apart */
    bool life, death, fine;
    enum answer cognizable, bailable;
    const char *court[LANG_COUNT]; /* NULL in both when unknown */
    const char *crime_head[LANG_COUNT], *crime_group[LANG_COUNT];
    bool sexual;     /* BNS 64-71, 74-79, 124 and POCSO: icjs 13.1, 14 */
    bool child;      /* POCSO, JJ */
    bool terror;     /* UAPA, BNS 113, Official Secrets */
    bool unverified; /* no primary text confirms the row */
    bool in_force;
    int32_t from_day, until_day; /* in force for acts done on these days, inclusive; INT32_MAX: open */
    const char *bns;             /* for IPC rows: BNS charge sections, ';' between; NULL */
    const char *note;
    int place; /* as law_offence_at() counts */
};

struct law;

/* Reads the built-in law/ files. Faults are bugs of the data and come as problems law_wrong. */
enum err law_load(struct problems *problems, struct law **ret_law) MUST_CHECK;
void law_free(struct law *law);

size_t law_offence_count(const struct law *law);
const struct offence *law_offence_at(const struct law *law, size_t i);
/* By exact name; NULL. */
const struct offence *law_offence(const struct law *law, const char *name);
/* "BNS" or "IPC" for an act done on that day. */
const char *law_code_of_day(int32_t day);

/* Finds offences for a picker: by number ("303"), words of the title in English or Hindi (law/words), begun
 * or with a small slip, old IPC number; best first, at most max. */
size_t law_offence_find(
    const struct law *law, const char *words, int32_t day, const struct offence **ret, size_t max);

/* "BNSS 187(3) proviso", as forms, rules and clocks cite the law, in words of the language. NULL stays. */
const char *law_citation(struct arena *arena, const char *citation, enum lang lang);

/* Reads sections as clerks type them: "302/34 IPC", "u/s 379,411 IPC & 25 Arms Act", "115(2), 3(5) BNS",
 * "धारा 379 भादवि". day: when the act was done (sections without an act are read as the code of that day). */
struct section_reading {
    size_t count;
    const char *offences[64]; /* names found in the law, in the order typed, each once */
    size_t left_count;
    struct {
        const char *text;
        const char *why;
    } left[32]; /* pieces not understood, and why (English) */
};
void law_read_sections(
    const struct law *law, struct arena *arena, const char *text, int32_t day, struct section_reading *ret);

/* ---- order rules: law/rules ----
 *
 *   rule arrest_after_fir | Arrest cannot be before the FIR | गिरफ्तारी एफआईआर से पहले नहीं हो सकती
 *     law    BNSS 173, 35
 *     forms  arrest
 *     check  not_before_case fir arrest.arrested_at unless earlier.diary earlier.reason
 *     status 422
 *     since  2024-07-01
 *     next   | Cite the diary entry … | …
 *
 * The checks themselves are functions in filing, found by the first word of `check`. */
struct order_rule {
    const char *code, *law;
    const char *text[LANG_COUNT], *next[LANG_COUNT];
    int status;
    size_t form_count;
    const char *forms[32]; /* "any" alone: every form */
    size_t word_count;
    const char *words[16]; /* check and its arguments */
    int32_t from_day, until_day;
};
size_t law_rule_count(const struct law *law);
const struct order_rule *law_rule_at(const struct law *law, size_t i);
const struct order_rule *law_rule(const struct law *law, const char *code);
/* The rules that look at a form, in the order of the file. */
const struct order_rule *const *law_rules_of(const struct law *law, const char *form, size_t *ret_count);

/* Adds a problem law_wrong: "law/acts:12: …". Also for rooms above that know what this one does not. */
void law_wrong(struct problems *problems, const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
