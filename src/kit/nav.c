/* kit/nav: see the header. */
#include "kit/nav.h"

#include <string.h>

/* With the script these links exchange the content of the page alone; without it they are ordinary ones. The
 * links of the frame that hold this address come along. */
#define QUICK                                                                                                \
    "hx-boost", "true", "hx-target", "#main", "hx-select", "#main", "hx-swap", "outerHTML", "hx-select-oob", \
        "#panji-language,#panji-colours"

static void count_draw(struct page *page, int64_t count)
{
    if (count < 0) return;
    html_text(&page->html, " ");
    html_element(&page->html, "span", arena_printf(page->request->arena, "%lld", (long long)count), "class",
        "count", NULL);
}

void tabs_draw(struct page *page, const char *label, const struct tab *tabs, size_t count)
{
    struct html *html = &page->html;
    html_open(html, "nav", "class", "tabs", "aria-label", label, QUICK, NULL);
    html_open(html, "ul", NULL);
    for (size_t i = 0; i < count; i++) {
        html_open(html, "li", NULL);
        html_open(html, "a", "href", tabs[i].address, "aria-current", tabs[i].current ? "page" : NULL, NULL);
        html_text(html, tabs[i].text);
        count_draw(page, tabs[i].count);
        html_close(html);
        html_close(html);
    }
    html_close(html);
    html_close(html);
}

/* ---- filters ---- */

#define CHOICES_FOLDED 20 /* more would push the list itself off the first screen */

static bool is_chosen(const char *chosen, const struct filter_choice *choice)
{
    return choice->value && chosen ? strcmp(chosen, choice->value) == 0 : choice->value == chosen;
}

/* Of many choices the one that holds stands on the line, the others open below it. */
static void fold_begin(struct page *page, const char *label, const char *chosen,
    const struct filter_choice *choices, size_t count)
{
    const struct filter_choice *here = &choices[0];
    for (size_t i = 0; i < count; i++)
        if (is_chosen(chosen, &choices[i])) here = &choices[i];
    page_details_begin(
        page, NULL, arena_printf(page->request->arena, "%s: %s", label, here->text), false);
}

void filter_links(
    struct page *page, const char *name, const char *label, const struct filter_choice *choices, size_t count)
{
    struct html *html = &page->html;
    const char *chosen = query_value(page->request, name);
    html_open(html, "nav", "class", "filters", "aria-label", label, QUICK, NULL);
    if (count > CHOICES_FOLDED) fold_begin(page, label, chosen, choices, count);
    else html_element(html, "strong", label, "aria-hidden", "true", NULL);
    html_open(html, "ul", NULL);
    for (size_t i = 0; i < count; i++) {
        const char *value = choices[i].value;
        bool here = is_chosen(chosen, &choices[i]);
        html_open(html, "li", NULL);
        html_open(
            html, "a", "href", page_address(page, name, value), "aria-current", here ? "true" : NULL, NULL);
        html_text(html, choices[i].text);
        count_draw(page, choices[i].count);
        html_close(html);
        html_close(html);
    }
    html_close(html);
    if (count > CHOICES_FOLDED) html_close(html);
    html_close(html);
}

void filter_begin(struct page *page, const char *action)
{
    html_open(&page->html, "form", "method", "get", "action", action, "class", "filter", QUICK, NULL);
}

static void label_draw(struct page *page, const char *id, const char *key)
{
    html_open(&page->html, "div", NULL);
    html_element(&page->html, "label", page_word(page, key), "for", id, NULL);
}

void filter_text(struct page *page, const char *name, const char *key)
{
    const char *id = arena_printf(page->request->arena, "filter-%s", name);
    label_draw(page, id, key);
    html_void(&page->html, "input", "type", "text", "id", id, "name", name, "value",
        query_value(page->request, name), NULL);
    html_close(&page->html);
}

void filter_select_begin(struct page *page, const char *name, const char *key, const char *none)
{
    const char *id = arena_printf(page->request->arena, "filter-%s", name);
    label_draw(page, id, key);
    html_open(&page->html, "select", "id", id, "name", name, NULL);
    filter_option(page, name, "", page_word(page, none));
}

void filter_option(struct page *page, const char *name, const char *value, const char *text)
{
    const char *chosen = query_value(page->request, name);
    bool selected = chosen && strcmp(chosen, value) == 0;
    html_element(&page->html, "option", text, "value", value, "selected", selected ? "" : NULL, NULL);
}

void filter_select_end(struct page *page)
{
    html_close(&page->html);
    html_close(&page->html);
}

void filter_end(struct page *page, const char *keep, const char *button)
{
    struct arena *arena = page->request->arena;
    for (const char *at = keep; at && *at; at += strspn(at, " ")) {
        size_t n = strcspn(at, " ");
        const char *name = arena_strndup(arena, at, n), *value = query_value(page->request, name);
        if (value) page_hidden(page, name, value);
        at += n;
    }
    page_button(page, BUTTON_SECOND, button, NULL, NULL);
    html_close(&page->html);
}

/* ---- the next part of a list ---- */

void paging_draw(struct page *page, const char *after, const char *key)
{
    bool begun = query_value(page->request, "after") != NULL;
    if (!begun && !after) return;
    struct html *html = &page->html;
    html_open(html, "nav", "class", "paging", "aria-label", page_word(page, "paging"), QUICK, NULL);
    if (begun) page_link(page, page_address(page, "after", NULL), page_word(page, "list_beginning"));
    if (after)
        html_element(
            html, "a", page_word(page, key), "href", page_address(page, "after", after), "rel", "next", NULL);
    html_close(html);
}
