/* The first line names a form, the rest is a body. What is accepted is accepted again and stays as it is. */
#include <assert.h>
#include <string.h>

#include "base/json.h"
#include "form/form.h"
#include "fuzz.h"

#define NOW INT64_C(1795336200000)

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

static bool nothing_more(void *context, const struct form_visit *visit)
{
    struct arena *arena = context;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        assert(field_words(forms_built_in(), visit->field, visit->value, (enum lang)lang, arena));
    return true;
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
    json_t *body = json_read(text ? text : "", text ? strlen(text) : 0, &problems), *once = NULL,
           *twice = NULL;
    if (body && form_check(forms, form, body, NOW, NULL, &problems, &once) == E_OK) {
        enum err err = form_check(forms, form, once, NOW, NULL, &problems, &twice);
        assert(err == E_OK && json_equal(once, twice));
        form_walk(form, once, arena, nothing_more, arena);
    }
    json_decref(body);
    json_decref(once);
    json_decref(twice);
    arena_free(arena);
    return 0;
}
