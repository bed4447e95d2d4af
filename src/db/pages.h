/* db/pages: a checksum in every database page.
 *
 * A SQLite VFS laid over the system's own: each page of the main file ends in eight reserved bytes that hold
 * a checksum of the rest, set when the page is written and compared when it is read, so that a byte that
 * changed on disk is an error and never an answer. The write-ahead log carries SQLite's own checksums. */
#ifndef PANJI_DB_PAGES_H
#define PANJI_DB_PAGES_H

#include <stdint.h>

#include "base/err.h"

#define PAGES_SIZE 4096
#define PAGES_RESERVED 8

/* The name of the VFS; registers it on first call. Thread-safe. */
const char *pages_vfs(void);

/* The checksum of a page of PAGES_SIZE bytes, from 1; its last PAGES_RESERVED bytes do not count. */
uint64_t pages_sum(const uint8_t *page, int64_t number);

/* Reads a whole database file and its write-ahead log as plain bytes and checks every page and frame.
 * E_CORRUPT: *ret_page (from 1) is the first bad page; pages of the log count on from the file's last.
 * Only for a database nobody has open.
 *
 * A page that also stands in the valid part of the log is not held to its checksum: a crash may have torn it
 * while it was copied back, and the log will mend it. The log may end in a torn transaction that was never
 * answered; a fault with more than one transaction written behind it is damage. */
enum err pages_verify(const char *path, int64_t *ret_page) MUST_CHECK;

/* The same in two steps. After the first, which looks at the log and at page 1, the database may be opened:
 * what it holds is what was committed, or a page of it reads as E_CORRUPT. The second, which looks at all the
 * other pages, may run on another thread; it ends the proof, as pages_proof_end() does without it. */
struct pages_proof;
enum err pages_proof_begin(const char *path, struct pages_proof **ret_proof, int64_t *ret_page) MUST_CHECK;
enum err pages_proof_finish(struct pages_proof *proof, int64_t *ret_page) MUST_CHECK;
void pages_proof_end(struct pages_proof *proof);

#endif
