/* kit/notice: see the header. */
#include "kit/notice.h"

#include <stdlib.h>
#include <string.h>

#include "law/law.h"
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

/* "Accused 2": the section a path leads into, and which of its rows where there may be several. */
static const char *section_words(const struct page *page, const struct form *form, const char *path)
{
    size_t length = strcspn(path, ".");
    for (size_t i = 0; form && i < form->section_count; i++) {
        const struct section *section = &form->sections[i];
        if (strncmp(section->name, path, length) != 0 || section->name[length]) continue;
        const char *label = section->label.text[page->request->lang];
        if (!section->many || !path[length]) return label;
        long row = strtol(path + length + 1, NULL, 10);
        return arena_printf(page->request->arena, "%s %ld", label, row + 1);
    }
    return NULL;
}

/* "Accused 2 · Age: …": where it is and which field, unless its own words name the field. What lies deeper is
 * left out; the link leads there. */
static const char *problem_words(
    const struct page *page, const struct form *form, const struct problem *problem)
{
    struct arena *arena = page->request->arena;
    enum lang lang = page->request->lang;
    const char *text = problem->text[lang];
    const char *section = section_words(page, form, problem->path);
    const struct field *field = form ? field_at(form, problem->path) : NULL;
    if (field && !strstr(text, field->label.text[lang]))
        text = arena_printf(arena, "%s%s%s: %s", section ? section : "", section ? " · " : "",
            field->label.text[lang], text);
    else if (section)
        text = arena_printf(arena, "%s: %s", section, text);
    return text;
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
        bool told = i > 0 && strcmp(problem->code, problems->list[i - 1].code) == 0;
        if (!told) html_text(html, problem->next[page->request->lang]);
        const char *law = law_citation(page->request->arena, problem->law, page->request->lang);
        if (law) html_element(html, "span", law, "class", "law", NULL);
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
