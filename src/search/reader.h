/* search/reader: what one query needs while it runs. For the search room only.
 *
 * The words asked become pieces: each word, two neighbours written as one, a word cut in two. A division is
 * one way to read the query as pieces. For every part of the index each piece has candidates, words like
 * it. */
#ifndef PANJI_SEARCH_READER_H
#define PANJI_SEARCH_READER_H

#include "search/index.h"
#include "search/record.h"
#include "search/search.h"
#include "search/segment.h"

#define PIECES_MAX 32
#define PARTS_MAX INDEX_PARTS_MAX
#define DIVISIONS_MAX 16
#define LIKE_FULL 250          /* likeness is counted in these parts */
#define UNITS_MAX 250          /* of a piece in a part: the likest */
#define INITIAL_ASKED 165      /* how like an asked initial is to a word of that letter */
#define INITIAL_FOUND 140      /* an asked word against a found initial */
#define SHARE_DIVIDED 0.985f   /* a name written apart or together is the same name, nearly */
#define BESIDE_COST 0.06f      /* a found word nobody asked for, as a share of an asked word */
#define CANDIDATES_MAX 500    /* of a piece in a part: the likest */
#define FOUND_MAX 50          /* the best kept while searching */
#define GROUPS 1024
#define GROUP_KEEPS 4
#define NAMED_WELL 0.80f
#define FLOOR_FOUND 30         /* so many persons, and so many names, stand above what is no longer sought */
#define FLOOR_GROUPS 10
#define SEEN_SLOTS 8192
#define NOTED_SLOTS 4096
#define BELOW_BEST 0.22f       /* whose score and name are so far below the best is neither sought nor told */

struct candidate { uint32_t word; uint16_t like; };
struct unit_like { uint32_t unit; uint16_t like; };

struct piece {
    struct word word;
    bool relative;
    bool sought;               /* has candidates: it is no initial, or the name is nothing else */
    bool begins;               /* may be the beginning of a word */
    bool slipped;              /* may be two slips away */
    bool narrow;               /* only words of its very consonants are sought, not those near them */
    uint8_t whole;             /* of one that begins or is slipped: the piece that is the word as it stands */
    float weight;              /* by how rare words like it are */
    uint64_t persons;          /* that bear a word like it */
};

/* The candidates of one piece in one part, a stretch of the reader's array; and their units, listed when they
 * are first wanted. */
struct stretch { uint32_t from, count, units_from, unit_count; };

struct division {
    uint8_t pieces[NAME_WORDS_MAX];
    uint8_t count;
    float share;               /* what its scores are worth */
    float weight;              /* of all its pieces */
    float least;               /* names less like are not told; 0: whoever is like at all */
};

struct found {
    uint64_t id;               /* known when the search is done */
    float score, name_score;
    uint32_t part, person;
    uint32_t spelling;         /* of names written alike */
    uint16_t division;
    uint32_t namesakes;        /* seen with this spelling */
    uint16_t turn;             /* the how-manieth of its group at this score */
};

struct group {
    uint32_t hash, stamp, count;
    float best;
    struct found kept[GROUP_KEEPS];
    uint8_t kept_count;
};

/* Words of hits made once a query and compared once with each piece, though many hits share them. */
#define MADE_WORDS 1024 /* more than the hits of one query have */
struct likeness { float sound, hand; };
struct made_word {
    uint32_t query, part, number, compared; /* compared: a bit each piece */
    struct word word;
    struct likeness likes[PIECES_MAX];
};
_Static_assert(MADE_WORDS > SEARCH_LIMIT_MAX * 2 * NAME_WORDS_MAX, "every word of every hit has a place");
_Static_assert(PIECES_MAX <= 32, "a bit each piece");

/* Marks of the words of one part: which pieces they are like. */
struct likes {
    uint8_t of[PIECES_MAX];
    uint32_t candidate; /* a bit each piece: it is a candidate of it, not just its initial */
    uint32_t spelling;  /* 0: not worked out yet */
};

/* The best score a person came with; one name is read in several ways. */
struct noted {
    uint32_t query, part, person;
    float score;
    enum { NOTED_UNASKED, NOTED_ADMITTED, NOTED_REFUSED } verdict;
};

struct evidence {
    enum search_verdict sex, age, district, station, role;
    float points;
};

struct search_reader {
    struct search *search;
    size_t slot;                       /* its place among the readers of the index */
    const struct index_view *view;     /* held while a query runs */
    struct index_part parts[PARTS_MAX];
    size_t part_count;
    const struct search_query *query;
    struct piece pieces[PIECES_MAX];
    size_t piece_count;
    uint8_t names[NAME_WORDS_MAX];     /* pieces of the name as asked, aliases behind */
    uint8_t name_count, alias_count;
    uint8_t relatives[NAME_WORDS_MAX]; /* pieces of the relative's name */
    uint8_t relative_count;
    uint8_t relative_joined;           /* the piece that is both its words as one; PIECES_MAX: none */
    uint8_t relation;
    struct division divisions[DIVISIONS_MAX];
    size_t division_count;
    struct stretch stretches[PARTS_MAX][PIECES_MAX];
    struct candidate *candidates;      /* of all stretches */
    size_t candidate_count, candidate_room;
    struct known_word *known;          /* words asked before, with their candidates */
    struct candidate *gathered;        /* of the piece at hand, before the best are kept */
    size_t gathered_count, gathered_room;
    uint16_t *marks;                   /* word -> likes, of the part at hand */
    uint32_t *word_stamps, *group_stamps, *unit_stamps;
    uint32_t word_stamp, group_stamp, unit_stamp;
    size_t words_room, groups_room, units_room;
    bool asks_initial;                 /* some piece is an initial */
    bool only_initials;                /* the name is nothing else */
    struct likes *likes;               /* from 1 */
    uint32_t *marked;
    size_t like_count, like_room;
    struct unit_like *units;           /* of all stretches, each the likest first */
    size_t units_used;
    struct found found[FOUND_MAX];     /* a heap, the worst on top */
    size_t found_count;
    struct group groups[GROUPS];
    uint16_t groups_used[GROUPS];
    size_t group_count;
    uint32_t group_query;              /* stamp of the query in groups and seen */
    struct { uint32_t hash; float best; } top_groups[FLOOR_GROUPS];
    float top_scores[FLOOR_FOUND];     /* a heap, the least on top */
    size_t top_count;
    float best, best_name, floor;      /* scores so far; and what they must reach to be of use */
    uint32_t named_well;               /* found whose names alone are so like: */
    struct made_word made[MADE_WORDS];
    struct found finishing[FOUND_MAX + GROUPS * GROUP_KEEPS];
    uint64_t seen[SEEN_SLOTS];
    struct noted noted[NOTED_SLOTS];   /* persons found */
    uint32_t refused;                  /* by the query's admit */
    uint64_t persons;                  /* in all parts */
    uint32_t scored, probed;           /* of this query */
    uint32_t scored_most;              /* a bound on the work */
    uint32_t probes_most;              /* what the division at hand may reach */
};

/* candidates.c: fills the stretch of a piece in a part, and what it adds to the piece's persons. */
void candidates_find(struct search_reader *reader, size_t part, size_t piece);

/* known.c: the candidates of words asked before. Takes those of a piece in a segment; false when unknown. */
struct known_word *known_new(void);
void known_free(struct known_word *known);
bool known_take(struct search_reader *reader, const struct segment *segment, struct piece *piece,
    struct stretch *ret);
void known_keep(struct search_reader *reader, const struct segment *segment, const struct piece *piece,
    const struct stretch *stretch, uint64_t persons);

/* pieces.c: reads the query into pieces and divisions. */
void pieces_read(struct search_reader *reader);
void pieces_weigh(struct search_reader *reader);
/* Adds the other ways to read the name: words joined and cut; or only those that make known names. */
void pieces_divide(struct search_reader *reader, bool only_known);

/* A relative's name of two words may be written as one. */
void pieces_join_relative(struct search_reader *reader);

/* Adds a way to read the name, with pieces that are there already. */
void division_add(struct search_reader *reader, const uint8_t *pieces, size_t count, float share);

/* begins.c: reads the name as words still being typed; the candidates of such a piece; and how like, in
 * LIKE_FULL, a word is that goes on from the asked one, 0 when it does not. */
void begins_divide(struct search_reader *reader);
void begins_gather(struct search_reader *reader, size_t part, const struct piece *piece);
uint8_t begins_like(const struct word *asked, const struct word *found);

/* slips.c: reads the name as words with two slips of the hand, the relative's too; and the candidates of such
 * a piece. */
void slips_divide(struct search_reader *reader);
void slips_gather(struct search_reader *reader, size_t part, const struct piece *piece);

/* marks.c: the likenesses of a part's words to all pieces. */
void marks_set(struct search_reader *reader, size_t part);
void marks_clear(struct search_reader *reader);

/* initials.c: how like, in LIKE_FULL, a word of that first letter is to a piece where one of the two is
 * but an initial, else 0; and the words of a part that an asked initial may stand for. */
uint8_t initial_like(uint8_t word_first, const struct piece *piece);
void initials_gather(struct search_reader *reader, const struct index_part *part, const struct piece *piece);

/* score.c */
/* Whether a person was scored in this division and part before. Forgets some: scoring twice does no harm. */
bool person_scored(struct search_reader *reader, size_t part, size_t division, uint32_t person);
void person_score(struct search_reader *reader, size_t part, size_t division, uint32_t person);
/* Whether a segment would lead to the live person: he bears a word like a sought one. */
bool live_reached(const struct search_reader *reader, const struct live *live,
    const struct division *division, uint32_t person);
/* The most any person can score by the name reaching `name` (0-1) in the division. */
float score_bound(const struct search_reader *reader, const struct division *division, float name);
/* What the name must reach there for a person to have a place. */
float score_least(const struct search_reader *reader, const struct division *division);
struct evidence evidence_of(const struct search_query *query, const struct record *record);

/* probe.c: seeks the persons of one division in one part. */
void division_probe(struct search_reader *reader, size_t part, size_t division);

/* collect.c */
void collect_start(struct search_reader *reader);
/* Whether the query lets the person be told; asks it. */
bool collect_admits(struct search_reader *reader, const struct record *record);
void collect_add(struct search_reader *reader, const struct found *found);
void collect_finish(struct search_reader *reader, struct search_result *ret);

/* explain.c */
void hit_explain(struct search_reader *reader, const struct found *found, struct search_hit *hit);

/* A person of a part, living or sealed. */
bool part_record(const struct index_part *part, uint32_t person, struct record *ret);
const char *part_word(const struct index_part *part, uint32_t word, size_t *ret_n);

#endif
