/* kit/page: the frame of all pages and the small parts they are made of. */
#include "kit/page.h"

#include <stdarg.h>
#include <string.h>

#include "base/builtin.h"
#include "base/log.h"
#include "base/time.h"
#include "web/server.h"
#include "web/typed.h"

const char *page_word(const struct page *page, const char *key)
{
    return word(page->request->lang, key);
}

void page_link(struct page *page, const char *address, const char *text)
{
    html_element(&page->html, "a", text, "href", address, NULL);
}

void page_hidden(struct page *page, const char *name, const char *value)
{
    html_void(&page->html, "input", "type", "hidden", "name", name, "value", value, NULL);
}

void page_button(struct page *page, const char *text, const char *name, const char *value, const char *class)
{
    html_element(
        &page->html, "button", text, "type", "submit", "name", name, "value", value, "class", class, NULL);
}

void page_form_open(struct page *page, const char *action, bool multipart, const char *class)
{
    html_open(&page->html, "form", "method", "post", "action", action, "enctype",
        multipart ? "multipart/form-data" : NULL, "class", class, NULL);
    if (page->request->token) page_hidden(page, "_csrf", page->request->session.csrf);
}

static void frame_navigation(struct page *page)
{
    struct html *html = &page->html;
    static const struct {
        const char *address, *key;
    } places[] = {
        {"/", "tasks"},
        {"/forms", "file_form"},
        {"/cases", "cases"},
        {"/registers", "registers"},
        {"/search", "search"},
        {"/offices", "offices"},
    };
    if (!page->request->posted) return;
    html_open(html, "nav", "aria-label", page_word(page, "navigation"), NULL);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        page_link(page, places[i].address, page_word(page, places[i].key));
    html_close(html);
}

static void frame_who(struct page *page)
{
    struct request *request = page->request;
    struct html *html = &page->html;
    if (!request->token) return;
    html_open(html, "div", "class", "who", NULL);
    if (request->db) html_element(html, "span", officer_words(request, request->session.officer), NULL);
    if (request->posted && request->db)
        page_link(page, "/posting", office_words(request, request->viewer.office));
    page_form_open(page, "/sign-out", false, "inline");
    page_button(page, page_word(page, "sign_out"), NULL, NULL, "link");
    html_close(html);
    html_close(html);
}

/* The same page in the other language; an answer to POST has no address of its own to come back to. */
static void frame_language(struct page *page)
{
    struct request *request = page->request;
    bool hindi = request->lang == LANG_HI;
    bool get = request->method == METHOD_GET || request->method == METHOD_HEAD;
    struct buf address;
    buf_init(&address, request->arena, 8000);
    buf_puts(&address, get && request->path[1] != '/' ? request->path : "/");
    buf_puts(&address, hindi ? "?lang=en" : "?lang=hi");
    for (size_t i = 0; get && i < request->query_count; i++)
        if (strcmp(request->query[i].name, "lang") != 0)
            buf_puts(
                &address, url_make(request->arena, "&%=%", request->query[i].name, request->query[i].value));
    html_element(&page->html, "a", hindi ? "English" : "हिन्दी", "href", address.data, "lang",
        hindi ? "en" : "hi", "class", "lang", NULL);
}

void page_begin(struct page *page, struct request *request, const char *title)
{
    page->request = request;
    buf_init(&page->buf, request->arena, PAGE_BYTES_MAX);
    struct html *html = &page->html;
    html_begin(html, &page->buf);
    html_open(html, "html", "lang", request->lang == LANG_HI ? "hi" : "en", NULL);
    html_open(html, "head", NULL);
    html_void(html, "meta", "charset", "utf-8", NULL);
    html_void(html, "meta", "name", "viewport", "content", "width=device-width, initial-scale=1", NULL);
    html_element(
        html, "title", arena_printf(request->arena, "%s · %s", title, page_word(page, "panji")), NULL);
    html_void(html, "link", "rel", "stylesheet", "href", "/assets/panji.css", NULL);
    html_close(html);
    html_open(html, "body", NULL);
    html_element(html, "a", page_word(page, "skip"), "href", "#main", "class", "skip", NULL);
    html_open(html, "header", NULL);
    html_element(html, "a", page_word(page, "panji"), "href", "/", "class", "brand", NULL);
    frame_navigation(page);
    frame_who(page);
    frame_language(page);
    html_close(html);
    html_open(html, "main", "id", "main", NULL);
    html_element(html, "h1", title, NULL);
}

void page_end(struct page *page, int status)
{
    while (page->html.depth > 0) html_close(&page->html);
    if (page->buf.overflow) log_line(LOG_ERROR, "page_too_large", "id", page->request->id, NULL);
    respond_text(page->request, status, "text/html; charset=utf-8", page->buf.data, page->buf.len);
}

void page_problems(struct request *request, int status)
{
    struct page page;
    const struct problem *first = &request->problems.list[0];
    page_begin(&page, request, first->text[request->lang]);
    for (size_t i = 1; i < request->problems.count; i++)
        html_element(&page.html, "p", request->problems.list[i].text[request->lang], NULL);
    html_element(&page.html, "p", first->next[request->lang], NULL);
    html_open(&page.html, "p", NULL);
    page_link(
        &page, status == 401 ? "/sign-in" : "/", page_word(&page, status == 401 ? "sign_in" : "go_home"));
    html_close(&page.html);
    html_element(&page.html, "p",
        arena_printf(request->arena, "%s %s", page_word(&page, "request"), request->id), "class", "small",
        NULL);
    page_end(&page, status);
}

/* ---- parts ---- */

void page_heading(struct page *page, const char *key)
{
    html_element(&page->html, "h2", page_word(page, key), NULL);
}

void page_fact(struct page *page, const char *key, const char *text)
{
    if (!text || !text[0]) return;
    html_element(&page->html, "dt", page_word(page, key), NULL);
    html_element(&page->html, "dd", text, NULL);
}

void page_table_begin(struct page *page, ...)
{
    struct html *html = &page->html;
    html_open(html, "div", "class", "scroll", NULL);
    html_open(html, "table", NULL);
    html_open(html, "thead", NULL);
    html_open(html, "tr", NULL);
    va_list keys;
    va_start(keys, page);
    for (const char *key; (key = va_arg(keys, const char *)) != NULL;)
        html_element(html, "th", page_word(page, key), "scope", "col", NULL);
    va_end(keys);
    html_close(html);
    html_close(html);
    html_open(html, "tbody", NULL);
}

void page_table_end(struct page *page)
{
    for (int i = 0; i < 3; i++) html_close(&page->html);
}

void page_cell(struct page *page, const char *text)
{
    html_element(&page->html, "td", text, NULL);
}

void page_cell_link(struct page *page, const char *address, const char *text)
{
    html_open(&page->html, "td", NULL);
    if (text && text[0]) page_link(page, address, text);
    html_close(&page->html);
}

const char *page_time(const struct page *page, int64_t at)
{
    return at > 0 ? time_people_text(page->request->arena, at, (int)page->request->lang) : "";
}

/* "Accused 2 · Name: This must be filled in." would need the whole path in words; the field's own label is
 * enough to know it by, the link leads to the rest. */
static const char *problem_words(
    const struct page *page, const struct form *form, const struct problem *problem)
{
    enum lang lang = page->request->lang;
    const struct field *field = form ? field_at(form, problem->path) : NULL;
    if (!field) return problem->text[lang];
    return arena_printf(page->request->arena, "%s: %s", field->label.text[lang], problem->text[lang]);
}

void page_error_summary(struct page *page, const struct form *form)
{
    struct html *html = &page->html;
    const struct problems *problems = &page->request->problems;
    if (problems->count == 0) return;
    html_open(html, "div", "class", "errors", "role", "alert", "tabindex", "-1", NULL);
    html_element(html, "h2", page_word(page, "errors"), NULL);
    html_open(html, "ul", NULL);
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->list[i];
        const char *words = problem_words(page, form, problem);
        html_open(html, "li", NULL);
        if (problem->path[0])
            page_link(page, arena_printf(page->request->arena, "#%s", problem->path), words);
        else
            html_text(html, words);
        html_text(html, " ");
        html_text(html, problem->next[page->request->lang]);
        if (problem->law) html_element(html, "span", problem->law, "class", "law", NULL);
        html_close(html);
    }
    html_close(html);
    html_close(html);
}

void page_stylesheet(struct request *request)
{
    const struct builtin *file = builtin_find("src/kit/assets/panji.css");
    respond_text(request, 200, "text/css; charset=utf-8", file->data, file->len);
    request->response.cache = "public, max-age=3600";
}
