/* kit/form_pick: what is typed in part and then chosen: sections of law, offices, officers, places, people
 * already known; and names in the other script. The script shows what fits while one types; without it the
 * button beside the field leads to a page where one looks and chooses (page/choose.c). */
#include <string.h>

#include "base/script.h"
#include "base/time.h"
#include "kit/form_draw.h"
#include "web/offences.h"

const char *picker_address(const struct form_draw *draw, const char *kind, const char *path)
{
    struct arena *arena = draw->page->request->arena;
    return arena_printf(arena, "%s&%s", url_make(arena, "/choose/%?into=%", kind, path), draw->query);
}

/* The place for what fits, filled while one types in the element `find input` finds. */
static void live_begin(struct form_draw *draw, const char *kind, const char *path, const char *input)
{
    html_open(&draw->page->html, "div", "class", "picker", "hx-get", picker_address(draw, kind, path),
        "hx-trigger", "input changed delay:300ms", "hx-sync", ASK_LATEST, "hx-include", input, "hx-target",
        "find .found", "hx-swap", "innerHTML", "hx-select-oob", "", NULL);
}

static void live_end(struct form_draw *draw)
{
    html_open(&draw->page->html, "div", "class", "found", "aria-live", "polite", NULL);
    html_close(&draw->page->html);
    html_close(&draw->page->html);
}

/* label: of the field it is for, for those who do not see it; NULL when the button's words say all. */
static void find_button(
    struct form_draw *draw, const char *path, const char *kind, const char *key, const char *label)
{
    struct arena *arena = draw->page->request->arena;
    html_element(&draw->page->html, "button", page_word(draw->page, key), "type", "submit", "name", "_find",
        "value", arena_printf(arena, "%s %s", kind, path), "class", "second", "formnovalidate", "",
        "aria-label", label ? arena_printf(arena, "%s: %s", page_word(draw->page, key), label) : NULL, NULL);
}

void picker_draw(struct form_draw *draw, const struct field *field, const struct control *control,
    const char *kind, const char *chosen_words)
{
    struct page *page = draw->page;
    (void)field;
    if (chosen_words) {
        html_open(&page->html, "div", "class", "picker", NULL);
        html_element(&page->html, "strong", chosen_words, NULL);
        page_hidden(page, control->id, control->value);
        find_button(draw, control->id, kind, "change", control->label);
        html_close(&page->html);
        return;
    }
    struct arena *arena = page->request->arena;
    struct control typed = *control;
    typed.id = arena_printf(arena, "%s:find", control->id);
    typed.name = "_typed";
    typed.value = NULL;
    typed.error = NULL;
    typed.hint = NULL;
    live_begin(draw, kind, control->id, "find input");
    html_element(&page->html, "label",
        arena_printf(arena, "%s: %s", page_word(page, "look_for"), control->label), "for", typed.id, "class",
        "off", NULL);
    typed.example = page_word(page, "look_for");
    input_text(page, &typed, TEXT_SHORT);
    find_button(draw, control->id, kind, "find", control->label);
    live_end(draw);
}

/* ---- people already known ---- */

/* What says who somebody is goes in the body of a POST with the form's own token, never in an address: those
 * are kept by proxies and browsers. */
void known_draw(struct form_draw *draw, const char *path)
{
    struct page *page = draw->page;
    struct arena *arena = page->request->arena;
    const char *ref = arena_printf(arena, "%s.ref", path);
    html_open(&page->html, "div", "class", "picker", "hx-post", picker_address(draw, "person", ref),
        "hx-trigger",
        arena_printf(arena, "change from:[id='%s.name'], change from:[id='%s.relative_name']", path, path),
        "hx-encoding", "application/x-www-form-urlencoded", "hx-sync", ASK_LATEST, "hx-target", "find .found",
        "hx-swap", "innerHTML", "hx-select-oob", "", NULL);
    find_button(draw, ref, "person", "known_person", NULL);
    live_end(draw);
}

/* ---- sections of law ---- */

static void offence_read_back(struct form_draw *draw, const char *name)
{
    struct page *page = draw->page;
    struct request *request = page->request;
    const struct offence *offence = name ? law_offence(node_law(request->node), name) : NULL;
    if (!offence) return;
    html_open(&page->html, "div", "class", "readback", NULL);
    html_element(&page->html, "strong", offence_line(request, offence), NULL);
    html_element(&page->html, "span", offence_class_words(request, offence), "class", "hint", NULL);
    const char *warning = offence_day_warning(request, offence, draw->act_day);
    if (warning) html_element(&page->html, "span", warning, "class", "error", NULL);
    html_close(&page->html);
}

void typed_picker_draw(
    struct form_draw *draw, const struct control *control, const char *kind, enum text_kind text)
{
    live_begin(draw, kind, control->id, "find input");
    input_text(draw->page, control, text);
    find_button(draw, control->id, kind, "find", control->label);
    if (strcmp(kind, "offence") == 0) offence_read_back(draw, control->value);
    live_end(draw);
}

void offence_draw(struct form_draw *draw, const struct control *control)
{
    struct control typed = *control;
    typed.example = "303(2), 302 IPC, चोरी";
    typed_picker_draw(draw, &typed, "offence", TEXT_CODE);
}

/* ---- names ---- */

/* The field a proposal is made from, by the field it is made for: a name beside its other spelling. */
static const struct {
    const char *other, *name;
} pairs_of_names[] = {{"name_other", "name"}, {"relative_name_other", "relative_name"}};

void proposal_draw(struct form_draw *draw, const struct field *field, const struct control *control)
{
    struct page *page = draw->page;
    struct arena *arena = page->request->arena;
    const char *dot = strrchr(control->id, '.');
    for (size_t i = 0; dot && i < sizeof pairs_of_names / sizeof pairs_of_names[0]; i++) {
        if (strcmp(field->name, pairs_of_names[i].other) != 0) continue;
        const char *from =
            arena_printf(arena, "%.*s.%s", (int)(dot - control->id), control->id, pairs_of_names[i].name);
        const char *typed = typed_value(draw->typed, from);
        bool empty = !control->value || !control->value[0];
        html_open(&page->html, "div", "class", "found", "hx-post",
            url_make(arena, "/read/name?from=%&into=%", from, control->id), "hx-trigger",
            arena_printf(arena, "change from:[id='%s']", from), "hx-encoding",
            "application/x-www-form-urlencoded", "hx-sync", ASK_LATEST, "hx-swap", "innerHTML",
            "hx-select-oob", "", NULL);
        name_proposal_draw(page, control->id, empty && typed ? typed : NULL);
        html_close(&page->html);
    }
}

void name_proposal_draw(struct page *page, const char *into, const char *typed)
{
    struct arena *arena = page->request->arena;
    const char *proposed = typed ? script_other(arena, typed) : NULL;
    if (!proposed) return;
    html_element(
        &page->html, "span", arena_printf(arena, "%s ", page_word(page, "proposed")), "class", "dim", NULL);
    html_element(&page->html, "button", proposed, "type", "submit", "name", "_pick", "value",
        url_make(arena, "%=%", into, proposed), "class", "second", "formnovalidate", "", NULL);
}

/* ---- times ---- */

const char *time_read_back(struct request *request, const char *typed, bool with_time)
{
    int64_t at;
    if (!time_parse_typed(typed, request->now, with_time, &at)) return NULL;
    int32_t day = time_day_number(at);
    enum lang other = request->lang == LANG_HI ? LANG_EN : LANG_HI;
    const char *words = with_time ? time_people_text(request->arena, at, (int)request->lang)
                                  : time_people_day(request->arena, day, (int)request->lang);
    return arena_printf(request->arena, "%s (%s), %s", time_weekday_text(day, (int)request->lang),
        time_weekday_text(day, (int)other), words);
}
