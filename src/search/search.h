/* search: finds people by name, in any script and spelling, among a hundred million, in milliseconds.
 *
 * The room knows names, persons and postings, nothing of forms or HTTP, and uses base/ only. A person here
 * is one mention: the caller's number for it, how it was named, and what else was written beside it. The
 * index is a folder of immutable segments, mapped, checked and never trusted unchecked, and a small live
 * part in memory; it can always be built again from the register with the same answers. Nothing is ever
 * hidden by soft evidence: it moves the score.
 *
 * One thread at a time adds, removes, seals and merges (the background thread may merge while another adds).
 * Any number of threads search, each with a reader of its own; they take no lock and wait for nobody. */
#ifndef PANJI_SEARCH_H
#define PANJI_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* What the relative named beside a person is to the person. */
enum search_relation { SEARCH_RELATIVE, SEARCH_PARENT, SEARCH_SPOUSE, SEARCH_CHILD, SEARCH_OTHER_RELATIVE };

enum search_sex { SEARCH_SEX_UNKNOWN, SEARCH_MALE, SEARCH_FEMALE, SEARCH_TRANSGENDER };

/* What stands for one person or thing exactly. Spaces, signs and case do not count; of a phone the last ten
 * figures. */
enum search_key_kind { SEARCH_PHONE, SEARCH_IDENTITY, SEARCH_VEHICLE, SEARCH_CASE };

struct search_key {
    enum search_key_kind kind;
    const char *text;
};

#define SEARCH_KEYS_MAX 64
#define SEARCH_LIMIT_MAX 50
#define SEARCH_REFUSALS_MAX 3000 /* looking somebody up takes time */
#define SEARCH_NEAR_MAX 32
#define SEARCH_REASONS_MAX 14

/* One mention of a person. Text is UTF-8 in any script; the name may carry honorifics, initials, an alias
 * ("Raju @ Rajesh") and a relative ("S/o Shyam"). */
struct search_person {
    uint64_t id;              /* the caller's; adding the same id again replaces */
    const char *name;
    const char *alias;        /* or NULL */
    const char *relative;     /* or NULL */
    enum search_relation relation;
    enum search_sex sex;
    int birth_year;           /* 1900-2155 from the age; 0 unknown */
    int birth_spread;         /* how many years it may be off either way, at most 255 */
    uint16_t district, station; /* the caller's numbers; 0 unknown */
    uint8_t roles;            /* the caller's bits: accused, missing, … */
    const struct search_key *keys;
    size_t key_count;
};

struct search_query {
    const char *name;         /* as typed; may hold an alias or a relative */
    const char *relative;     /* or NULL */
    enum search_relation relation;
    enum search_sex sex;
    int birth_year_from, birth_year_to; /* 0 0 unknown */
    uint16_t district, station;
    const uint16_t *near;     /* districts beside it, at most SEARCH_NEAR_MAX */
    size_t near_count;
    uint8_t roles;            /* any of these bits counts for a person */
    const struct search_key *keys;
    size_t key_count;
    size_t limit;             /* 0 or above SEARCH_LIMIT_MAX means SEARCH_LIMIT_MAX */
    /* Whether a person may be told; NULL: all. Asked only of one who would have a place in the answer, once
     * for most. Who is refused leaves no trace: neither place, order nor namesakes of the others depend on
     * him. Nobody more is asked about after so many refusals, but those of the home station. */
    bool (*admit)(void *context, uint64_t id);
    uint32_t refusals_max;    /* 0 means SEARCH_REFUSALS_MAX */
    void *context;            /* for admit */
    uint16_t home;            /* the caller's number of a station; 0 none */
};

/* How an asked word was found. */
enum search_how {
    SEARCH_EXACT,        /* the same letters */
    SEARCH_SOUND,        /* another spelling of the same sound */
    SEARCH_SCRIPT,       /* the same sound in another script */
    SEARCH_NEAR_SOUND,   /* a sound near it */
    SEARCH_SLIP,         /* a slip of the hand */
    SEARCH_INITIAL,      /* one of the two is only the first letter */
    SEARCH_BEGINS,       /* the asked word begins the one there: it is still being typed */
    SEARCH_JOINED,       /* two asked words written as one there */
    SEARCH_SPLIT,        /* one asked word written as two there */
    SEARCH_MISSING,      /* asked and not there */
    SEARCH_BESIDE,       /* there and not asked */
};

struct search_reason {
    enum search_how how;
    bool relative;           /* of the relative's name */
    uint8_t likeness;        /* per cent */
    char asked[64], found[64]; /* the words, lower case; empty where there is none */
};

/* What soft evidence said. */
enum search_verdict { SEARCH_SILENT, SEARCH_AGREES, SEARCH_NEARLY, SEARCH_DIFFERS };

struct search_hit {
    uint64_t id;
    bool by_key;             /* an exact key answered; key_kind says which */
    enum search_key_kind key_kind;
    float score;             /* 0-1, in which hits are ordered */
    float probability;       /* of bearing the same name, given how common its words are */
    uint32_t namesakes;      /* hits seen with this very name, this one included; a lower bound */
    uint32_t group;          /* equal for hits of one name as it is heard */
    enum search_verdict sex, age, district, station, role;
    size_t reason_count;
    struct search_reason reasons[SEARCH_REASONS_MAX];
};

struct search_result {
    size_t count;
    struct search_hit hits[SEARCH_LIMIT_MAX];
};

struct search;        /* an open index */
struct search_reader; /* one thread's way into it, with the memory a query needs */

/* Opens the index in folder, checking all of it. E_NOT_FOUND when there is none, E_CORRUPT when it is torn,
 * foreign or made by other rules: then build it again. A folder being written by an open index may not be
 * opened twice. */
MUST_CHECK enum err search_open(const char *folder, struct search **ret);

/* Makes an empty index, in place of what may be there. */
MUST_CHECK enum err search_create(const char *folder, struct search **ret);

/* Closes; readers must be closed before. What was added and not sealed is not kept: it comes again from the
 * register, from search_position() on. NULL is allowed. */
void search_close(struct search *search);

/* The position of the register up to which everything is kept on disk; as given to the calls below. */
int64_t search_position(const struct search *search);

/* How many persons it answers from, the live ones included. */
uint64_t search_count(const struct search *search);

/* Adds or replaces one person: the next search finds it. Every few hundred it seals by itself. */
MUST_CHECK enum err search_add(struct search *search, const struct search_person *person, int64_t position);

/* Takes a person out: the next search does not find it. Removing what is not there is no error. */
MUST_CHECK enum err search_remove(struct search *search, uint64_t id, int64_t position);

/* Writes the live part to disk and moves search_position(). */
MUST_CHECK enum err search_seal(struct search *search);

/* One step of background work: joins segments of like size. *ret_more: there may be more to do. May run in
 * a thread of its own beside the adding one, never twice at once. */
MUST_CHECK enum err search_merge(struct search *search, bool *ret_more);

/* Never NULL. */
struct search_reader *search_reader_new(struct search *search);
void search_reader_free(struct search_reader *reader);

/* Answers a query. Any bytes are a query; ret is overwritten. */
void search_find(struct search_reader *reader, const struct search_query *query, struct search_result *ret);

/* Building anew: any number of lanes, each filled by one thread at a time; then one call writes the index
 * in place of what the folder holds, and the builder is gone, whatever the outcome. */
struct search_builder;
struct search_builder *search_builder_new(size_t lanes);
void search_builder_add(struct search_builder *builder, size_t lane, const struct search_person *person);
MUST_CHECK enum err search_builder_finish(struct search_builder *builder, const char *folder,
    int64_t position);

#endif
