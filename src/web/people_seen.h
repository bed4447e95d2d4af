/* web/people_seen: the search of people as the viewer of a request may use it. Pages and API ask here and
 * nowhere else.
 *
 * Two reaches: his own are the people of what he may see anyhow; elsewhere are people of other cases, as
 * law/access lets his role (people_elsewhere), never in a sensitive case and only in the roles marked wide.
 * What is hidden is not there: the answer, its order and its time are those of an absent one. Every search is
 * written down before it is answered. */
#ifndef PANJI_WEB_PEOPLE_SEEN_H
#define PANJI_WEB_PEOPLE_SEEN_H

#include "people/people.h"
#include "web/request.h"

struct people_search {
    struct people_query query;
    bool wide;           /* beyond what he may see anyhow */
    const char *purpose, *reason;
    enum mask elsewhere; /* what it takes him to look there */
    const char *asked;   /* the query as JSON, for the log */
    struct people_answer answer;
    int64_t id;          /* in the log */
};

/* The eye of the viewer, who may look elsewhere when `wide` and said what for when `purpose`. */
struct eye eye_of(const struct request *request, bool wide, bool purpose);
/* Waits for the next of equal steps of time since a monotonic instant: what is hidden costs a look each, and
 * the time of an answer must not tell how much it was. */
void search_wait(int64_t since_us);

/* Reads the query members name, relative, relation, age, sex, district, station, role, phone, identity,
 * vehicle, fir, limit, strict, scope, why, reason, and q, the one box for all of them. What is wrong is added
 * to the request's problems. */
void people_search_read(struct request *request, struct people_search *ret);
/* Asks, writes the search down and, when timed, answers no sooner than the next of equal steps of time. */
enum err people_search_run(struct request *request, struct people_search *search) MUST_CHECK;

/* Known people for what is typed into a form: only such as the filer may name by reference, at most five. */
enum err people_likely(struct request *request, const char *case_id, struct people_search *search) MUST_CHECK;

/* One person with everything that may be shown. A search of this officer (0: none) that reached elsewhere
 * reaches as far here; that he opened him is written down. E_NOT_FOUND. */
enum err person_seen(struct request *request, const char *id, int64_t search, struct found_person *ret)
    MUST_CHECK;

/* A decision of officers about the person shown and another. */
struct seen_link {
    struct person_link link;
    const char *reason; /* NULL when the entry is not for the viewer */
    bool may_undo;
};
/* Those that stand and whose both persons the viewer knows, oldest first. */
enum err links_seen(struct request *request, const struct found_person *found, struct seen_link **ret,
    size_t *ret_count) MUST_CHECK;

/* Pairs of persons likely one among the wrongdoers of an office's cases. Reads office, why, reason, scope and
 * after of the query; ret->search tells reach and log. *ret_next: `after` for older cases, 0 when there are
 * none. */
struct pairs_seen {
    struct people_search search;
    struct people_pair *pairs;
    size_t count;
    int64_t next;
};
enum err pairs_seen(struct request *request, struct pairs_seen *ret) MUST_CHECK;

/* Who the missing, found and dead of a case may be. Reads why, reason and scope of the query; a search
 * elsewhere is written down. E_NOT_FOUND when the case is not for the viewer. */
struct matched {
    struct description_row row;
    struct person_match *list;
    size_t count;
};
struct matches_seen {
    struct people_search search;
    struct matched *persons;
    size_t count;
};
enum err matches_seen(struct request *request, const char *case_id, struct matches_seen *ret) MUST_CHECK;

/* The photograph of a person when the viewer may see it; NULL. */
const char *photo_seen(struct request *request, const struct found_person *found);

/* The entries that name him and that the viewer may see, newest first. */
size_t sighting_entries(
    struct request *request, const struct sighting *sighting, size_t limit, struct entry **ret);

/* What the viewer may read of the log: his own searches, and those of his line where law/access lets. `next`:
 * what leads to earlier ones, 0 when there are none. */
enum err searches_seen(struct request *request, const struct searches_filter *filter,
    struct search_note **ret, size_t *ret_count, int64_t *ret_next) MUST_CHECK;

#endif
