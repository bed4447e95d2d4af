/* kit/lists: see the header. */
#include "kit/lists.h"

/* ---- facts ---- */

void summary_begin(struct page *page)
{
    html_open(&page->html, "dl", "class", "summary", NULL);
}

void summary_end(struct page *page)
{
    html_close(&page->html);
}

void summary_value_begin(struct page *page, const char *label)
{
    html_element(&page->html, "dt", label, NULL);
    html_open(&page->html, "dd", NULL);
}

void summary_row(struct page *page, const char *key, const char *text)
{
    if (!text || !text[0]) return;
    summary_value_begin(page, page_word(page, key));
    html_text(&page->html, text);
    html_close(&page->html);
}

void summary_change(
    struct page *page, const char *label, const char *text, const char *address, const char *what)
{
    struct html *html = &page->html;
    summary_value_begin(page, label);
    if (text && text[0])
        html_text(html, text);
    else
        html_element(html, "span", page_word(page, "not_given"), "class", "dim", NULL);
    html_text(html, " ");
    html_open(html, "a", "href", address, "class", "change", NULL);
    html_text(html, page_word(page, "change"));
    html_element(html, "span", arena_printf(page->request->arena, ": %s", what), "class", "off", NULL);
    html_close(html);
    html_close(html);
}

/* ---- identity ---- */

void identity_begin(struct page *page)
{
    html_open(&page->html, "div", "class", "identity", NULL);
    html_open(&page->html, "dl", NULL);
}

static void identity_open(struct page *page, const char *key)
{
    html_open(&page->html, "div", NULL);
    html_element(&page->html, "dt", page_word(page, key), NULL);
    html_open(&page->html, "dd", NULL);
}

void identity_fact(struct page *page, const char *key, const char *text)
{
    if (!text || !text[0]) return;
    identity_open(page, key);
    html_text(&page->html, text);
    html_close(&page->html);
    html_close(&page->html);
}

void identity_tag(struct page *page, const char *key, const char *text, enum tone tone)
{
    identity_open(page, key);
    tag_draw(page, text, tone);
    html_close(&page->html);
    html_close(&page->html);
}

void identity_proof(struct page *page, const char *key, enum proof proof)
{
    identity_open(page, key);
    proof_draw(page, proof);
    html_close(&page->html);
    html_close(&page->html);
}

void identity_end(struct page *page)
{
    html_close(&page->html);
    html_close(&page->html);
}

/* ---- cards ---- */

void card_begin(struct page *page, const char *id, const char *title, const char *address)
{
    struct html *html = &page->html;
    html_open(html, "section", "class", "card", "id", id, NULL);
    html_open(html, "h3", NULL);
    if (address)
        page_link(page, address, title);
    else
        html_text(html, title);
    html_close(html);
}

/* ---- timeline ---- */

void timeline_begin(struct page *page)
{
    html_open(&page->html, "ol", "class", "timeline", NULL);
}

void timeline_moment(struct page *page, const struct moment *moment)
{
    struct html *html = &page->html;
    html_open(html, "li", NULL);
    html_open(html, "div", "class", "what", NULL);
    if (moment->address)
        page_link(page, moment->address, moment->title);
    else
        html_element(html, "strong", moment->title, NULL);
    if (moment->replaced) {
        html_text(html, " ");
        tag_draw(page, page_word(page, "corrected"), TONE_WARN);
    }
    html_close(html);
    html_open(html, "div", "class", "by", NULL);
    if (moment->when) html_element(html, "time", moment->when, NULL);
    if (moment->who) html_element(html, "span", moment->who, NULL);
    proof_draw(page, moment->proof);
    html_close(html);
    page_text(page, moment->words);
    html_close(html);
}

void timeline_end(struct page *page)
{
    html_close(&page->html);
}

/* ---- steps ---- */

void steps_begin(struct page *page)
{
    html_open(&page->html, "ol", "class", "steps", NULL);
}

void steps_step(struct page *page, const struct step *step)
{
    static const struct {
        const char *key;
        enum tone tone;
    } states[] = {
        [STEP_DONE] = {"step_done", TONE_GOOD},
        [STEP_BEGUN] = {"step_begun", TONE_NOTE},
        [STEP_OPEN] = {"step_open", TONE_PLAIN},
        [STEP_OPTIONAL] = {"step_optional", TONE_PLAIN},
        [STEP_WAITS] = {"step_waits", TONE_PLAIN},
        [STEP_WRONG] = {"step_wrong", TONE_BAD},
    };
    struct html *html = &page->html;
    html_open(html, "li", "class", step->address ? NULL : "waits", NULL);
    html_open(html, "div", NULL);
    if (step->address)
        page_link(page, step->address, step->text);
    else
        html_element(html, "span", step->text, NULL);
    if (step->hint) html_element(html, "span", step->hint, "class", "hint", NULL);
    html_close(html);
    tag_draw(page, page_word(page, states[step->state].key), states[step->state].tone);
    html_close(html);
}

void steps_end(struct page *page)
{
    html_close(&page->html);
}

/* ---- what is still missing ---- */

void missing_begin(struct page *page, size_t count)
{
    struct html *html = &page->html;
    html_open(html, "div", "class", count > 0 ? "missing" : "missing none", NULL);
    html_open(html, "h2", NULL);
    html_text(html, page_word(page, count > 0 ? "still_missing" : "missing_none"));
    if (count > 0)
        html_element(html, "span", arena_printf(page->request->arena, " %zu", count), "class", "count", NULL);
    html_close(html);
    if (count > 0) html_open(html, "ul", NULL);
}

void missing_item(struct page *page, const char *address, const char *text)
{
    html_open(&page->html, "li", NULL);
    page_link(page, address, text);
    html_close(&page->html);
}

void missing_end(struct page *page, size_t count)
{
    if (count > 0) html_close(&page->html);
    html_close(&page->html);
}
