/* app/verbs: the table of verbs, and what is generated from it. */
#ifndef PANJI_APP_VERBS_H
#define PANJI_APP_VERBS_H

#include "app/verb.h"

extern const struct verb *const verbs[]; /* in the order of help, NULL at the end */

const struct verb *verb_find(const char *name); /* NULL */

/* Reads the words after the verb's name; on a wrong one prints what is wrong on stderr and gives false. */
bool arguments_read(struct arguments *arguments, const struct verb *verb, int count, char **words);

void help_print(FILE *out);                                 /* the list of verbs */
void help_verb(FILE *out, const struct verb *verb);         /* one verb with its options */
void manual_print(FILE *out);                               /* the man page, mdoc, section 1 */
bool completion_print(FILE *out, const char *shell);        /* bash, zsh or fish; false for another */

#endif
