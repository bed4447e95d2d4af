/* access/rules: reads law/access. A fault in it is a fault of the build: it ends the program with file,
 * line and words before anything is served. */
#include "access/rules.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/builtin.h"
#include "base/lines.h"

#define RULES_PATH "law/access"
#define RULES_BYTES_MAX ((size_t)1024 * 1024)
#define PILLARS_MAX 16
#define KINDS_MAX 64
#define DIARY_FORMS_MAX 16
#define CONFIDENTIAL_MAX 32
#define GRANTS_MAX 24
#define PEOPLE_GROUPS_MAX 8 /* the search keeps a bit each */
#define PEOPLE_ROLES_MAX 24

struct kind { const char *code; const struct pillar *pillar; };

/* One "open" or "ask" row. */
struct grant {
    enum mask mask;
    const struct pillar *pillar; /* NULL: the case's own office */
    uint64_t roles;              /* set */
    bool only;                   /* these very roles, not those who may act as them */
};

struct confidential {
    const char *kind;
    size_t grant_count;
    struct grant grants[GRANTS_MAX];
};

/* Person roles the search takes together; the place in the list is the bit. */
struct people_group {
    bool wide;
    size_t role_count;
    const char *roles[PEOPLE_ROLES_MAX];
};

/* The one global of the room: const after access_load(). Its strings live as long as the process. */
static struct {
    pthread_once_t once;
    bool loaded;
    struct arena *arena;
    size_t pillar_count, kind_count, role_count, diary_count, confidential_count;
    struct pillar pillars[PILLARS_MAX];
    struct kind kinds[KINDS_MAX];
    struct role roles[ROLES_MAX];
    const char *diary[DIARY_FORMS_MAX];
    struct confidential confidentials[CONFIDENTIAL_MAX];
    size_t people_count;
    struct people_group people[PEOPLE_GROUPS_MAX];
} rules = {.once = PTHREAD_ONCE_INIT};

static _Noreturn void fail(int line, const char *why, const char *word)
{
    fprintf(stderr, "panji: %s:%d: %s%s%s\n", RULES_PATH, line, why, word ? ": " : "", word ? word : "");
    abort();
}

static void room_check(const struct line *line, size_t count, size_t max)
{
    if (count == max) fail(line->number, "too many", line->words[0]);
}

/* ---- finding ---- */

const struct pillar *pillar_find(const char *name)
{
    for (size_t i = 0; i < rules.pillar_count; i++)
        if (strcmp(rules.pillars[i].name, name) == 0) return &rules.pillars[i];
    return NULL;
}

const struct role *role_find(const char *code)
{
    for (size_t i = 0; i < rules.role_count; i++)
        if (strcmp(rules.roles[i].code, code) == 0) return &rules.roles[i];
    return NULL;
}

bool scope_works_on_cases(enum scope scope)
{
    return scope == SCOPE_LINE || scope == SCOPE_ENTRIES;
}

static uint64_t role_bit(const struct role *role)
{
    return UINT64_C(1) << (role - rules.roles);
}

static const struct confidential *confidential_find(const char *kind)
{
    for (size_t i = 0; i < rules.confidential_count; i++)
        if (strcmp(rules.confidentials[i].kind, kind) == 0) return &rules.confidentials[i];
    return NULL;
}

static const struct kind *kind_find(const char *code)
{
    for (size_t i = 0; i < rules.kind_count; i++)
        if (strcmp(rules.kinds[i].code, code) == 0) return &rules.kinds[i];
    return NULL;
}

/* ---- reading ---- */

static const struct pillar *pillar_word(const struct line *line, size_t i)
{
    const struct pillar *pillar = i < line->word_count ? pillar_find(line->words[i]) : NULL;
    if (!pillar) fail(line->number, "not a pillar", i < line->word_count ? line->words[i] : "(missing)");
    return pillar;
}

static void pillar_read(const struct line *line)
{
    static const char *const scopes[] = {"line", "entries", "forms", "lists"};
    if (line->word_count < 3) fail(line->number, "a pillar is: pillar NAME SCOPE [FORM…]", NULL);
    if (pillar_find(line->words[1])) fail(line->number, "twice", line->words[1]);
    room_check(line, rules.pillar_count, PILLARS_MAX);
    struct pillar *pillar = &rules.pillars[rules.pillar_count++];
    pillar->name = line->words[1];
    size_t scope = 0, count = sizeof scopes / sizeof scopes[0];
    while (scope < count && strcmp(scopes[scope], line->words[2]) != 0) scope++;
    if (scope == count) fail(line->number, "not a scope", line->words[2]);
    pillar->scope = (enum scope)scope;
    for (size_t i = 3; i < line->word_count; i++) {
        room_check(line, pillar->form_count, PILLAR_FORMS_MAX);
        pillar->forms[pillar->form_count++] = line->words[i];
    }
    if (pillar->form_count > 0 && pillar->scope != SCOPE_ENTRIES)
        fail(line->number, "only scope entries names forms", pillar->name);
}

static void kind_read(const struct line *line)
{
    if (line->word_count != 3) fail(line->number, "a kind is: kind CODE PILLAR", NULL);
    if (kind_find(line->words[1])) fail(line->number, "twice", line->words[1]);
    room_check(line, rules.kind_count, KINDS_MAX);
    rules.kinds[rules.kind_count++] = (struct kind){.code = line->words[1], .pillar = pillar_word(line, 2)};
}

/* The set of roles named from word `first` on; "any" is every role that works on cases. `pillar` not NULL:
 * they must all belong to it. */
static uint64_t roles_read(const struct line *line, size_t first, const struct pillar *pillar)
{
    uint64_t set = 0;
    if (first >= line->word_count) fail(line->number, "names no role", NULL);
    for (size_t i = first; i < line->word_count; i++) {
        bool any = strcmp(line->words[i], "any") == 0;
        const struct role *role = role_find(line->words[i]);
        if (!any && !role) fail(line->number, "not a role above this line", line->words[i]);
        if (role && pillar && role->pillar != pillar)
            fail(line->number, "not a role of the pillar", role->code);
        for (size_t k = 0; any && k < rules.role_count; k++)
            if (scope_works_on_cases(rules.roles[k].pillar->scope)) set |= role_bit(&rules.roles[k]);
        if (role) set |= role_bit(role);
    }
    return set;
}

static void role_read(const struct line *line)
{
    bool may = line->word_count > 3;
    if (line->word_count < 3 || (may && strcmp(line->words[3], "may") != 0))
        fail(line->number, "a role is: role CODE PILLAR [may ROLE…]", NULL);
    if (role_find(line->words[1])) fail(line->number, "twice", line->words[1]);
    room_check(line, rules.role_count, ROLES_MAX);
    const struct pillar *pillar = pillar_word(line, 2);
    uint64_t named = may ? roles_read(line, 4, pillar) : 0;
    struct role *role = &rules.roles[rules.role_count++];
    *role = (struct role){.code = line->words[1], .pillar = pillar, .may = role_bit(role)};
    for (const struct role *other = rules.roles; other < role; other++)
        if (named & role_bit(other)) role->may |= other->may;
}

static void diary_read(const struct line *line)
{
    for (size_t i = 1; i < line->word_count; i++) {
        room_check(line, rules.diary_count, DIARY_FORMS_MAX);
        rules.diary[rules.diary_count++] = line->words[i];
    }
}

static void confidential_read(const struct line *line)
{
    if (line->word_count != 2) fail(line->number, "a kind is: confidential KIND", NULL);
    if (confidential_find(line->words[1])) fail(line->number, "twice", line->words[1]);
    room_check(line, rules.confidential_count, CONFIDENTIAL_MAX);
    rules.confidentials[rules.confidential_count++].kind = line->words[1];
}

static void grant_read(const struct line *line)
{
    if (rules.confidential_count == 0 || line->indent == 0 || line->word_count < 3)
        fail(line->number, "stands below confidential as: open|ask WHERE [only] ROLE…", NULL);
    struct confidential *confidential = &rules.confidentials[rules.confidential_count - 1];
    room_check(line, confidential->grant_count, GRANTS_MAX);
    struct grant *grant = &confidential->grants[confidential->grant_count++];
    grant->mask = strcmp(line->words[0], "open") == 0 ? MASK_OPEN : MASK_ASK;
    grant->pillar = strcmp(line->words[1], "own") == 0 ? NULL : pillar_word(line, 1);
    grant->only = strcmp(line->words[2], "only") == 0;
    grant->roles = roles_read(line, grant->only ? 3 : 2, grant->pillar);
}

static void people_read(const struct line *line)
{
    bool wide = line->word_count > 2 && strcmp(line->words[2], "wide") == 0;
    if (line->word_count < 4 || (!wide && strcmp(line->words[2], "own") != 0))
        fail(line->number, "people are: people CODE wide|own ROLE…", NULL);
    room_check(line, rules.people_count, PEOPLE_GROUPS_MAX);
    struct people_group *group = &rules.people[rules.people_count++];
    group->wide = wide;
    for (size_t i = 3; i < line->word_count; i++) {
        room_check(line, group->role_count, PEOPLE_ROLES_MAX);
        group->roles[group->role_count++] = line->words[i];
    }
}

static void line_read(const struct line *line)
{
    static const struct {
        const char *word;
        bool labelled; /* carries an English and a Hindi label */
        void (*read)(const struct line *line);
    } readers[] = {
        {"pillar", true, pillar_read},
        {"kind", true, kind_read},
        {"role", true, role_read},
        {"diary", false, diary_read},
        {"confidential", true, confidential_read},
        {"open", false, grant_read},
        {"ask", false, grant_read},
        {"people", true, people_read},
    };
    const char *word = line->word_count > 0 ? line->words[0] : "";
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        if (strcmp(readers[i].word, word) != 0) continue;
        bool labels = line->column_count == 2 && line->columns[0][0] && line->columns[1][0];
        if (readers[i].labelled ? !labels : line->column_count > 0)
            fail(line->number, "needs an English and a Hindi label, or takes none", word);
        readers[i].read(line);
        return;
    }
    fail(line->number, "not a row of this file", word);
}

static void rules_read(void)
{
    const struct builtin *file = builtin_find(RULES_PATH);
    if (!file) fail(0, "the file is not built in", NULL);
    rules.arena = arena_new(RULES_BYTES_MAX);
    struct lines lines;
    lines_init(&lines, rules.arena, RULES_PATH, file->data, file->len);
    struct line line;
    while (lines_next(&lines, &line)) line_read(&line);
    if (lines.too_long) fail(lines.number, "the line is too long", NULL);
    if (!pillar_find("police")) fail(0, "there is no pillar police", NULL);
    rules.loaded = true;
}

void access_load(void)
{
    pthread_once(&rules.once, rules_read);
}

/* ---- asking ---- */

const char *office_kind_pillar(const char *kind)
{
    assert(rules.loaded);
    const struct kind *found = kind_find(kind);
    return found ? found->pillar->name : "police";
}

bool may_file(const struct form *form, const struct viewer *viewer)
{
    if (strcmp(form->name, "node") == 0) return false; /* a register is opened once, by its founder */
    bool kind = form->kind_count == 0, role = false;
    for (size_t i = 0; i < form->kind_count; i++)
        kind = kind || strcmp(form->kinds[i], viewer->office_kind) == 0;
    for (size_t i = 0; kind && i < form->role_count; i++)
        role = role || role_may(viewer->role, form->roles[i]);
    return kind && role;
}

bool role_known(const char *role)
{
    return role_find(role) != NULL;
}

bool role_of_pillar(const char *role, const char *pillar)
{
    const struct role *found = role_find(role);
    return found && strcmp(found->pillar->name, pillar) == 0;
}

bool role_may(const char *role, const char *wanted)
{
    assert(rules.loaded);
    if (strcmp(wanted, "any") == 0 || strcmp(role, wanted) == 0) return true;
    const struct role *holder = role_find(role), *other = role_find(wanted);
    return holder && other && (holder->may & role_bit(other)) != 0;
}

bool form_is_diary(const char *form)
{
    for (size_t i = 0; i < rules.diary_count; i++)
        if (strcmp(rules.diary[i], form) == 0) return true;
    return false;
}

static const struct people_group *people_group(const char *role)
{
    assert(rules.loaded);
    for (size_t i = 0; i < rules.people_count; i++)
        for (size_t k = 0; k < rules.people[i].role_count; k++)
            if (strcmp(rules.people[i].roles[k], role) == 0) return &rules.people[i];
    return NULL;
}

uint8_t person_role_bit(const char *role)
{
    const struct people_group *group = people_group(role);
    return group ? (uint8_t)(1U << (group - rules.people)) : 0;
}

bool person_role_wide(const char *role)
{
    const struct people_group *group = people_group(role);
    return group && group->wide;
}

enum mask confidential_mask(const char *kind, const char *role, const char *pillar, bool own, bool *ret_known)
{
    assert(rules.loaded);
    const struct confidential *confidential = confidential_find(kind);
    *ret_known = confidential != NULL;
    const struct role *holder = role_find(role);
    enum mask best = MASK_NEVER;
    for (size_t i = 0; confidential && holder && i < confidential->grant_count; i++) {
        const struct grant *grant = &confidential->grants[i];
        bool here = grant->pillar ? strcmp(grant->pillar->name, pillar) == 0 : own;
        uint64_t held = grant->only ? role_bit(holder) : holder->may;
        if (here && (held & grant->roles) != 0 && grant->mask < best) best = grant->mask;
    }
    return best;
}
