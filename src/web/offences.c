/* web/offences: see the header. */
#include "web/offences.h"

#include <string.h>

#include "base/words.h"

#define WORDS_MAX 8000

static bool unverified(const struct request *request, const char *name)
{
    const struct offence *offence = law_offence(node_law(request->node), name);
    return offence && offence->unverified;
}

/* The next of names joined by ", "; NULL at the end. */
static const char *next_name(const struct request *request, const char **rest)
{
    if (!*rest || !**rest) return NULL;
    size_t n = strcspn(*rest, ",");
    const char *name = arena_strndup(request->arena, *rest, n);
    *rest += n;
    *rest += strspn(*rest, ", ");
    return name;
}

const char *offences_words(const struct request *request, const char *names)
{
    struct buf words;
    buf_init(&words, request->arena, WORDS_MAX);
    for (const char *name; (name = next_name(request, &names));)
        buf_printf(&words, "%s%s%s%s", words.len ? ", " : "", name, unverified(request, name) ? " " : "",
            unverified(request, name) ? word(request->lang, "unverified") : "");
    return words.data;
}

const char *offence_line(const struct request *request, const struct offence *offence)
{
    return arena_printf(request->arena, "%s: %s%s%s", offence->name, offence->title,
        offence->unverified ? " " : "", offence->unverified ? word(request->lang, "unverified") : "");
}

json_t *offences_unverified(const struct request *request, const char *names)
{
    json_t *list = json_array();
    for (const char *name; (name = next_name(request, &names));)
        if (unverified(request, name)) json_array_append_new(list, json_string(name));
    return list;
}
