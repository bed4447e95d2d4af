/* base/json_plain: a quick reader of plain JSON, for base/json.c and for canonical JSON of a known shape. */
#ifndef PANJI_BASE_JSON_PLAIN_H
#define PANJI_BASE_JSON_PLAIN_H

#include <jansson.h>
#include <stddef.h>

/* The value, a new reference, exactly as jansson reads it; NULL when the text is not plain JSON, whether it
 * is wrong or only unusual. */
json_t *json_plain(const char *text, size_t n);

/* How many bytes in front stand for themselves within a JSON string: no control, quote or backslash. */
size_t json_plain_length(const char *text, size_t n);

#endif
