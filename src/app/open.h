/* app/open: opening a node for a verb, with words on the terminal when it cannot be. */
#ifndef PANJI_APP_OPEN_H
#define PANJI_APP_OPEN_H

#include "app/verb.h"
#include "filing/filing.h"

/* The node of --data, read-only or for writing. 0, or the exit code after saying why. */
int open_node(struct arguments *arguments, bool read_only, struct node **ret_node);
/* The same for writing, whatever version of the program made its views: for making them anew. */
int open_node_rebuilding(struct arguments *arguments, struct node **ret_node);

/* The password of an officer at the command line: from the file named by --password-file, else
 * PANJI_PASSWORD, else asked on the terminal without echo. NULL after saying that there is none. In the
 * arena. */
const char *open_password(struct arguments *arguments, const char *prompt);

/* A whole file, "-" is standard input, at most bytes_max. NULL after saying why. In the arena. */
const char *open_text(struct arguments *arguments, const char *path, size_t bytes_max, size_t *ret_len);

#endif
