/* kit/notice: see the header. */
#include "kit/notice.h"

#include "register/register.h"
#include "web/typed.h"

void tag_draw(struct page *page, const char *text, enum tone tone)
{
    static const char *const classes[] = {[TONE_PLAIN] = "tag",
        [TONE_NOTE] = "tag note",
        [TONE_GOOD] = "tag good",
        [TONE_WARN] = "tag warn",
        [TONE_BAD] = "tag bad"};
    html_element(&page->html, "span", text, "class", classes[tone], NULL);
}

/* ---- proof ---- */

void proof_draw(struct page *page, enum proof proof)
{
    static const struct {
        const char *class, *pips, *key, *why;
    } kinds[] = {
        [PROOF_NONE] = {NULL, NULL, NULL, NULL},
        [PROOF_SAVED] = {"proof", "●○○", "proof_saved", "proof_saved_why"},
        [PROOF_SEALED] = {"proof sealed", "●●○", "proof_sealed", "proof_sealed_why"},
        [PROOF_WITNESSED] = {"proof witnessed", "●●●", "proof_witnessed", "proof_witnessed_why"},
    };
    if (proof == PROOF_NONE) return;
    struct html *html = &page->html;
    html_open(html, "span", "class", kinds[proof].class, "title", page_word(page, kinds[proof].why), NULL);
    html_element(html, "span", kinds[proof].pips, "aria-hidden", "true", NULL);
    html_text(html, " ");
    html_text(html, page_word(page, kinds[proof].key));
    html_close(html);
}

enum proof proof_of(struct page *page, int64_t seq)
{
    return seq < register_sealed_size(page->request->db) ? PROOF_SEALED : PROOF_SAVED;
}

/* ---- notices ---- */

void notice_begin(struct page *page, enum tone tone, const char *title)
{
    static const char *const classes[] = {[TONE_PLAIN] = "notice",
        [TONE_NOTE] = "notice note",
        [TONE_GOOD] = "notice good",
        [TONE_WARN] = "notice warn",
        [TONE_BAD] = "notice bad"};
    html_open(&page->html, "div", "class", classes[tone], NULL);
    if (title) html_element(&page->html, "strong", title, "class", "title", NULL);
}

void notice_draw(struct page *page, enum tone tone, const char *text)
{
    notice_begin(page, tone, NULL);
    page_text(page, text);
    html_close(&page->html);
}

void interruption_begin(struct page *page, const char *title)
{
    html_open(&page->html, "section", "class", "interruption", NULL);
    html_element(&page->html, "h2", title, NULL);
}

/* ---- errors ---- */

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

void errors_draw_leading(struct page *page, const struct form *form,
    const char *(*address)(void *context, const char *path), void *context)
{
    struct html *html = &page->html;
    const struct problems *problems = &page->request->problems;
    if (problems->count == 0) return;
    html_open(html, "div", "class", "errors", "id", "panji-errors", "role", "alert", "tabindex", "-1",
        "autofocus", "", NULL);
    html_element(html, "h2", page_word(page, "errors"), NULL);
    html_open(html, "ul", NULL);
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->list[i];
        const char *words = problem_words(page, form, problem);
        const char *leads = problem->path[0] ? address(context, problem->path) : NULL;
        html_open(html, "li", NULL);
        if (leads)
            page_link(page, leads, words);
        else
            html_element(html, "strong", words, NULL);
        html_text(html, " ");
        html_text(html, problem->next[page->request->lang]);
        if (problem->law) html_element(html, "span", problem->law, "class", "law", NULL);
        html_close(html);
    }
    html_close(html);
    html_close(html);
}

static const char *on_this_page(void *context, const char *path)
{
    return arena_printf(context, "#%s", path);
}

void errors_draw(struct page *page, const struct form *form)
{
    errors_draw_leading(page, form, on_this_page, page->request->arena);
}
