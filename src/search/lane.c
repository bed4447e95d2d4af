/* search/lane: what a token means is worked out once a lane; the rest of its persons find it in a table. */
#include "search/lane.h"

#include <assert.h>
#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "search/mix.h"

/* With its letters beside it: most are met again and again, and memory is slow. */
struct token_entry {
    struct meaning meaning;
    uint8_t bytes;
    char text[TOKEN_BYTES_MAX];
};

void lane_init(struct lane *lane, const struct rules *rules)
{
    *lane = (struct lane){.rules = rules};
}

void lane_free(struct lane *lane)
{
    grow_free(&lane->tokens);
    table_free(&lane->token_table);
    grow_free(&lane->words);
    grow_free(&lane->word_persons);
    table_free(&lane->word_table);
    grow_free(&lane->records);
    grow_free(&lane->keys);
}

static bool word_equal(const void *context, const void *key, uint32_t number)
{
    const struct lane *lane = context;
    const struct word *sought = key, *word = (const struct word *)(const void *)lane->words.data + number;
    return word->bytes == sought->bytes && memcmp(word->text, sought->text, word->bytes) == 0;
}

uint32_t lane_word(struct lane *lane, const struct word *word)
{
    uint64_t hash = mix_bytes(word->text, word->bytes, 1);
    uint32_t number = table_find(&lane->word_table, hash, word_equal, lane, word);
    if (number != UINT32_MAX) return number;
    number = lane->word_table.count;
    memcpy(grow_add(&lane->words, sizeof *word), word, sizeof *word);
    grow_add(&lane->word_persons, sizeof(uint32_t));
    table_enter(&lane->word_table, hash);
    return number;
}

static bool token_equal(const void *context, const void *key, uint32_t number)
{
    const struct lane *lane = context;
    const struct token *token = key;
    const struct token_entry *entry = (const struct token_entry *)(const void *)lane->tokens.data + number;
    return entry->bytes == token->bytes && memcmp(entry->text, token->text, token->bytes) == 0;
}

static const struct meaning *lane_meaning(void *context, const struct token *token)
{
    struct lane *lane = context;
    uint64_t hash = mix_bytes(token->text, token->bytes, 2);
    uint32_t number = table_find(&lane->token_table, hash, token_equal, lane, token);
    if (number == UINT32_MAX) {
        struct word words[2];
        struct meaning meaning;
        word_meaning(lane->rules, token, &meaning, words);
        for (uint8_t i = 0; meaning_has_words(&meaning) && i < meaning.word_count; i++)
            meaning.words[i] = lane_word(lane, &words[i]);
        number = lane->token_table.count;
        struct token_entry *entry = grow_add(&lane->tokens, sizeof *entry);
        *entry = (struct token_entry){.meaning = meaning, .bytes = token->bytes};
        memcpy(entry->text, token->text, token->bytes);
        table_enter(&lane->token_table, hash);
    }
    return &((const struct token_entry *)(const void *)lane->tokens.data)[number].meaning;
}

void record_of(const struct search_person *person, const struct name_parts *parts, struct record *ret)
{
    *ret = (struct record){.id = person->id, .district = person->district, .station = person->station,
        .name_count = parts->name_count, .alias_count = parts->alias_count,
        .relative_count = parts->relative_count, .sex = (uint8_t)person->sex & 3,
        .relation = parts->relation & 7, .roles = person->roles};
    if (ret->alias_count > RECORD_ALIASES_MAX) ret->alias_count = RECORD_ALIASES_MAX;
    if (person->birth_year >= 1900 && person->birth_year <= 2154) {
        int spread = person->birth_spread < 0 ? 0 : person->birth_spread > 255 ? 255 : person->birth_spread;
        ret->birth = (uint8_t)(person->birth_year - 1899);
        ret->spread = (uint8_t)spread;
    }
    memcpy(ret->words, parts->name, parts->name_count * sizeof(uint32_t));
    memcpy(ret->words + parts->name_count, parts->relative, parts->relative_count * sizeof(uint32_t));
}

void lane_read(struct lane *lane, const struct search_person *person, struct record *ret)
{
    struct name_parts parts = {.relation = (uint8_t)person->relation};
    const char *texts[3] = {person->name, person->alias, person->relative};
    for (int i = 0; i < 3; i++)
        if (texts[i] && *texts[i])
            name_read(lane->rules, texts[i], strlen(texts[i]), (enum name_section)i, lane_meaning, lane,
                &parts);
    record_of(person, &parts, ret);
}

void lane_keep(struct lane *lane, const struct record *record)
{
    uint32_t *persons = (uint32_t *)(void *)lane->word_persons.data;
    for (int i = 0; i < record->name_count; i++) {
        int same = 0;
        while (record->words[same] != record->words[i]) same++;
        if (same == i) persons[record->words[i]]++;
    }
    /* Cut after the last word: the fields before the words, then the words. */
    size_t words = (size_t)(record->name_count + record->relative_count) * sizeof(uint32_t);
    size_t head = sizeof *record - offsetof(struct record, district);
    char *to = grow_add(&lane->records, sizeof record->id + head + words);
    memcpy(to, &record->id, sizeof record->id);
    memcpy(to + sizeof record->id, &record->district, head);
    memcpy(to + sizeof record->id + head, record->words, words);
    if (lane->person_count == 0) lane->first_id = record->id;
    else if (record->id <= lane->last_id) lane->descends = true;
    lane->last_id = record->id;
    lane->person_count++;
}

void lane_keep_key(struct lane *lane, uint64_t hash)
{
    struct lane_key *key = grow_add(&lane->keys, sizeof *key);
    *key = (struct lane_key){hash, lane->person_count - 1};
}

void lane_next(const struct lane *lane, size_t *at, struct record *ret)
{
    const char *from = lane->records.data + *at;
    size_t head = sizeof *ret - offsetof(struct record, district);
    memcpy(&ret->id, from, sizeof ret->id);
    memcpy(&ret->district, from + sizeof ret->id, head);
    size_t words = (size_t)(ret->name_count + ret->relative_count) * sizeof(uint32_t);
    memcpy(ret->words, from + sizeof ret->id + head, words);
    *at += sizeof ret->id + head + words;
}

void lane_add_segment(struct lane *lane, const struct segment *segment, const uint8_t *dead)
{
    const struct segment_header *header = &segment->header;
    uint32_t *words = pages_new(header->word_count * sizeof *words + 1);
    for (uint32_t i = 0; i < header->word_count; i++) {
        struct word word;
        word_make(lane->rules, segment->text + segment->text_at[i],
            segment->text_at[i + 1] - segment->text_at[i],
            &word);
        words[i] = lane_word(lane, &word);
    }
    uint32_t *persons = pages_new(header->person_count * sizeof *persons + 1);
    for (uint32_t person = 0; person < header->person_count; person++) {
        struct record record;
        persons[person] = UINT32_MAX;
        if ((dead[person >> 3] >> (person & 7) & 1) || !segment_record(segment, person, &record)) continue;
        for (int i = 0; i < record.name_count + record.relative_count;
            i++) record.words[i] = words[record.words[i]];
        persons[person] = lane->person_count;
        lane_keep(lane, &record);
    }
    for (uint64_t i = 0; i < header->key_count; i++) {
        uint32_t person = persons[segment->key_persons[i]];
        if (person == UINT32_MAX) continue;
        struct lane_key *key = grow_add(&lane->keys, sizeof *key);
        *key = (struct lane_key){segment->keys[i], person};
    }
    pages_free(words, header->word_count * sizeof *words + 1);
    pages_free(persons, header->person_count * sizeof *persons + 1);
}

uint64_t key_hash(const struct search_key *key)
{
    char text[64];
    size_t n = 0;
    for (const char *at = key->text; *at && n < sizeof text; at++)
        if (isalnum((unsigned char)*at)) text[n++] = (char)toupper((unsigned char)*at);
    if (n == 0) return 0;
    const char *from = text;
    if (key->kind == SEARCH_PHONE && n > 10) {
        from += n - 10;
        n = 10;
    }
    uint64_t hash = mix_bytes(from, n, 16 + (uint64_t)key->kind);
    return hash ? hash : 1;
}
