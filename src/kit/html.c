/* kit/html: see the header. What is not a name of ours is escaped; a wrong name is a bug and ends the
 * process. */
#include "kit/html.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

void html_begin(struct html *html, struct buf *buf)
{
    *html = (struct html){.buf = buf};
    buf_puts(buf, "<!doctype html>\n");
}

/* Good for element content and for values in double quotes alike. */
static void escape(struct buf *buf, const char *text)
{
    while (*text) {
        size_t plain = strcspn(text, "&<>\"'");
        buf_add(buf, text, plain);
        text += plain;
        switch (*text) {
        case '&': buf_puts(buf, "&amp;"); break;
        case '<': buf_puts(buf, "&lt;"); break;
        case '>': buf_puts(buf, "&gt;"); break;
        case '"': buf_puts(buf, "&quot;"); break;
        case '\'': buf_puts(buf, "&#39;"); break;
        default: return;
        }
        text++;
    }
}

static bool is_name(const char *name)
{
    return name[0] && strspn(name, "abcdefghijklmnopqrstuvwxyz-0123456789") == strlen(name);
}

static bool holds_address(const char *attribute)
{
    return strcmp(attribute, "href") == 0 || strcmp(attribute, "src") == 0 ||
           strcmp(attribute, "action") == 0 || strcmp(attribute, "formaction") == 0 ||
           strcmp(attribute, "hx-get") == 0 || strcmp(attribute, "hx-post") == 0;
}

static bool address_is_ours(const char *address)
{
    if (address[0] == '#' || address[0] == '?') return true;
    return address[0] == '/' && address[1] != '/' && address[1] != '\\';
}

static void tag(struct html *html, const char *element, va_list attributes)
{
    assert(is_name(element) && strcmp(element, "script") != 0 && strcmp(element, "style") != 0);
    buf_putc(html->buf, '<');
    buf_puts(html->buf, element);
    for (const char *name; (name = va_arg(attributes, const char *)) != NULL;) {
        const char *value = va_arg(attributes, const char *);
        assert(is_name(name) && strncmp(name, "on", 2) != 0 && strncmp(name, "hx-on", 5) != 0 &&
               strcmp(name, "hx-vals") != 0 && strcmp(name, "style") != 0);
        if (!value || (holds_address(name) && !address_is_ours(value))) continue;
        buf_putc(html->buf, ' ');
        buf_puts(html->buf, name);
        if (!value[0] && strcmp(name, "value") != 0) continue;
        buf_puts(html->buf, "=\"");
        escape(html->buf, value);
        buf_putc(html->buf, '"');
    }
    buf_putc(html->buf, '>');
}

static void push(struct html *html, const char *element)
{
    assert(html->depth < HTML_DEPTH_MAX);
    html->open[html->depth++] = element;
}

void html_open(struct html *html, const char *element, ...)
{
    va_list attributes;
    va_start(attributes, element);
    tag(html, element, attributes);
    va_end(attributes);
    push(html, element);
}

void html_close(struct html *html)
{
    assert(html->depth > 0);
    buf_puts(html->buf, "</");
    buf_puts(html->buf, html->open[--html->depth]);
    buf_puts(html->buf, ">");
}

void html_void(struct html *html, const char *element, ...)
{
    va_list attributes;
    va_start(attributes, element);
    tag(html, element, attributes);
    va_end(attributes);
}

void html_script(struct html *html, const char *address)
{
    assert(address_is_ours(address));
    buf_puts(html->buf, "<script src=\"");
    escape(html->buf, address);
    buf_puts(html->buf, "\" defer></script>");
}

void html_text(struct html *html, const char *text)
{
    if (text) escape(html->buf, text);
}

void html_element(struct html *html, const char *element, const char *text, ...)
{
    va_list attributes;
    va_start(attributes, text);
    tag(html, element, attributes);
    va_end(attributes);
    push(html, element);
    html_text(html, text);
    html_close(html);
}
