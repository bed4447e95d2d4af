/* search/pieces: the words asked, alone, joined and cut, and the ways to read the query with them. */
#include <math.h>
#include <string.h>

#include "search/mix.h"
#include "search/reader.h"

#define WEIGHT_INITIAL 1.5f
#define WEIGHT_LEAST 1.0f
#define SHARE_INITIAL 0.93f   /* an initial run into the word beside it */
#define SHARE_ALIAS 0.97f
#define CUT_LEAST 6           /* code points of a word that may be two */
#define CUT_SIDE 2            /* code points each side keeps at least */
#define NAME_PIECES_MAX 6
#define KNOWN_SHARE 20000     /* a word borne by one in so many is known to be a name */
#define SWAPPED_MOST 3        /* words of a name whose neighbours are also joined the other way round */

/* Meanings while a query is read: the words become pieces as they come. */
struct asking {
    struct search_reader *reader;
    struct meaning meaning, honorific;
    struct word honorific_word; /* the last one */
};

#define HONORIFIC PIECES_MAX /* a word that is a piece only if no other is found */

static size_t piece_add(struct search_reader *reader, const struct word *word, bool relative)
{
    if (reader->piece_count == PIECES_MAX) return PIECES_MAX;
    struct piece *piece = &reader->pieces[reader->piece_count];
    *piece = (struct piece){.word = *word, .relative = relative,
        .sought = !word->initial && word->fold.count > 0};
    return reader->piece_count++;
}

static const struct meaning *asked_meaning(void *context, const struct token *token)
{
    struct asking *asking = context;
    struct word words[2];
    word_meaning(index_rules(asking->reader->search), token, &asking->meaning, words);
    if (asking->meaning.kind == MEANS_HONORIFIC) {
        asking->honorific = asking->meaning;
        asking->honorific.words[0] = HONORIFIC;
        asking->honorific_word = words[0];
        return &asking->honorific;
    }
    bool opens = asking->meaning.kind == MEANS_RELATION && asking->reader->piece_count == 0;
    bool has_words = asking->meaning.kind == MEANS_WORD || opens; /* Mata Prasad: a name, no relation */
    for (uint8_t i = 0; has_words && i < asking->meaning.word_count; i++) {
        asking->meaning.words[i] = (uint32_t)piece_add(asking->reader, &words[i], false);
        if (asking->meaning.words[i] == PIECES_MAX) asking->meaning.kind = MEANS_NOTHING;
    }
    return &asking->meaning;
}

void division_add(struct search_reader *reader, const uint8_t *pieces, size_t count, float share)
{
    if (reader->division_count == DIVISIONS_MAX || count == 0 || count > NAME_PIECES_MAX) return;
    struct division *division = &reader->divisions[reader->division_count++];
    *division = (struct division){.count = (uint8_t)count, .share = share};
    memcpy(division->pieces, pieces, count);
}

/* Reads text; an honorific is asked for only where it is all there is. */
static void text_read(struct asking *asking, const char *text, enum name_section section,
    struct name_parts *parts)
{
    if (!text) return;
    struct search_reader *reader = asking->reader;
    name_read(index_rules(reader->search), text, strnlen(text, 4096), section, asked_meaning, asking, parts);
    bool name = parts->name_count == 1 && parts->name[0] == HONORIFIC;
    bool relative = parts->relative_count == 1 && parts->relative[0] == HONORIFIC;
    if (!name && !relative) return;
    size_t piece = piece_add(reader, &asking->honorific_word, false);
    if (name) {
        parts->name[0] = (uint32_t)piece;
        parts->name_count = piece < PIECES_MAX;
    }
    if (relative) { /* a piece of its own: it is another's */
        if (name) piece = piece_add(reader, &asking->honorific_word, false);
        parts->relative[0] = (uint32_t)piece;
        parts->relative_count = piece < PIECES_MAX;
    }
}

/* A name of nothing but initials: there is nothing else to seek it by. */
static void initials_seek(struct search_reader *reader)
{
    reader->only_initials = false;
    for (uint8_t i = 0; i < reader->name_count; i++)
        if (reader->pieces[reader->names[i]].sought) return;
    reader->only_initials = true;
    for (uint8_t i = 0; i < reader->name_count; i++) {
        struct piece *piece = &reader->pieces[reader->names[i]];
        piece->sought = piece->word.initial && piece->word.fold.count > 0;
    }
}

void pieces_read(struct search_reader *reader)
{
    const struct search_query *query = reader->query;
    struct asking asking = {.reader = reader};
    struct name_parts parts = {.relation = (uint8_t)query->relation};
    reader->piece_count = reader->division_count = 0;
    reader->name_count = reader->alias_count = reader->relative_count = 0;
    reader->relative_joined = PIECES_MAX;
    text_read(&asking, query->name, SECTION_NAME, &parts);
    text_read(&asking, query->relative, SECTION_RELATIVE, &parts);
    reader->relation = parts.relation;
    for (int i = 0; i < parts.name_count && reader->name_count < NAME_PIECES_MAX; i++) {
        reader->names[reader->name_count++] = (uint8_t)parts.name[i];
        if (i >= parts.name_count - parts.alias_count) reader->alias_count++;
    }
    for (int i = 0; i < parts.relative_count && reader->relative_count < 4; i++) {
        reader->relatives[reader->relative_count++] = (uint8_t)parts.relative[i];
        reader->pieces[parts.relative[i]].relative = true;
    }
    initials_seek(reader);
    division_add(reader, reader->names, reader->name_count, 1);
    if (!reader->alias_count) return;
    uint8_t own = (uint8_t)(reader->name_count - reader->alias_count);
    division_add(reader, reader->names, own, SHARE_ALIAS);
    division_add(reader, reader->names + own, reader->alias_count, SHARE_ALIAS);
}

void pieces_weigh(struct search_reader *reader)
{
    for (size_t i = 0; i < reader->piece_count; i++) {
        struct piece *piece = &reader->pieces[i];
        float weight = logf(((float)reader->persons + 1) / ((float)piece->persons + 3)) + 0.5f;
        piece->weight = piece->sought && !piece->word.initial ? weight : WEIGHT_INITIAL;
        if (piece->weight < WEIGHT_LEAST) piece->weight = WEIGHT_LEAST;
        if (piece->slipped) piece->weight = reader->pieces[piece->whole].weight;
    }
    for (size_t i = 0; i < reader->division_count; i++) {
        struct division *division = &reader->divisions[i];
        division->weight = 0;
        for (uint8_t k = 0; k < division->count;
            k++) division->weight += reader->pieces[division->pieces[k]].weight;
    }
}

/* How many persons bear a word of this sound. */
static uint64_t persons_sounding(const struct search_reader *reader, const struct word *word)
{
    uint8_t loose[PHONES_MAX];
    uint32_t hash = loose_hash(loose, fold_loose(&word->fold, loose));
    uint64_t persons = 0;
    for (size_t i = 0; i < reader->part_count; i++) {
        const struct index_part *part = &reader->parts[i];
        for (uint32_t k = 0; !part->segment && k < part->words; k++)
            if (part->live->loose[k] == hash) persons += atomic_load(&part->live->word_persons[k]);
        if (!part->segment) continue;
        uint32_t count;
        const struct map_entry *entries = map_find(&part->segment->class_map, hash, &count);
        for (uint32_t k = 0; k < count; k++) persons += part->segment->class_persons[entries[k].value];
    }
    return persons;
}

/* Some asked words, in the order given, as one piece in the place of the first of them. */
struct joining { const uint8_t *order; size_t count, at; };

static void add_joined(struct search_reader *reader, const struct joining *joining, bool only_known)
{
    char text[TOKEN_BYTES_MAX];
    size_t n = 0, initials = 0, phones = 0;
    const struct word *first = &reader->pieces[reader->names[joining->at]].word;
    for (size_t i = 0; i < joining->count; i++) {
        const struct word *word = &reader->pieces[reader->names[joining->at + joining->order[i]]].word;
        if (word->script != first->script || n + word->bytes > TOKEN_BYTES_MAX) return;
        memcpy(text + n, word->text, word->bytes);
        n += word->bytes;
        initials += word->initial;
        if (!word->initial) phones += word->fold.count;
    }
    /* An initial is run into the only other word where it is heard and somebody was filed so: purnimac. */
    if (initials && (initials > 1 || only_known || reader->name_count > 2)) return;
    struct word word;
    word_make(index_rules(reader->search), text, n, &word);
    if (initials && word.fold.count <= phones) return;
    if ((only_known || initials) && !persons_sounding(reader, &word)) return;
    size_t piece = piece_add(reader, &word, false), count = 0;
    if (piece == PIECES_MAX) return;
    reader->pieces[piece].narrow = only_known;
    uint8_t pieces[NAME_WORDS_MAX];
    for (size_t i = 0; i < reader->name_count && count < NAME_WORDS_MAX; i++) {
        if (i == joining->at) pieces[count++] = (uint8_t)piece;
        else if (i < joining->at || i >= joining->at + joining->count) pieces[count++] = reader->names[i];
    }
    division_add(reader, pieces, count, initials ? SHARE_INITIAL : SHARE_DIVIDED);
}

void pieces_join_relative(struct search_reader *reader)
{
    char text[TOKEN_BYTES_MAX];
    size_t n = 0;
    const struct word *first = &reader->pieces[reader->relatives[0]].word;
    if (reader->relative_count != 2) return;
    for (size_t i = 0; i < 2; i++) {
        const struct word *word = &reader->pieces[reader->relatives[i]].word;
        if (word->initial || word->script != first->script || n + word->bytes > TOKEN_BYTES_MAX) return;
        memcpy(text + n, word->text, word->bytes);
        n += word->bytes;
    }
    struct word joined;
    word_make(index_rules(reader->search), text, n, &joined);
    reader->relative_joined = (uint8_t)piece_add(reader, &joined, true);
}

static size_t letter_starts(const struct word *word, uint8_t starts[TOKEN_BYTES_MAX])
{
    size_t n = 0;
    for (uint8_t i = 0; i < word->bytes; i++)
        if (((unsigned char)word->text[i] & 0xC0) != 0x80) starts[n++] = i;
    return n;
}

/* The place where both sides are names most people bear, at least so many; 0 when there is none. */
static size_t cut_place(struct search_reader *reader, const struct word *word, const uint8_t *starts,
    size_t n, uint64_t least)
{
    const struct rules *rules = index_rules(reader->search);
    struct word side;
    size_t place = 0;
    float most = 0;
    for (size_t i = CUT_SIDE; i + CUT_SIDE <= n; i++) {
        word_make(rules, word->text, starts[i], &side);
        uint64_t left = persons_sounding(reader, &side);
        if (left < least) continue;
        word_make(rules, word->text + starts[i], (size_t)word->bytes - starts[i], &side);
        uint64_t right = persons_sounding(reader, &side);
        float both = right >= least ? logf((float)left) + logf((float)right) + 1 : 0;
        if (both <= most) continue;
        most = both;
        place = i;
    }
    return place;
}

/* An initial run into the word before or behind it. */
static size_t cut_initial(struct search_reader *reader, const struct word *word, size_t n)
{
    struct word rest;
    uint64_t persons[2];
    if (word->script != SCRIPT_LATIN) return 0;
    for (size_t i = 0; i < 2; i++) {
        word_make(index_rules(reader->search), word->text + !i, (size_t)word->bytes - 1, &rest);
        persons[i] = persons_sounding(reader, &rest);
    }
    if (!persons[0] && !persons[1]) return 0;
    return persons[0] >= persons[1] ? 1 : n - 1;
}

static void add_cut(struct search_reader *reader, size_t at, size_t bytes, float share, bool only_known)
{
    const struct rules *rules = index_rules(reader->search);
    const struct word word = reader->pieces[reader->names[at]].word;
    if (reader->piece_count + 2 > PIECES_MAX) return;
    struct word sides[2];
    word_make(rules, word.text, bytes, &sides[0]);
    word_make(rules, word.text + bytes, word.bytes - bytes, &sides[1]);
    uint8_t pieces[NAME_WORDS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < reader->name_count; i++) {
        if (i != at) pieces[count++] = reader->names[i];
        else for (int side = 0; side < 2; side++) {
            pieces[count] = (uint8_t)piece_add(reader, &sides[side], false);
            reader->pieces[pieces[count++]].narrow = only_known;
        }
    }
    division_add(reader, pieces, count, share);
}

static void add_cuts(struct search_reader *reader, size_t at, bool only_known)
{
    const struct word *word = &reader->pieces[reader->names[at]].word;
    uint8_t starts[TOKEN_BYTES_MAX];
    size_t n = letter_starts(word, starts);
    if (n < CUT_LEAST || reader->name_count >= NAME_PIECES_MAX) return;
    uint64_t least = only_known ? reader->persons / KNOWN_SHARE + 1 : 1;
    size_t place = cut_place(reader, word, starts, n, least);
    size_t initial = only_known ? 0 : cut_initial(reader, word, n);
    if (place) add_cut(reader, at, starts[place], SHARE_DIVIDED, only_known);
    if (initial) add_cut(reader, at, starts[initial], SHARE_INITIAL, false);
}

void pieces_divide(struct search_reader *reader, bool only_known)
{
    static const uint8_t in_order[] = {0, 1, 2}, swapped[] = {1, 0};
    size_t words = reader->name_count;
    for (size_t i = 0; i + 1 < words; i++) add_joined(reader, &(struct joining){in_order, 2, i}, only_known);
    for (size_t i = 0; !only_known && words > 3 && i + 2 < words; i++)
        add_joined(reader, &(struct joining){in_order, 3, i}, false);
    for (size_t i = 0; i < words; i++) add_cuts(reader, i, only_known);
    if (only_known || words > SWAPPED_MOST) return;
    for (size_t i = 0; i + 1 < words; i++) add_joined(reader, &(struct joining){swapped, 2, i}, false);
    if (words == 3) add_joined(reader, &(struct joining){in_order, 3, 0}, false);
}
