/* kit/frame: see the header. Whoever answers on a socket thread (a body too large, no room in the lane) has
 * no database, so names are left out there. */
#include "kit/frame.h"

#include <string.h>

#include "access/secrets.h"
#include "base/log.h"
#include "base/time.h"
#include "kit/assets.h"
#include "web/server.h"

/* The main pages, what else belongs under each, and the key that goes there: `g` and the letter, or the
 * browser's access key. */
static const struct place {
    const char *address, *key, *letter;
    const char *also[3];
} places[] = {
    {"/", "my_day", "m", {NULL}},
    {"/forms", "file_form", "f", {"/drafts", "/choose/"}},
    {"/cases", "cases", "c", {"/people/", "/property/"}},
    {"/registers", "registers", "r", {"/entries/"}},
    {"/search", "search", "s", {NULL}},
    {"/offices", "offices", "o", {"/officers/"}},
};

static bool starts(const char *path, const char *with)
{
    return with && strncmp(path, with, strlen(with)) == 0;
}

static bool is_here(const struct place *place, const char *path)
{
    if (strcmp(place->address, "/") == 0) return strcmp(path, "/") == 0;
    return starts(path, place->address) || starts(path, place->also[0]) || starts(path, place->also[1]);
}

static void navigation_draw(struct page *page)
{
    struct html *html = &page->html;
    html_open(html, "nav", "class", "places", "aria-label", page_word(page, "navigation"), NULL);
    html_open(html, "ul", NULL);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        const struct place *place = &places[i];
        html_open(html, "li", NULL);
        html_element(html, "a", page_word(page, place->key), "href", place->address, "accesskey",
            place->letter, "aria-current", is_here(place, page->request->path) ? "page" : NULL, NULL);
        html_close(html);
    }
    html_close(html);
    html_close(html);
}

static void who_draw(struct page *page)
{
    struct request *request = page->request;
    struct html *html = &page->html;
    html_open(html, "div", "class", "who", NULL);
    html_open(html, "div", NULL);
    if (request->posted && request->db) {
        html_open(html, "a", "href", "/posting", "title", page_word(page, "choose_posting"), NULL);
        html_text(html, office_words(request, request->viewer.office));
        html_close(html);
    }
    if (request->db) {
        html_open(html, "span", NULL);
        html_text(html, officer_words(request, request->session.officer));
        if (request->posted)
            html_text(html,
                arena_printf(request->arena, ", %s", list_words(request, "role", request->viewer.role)));
        html_close(html);
    }
    html_close(html);
    page_form_open(page, "/sign-out", false, NULL);
    page_button(page, BUTTON_LINK, page_word(page, "sign_out"), NULL, NULL);
    html_close(html);
    html_close(html);
}

static void search_draw(struct page *page)
{
    struct html *html = &page->html;
    html_open(html, "form", "class", "find", "role", "search", "method", "get", "action", "/search", NULL);
    html_element(html, "label", page_word(page, "search_what"), "for", "panji-search", "class", "off", NULL);
    html_void(html, "input", "type", "search", "id", "panji-search", "name", "q", "placeholder",
        page_word(page, "search_what"), NULL);
    page_button(page, BUTTON_SECOND, page_word(page, "search"), NULL, NULL);
    html_close(html);
}

static void language_draw(struct page *page)
{
    bool hindi = page->request->lang == LANG_HI;
    html_element(&page->html, "a", hindi ? "English" : "हिन्दी", "href",
        page_address(page, "lang", hindi ? "en" : "hi"), "lang", hindi ? "en" : "hi", "hreflang",
        hindi ? "en" : "hi", "class", "lang", "id", "panji-language", NULL);
}

/* True when the page left the server; the script tells when it is no longer. */
static void line_draw(struct page *page)
{
    html_element(&page->html, "span", page_word(page, "line_up"), "class", "lamp", "id", "panji-line", "role",
        "status", "data-up", page_word(page, "line_up"), "data-lost", page_word(page, "line_lost"), NULL);
}

static void header_draw(struct page *page)
{
    struct request *request = page->request;
    struct html *html = &page->html;
    html_open(html, "header", "class", "top", NULL);
    html_open(html, "div", "class", "bar", NULL);
    html_open(html, "a", "href", "/", "class", "brand", NULL);
    html_element(html, "span", "पंजी", "lang", "hi", NULL);
    html_text(html, " Panji");
    html_close(html);
    if (request->posted) search_draw(page);
    if (request->token) who_draw(page);
    line_draw(page);
    language_draw(page);
    html_close(html);
    if (request->posted) navigation_draw(page);
    if (request->web->practice)
        html_element(html, "p", page_word(page, "practice_banner"), "class", "practice", NULL);
    html_close(html);
}

/* Colours by the device, or as chosen here; the choice is kept in a cookie (web/route.c). */
static void colours_draw(struct page *page)
{
    static const struct {
        enum theme theme;
        const char *name, *key;
    } themes[] = {{THEME_DEVICE, "device", "colours_device"}, {THEME_LIGHT, "light", "colours_light"},
        {THEME_DARK, "dark", "colours_dark"}};
    struct html *html = &page->html;
    html_open(html, "p", "id", "panji-colours", NULL);
    html_text(html, page_word(page, "colours"));
    for (size_t i = 0; i < sizeof themes / sizeof themes[0]; i++) {
        html_text(html, i > 0 ? " · " : " ");
        if (page->request->theme == themes[i].theme)
            html_element(html, "strong", page_word(page, themes[i].key), NULL);
        else
            page_link(page, page_address(page, "theme", themes[i].name), page_word(page, themes[i].key));
    }
    html_close(html);
}

/* What the script's keys do, and a link that switches them off for good or on again. */
static void keys_draw(struct page *page)
{
    static const struct {
        const char *keys, *key;
    } fixed[] = {{"/", "keys_search"}, {"?", "keys_list"}, {"Ctrl + Enter", "keys_send"}};
    struct html *html = &page->html;
    bool off = page->request->keys_off;
    page_details_begin(page, "panji-keys", page_word(page, off ? "keys_are_off" : "keys"), false);
    html_open(html, "dl", "class", "keys", NULL);
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
        html_element(html, "dt", fixed[i].keys, NULL);
        html_element(html, "dd", page_word(page, fixed[i].key), NULL);
    }
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        html_element(html, "dt", arena_printf(page->request->arena, "g %s", places[i].letter), NULL);
        html_element(html, "dd", page_word(page, places[i].key), NULL);
    }
    html_close(html);
    page_link(
        page, page_address(page, "keys", off ? "on" : "off"), page_word(page, off ? "keys_on" : "keys_off"));
    html_close(html);
}

/* Shown by the script some minutes before the session ends. */
static void time_draw(struct page *page)
{
    struct html *html = &page->html;
    html_open(html, "div", "id", "panji-time", "class", "notice warn", "role", "alert", "hidden", "",
        "data-soon", page_word(page, "session_soon"), "data-over", page_word(page, "session_over"), NULL);
    html_element(html, "p", "", NULL);
    html_element(html, "button", page_word(page, "session_stay"), "type", "button", "class", "second", NULL);
    html_close(html);
}

static void footer_draw(struct page *page)
{
    struct request *request = page->request;
    struct html *html = &page->html;
    html_open(html, "footer", NULL);
    colours_draw(page);
    if (request->posted) keys_draw(page);
    html_open(html, "p", NULL);
    html_text(html, arena_printf(request->arena, "%s ", page_word(page, "page_of")));
    html_element(html, "time", page_time(page, request->now), NULL);
    html_text(html, " · ");
    html_text(html, node_name(request->node));
    html_text(html, " · Panji " PANJI_VERSION);
    html_close(html);
    html_close(html);
    if (request->token) time_draw(page);
}

static void head_draw(struct page *page)
{
    static const char *const themes[] = {
        [THEME_DEVICE] = NULL, [THEME_LIGHT] = "light", [THEME_DARK] = "dark"};
    struct request *request = page->request;
    struct html *html = &page->html;
    html_open(
        html, "html", "lang", request->lang == LANG_HI ? "hi" : "en", "class", themes[request->theme], NULL);
    html_open(html, "head", NULL);
    html_void(html, "meta", "charset", "utf-8", NULL);
    html_void(html, "meta", "name", "viewport", "content", "width=device-width, initial-scale=1", NULL);
    html_void(html, "meta", "name", "color-scheme", "content",
        request->theme == THEME_DEVICE ? "light dark" : themes[request->theme], NULL);
    html_element(html, "title",
        arena_printf(request->arena, "%s%s · %s",
            request->problems.count > 0 ? page_word(page, "error_title") : "", page->title,
            page_word(page, "panji")),
        NULL);
    html_void(html, "link", "rel", "stylesheet", "href", assets_address("panji.css"), NULL);
    html_void(html, "link", "rel", "icon", "href", assets_address("panji.svg"), NULL);
    html_void(html, "meta", "name", "htmx-config", "content",
        "{\"includeIndicatorCSS\":false,\"implicitInheritance\":true}", NULL);
    html_script(html, assets_address("htmx.js"));
    html_script(html, assets_address("panji.js"));
    html_close(html);
}

void page_begin_under(
    struct page *page, struct request *request, const char *title, const struct crumb *crumbs)
{
    page->request = request;
    page->title = title;
    buf_init(&page->buf, request->arena, PAGE_BYTES_MAX);
    struct html *html = &page->html;
    html_begin(html, &page->buf);
    head_draw(page);
    const char *idle =
        request->token ? arena_printf(request->arena, "%lld", (long long)(SESSION_IDLE_MS / TIME_SECOND_MS))
                       : NULL;
    html_open(html, "body", "data-keys", request->keys_off ? "off" : NULL, "data-idle", idle, NULL);
    html_element(html, "a", page_word(page, "skip"), "href", "#main", "class", "skip", NULL);
    header_draw(page);
    html_open(html, "main", "id", "main", "tabindex", "-1", NULL);
    if (crumbs[0].text) {
        html_open(html, "nav", "class", "crumbs", "aria-label", page_word(page, "way_back"), NULL);
        for (size_t i = 0; crumbs[i].text; i++) page_link(page, crumbs[i].address, crumbs[i].text);
        html_close(html);
    }
    html_element(html, "h1", title, NULL);
}

void page_begin(struct page *page, struct request *request, const char *title)
{
    page_begin_under(page, request, title, &(struct crumb){NULL, NULL});
}

void page_end(struct page *page, int status)
{
    while (page->html.depth > 2) html_close(&page->html); /* to the body */
    footer_draw(page);
    while (page->html.depth > 0) html_close(&page->html);
    if (page->buf.overflow) log_line(LOG_ERROR, "page_too_large", "id", page->request->id, NULL);
    respond_text(page->request, status, "text/html; charset=utf-8", page->buf.data, page->buf.len);
}

void page_fragment_begin(struct page *page, struct request *request)
{
    *page = (struct page){.request = request};
    buf_init(&page->buf, request->arena, PAGE_BYTES_MAX);
    page->html = (struct html){.buf = &page->buf};
}

void page_fragment_end(struct page *page)
{
    while (page->html.depth > 0) html_close(&page->html);
    respond_text(page->request, 200, "text/html; charset=utf-8", page->buf.data, page->buf.len);
}

void page_problems(struct request *request, int status)
{
    struct page page;
    const struct problem *first = &request->problems.list[0];
    page_begin(&page, request, first->text[request->lang]);
    for (size_t i = 1; i < request->problems.count; i++)
        page_text(&page, request->problems.list[i].text[request->lang]);
    page_text(&page, first->next[request->lang]);
    html_open(&page.html, "p", NULL);
    page_link(
        &page, status == 401 ? "/sign-in" : "/", page_word(&page, status == 401 ? "sign_in" : "go_home"));
    html_close(&page.html);
    html_element(&page.html, "p",
        arena_printf(request->arena, "%s %s", page_word(&page, "request"), request->id), "class", "small",
        NULL);
    page_end(&page, status);
}
