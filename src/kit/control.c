/* kit/control: what stands around a control, and buttons for rows. The controls are in input.c. */
#include "kit/control.h"

static const char *of(struct page *page, const char *what, const struct control *control)
{
    return arena_printf(page->request->arena, "%s-%s", what, control->id);
}

static void label_words(struct page *page, const struct control *control)
{
    html_text(&page->html, control->label);
    if (control->optional)
        html_element(&page->html, "span",
            arena_printf(page->request->arena, " (%s)", page_word(page, "optional")), "class", "dim", NULL);
}

static void beneath_label(struct page *page, const struct control *control)
{
    struct html *html = &page->html;
    if (control->hint)
        html_element(html, "span", control->hint, "class", "hint", "id", of(page, "hint", control), NULL);
    if (control->note) html_element(html, "span", control->note, "class", "hint", NULL);
    if (control->error)
        html_element(html, "span", control->error, "class", "error", "id", of(page, "error", control), NULL);
}

void control_begin(struct page *page, const struct control *control)
{
    struct html *html = &page->html;
    html_open(html, "div", "class", control->error ? "field wrong" : "field", NULL);
    html_open(html, "label", "for", control->id, "class", control->quiet ? "off" : NULL, NULL);
    label_words(page, control);
    html_close(html);
    beneath_label(page, control);
}

void control_group_begin(struct page *page, const struct control *control)
{
    struct html *html = &page->html;
    html_open(html, "fieldset", "class", control->error ? "field wrong" : "field", "id", control->id,
        "aria-describedby", control->error ? of(page, "error", control) : NULL, NULL);
    html_open(html, "legend", "class", control->quiet ? "off" : NULL, NULL);
    label_words(page, control);
    html_close(html);
    beneath_label(page, control);
}

void control_end(struct page *page)
{
    html_close(&page->html);
}

/* ---- several of a kind ---- */

static void row_button(
    struct page *page, const char *name, const char *path, const char *key, const char *what)
{
    html_element(&page->html, "button",
        arena_printf(page->request->arena, "%s: %s", page_word(page, key), what), "type", "submit", "name",
        name, "value", path, "class", "second", "formnovalidate", "", NULL);
}

void row_add_draw(struct page *page, const char *path, const char *what)
{
    row_button(page, "_add", path, "add_another", what);
}

void row_remove_draw(struct page *page, const char *path, const char *what)
{
    row_button(page, "_remove", path, "remove", what);
}
