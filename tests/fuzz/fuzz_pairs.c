/* The first line names a form, the rest are lines "name=value" as a page would send them. */
#include <assert.h>
#include <string.h>

#include "base/json.h"
#include "form/form.h"
#include "fuzz.h"

#define NOW INT64_C(1795336200000)
#define PAIRS_MAX 2000

/* Loaded once for all runs. */
static const struct forms *forms_built_in(void)
{
    static struct forms *forms;
    if (forms) return forms;
    struct arena *arena = arena_new((size_t)16 << 20);
    struct problems problems = {.arena = arena};
    enum err err = forms_load(NULL, NULL, &problems, &forms);
    assert(err == E_OK);
    arena_free(arena);
    return forms;
}

static size_t pairs_read(char *text, struct pair *pairs)
{
    size_t count = 0;
    while (text && count < PAIRS_MAX) {
        char *line = strsep(&text, "\n"), *value = strchr(line, '=');
        if (!value) continue;
        *value++ = '\0';
        pairs[count++] = (struct pair){line, value};
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n < 2 || n > 65536) return 0;
    const struct forms *forms = forms_built_in();
    struct arena *arena = arena_new((size_t)256 << 20);
    char *text = arena_strndup(arena, (const char *)data, n), *name = strsep(&text, "\n");
    const struct form *form = form_find(forms, name);
    if (!form) form = forms_at(forms, data[0] % forms_count(forms));
    struct problems problems = {.arena = arena};
    struct pair *pairs = ARENA_ARRAY(arena, struct pair, PAIRS_MAX);
    size_t count = pairs_read(text, pairs);
    json_t *body = form_body_from_pairs(forms, form, pairs, count, NOW, arena), *normal = NULL;
    assert(json_is_object(body));
    if (form_check(forms, form, body, NOW, NULL, &problems, &normal) == E_OK) assert(json_is_object(normal));
    json_decref(body);
    json_decref(normal);
    arena_free(arena);
    return 0;
}
