/* kit/page: the smallest parts of pages. */
#include "kit/page.h"

#include <string.h>

#include "base/time.h"

const char *page_word(const struct page *page, const char *key)
{
    return word(page->request->lang, key);
}

void page_link(struct page *page, const char *address, const char *text)
{
    html_element(&page->html, "a", text, "href", address, NULL);
}

void page_heading(struct page *page, const char *key)
{
    html_element(&page->html, "h2", page_word(page, key), NULL);
}

void page_text(struct page *page, const char *text)
{
    if (text && text[0]) html_element(&page->html, "p", text, NULL);
}

void page_hidden(struct page *page, const char *name, const char *value)
{
    html_void(&page->html, "input", "type", "hidden", "name", name, "value", value, NULL);
}

const char *page_time(const struct page *page, int64_t at)
{
    return at > 0 ? time_people_text(page->request->arena, at, (int)page->request->lang) : "";
}

/* The path came decoded, so it is encoded again piece by piece. Empty pieces go: "//" begins another site. */
static void path_put(struct buf *address, struct request *request, const char *path)
{
    for (const char *at = path; *at;) {
        size_t n = strcspn(at + 1, "/");
        if (n > 0 || !at[1])
            buf_puts(address, url_make(request->arena, "/%", arena_strndup(request->arena, at + 1, n)));
        at += 1 + n;
    }
}

const char *page_address(const struct page *page, const char *name, const char *value)
{
    struct request *request = page->request;
    bool get = request->method == METHOD_GET || request->method == METHOD_HEAD;
    struct buf address;
    buf_init(&address, request->arena, 64 << 10);
    if (get && request->path[0] == '/')
        path_put(&address, request, request->path);
    else
        buf_puts(&address, "/");
    char before = '?';
    for (size_t i = 0; get && i < request->query_count; i++) {
        const struct pair *pair = &request->query[i];
        bool gone = strcmp(pair->name, name) == 0 || strcmp(pair->name, "after") == 0 || !pair->value[0];
        if (gone) continue;
        buf_putc(&address, before);
        buf_puts(&address, url_make(request->arena, "%=%", pair->name, pair->value));
        before = '&';
    }
    if (value) {
        buf_putc(&address, before);
        buf_puts(&address, url_make(request->arena, "%=%", name, value));
    }
    return address.data;
}

/* ---- sending ---- */

static const char *const button_classes[] = {
    [BUTTON_FIRST] = NULL,
    [BUTTON_SECOND] = "second",
    [BUTTON_WARNING] = "warning",
    [BUTTON_LINK] = "link",
};

void page_form_open(struct page *page, const char *action, bool multipart, const char *class)
{
    html_open(&page->html, "form", "method", "post", "action", action, "enctype",
        multipart ? "multipart/form-data" : NULL, "class", class, "novalidate", "", NULL);
    if (page->request->token) page_hidden(page, "_csrf", page->request->session.csrf);
}

void page_button(struct page *page, enum button kind, const char *text, const char *name, const char *value)
{
    html_element(&page->html, "button", text, "type", "submit", "name", name, "value", value, "class",
        button_classes[kind], NULL);
}

void page_button_link(struct page *page, enum button kind, const char *text, const char *address)
{
    const char *class = button_classes[kind];
    html_element(&page->html, "a", text, "href", address, "class",
        class ? arena_printf(page->request->arena, "button %s", class) : "button", NULL);
}

void page_buttons_begin(struct page *page)
{
    html_open(&page->html, "div", "class", "buttons", NULL);
}

/* ---- arranging ---- */

void page_details_begin(struct page *page, const char *id, const char *summary, bool open)
{
    html_open(&page->html, "details", "id", id, "open", open ? "" : NULL, NULL);
    html_element(&page->html, "summary", summary, NULL);
}

void page_beside_begin(struct page *page)
{
    html_open(&page->html, "div", "class", "beside", NULL);
    html_open(&page->html, "div", NULL);
}

void page_beside(struct page *page, const char *label)
{
    html_close(&page->html);
    html_open(&page->html, "aside", "aria-label", label, NULL);
}

void page_beside_end(struct page *page)
{
    html_close(&page->html);
    html_close(&page->html);
}
