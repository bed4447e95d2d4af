/* search/live: adding and removing persons, and writing the live ones as a segment. */
#include <stdlib.h>
#include <string.h>

#include "search/build.h"
#include "search/grow.h"
#include "search/mix.h"
#include "search/state.h"

#define PERSON_WORDS_MAX (3 * 2 * TOKENS_MAX) /* a name, an alias and a relative of tokens of two words */

struct live *live_new(void)
{
    struct live *live = pages_new(sizeof *live);
    live->views = 1;
    return live;
}

void live_let_go(struct live *live)
{
    if (--live->views == 0) pages_free(live, sizeof *live);
}

void segment_kill(struct segment *segment, uint32_t person)
{
    if (segment_is_dead(segment, person)) return;
    __atomic_or_fetch(&segment->dead[person >> 3], (uint8_t)(1u << (person & 7)), __ATOMIC_RELEASE);
    segment->dead_count++;
}

/* While a person is read: the words are entered as they come. */
struct entering {
    struct search *search;
    struct live *live;
    struct meaning meaning;
};

static bool live_word_equal(const void *context, const void *key, uint32_t number)
{
    const struct live *live = context;
    const struct word *sought = key, *word = &live->words[number];
    return word->bytes == sought->bytes && memcmp(word->text, sought->text, word->bytes) == 0;
}

static uint32_t live_word(struct search *search, struct live *live, const struct word *word)
{
    uint64_t hash = mix_bytes(word->text, word->bytes, 1);
    uint32_t number = table_find(&search->live_words, hash, live_word_equal, live, word);
    if (number != UINT32_MAX) return number;
    number = search->live_words.count;
    if (number == LIVE_WORDS_MAX) return NO_WORD;
    live->words[number] = *word;
    uint8_t loose[PHONES_MAX];
    uint8_t n = fold_loose(&word->fold, loose);
    live->loose[number] = loose_hash(loose, n);
    live->filed[number].skeleton = fold_skeleton(&word->fold);
    live->filed[number].consonants = fold_consonants(&word->fold);
    table_enter(&search->live_words, hash);
    atomic_store(&live->word_count, number + 1);
    return number;
}

static const struct meaning *entering_meaning(void *context, const struct token *token)
{
    struct entering *entering = context;
    struct word words[2];
    word_meaning(entering->search->rules, token, &entering->meaning, words);
    for (uint8_t i = 0; meaning_has_words(&entering->meaning) && i < entering->meaning.word_count; i++) {
        entering->meaning.words[i] = live_word(entering->search, entering->live, &words[i]);
        if (entering->meaning.words[i] == NO_WORD) entering->meaning.kind = MEANS_NOTHING;
    }
    return &entering->meaning;
}

/* Takes out every person of that id but the live one numbered `but`. */
static void kill_id(struct search *search, uint64_t id, uint32_t but)
{
    const struct index_view *view = atomic_load(&search->current);
    for (size_t i = 0; i < view->segment_count; i++) {
        uint32_t person;
        if (segment_person_of(view->segments[i], id, &person)) segment_kill(view->segments[i], person);
    }
    uint32_t count = atomic_load(&view->live->person_count);
    for (uint32_t i = 0; i < count; i++)
        if (i != but && view->live->records[i].id == id) atomic_store(&view->live->dead[i], 1);
}

static void live_keep_keys(struct live *live, const struct search_person *person, uint32_t number)
{
    uint32_t count = atomic_load(&live->key_count);
    for (size_t i = 0; i < person->key_count && i < SEARCH_KEYS_MAX && count < LIVE_KEYS_MAX; i++) {
        uint64_t hash = key_hash(&person->keys[i]);
        if (hash) live->keys[count++] = (struct lane_key){hash, number};
    }
    atomic_store(&live->key_count, count);
}

/* The live persons as a lane of a builder. */
static void live_lane(const struct search *search, const struct live *live, struct lane *ret)
{
    lane_init(ret, search->rules);
    uint32_t persons = atomic_load(&live->person_count), keys = atomic_load(&live->key_count);
    for (uint32_t i = 0; i < persons; i++) {
        if (atomic_load(&live->dead[i])) continue;
        struct record record = live->records[i];
        for (int k = 0; k < record.name_count + record.relative_count; k++)
            record.words[k] = lane_word(ret, &live->words[record.words[k]]);
        lane_keep(ret, &record);
        for (uint32_t k = 0; k < keys; k++)
            if (live->keys[k].person == i) lane_keep_key(ret, live->keys[k].hash);
    }
}

/* Writes the live persons as a segment into ret. */
static enum err live_write(struct search *search, const struct live *live, struct segment **ret)
{
    char name[32];
    struct lane lane;
    manifest_name(name, search->next_number++);
    live_lane(search, live, &lane);
    enum err err = build_segment(search->rules, &lane, 1, search->folder, name);
    lane_free(&lane);
    return err == E_OK ? segment_open(search->folder, name, ret) : err;
}

/* E_BUSY where the index has as many segments as it may. */
static enum err seal(struct search *search)
{
    const struct index_view *current = atomic_load(&search->current);
    if (!atomic_load(&current->live->person_count)) return index_record(search, current, search->position);
    if (current->segment_count == INDEX_SEGMENTS_MAX) return E_BUSY;
    struct segment *segment;
    TRY(live_write(search, current->live, &segment));
    struct index_view *view = index_view_copy(search);
    view->segments[view->segment_count++] = segment;
    live_let_go(view->live);
    view->live = live_new();
    enum err err = index_record(search, view, search->position);
    if (err != E_OK) {
        index_view_drop(view);
        return err;
    }
    table_free(&search->live_words);
    index_publish(search, view);
    return E_OK;
}

/* Seals; where the background is so far behind that there is no place for a segment, joins some here first.
 * Under the lock, which is given up meanwhile: nobody else adds. */
static enum err seal_surely(struct search *search)
{
    enum err err;
    bool more = true;
    while ((err = seal(search)) == E_BUSY && more) {
        pthread_mutex_unlock(&search->lock);
        err = search_merge(search, &more);
        pthread_mutex_lock(&search->lock);
        TRY(err);
    }
    return err;
}

/* Makes room for one more live person, however many words and keys it brings. */
static enum err live_room(struct search *search)
{
    const struct live *live = atomic_load(&search->current)->live;
    bool room = atomic_load(&live->person_count) < LIVE_PERSONS_MAX &&
        atomic_load(&live->key_count) + SEARCH_KEYS_MAX <= LIVE_KEYS_MAX &&
        atomic_load(&live->word_count) + PERSON_WORDS_MAX <= LIVE_WORDS_MAX;
    return room ? E_OK : seal_surely(search);
}

static void live_add(struct search *search, struct live *live, const struct search_person *person)
{
    struct entering entering = {.search = search, .live = live};
    struct name_parts parts = {.relation = (uint8_t)person->relation};
    const char *texts[3] = {person->name, person->alias, person->relative};
    for (int i = 0; i < 3; i++)
        if (texts[i] && *texts[i])
            name_read(search->rules, texts[i], strlen(texts[i]), (enum name_section)i, entering_meaning,
                &entering, &parts);
    uint32_t number = atomic_load(&live->person_count);
    record_of(person, &parts, &live->records[number]);
    for (int i = 0; i < parts.name_count; i++) {
        int same = 0;
        while (parts.name[same] != parts.name[i]) same++;
        if (same == i) atomic_fetch_add(&live->word_persons[parts.name[i]], 1);
    }
    atomic_store(&live->dead[number], 0);
    live_keep_keys(live, person, number);
    atomic_store(&live->person_count, number + 1); /* from here on readers see it */
    kill_id(search, person->id, number);
}

enum err search_add(struct search *search, const struct search_person *person, int64_t position)
{
    pthread_mutex_lock(&search->lock);
    enum err err = live_room(search);
    if (err == E_OK) {
        live_add(search, atomic_load(&search->current)->live, person);
        search->position = position;
    }
    pthread_mutex_unlock(&search->lock);
    return err;
}

enum err search_remove(struct search *search, uint64_t id, int64_t position)
{
    pthread_mutex_lock(&search->lock);
    kill_id(search, id, UINT32_MAX);
    search->position = position;
    pthread_mutex_unlock(&search->lock);
    return E_OK;
}

enum err search_seal(struct search *search)
{
    pthread_mutex_lock(&search->lock);
    enum err err = seal_surely(search);
    pthread_mutex_unlock(&search->lock);
    return err;
}
