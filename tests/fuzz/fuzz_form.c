/* Whatever stands in a form file, the reader refuses it with words or gives a set whose schemas can be
 * written. */
#include <assert.h>
#include <string.h>

#include "form/form.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n > 65536) return 0;
    struct arena *arena = arena_new((size_t)64 << 20);
    struct problems problems = {.arena = arena};
    struct forms *forms = NULL;
    const char *name = "fuzz.form", *text = arena_strndup(arena, (const char *)data, n);
    enum err err = forms_load_texts(&name, &text, 1, &problems, &forms);
    assert(err == E_OK ? problems.count == 0 : err == E_PROBLEM && problems.count > 0);
    for (size_t i = 0; err == E_OK && i < forms_count(forms); i++) {
        const struct form *form = forms_at(forms, i);
        assert(form_find(forms, form->name) == form);
        json_decref(form_schema(forms, form));
    }
    if (err == E_OK) forms_free(forms);
    arena_free(arena);
    return 0;
}
