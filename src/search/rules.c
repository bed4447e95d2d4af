/* search/rules: reads lang/names into one hash table keyed by kind and word. */
#include "search/rules.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/builtin.h"
#include "base/lines.h"
#include "search/mix.h"

#define RULES_BYTES_MAX ((size_t)1 << 20)
#define SLOTS 4096 /* well above twice the number of rules */
#define SUFFIXES_MAX 16
#define SUFFIX_LEAVES 4 /* bytes of a name that must remain */

struct rules {
    struct arena *arena;
    struct phone_costs costs;
    struct rule slots[SLOTS];
    size_t count;
    const char *suffixes[SUFFIXES_MAX];
    size_t suffix_count;
};

static const char *const kind_names[] = {
    [RULE_NONE] = "", [RULE_HONORIFIC] = "honorific", [RULE_ALIAS] = "alias", [RULE_RELATION] = "relation",
    [RULE_SHORT] = "short", [RULE_SAME] = "same", [RULE_LETTER] = "letter", [RULE_JOIN] = "join",
    [RULE_SUFFIX] = "suffix",
};

static enum rule_kind kind_named(const char *name)
{
    for (size_t i = 1; i < sizeof kind_names / sizeof kind_names[0]; i++)
        if (strcmp(kind_names[i], name) == 0) return (enum rule_kind)i;
    return RULE_NONE;
}

static size_t slot_of(enum rule_kind kind, const char *text, size_t n)
{
    return (size_t)(mix_bytes(text, n, (uint64_t)kind) % SLOTS);
}

static void rule_add(struct rules *rules, enum rule_kind kind, const char *value, const char *text)
{
    if (rules_find(rules, kind, text, strlen(text))) return;
    assert(++rules->count < SLOTS / 2);
    size_t slot = slot_of(kind, text, strlen(text));
    while (rules->slots[slot].text) slot = (slot + 1) % SLOTS;
    rules->slots[slot] = (struct rule){text, value, kind};
    if (kind != RULE_SUFFIX) return;
    assert(rules->suffix_count < SUFFIXES_MAX);
    rules->suffixes[rules->suffix_count++] = text;
}

struct rules *rules_new(void)
{
    struct arena *arena = arena_new(RULES_BYTES_MAX);
    struct rules *rules = ARENA_NEW(arena, struct rules);
    rules->arena = arena;
    phone_costs_fill(&rules->costs);
    const struct builtin *file = builtin_find("lang/names");
    assert(file);
    struct lines lines;
    struct line line;
    lines_init(&lines, arena, file->path, file->data, file->len);
    while (lines_next(&lines, &line)) {
        assert(line.word_count >= 1 && line.column_count == 1);
        enum rule_kind kind = kind_named(line.words[0]);
        assert(kind != RULE_NONE);
        const char *value = line.word_count > 1 ? line.words[1] : "";
        for (const char *at = line.columns[0]; *at;) {
            size_t n = strcspn(at, " ");
            if (n) rule_add(rules, kind, value, arena_strndup(arena, at, n));
            at += n + (at[n] == ' ');
        }
    }
    assert(!lines.too_long);
    return rules;
}

void rules_free(struct rules *rules)
{
    if (rules) arena_free(rules->arena);
}

const struct rule *rules_find(const struct rules *rules, enum rule_kind kind, const char *text, size_t n)
{
    for (size_t slot = slot_of(kind, text, n); rules->slots[slot].text; slot = (slot + 1) % SLOTS) {
        const struct rule *rule = &rules->slots[slot];
        if (rule->kind == kind && strlen(rule->text) == n && memcmp(rule->text, text, n) == 0) return rule;
    }
    return NULL;
}

size_t rules_suffix(const struct rules *rules, const char *text, size_t n)
{
    for (size_t i = 0; i < rules->suffix_count; i++) {
        size_t end = strlen(rules->suffixes[i]);
        if (n >= end + SUFFIX_LEAVES && memcmp(text + n - end, rules->suffixes[i], end) == 0) return end;
    }
    return 0;
}

const struct phone_costs *rules_costs(const struct rules *rules)
{
    return &rules->costs;
}
