/* bench/bodies: what an invented station files: bodies of the forms of one case from the diary to the arrest.
 */
#ifndef PANJI_BENCH_BODIES_H
#define PANJI_BENCH_BODIES_H

#include <jansson.h>
#include <stdint.h>

#include "base/arena.h"

/* What a body is about. */
struct telling {
    struct arena *arena;
    int64_t now;         /* the server's time; what is told lies a little before */
    unsigned number;     /* chooses names and words */
    const char *io;      /* officer id of the investigating officer */
    const char *diary;   /* ids of entries that are cited */
    const char *accused; /* reference to the accused of the case */
    const char *seizure;
    const char *property; /* reference to the thing seized */
};

/* New references. The FIR names three people: complainant, victim and accused, places 1 to 3. */
json_t *body_diary(const struct telling *telling);
json_t *body_fir(const struct telling *telling);
json_t *body_crime_details(const struct telling *telling);
json_t *body_statement(const struct telling *telling);
json_t *body_case_diary(const struct telling *telling);
json_t *body_seizure(const struct telling *telling);
json_t *body_malkhana_deposit(const struct telling *telling);
json_t *body_arrest(const struct telling *telling);

#endif
