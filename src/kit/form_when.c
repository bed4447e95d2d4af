/* kit/form_when: what is asked for on a condition has a place with an id of its own; the field it hangs on
 * names these places, so that htmx can send the page and put what came back there. What stands in such a
 * place already is changed and not drawn anew, so that nobody is thrown out of a field. Without the script
 * the same is asked when the page is sent. */
#include <string.h>

#include "kit/form_draw.h"

#define PLACES_BYTES_MAX 12000

static const char *label_of(const struct form_draw *draw, const struct label *label)
{
    return label->text[draw->page->request->lang];
}

const char *condition_words(
    const struct form_draw *draw, const struct condition *condition, const struct typed_place *place)
{
    const struct page *page = draw->page;
    if (!condition->field) return NULL;
    const struct forms *forms = node_forms(page->request->node);
    const char *path = typed_condition_path(page->request->arena, condition, place);
    const struct field *field = field_at(draw->form, path);
    struct buf words;
    buf_init(&words, page->request->arena, 4000);
    buf_printf(&words, "%s %s:", page_word(page, "only_when"), field ? label_of(draw, &field->label) : path);
    for (size_t i = 0; i < condition->value_count; i++) {
        const char *value = condition->values[i];
        bool fixed = strcmp(value, "yes") == 0 || strcmp(value, "no") == 0 || strcmp(value, "filled") == 0;
        const char *text = fixed                  ? page_word(page, value)
                           : field && field->list ? code_label(forms, field->list, value, page->request->lang)
                                                  : value;
        buf_printf(&words, "%s %s", i > 0 ? "," : "", text);
    }
    return words.data;
}

/* An id without dots, which mean something else where ids are looked for. */
static const char *place_id(struct arena *arena, const char *path)
{
    char *id = arena_printf(arena, "when-%s", path);
    for (char *at = id; *at; at++)
        if (*at == '.') *at = '-';
    return id;
}

void when_begin(struct form_draw *draw, const char *path, bool keeps)
{
    struct arena *arena = draw->page->request->arena;
    html_open(&draw->page->html, "div", "id", keeps ? place_id(arena, path) : NULL, NULL);
}

void when_end(struct form_draw *draw)
{
    html_close(&draw->page->html);
}

/* ---- what hangs on a field ---- */

static bool hangs(const struct condition *condition, const char *name)
{
    return condition->field && strcmp(condition->field, name) == 0;
}

static void place_add(struct form_draw *draw, struct buf *places, const char *path)
{
    buf_printf(
        places, "%s#%s:outerMorph", places->len > 0 ? "," : "", place_id(draw->page->request->arena, path));
}

static void siblings_add(struct form_draw *draw, struct buf *places, const struct field *field,
    const struct siblings *siblings, const char *prefix)
{
    struct arena *arena = draw->page->request->arena;
    for (size_t i = 0; i < siblings->field_count; i++)
        if (hangs(&siblings->fields[i].only_when, field->name) ||
            hangs(&siblings->fields[i].required_when, field->name))
            place_add(draw, places, arena_printf(arena, "%s.%s", prefix, siblings->fields[i].name));
    for (size_t i = 0; i < siblings->section_count; i++)
        if (hangs(&siblings->sections[i].only_when, field->name))
            place_add(draw, places, arena_printf(arena, "%s.%s", prefix, siblings->sections[i].name));
}

/* Conditions of other sections name a field in full. */
static void others_add(struct form_draw *draw, struct buf *places, const char *path)
{
    struct arena *arena = draw->page->request->arena;
    for (size_t i = 0; i < draw->form->section_count; i++) {
        const struct section *section = &draw->form->sections[i];
        if (hangs(&section->only_when, path)) place_add(draw, places, section->name);
        for (size_t k = 0; k < section->field_count && !section->many; k++)
            if (hangs(&section->fields[k].only_when, path) || hangs(&section->fields[k].required_when, path))
                place_add(draw, places, arena_printf(arena, "%s.%s", section->name, section->fields[k].name));
    }
}

void when_source_begin(struct form_draw *draw, const struct field *field, const struct siblings *siblings,
    const struct typed_place *place)
{
    struct request *request = draw->page->request;
    struct buf places;
    buf_init(&places, request->arena, PLACES_BYTES_MAX);
    siblings_add(draw, &places, field, siblings, place->prefix);
    others_add(draw, &places, arena_printf(request->arena, "%s.%s", place->prefix, field->name));
    bool source = places.len > 0 && draw->send;
    html_open(&draw->page->html, "div", "hx-post",
        source ? arena_printf(request->arena, "%s?refresh=1", draw->send) : NULL, "hx-trigger",
        source ? "change delay:150ms" : NULL, "hx-sync", source ? ASK_LATEST : NULL, "hx-encoding",
        source ? "application/x-www-form-urlencoded" : NULL, "hx-swap", source ? "none" : NULL,
        "hx-select-oob", source ? places.data : NULL, NULL);
}
