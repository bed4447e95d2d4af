/* kit/input: the controls themselves (kit/control.h). */
#include <string.h>

#include "kit/control.h"

static const char *name_of(const struct control *control)
{
    return control->name ? control->name : control->id;
}

/* What a reader of the page hears with the control: its hint and its error. */
static const char *described(struct page *page, const struct control *control)
{
    struct arena *arena = page->request->arena;
    if (control->hint && control->error)
        return arena_printf(arena, "hint-%s error-%s", control->id, control->id);
    if (control->error) return arena_printf(arena, "error-%s", control->id);
    return control->hint ? arena_printf(arena, "hint-%s", control->id) : NULL;
}

void input_text(struct page *page, const struct control *control, enum text_kind kind)
{
    static const struct {
        const char *type, *mode, *class, *example, *complete, *spell;
    } kinds[] = {
        [TEXT_LINE] = {"text", NULL, NULL, NULL, NULL, NULL},
        [TEXT_SHORT] = {"text", NULL, "short", NULL, NULL, NULL},
        [TEXT_NUMBER] = {"text", "decimal", "short figure", NULL, "off", "false"},
        [TEXT_MONEY] = {"text", "decimal", "short figure", "₹", "off", "false"},
        [TEXT_PHONE] = {"text", "tel", "short", NULL, "off", "false"},
        [TEXT_DATE] = {"text", NULL, "short", "27/3/2026", "off", "false"},
        [TEXT_DATETIME] = {"text", NULL, "short", "27/3/2026 1430", "off", "false"},
        [TEXT_CODE] = {"text", NULL, "short", NULL, "off", "false"},
        [TEXT_USER] = {"text", NULL, "short", NULL, "username", "false"},
        [TEXT_PASSWORD] = {"password", NULL, "short", NULL, "current-password", NULL},
        [TEXT_SEARCH] = {"search", NULL, NULL, NULL, NULL, "false"},
    };
    html_void(&page->html, "input", "type", kinds[kind].type, "id", control->id, "name", name_of(control),
        "value", control->value, "list", control->list, "inputmode", kinds[kind].mode, "class",
        kinds[kind].class, "placeholder", control->example ? control->example : kinds[kind].example,
        "autocomplete", kinds[kind].complete, "spellcheck", kinds[kind].spell, "aria-describedby",
        described(page, control), "aria-invalid", control->error ? "true" : NULL, NULL);
}

/* A line end right after the tag is not part of the text, so one of our own saves the first of the writer's.
 */
void input_area(struct page *page, const struct control *control)
{
    html_element(&page->html, "textarea",
        arena_printf(page->request->arena, "\n%s", control->value ? control->value : ""), "id", control->id,
        "name", name_of(control), "rows", "6", "aria-describedby", described(page, control), "aria-invalid",
        control->error ? "true" : NULL, NULL);
}

void input_readback(struct page *page, const struct control *control, const char *words)
{
    if (words) html_element(&page->html, "output", words, "for", control->id, "class", "readback", NULL);
}

/* ---- to choose from ---- */

void input_select_begin(struct page *page, const struct control *control)
{
    html_open(&page->html, "select", "id", control->id, "name", name_of(control), "aria-describedby",
        described(page, control), "aria-invalid", control->error ? "true" : NULL, NULL);
    html_element(&page->html, "option", "", "value", "", NULL);
}

void input_option(struct page *page, const struct control *control, const char *value, const char *text)
{
    bool selected = control->value && strcmp(value, control->value) == 0;
    html_element(&page->html, "option", text, "value", value, "selected", selected ? "" : NULL, NULL);
}

static void choice_draw(struct page *page, const struct control *control, const char *type,
    const struct choice *choice, const char *id, bool chosen)
{
    struct html *html = &page->html;
    const char *hint = choice->hint ? arena_printf(page->request->arena, "hint-%s", id) : NULL;
    html_open(html, "div", "class", "choice", NULL);
    html_void(html, "input", "type", type, "id", id, "name", name_of(control), "value", choice->value,
        "checked", chosen ? "" : NULL, "aria-describedby", hint, NULL);
    html_element(html, "label", choice->text, "for", id, NULL);
    if (choice->hint) html_element(html, "span", choice->hint, "class", "hint", "id", hint, NULL);
    html_close(html);
}

void input_radios(
    struct page *page, const struct control *control, const struct choice *choices, size_t count)
{
    for (size_t i = 0; i < count; i++)
        choice_draw(page, control, "radio", &choices[i],
            arena_printf(page->request->arena, "%s:%zu", control->id, i),
            control->value && strcmp(control->value, choices[i].value) == 0);
}

static bool among(const char *values, const char *value)
{
    size_t n = strlen(value);
    for (const char *at = values; at && *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        if (length == n && memcmp(at, value, n) == 0) return true;
        at += length;
    }
    return false;
}

void input_boxes(struct page *page, const struct control *control, const struct choice *choices, size_t count)
{
    for (size_t i = 0; i < count; i++)
        choice_draw(page, control, "checkbox", &choices[i],
            arena_printf(page->request->arena, "%s:%zu", control->id, i),
            among(control->value, choices[i].value));
}

void input_file(struct page *page, const struct control *control)
{
    struct arena *arena = page->request->arena;
    if (control->value && control->value[0]) {
        page_hidden(page, name_of(control), control->value);
        page_link(page, url_make(arena, "/api/v1/blobs/%", control->value), page_word(page, "file_kept"));
    }
    html_void(&page->html, "input", "type", "file", "id", control->id, "name",
        arena_printf(arena, "_file:%s", name_of(control)), "aria-describedby", described(page, control),
        NULL);
}
