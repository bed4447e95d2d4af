/* people: the search of people, between the engine (search/) and the register.
 *
 * Every mention of a person (view/) becomes a posting of the index in folder/people. A feeder follows the
 * register behind the writer's back, so filing waits for nothing; whoever asks first brings in what the
 * feeder has not yet, so a person is found by the very next request. An index that is missing, torn, foreign
 * or behind is brought up from the register. The room knows no viewers: whoever asks gives a sight, which
 * says what may be shown of a mention, and what it hides is as if it were not there. */
#ifndef PANJI_PEOPLE_PEOPLE_H
#define PANJI_PEOPLE_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/id.h"
#include "filing/filing.h"
#include "search/search.h"
#include "view/watches.h"

struct people;

/* Opens the index of the node's folder. With background a thread follows the register and builds what must be
 * built; without it the index is complete when this returns. One open index a folder. */
enum err people_open(struct node *node, bool background, struct people **ret) MUST_CHECK;
/* Keeps what was added; NULL allowed. Before node_close(). */
void people_close(struct people *people);
/* Builds the index anew. *ret_count: postings. No index of the folder may be open. */
enum err people_rebuild(struct node *node, uint64_t *ret_count) MUST_CHECK;

/* How much of the register an answer knows. */
struct people_index {
    bool building;  /* nothing is found yet */
    int64_t behind; /* entries that are not in it yet */
};
/* For /health and answers. size: entries of the register. */
struct people_index people_index(struct people *people, int64_t size);

/* ---- asking ---- */

struct people_query {
    const char *name;     /* may hold an alias or a relative; NULL when only keys are asked */
    const char *relative; /* NULL */
    const char *relation; /* code; NULL */
    const char *sex;      /* code; NULL */
    int age_from, age_to; /* today; -1 -1 unknown */
    const char *district; /* code of a police district; NULL */
    const char *station;  /* code of an office; NULL */
    const char *home;     /* office of who asks: its people are found however many others are hidden; NULL */
    const char *role;     /* of a person; NULL */
    const char *phone, *identity, *vehicle;
    const char **cases; /* people of these cases; none: of all */
    size_t case_count;
    bool strict;         /* what speaks against sex, age, district, station or role leaves out */
    bool apart;          /* such as are likely the same are not joined */
    size_t limit;        /* people; 0 and more than PEOPLE_MAX mean PEOPLE_MAX */
    uint32_t refusals_max; /* hidden people passed over, then only those of home; 0: some thousands */
    int64_t now;
};

#define PEOPLE_MAX 20

/* One mention, and what may be shown of it. */
struct sighting {
    struct mention_row row;
    struct case_row case_row;  /* id NULL outside cases */
    struct party_row *parties; /* roles in the case that are shown */
    size_t party_count;
    bool elsewhere; /* shown for a purpose: its case may not be opened */
};

struct sight {
    void *context;
    /* Whether anything of a case could be shown: asked first, for of most that have the name nothing is. */
    bool (*may)(void *context, const char *case_id);
    /* Whether the mention is shown: leaves the parties that are. Of case_row and parties perhaps no more is
     * set than case_standing() reads; of row, within a case, no more than person and case. */
    bool (*see)(void *context, struct sighting *sighting);
    /* Whether a key that stands in a field of this confidential kind ("-": none) may lead to it. */
    bool (*key)(void *context, const struct sighting *sighting, const char *confidential);
};

/* A sight by what law/access says: whom of what he may see anyhow a viewer may know, and with `wide` whom
 * elsewhere; `purpose`: he said what for. */
struct eye {
    struct db *db;
    const struct forms *forms;
    const struct viewer *viewer;
    bool wide, purpose;
    char case_asked[ID_TEXT_SIZE]; /* the last, and whether he may see it: one mention asks twice */
    bool case_open;
};
struct sight eye_sight(struct eye *eye);
/* Whether the viewer may see the entry at seq. */
bool eye_entry(const struct eye *eye, struct arena *arena, int64_t seq);

enum found_by { FOUND_NAME, FOUND_PHONE, FOUND_IDENTITY, FOUND_VEHICLE, FOUND_CASE };

/* How the mentions of one found person hang together. */
enum tied { TIED_REFERENCE, TIED_DECIDED, TIED_LIKELY };

/* One human as far as the register knows: mentions that refer to one another, those officers decided to be
 * his, and such as are likely the same. The first sighting is the one found best. A person the sight hides
 * joins nobody: who is known only through him stands apart. */
struct found_person {
    enum found_by by;
    const struct search_hit *hit; /* NULL when found by a case */
    int likeness;                 /* of the name to what was asked, per cent; 100 by a key */
    enum tied tied;
    size_t id_count;
    const char **ids; /* of persons */
    size_t sighting_count;
    struct sighting *sightings;
};

struct people_answer {
    struct people_index index;
    size_t count;
    struct found_person *list;
};

/* Asks as the sight sees, the likest first. db is the asker's own reader; the answer is in the arena. */
enum err people_ask(struct people *people, struct db *db, struct arena *arena,
    const struct people_query *query, const struct sight *sight, struct people_answer *ret) MUST_CHECK;

/* Everything the sight shows of one person and of those decided to be him, himself first. E_NOT_FOUND when he
 * himself is hidden. */
enum err people_get(struct db *db, struct arena *arena, const char *person, const struct sight *sight,
    struct found_person *ret) MUST_CHECK;

/* Two persons likely one human being, on whom nobody has decided; the second tells why. */
struct people_pair {
    struct found_person first, second;
};
#define PAIRS_MAX 50
/* Searches for every wrongdoer of these cases and lists whom he may be, at most PAIRS_MAX, each pair once. */
enum err people_pairs(struct people *people, struct db *db, struct arena *arena, const struct case_row *cases,
    size_t count, int64_t now, const struct sight *sight, struct people_pair **ret,
    size_t *ret_count) MUST_CHECK;

/* ---- missing and found ---- */

enum match_verdict { MATCH_AGREES, MATCH_NEAR, MATCH_DIFFERS };
struct match_reason {
    const char *what; /* "sex", "age", "height", "date", "place", "build", "complexion", "mark", "name" */
    enum match_verdict verdict;
};
#define MATCH_REASONS_MAX 9
/* One who may be the person asked about: a found person or a body for a missing one, and the other way. */
struct person_match {
    struct description_row row;
    int points; /* by law/matches */
    bool named; /* the names were compared */
    size_t reason_count;
    struct match_reason reasons[MATCH_REASONS_MAX];
    struct found_person found; /* what the sight shows of him */
};
/* Those the sight shows, the likest first, at most limit. */
enum err people_matches(struct people *people, struct db *db, struct arena *arena,
    const struct description_row *asked, const struct sight *sight, size_t limit, struct person_match **ret,
    size_t *ret_count) MUST_CHECK;
/* The key of a reason in lang/messages. */
const char *match_word(struct arena *arena, const struct match_reason *reason);
/* One match for programs. A new reference. */
json_t *match_json(struct arena *arena, const struct person_match *match);

/* ---- watches ---- */

enum watch_by { WATCH_PERSON = 1, WATCH_PHONE = 2, WATCH_VEHICLE = 4, WATCH_NAME = 8 };
/* An entry that matches a watch, as a viewer may know it. */
struct watch_alert {
    const char *key; /* names it among those of the watch; says nothing by itself */
    int64_t seq, at; /* the entry that brought it, and when it was filed */
    bool elsewhere;  /* its case may not be opened: only the sighting is for the viewer, not the entry */
    struct entry entry;              /* the one to open */
    const struct sighting
        *sighting; /* of the person; NULL: the phone or vehicle itself stands in the entry */
    unsigned by;                     /* bits of enum watch_by */
    const struct search_hit *hit;    /* by name; NULL */
};
/* Those of a watch, newest first, whenever they came: what of the register as it is now was brought by
 * entries filed while it ran, on other cases than its own. */
enum err watch_alerts(struct people *people, struct db *db, struct arena *arena,
    const struct watch_row *watch, struct eye *eye, struct watch_alert **ret, size_t *ret_count) MUST_CHECK;
/* How like the names are, per cent; 100 by person, phone or vehicle. No probability is told: it would hang on
 * how many bear the name, the hidden ones too. */
int watch_likeness(const struct watch_alert *alert);

#define WATCH_REASONS_MAX (3 + SEARCH_REASONS_MAX + 5)
struct watch_reason {
    const char *code;
    const char *text[LANG_COUNT];
};
size_t watch_reasons(
    struct arena *arena, const struct watch_alert *alert, struct watch_reason ret[WATCH_REASONS_MAX]);

/* ---- telling ---- */

/* The kind of a reason, for programs. */
const char *reason_code(const struct search_reason *reason);
/* Why a hit is one, in words: one text a reason. */
const char *reason_words(struct arena *arena, enum lang lang, const struct search_reason *reason);

/* One person of an answer, for programs: who, how found and why, in which cases. A new reference. */
json_t *found_json(struct arena *arena, const struct found_person *found);
/* The state of the index. A new reference. */
json_t *people_index_json(const struct people_index *index);
/* What soft evidence said, "sex", "age" and so on, each with a word key of lang/messages; ends with NULL key.
 */
struct evidence_word {
    const char *what, *key, *verdict;
};
size_t evidence_words(const struct search_hit *hit, struct evidence_word ret[5]);

/* ---- between its files ---- */

#define POSTING_BITS 3
#define POSTINGS_MAX (1 << POSTING_BITS)

/* Calls add for every posting of a mention: one for each name and script, places from 0 on. How many. */
size_t posting_each(const struct mention_row *row, struct arena *arena,
    void (*add)(void *context, const struct search_person *person), void *context);
uint64_t posting_id(int64_t mention, size_t place);
/* The mention a posting is of. */
int64_t posting_mention(uint64_t posting);
/* The engine's numbers of a district, by the name offices bear, and of an office, by its code; 0 for NULL. */
uint16_t posting_district(const char *name);
uint16_t posting_station(const char *code);
enum search_relation posting_relation(const char *code);
enum search_sex posting_sex(const char *code);

/* The mention when the sight shows it, else false; of its case what decides, case_standing(). */
bool sighting_check(struct db *db, struct arena *arena, const struct mention_row *row,
    const struct sight *sight, struct sighting *ret);
/* The same with all of the case, to be shown. */
bool sighting_read(struct db *db, struct arena *arena, const struct mention_row *row,
    const struct sight *sight, struct sighting *ret);
/* The same by its number; E_NOT_FOUND. */
enum err sighting_of(struct db *db, struct arena *arena, int64_t mention, const struct sight *sight,
    struct sighting *ret) MUST_CHECK;
/* How like the name of a hit is to what was asked, in per cent. Unlike the engine's probability it does not
 * depend on how many bear the name: that number would count the hidden ones too. */
int hit_likeness(const struct search_hit *hit);
/* Puts those of an answer who are likely one together, in the place of the first of them; not such as
 * somebody decided to be two. */
void likely_join(struct db *db, struct arena *arena, struct people_answer *answer);
/* Whether somebody decided that one of these is not one of those. */
bool people_parted(struct db *db, const struct found_person *a, const struct found_person *b);
/* Runs one query on what is open; false while the index is being built. */
bool people_find(struct people *people, const struct search_query *query, struct search_result *ret);
/* Brings the index up to `size` entries unless it is far behind. */
void people_follow(struct people *people, int64_t size);

#endif
