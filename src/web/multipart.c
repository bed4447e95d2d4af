/* web/multipart: a window of bytes slides over the body. Everything but the last few bytes, which might be
 * the beginning of a boundary, is handed on as soon as it is seen, so memory stays at one window whatever the
 * size. */
#include "web/multipart.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/text.h"
#include "register/blob.h"
#include "web/urlencoded.h"

#define BOUNDARY_MAX 70 /* RFC 2046 5.1.1 */
#define HEAD_BYTES_MAX ((size_t)4096)
#define WINDOW_BYTES ((size_t)64 << 10)

enum stage { STAGE_PREAMBLE, STAGE_HEAD, STAGE_CONTENT, STAGE_AFTER, STAGE_END };

struct multipart {
    struct arena *arena;
    const char *folder;
    char mark[BOUNDARY_MAX + 5]; /* CR LF -- boundary */
    size_t mark_len;
    enum stage stage;
    char window[WINDOW_BYTES];
    size_t len;

    const char *name; /* of the part being read */
    bool is_file;
    struct blob_writer *writer; /* begun with the first byte */
    struct buf value;
    size_t field_bytes, file_count; /* heads and values so far */

    struct pair *pairs;
    size_t count, room;
};

struct multipart *multipart_new(struct arena *arena, const char *content_type, const char *folder)
{
    if (!content_type || strncasecmp(content_type, "multipart/form-data", 19) != 0) return NULL;
    const char *at = strcasestr(content_type, "boundary=");
    if (!at) return NULL;
    at += 9;
    bool quoted = *at == '"';
    if (quoted) at++;
    size_t n = strcspn(at, quoted ? "\"" : "; \t");
    if (n == 0 || n > BOUNDARY_MAX) return NULL;
    struct multipart *multipart = ARENA_NEW(arena, struct multipart);
    multipart->arena = arena;
    multipart->folder = folder;
    memcpy(multipart->mark, "\r\n--", 4);
    memcpy(multipart->mark + 4, at, n);
    multipart->mark_len = n + 4;
    /* The first boundary needs no line end before it; with one put there it is like all others. */
    memcpy(multipart->window, "\r\n", 2);
    multipart->len = 2;
    return multipart;
}

static void pair_add(struct multipart *multipart, const char *name, const char *value)
{
    if (multipart->count == multipart->room) {
        size_t room = multipart->room > 0 ? multipart->room * 2 : 64;
        struct pair *pairs = ARENA_ARRAY(multipart->arena, struct pair, room);
        if (multipart->count > 0) memcpy(pairs, multipart->pairs, multipart->count * sizeof *pairs);
        multipart->pairs = pairs;
        multipart->room = room;
    }
    multipart->pairs[multipart->count++] = (struct pair){name, value};
}

/* The value of a parameter of the Content-Disposition line, NULL when it is not there. Browsers escape only
 * the quote (as %22) and line ends, so a quoted text ends at the next quote. */
static const char *parameter(struct arena *arena, const char *line, const char *name)
{
    const char *at = line;
    size_t n = strlen(name);
    while ((at = strchr(at, ';')) != NULL) {
        at++;
        while (*at == ' ' || *at == '\t') at++;
        if (strncasecmp(at, name, n) == 0 && at[n] == '=' && at[n + 1] == '"') {
            const char *value = at + n + 2;
            const char *end = strchr(value, '"');
            return end ? arena_strndup(arena, value, (size_t)(end - value)) : NULL;
        }
    }
    return NULL;
}

static enum err part_begin(struct multipart *multipart, const char *head)
{
    const char *line = strcasestr(head, "Content-Disposition:");
    if (!line) return E_PROBLEM;
    line = arena_strndup(multipart->arena, line, strcspn(line, "\r\n"));
    multipart->name = parameter(multipart->arena, line, "name");
    if (!multipart->name || strlen(multipart->name) > PAIR_NAME_MAX) return E_PROBLEM;
    if (!text_valid(multipart->name, strlen(multipart->name))) return E_PROBLEM;
    multipart->is_file = parameter(multipart->arena, line, "filename") != NULL;
    if (!multipart->is_file) buf_init(&multipart->value, multipart->arena, MULTIPART_FIELDS_MAX);
    return multipart->count < PAIRS_COUNT_MAX ? E_OK : E_PROBLEM;
}

static enum err part_add(struct multipart *multipart, const char *data, size_t n)
{
    if (n == 0) return E_OK;
    if (!multipart->is_file) {
        multipart->field_bytes += n;
        if (multipart->field_bytes > MULTIPART_FIELDS_MAX) return E_PROBLEM;
        buf_add(&multipart->value, data, n);
        return E_OK;
    }
    if (!multipart->folder) return E_OK;
    if (!multipart->writer) {
        if (++multipart->file_count > MULTIPART_FILES_MAX) return E_PROBLEM;
        TRY(blob_begin(multipart->folder, &multipart->writer));
    }
    return blob_add(multipart->writer, data, n);
}

static enum err part_end(struct multipart *multipart)
{
    if (!multipart->is_file) {
        if (!text_valid(multipart->value.data, multipart->value.len)) return E_PROBLEM;
        pair_add(multipart, multipart->name, multipart->value.data);
        return E_OK;
    }
    if (!multipart->writer) return E_OK;
    char name[BLOB_NAME_SIZE];
    int64_t size;
    struct blob_writer *writer = multipart->writer;
    multipart->writer = NULL;
    TRY(blob_finish(writer, name, &size));
    pair_add(multipart, multipart->name, arena_strdup(multipart->arena, name));
    return E_OK;
}

static void window_drop(struct multipart *multipart, size_t n)
{
    memmove(multipart->window, multipart->window + n, multipart->len - n);
    multipart->len -= n;
}

/* Everything up to the next boundary; what might be its beginning stays in the window. */
static enum err content_read(struct multipart *multipart, bool *ret_moved)
{
    const char *found = memmem(multipart->window, multipart->len, multipart->mark, multipart->mark_len);
    size_t keep = multipart->mark_len - 1;
    size_t n = found                   ? (size_t)(found - multipart->window)
               : multipart->len > keep ? multipart->len - keep
                                       : 0;
    bool content = multipart->stage == STAGE_CONTENT;
    if (content) TRY(part_add(multipart, multipart->window, n));
    window_drop(multipart, found ? n + multipart->mark_len : n);
    *ret_moved = found != NULL;
    if (!found) return E_OK;
    multipart->stage = STAGE_AFTER;
    return content ? part_end(multipart) : E_OK;
}

/* Behind a boundary: "--" ends the body, a line end begins a part. */
static enum err after_read(struct multipart *multipart, bool *ret_moved)
{
    size_t blanks = 0;
    while (blanks < multipart->len && (multipart->window[blanks] == ' ' || multipart->window[blanks] == '\t'))
        blanks++;
    if (blanks > HEAD_BYTES_MAX) return E_PROBLEM;
    *ret_moved = multipart->len - blanks >= 2;
    if (!*ret_moved) return E_OK;
    const char *at = multipart->window + blanks;
    if (memcmp(at, "--", 2) == 0)
        multipart->stage = STAGE_END;
    else if (memcmp(at, "\r\n", 2) == 0)
        multipart->stage = STAGE_HEAD;
    else
        return E_PROBLEM;
    window_drop(multipart, blanks + 2);
    return E_OK;
}

static enum err head_read(struct multipart *multipart, bool *ret_moved)
{
    const char *end = memmem(multipart->window, multipart->len, "\r\n\r\n", 4);
    *ret_moved = end != NULL;
    if (!end) return multipart->len > HEAD_BYTES_MAX ? E_PROBLEM : E_OK;
    size_t n = (size_t)(end - multipart->window);
    multipart->field_bytes += n;
    if (n > HEAD_BYTES_MAX || multipart->field_bytes > MULTIPART_FIELDS_MAX) return E_PROBLEM;
    TRY(part_begin(multipart, arena_strndup(multipart->arena, multipart->window, n)));
    window_drop(multipart, n + 4);
    multipart->stage = STAGE_CONTENT;
    return E_OK;
}

static enum err window_read(struct multipart *multipart)
{
    for (bool moved = true; moved;) {
        switch (multipart->stage) {
        case STAGE_PREAMBLE:
        case STAGE_CONTENT: TRY(content_read(multipart, &moved)); break;
        case STAGE_AFTER: TRY(after_read(multipart, &moved)); break;
        case STAGE_HEAD: TRY(head_read(multipart, &moved)); break;
        case STAGE_END: multipart->len = 0; moved = false;
        }
    }
    return E_OK;
}

enum err multipart_add(struct multipart *multipart, const char *data, size_t n)
{
    while (n > 0) {
        size_t room = WINDOW_BYTES - multipart->len;
        size_t piece = n < room ? n : room;
        memcpy(multipart->window + multipart->len, data, piece);
        multipart->len += piece;
        data += piece;
        n -= piece;
        TRY(window_read(multipart));
    }
    return E_OK;
}

enum err multipart_finish(struct multipart *multipart, struct pair **ret_pairs, size_t *ret_count)
{
    if (multipart->stage != STAGE_END) return E_PROBLEM;
    *ret_pairs = multipart->pairs;
    *ret_count = multipart->count;
    return E_OK;
}

void multipart_cancel(struct multipart *multipart)
{
    if (!multipart) return;
    blob_cancel(multipart->writer);
    multipart->writer = NULL;
}
