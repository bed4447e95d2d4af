/* search/word: meanings of tokens by the rules, and the parts of a name by the meanings of its tokens. */
#include "search/word.h"

#include <string.h>

#include "search/distance.h"
#include "search/search.h"

static const struct { const char *text; uint8_t relation; } relations[] = {
    {"child", SEARCH_PARENT}, {"spouse", SEARCH_SPOUSE}, {"parent", SEARCH_CHILD},
};

static size_t letters_of(const char *text, size_t n, uint32_t *letters)
{
    size_t count = 0;
    for (const char *at = text, *end = text + n; at < end && count < WORD_LETTERS_MAX;) {
        uint32_t letter = token_letter(&at, end);
        if (letter) letters[count++] = letter;
    }
    return count;
}

static void fold_text(const char *text, size_t n, struct fold *ret)
{
    uint32_t letters[WORD_LETTERS_MAX];
    size_t count = letters_of(text, n, letters);
    fold_letters(count ? script_of(letters[0]) : SCRIPT_NONE, letters, count, ret);
}

void word_make(const struct rules *rules, const char *text, size_t n, struct word *ret)
{
    memset(ret, 0, sizeof *ret);
    if (n > TOKEN_BYTES_MAX) n = TOKEN_BYTES_MAX;
    memcpy(ret->text, text, n);
    ret->bytes = (uint8_t)n;
    const char *at = text;
    ret->script = n ? (uint8_t)script_of(token_letter(&at, text + n)) : 0;
    const struct rule *same = rules_find(rules, RULE_SAME, text, n);
    if (!same) same = rules_find(rules, RULE_SHORT, text, n);
    if (same) fold_text(same->value, strlen(same->value), &ret->fold);
    else fold_text(text, n, &ret->fold);
    if (ret->script == SCRIPT_LATIN) {
        for (size_t i = 0; i < n && i < PHONES_MAX; i++)
            ret->letters[i] = (uint8_t)(text[i] >= 'a' && text[i] <= 'z' ? text[i] - 'a' + 1 : 0);
        ret->letter_count = (uint8_t)(n < PHONES_MAX ? n : PHONES_MAX);
    }
    ret->initial = (ret->script == SCRIPT_LATIN && n == 1) || (n > 0 && at == text + n);
}

static bool has_letters(const struct word *word)
{
    return word->script == SCRIPT_LATIN && word->bytes >= LETTERS_LEAST && word->bytes <= PHONES_MAX;
}

bool word_letters_meet(const struct word *a, const struct word *b)
{
    size_t n = a->bytes, m = b->bytes, shorter = n < m ? n : m, same = 0, behind = 0;
    if (!has_letters(a) || !has_letters(b) || n > m + 1 || m > n + 1) return false;
    while (same < shorter && a->text[same] == b->text[same]) same++;
    while (same + behind < shorter && a->text[n - 1 - behind] == b->text[m - 1 - behind]) behind++;
    if (n != m || same == n) return same + behind == shorter;
    const char *x = a->text + same, *y = b->text + same;
    size_t rest = n - same - behind - 1; /* one out at either end of what differs */
    return memcmp(x + 1, y, rest) == 0 || memcmp(x, y + 1, rest) == 0;
}

uint32_t word_letter_set(const struct word *word)
{
    uint32_t set = (uint32_t)word->letter_count << LETTER_COUNT_AT;
    for (uint8_t i = 0; i < word->letter_count; i++)
        if (word->letters[i]) set |= (uint32_t)1 << (word->letters[i] - 1);
    return set;
}

uint8_t word_first_of(const struct word *word)
{
    uint8_t first = word->fold.count ? phone_loose(word->fold.phones[0]) : 0;
    return (uint8_t)(first | (word->initial ? FIRST_INITIAL : 0));
}

/* Two Latin letters that no name can be: initials run together. */
static bool is_initials(const struct token *token)
{
    return token->script == SCRIPT_LATIN && token->bytes == 2 && !strchr("aeiouy", token->text[0]) &&
        !strchr("aeiouy", token->text[1]);
}

void word_meaning(const struct rules *rules, const struct token *token, struct meaning *ret,
    struct word ret_words[2])
{
    const char *text = token->text;
    size_t n = token->bytes;
    *ret = (struct meaning){.kind = MEANS_WORD, .word_count = 1, .words = {0, 1}};
    const struct rule *rule = rules_find(rules, RULE_RELATION, text, n);
    if (rule) {
        ret->kind = MEANS_RELATION;
        for (size_t i = 0; i < sizeof relations / sizeof relations[0]; i++)
            if (strcmp(relations[i].text, rule->value) == 0) ret->relation = relations[i].relation;
        ret->word_count = !memchr(text, '/', n);
        if (ret->word_count) word_make(rules, text, n, &ret_words[0]);
        return;
    }
    if (rules_find(rules, RULE_ALIAS, text, n)) {
        ret->kind = MEANS_ALIAS;
        return;
    }
    if (token->script == SCRIPT_NONE) {
        ret->kind = MEANS_NOTHING;
        return;
    }
    if (rules_find(rules, RULE_HONORIFIC, text, n)) ret->kind = MEANS_HONORIFIC;
    if ((rule = rules_find(rules, RULE_LETTER, text, n)) != NULL) {
        word_make(rules, rule->value, strlen(rule->value), &ret_words[0]);
        return;
    }
    bool is_short = rules_find(rules, RULE_SHORT, text, n) || rules_find(rules, RULE_SAME, text, n);
    if (ret->kind == MEANS_WORD && !is_short && is_initials(token)) {
        ret->word_count = 2;
        word_make(rules, text, 1, &ret_words[0]);
        word_make(rules, text + 1, 1, &ret_words[1]);
        return;
    }
    word_make(rules, text, n - rules_suffix(rules, text, n), &ret_words[0]);
}

/* shahab ud din: the article makes one word of what stands before and behind it. */
static void join_articles(const struct rules *rules, struct tokens *tokens)
{
    for (size_t i = 1; i + 1 < tokens->count; i++) {
        struct token *before = &tokens->list[i - 1], *article = &tokens->list[i],
            *behind = &tokens->list[i + 1];
        if (!rules_find(rules, RULE_JOIN, article->text, article->bytes)) continue;
        size_t n = (size_t)before->bytes + article->bytes + behind->bytes;
        if (n > TOKEN_BYTES_MAX || before->script != article->script ||
            behind->script != article->script) continue;
        memcpy(before->text + before->bytes, article->text, article->bytes);
        memcpy(before->text + before->bytes + article->bytes, behind->text, behind->bytes);
        before->bytes = (uint8_t)n;
        memmove(article, behind + 1, (tokens->count - i - 2) * sizeof *article);
        tokens->count -= 2;
    }
}

static void add_words(const struct meaning *meaning, enum name_section section, struct name_parts *parts)
{
    for (uint8_t i = 0; i < meaning->word_count; i++) {
        if (section == SECTION_RELATIVE) {
            if (parts->relative_count < NAME_WORDS_MAX)
                parts->relative[parts->relative_count++] = meaning->words[i];
        } else if (parts->name_count < NAME_WORDS_MAX) {
            parts->name[parts->name_count++] = meaning->words[i];
            if (section == SECTION_ALIAS) parts->alias_count++;
        }
    }
}

void name_read(const struct rules *rules, const char *text, size_t n, enum name_section section,
    meaning_of *meaning, void *context, struct name_parts *parts)
{
    struct tokens tokens;
    tokens_read(text, n, &tokens);
    join_articles(rules, &tokens);
    const struct meaning *honorific = NULL;
    for (size_t i = 0; i < tokens.count; i++) {
        const struct meaning *what = meaning(context, &tokens.list[i]);
        switch (what->kind) {
        case MEANS_WORD: add_words(what, section, parts); break;
        case MEANS_HONORIFIC: honorific = what; break;
        case MEANS_ALIAS:
            if (section == SECTION_NAME && parts->name_count) section = SECTION_ALIAS;
            break;
        case MEANS_RELATION: /* first of all it is a name: Mata, Aatmaja */
            if (section == SECTION_NAME && !parts->name_count) {
                add_words(what, section, parts);
                break;
            }
            section = SECTION_RELATIVE;
            parts->relation = what->relation;
            break;
        default: break;
        }
    }
    /* A name that is nothing but an honorific is somebody's name all the same. */
    if (honorific && section == SECTION_NAME && parts->name_count == 0) add_words(honorific, section, parts);
    if (honorific && section == SECTION_RELATIVE && parts->relative_count == 0)
        add_words(honorific, section, parts);
}
