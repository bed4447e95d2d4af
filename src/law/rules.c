/* law/rules: reads the order rules of law/rules. The checks they name are functions of the filing room. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/builtin.h"
#include "base/lines.h"
#include "base/time.h"
#include "law/tables.h"

#define RULES_PATH "law/rules"
#define RULES_MAX 300
#define FORMS_MAX 32
#define CHECK_WORDS_MAX 16

/* The words after the first, with one blank between: the law's own spelling. */
static const char *words_joined(struct law *law, const struct line *line)
{
    struct buf text;
    buf_init(&text, law->arena, 1000);
    for (size_t i = 1; i < line->word_count; i++) {
        if (i > 1) buf_putc(&text, ' ');
        buf_puts(&text, line->words[i]);
    }
    return text.data;
}

/* Copies the words after the first; NULL, or what is wrong. */
static const char *words_copied(const struct line *line, const char **to, size_t *count, size_t max)
{
    if (line->word_count - 1 > max - *count) return "too many words";
    for (size_t i = 1; i < line->word_count; i++) to[(*count)++] = line->words[i];
    return NULL;
}

static const char *read_law(struct law *law, struct order_rule *rule, const struct line *line)
{
    rule->law = words_joined(law, line);
    return NULL;
}

static const char *read_forms(struct law *law, struct order_rule *rule, const struct line *line)
{
    (void)law;
    return words_copied(line, rule->forms, &rule->form_count, FORMS_MAX);
}

static const char *read_check(struct law *law, struct order_rule *rule, const struct line *line)
{
    (void)law;
    return words_copied(line, rule->words, &rule->word_count, CHECK_WORDS_MAX);
}

static const char *read_status(struct law *law, struct order_rule *rule, const struct line *line)
{
    (void)law;
    char *end;
    long status = strtol(line->words[1], &end, 10);
    rule->status = (int)status;
    return *end || status < 400 || status > 499 ? "the status is 400 to 499" : NULL;
}

static const char *read_since(struct law *law, struct order_rule *rule, const struct line *line)
{
    (void)law;
    return time_parse_date(line->words[1], &rule->from_day) ? NULL : "not a date";
}

static const char *read_until(struct law *law, struct order_rule *rule, const struct line *line)
{
    (void)law;
    return time_parse_date(line->words[1], &rule->until_day) ? NULL : "not a date";
}

static const struct {
    const char *word;
    const char *(*read)(struct law *law, struct order_rule *rule, const struct line *line);
} details[] = {{"law", read_law}, {"forms", read_forms}, {"check", read_check}, {"status", read_status},
    {"since", read_since}, {"until", read_until}};

static const char *rule_detail(struct law *law, struct order_rule *rule, const struct line *line)
{
    if (strcmp(line->words[0], "next") == 0) {
        if (line->column_count != LANG_COUNT) return "next is: next | English | Hindi";
        for (size_t i = 0; i < LANG_COUNT; i++) rule->next[i] = line->columns[i];
        return NULL;
    }
    for (size_t i = 0; i < sizeof details / sizeof details[0]; i++)
        if (strcmp(details[i].word, line->words[0]) == 0)
            return line->word_count > 1 ? details[i].read(law, rule, line) : "nothing follows the word";
    return "the word is not known";
}

static const char *rule_start(struct law *law, const struct line *line)
{
    if (line->word_count != 2 || line->column_count != LANG_COUNT)
        return "a rule is: rule CODE | English | Hindi";
    if (law_rule(law, line->words[1])) return "the code stands there twice";
    if (law->rule_count == RULES_MAX) return "too many rules";
    law->rules[law->rule_count++] = (struct order_rule){.code = line->words[1],
        .status = 422,
        .text = {line->columns[0], line->columns[1]},
        .from_day = INT32_MIN,
        .until_day = INT32_MAX};
    return NULL;
}

/* What a whole rule must have. */
static const char *rule_lacks(const struct order_rule *rule)
{
    if (rule->form_count == 0) return "it has no forms line";
    if (rule->word_count == 0) return "it has no check line";
    return rule->next[LANG_EN] ? NULL : "it has no next line";
}

/* ---- by form ---- */

static int form_rules_compare(const void *a, const void *b)
{
    return strcmp(((const struct form_rules *)a)->form, ((const struct form_rules *)b)->form);
}

/* NULL: a form that no rule names. */
static bool rule_looks_at(const struct order_rule *rule, const char *form)
{
    for (size_t i = 0; i < rule->form_count; i++)
        if (strcmp(rule->forms[i], "any") == 0 || (form && strcmp(rule->forms[i], form) == 0)) return true;
    return false;
}

static struct form_rules form_rules_gather(const struct law *law, const char *form)
{
    struct form_rules of = {.form = form};
    of.list = ARENA_ARRAY(law->arena, const struct order_rule *, law->rule_count);
    for (size_t i = 0; i < law->rule_count; i++)
        if (rule_looks_at(&law->rules[i], form)) of.list[of.count++] = &law->rules[i];
    return of;
}

static void form_add(struct law *law, const char *form)
{
    for (size_t i = 0; i < law->form_count; i++)
        if (strcmp(law->forms[i].form, form) == 0) return;
    law->forms[law->form_count++] = form_rules_gather(law, form);
}

static void rules_index(struct law *law)
{
    size_t most = 0;
    for (size_t i = 0; i < law->rule_count; i++) most += law->rules[i].form_count;
    law->forms = ARENA_ARRAY(law->arena, struct form_rules, most);
    for (size_t i = 0; i < law->rule_count; i++)
        for (size_t k = 0; k < law->rules[i].form_count; k++)
            if (strcmp(law->rules[i].forms[k], "any") != 0) form_add(law, law->rules[i].forms[k]);
    qsort(law->forms, law->form_count, sizeof *law->forms, form_rules_compare);
    law->any_form = form_rules_gather(law, NULL);
}

const struct order_rule *const *law_rules_of(const struct law *law, const char *form, size_t *ret_count)
{
    const struct form_rules *of = bsearch(&(struct form_rules){.form = form}, law->forms, law->form_count,
        sizeof *law->forms, form_rules_compare);
    if (!of) of = &law->any_form;
    *ret_count = of->count;
    return of->list;
}

void rules_load(struct law *law, struct problems *problems)
{
    law->rules = ARENA_ARRAY(law->arena, struct order_rule, RULES_MAX);
    const struct builtin *file = builtin_find(RULES_PATH);
    if (!file) {
        law_wrong(problems, RULES_PATH, 0, "the file is not built in");
        return;
    }
    struct lines lines;
    struct line line;
    lines_init(&lines, law->arena, RULES_PATH, file->data, file->len);
    while (lines_next(&lines, &line)) {
        const char *fault = "a line begins with a word";
        bool starts = line.word_count > 0 && strcmp(line.words[0], "rule") == 0;
        if (starts)
            fault = rule_start(law, &line);
        else if (line.word_count > 0 && law->rule_count > 0)
            fault = rule_detail(law, &law->rules[law->rule_count - 1], &line);
        if (fault) law_wrong(problems, RULES_PATH, line.number, "%s", fault);
    }
    if (lines.too_long) law_wrong(problems, RULES_PATH, lines.number, "too many words or columns");
    for (size_t i = 0; i < law->rule_count; i++) {
        const char *lacks = rule_lacks(&law->rules[i]);
        if (lacks) law_wrong(problems, RULES_PATH, 0, "rule %s: %s", law->rules[i].code, lacks);
    }
    rules_index(law);
}

size_t law_rule_count(const struct law *law)
{
    return law->rule_count;
}

const struct order_rule *law_rule_at(const struct law *law, size_t i)
{
    return &law->rules[i];
}

const struct order_rule *law_rule(const struct law *law, const char *code)
{
    for (size_t i = 0; i < law->rule_count; i++)
        if (strcmp(law->rules[i].code, code) == 0) return &law->rules[i];
    return NULL;
}
