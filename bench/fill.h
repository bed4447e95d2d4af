/* bench/fill: registers to measure on. A practice node with invented stations whose officers file a year of
 * cases, all through file_entry(), twelve entries a case: diary, FIR, scene, statement, seizure, malkhana,
 * arrest, case diaries. */
#ifndef PANJI_BENCH_FILL_H
#define PANJI_BENCH_FILL_H

#include "base/arena.h"
#include "filing/filing.h"

#define FILL_PASSWORD "bench-password"
#define FILL_SUPERINTENDENT "SP" /* posted above every station */

/* Officers of station n (from 0), in the arena: who registers, who investigates. */
const char *fill_sho(struct arena *arena, int station);
const char *fill_io(struct arena *arena, int station);
const char *fill_office(struct arena *arena, int station);

/* A new node with this many stations, whose SHOs can sign in, and a diary entry of each in ret_diaries. */
void fill_new(const char *folder, int stations, const char **ret_diaries, struct arena *arena);

/* Folder of a register of about this many entries, made on the first call and kept in BENCH_DATA. */
const char *fill_cached(struct arena *arena, long entries);

/* Whether a register is of use still: one made before a form changed is not. The views of an older program
 * are made anew. */
bool fill_still_opens(struct arena *arena, const char *folder);

/* Removes a data folder. */
void fill_remove(const char *folder);

#endif
