/* page/desk: the parts of a form, how far each is, where it stands, and what every page of a draft shows. */
#include <string.h>

#include "base/id.h"
#include "base/time.h"
#include "kit/notice.h"
#include "page/desk.h"

/* A person or thing is about five fields that one fills. Some forty fields are three screens of 1366 by 768:
 * to scroll them once is quicker than to turn pages, more is easier taken part by part. */
#define COMPOSITE_WEIGHT 5
#define ONE_PAGE_WEIGHT 39
/* A row of up to this weight (sections of law, officers) is quicker filled among its neighbours. */
#define ONE_PAGE_ROW_WEIGHT 3
#define MISSING_SHOWN_MAX 12
#define TIME_OF_DAY 5 /* "14:30" */

static size_t section_weight(const struct section *section)
{
    size_t weight = 0;
    for (size_t i = 0; i < section->field_count; i++)
        weight += section->fields[i].composite ? COMPOSITE_WEIGHT : 1;
    return weight;
}

bool desk_on_one_page(const struct form *form)
{
    size_t weight = 0;
    for (size_t i = 0; i < form->section_count; i++) weight += section_weight(&form->sections[i]);
    return weight <= ONE_PAGE_WEIGHT;
}

bool rows_on_one_page(const struct section *section)
{
    return section_weight(section) <= ONE_PAGE_ROW_WEIGHT;
}

static bool has_addressees(const struct form *form)
{
    return form->to_count > 0 && !form->to_field;
}

/* ---- parts ---- */

static const struct section *section_of(const struct desk *desk, const char *path, size_t *ret_length)
{
    size_t n = strcspn(path, ".");
    *ret_length = n;
    for (size_t i = 0; i < desk->form->section_count; i++) {
        const struct section *section = &desk->form->sections[i];
        if (strlen(section->name) == n && memcmp(section->name, path, n) == 0) return section;
    }
    return NULL;
}

bool part_find(const struct desk *desk, const char *place, struct part *ret)
{
    *ret = (struct part){.place = place};
    if (strcmp(place, ADDRESSEES) == 0) return has_addressees(desk->form);
    size_t n;
    ret->section = section_of(desk, place, &n);
    if (!ret->section || !place[n]) return ret->section != NULL;
    const char *digits = place + n + 1;
    ret->row = true;
    size_t length = strlen(digits);
    return ret->section->many && length > 0 && length <= 3 && strspn(digits, "0123456789") == length &&
           strtoul(digits, NULL, 10) < SECTION_ROWS_MAX;
}

const char *part_of_path(const struct desk *desk, const char *path)
{
    size_t n;
    const struct section *section = section_of(desk, path, &n);
    if (strcmp(path, "to") == 0 || strcmp(path, ADDRESSEES) == 0) return ADDRESSEES;
    if (!section) return NULL;
    size_t digits = path[n] == '.' ? strspn(path + n + 1, "0123456789") : 0;
    bool row = section->many && digits > 0 && !rows_on_one_page(section);
    return arena_strndup(desk->request->arena, path, row ? n + 1 + digits : n);
}

/* Counts only the rows that hold something, up to this one: what it is called on the page. */
static size_t row_number(const struct desk *desk, const struct section *section, size_t row)
{
    size_t number = 1;
    for (size_t i = 0; i < row; i++)
        number += typed_any(&desk->typed, arena_printf(desk->request->arena, "%s.%zu", section->name, i));
    return number;
}

const char *part_title(const struct desk *desk, const struct part *part)
{
    enum lang lang = desk->request->lang;
    if (!part->section) return word(lang, "send_to");
    const char *label = part->section->label.text[lang];
    if (!part->row) return label;
    size_t row = strtoul(strchr(part->place, '.') + 1, NULL, 10);
    return arena_printf(desk->request->arena, "%s %zu", label, row_number(desk, part->section, row));
}

const char *part_after(const struct desk *desk, const struct section *section)
{
    const struct form *form = desk->form;
    bool passed = section == NULL;
    for (size_t i = 0; i < form->section_count; i++) {
        const struct section *next = &form->sections[i];
        if (passed && typed_holds(&desk->live, &next->only_when, &(struct typed_place){"", ""}))
            return next->name;
        passed = passed || next == section;
    }
    return has_addressees(form) && section ? ADDRESSEES : NULL;
}

/* ---- states ---- */

bool problem_is_gap(const struct problem *problem)
{
    return strcmp(problem->code, "field_required") == 0 || strcmp(problem->code, "section_few") == 0 ||
           strcmp(problem->code, "addressee_missing") == 0;
}

static bool is_under(const char *path, const char *name)
{
    size_t n = strlen(name);
    return strncmp(path, name, n) == 0 && (path[n] == '.' || path[n] == '\0');
}

enum step_state section_state(const struct desk *desk, const struct section *section)
{
    if (!typed_holds(&desk->live, &section->only_when, &(struct typed_place){"", ""})) return STEP_WAITS;
    size_t gaps = 0;
    for (size_t i = 0; i < desk->judged.count; i++) {
        const struct problem *problem = &desk->judged.list[i];
        if (!is_under(problem->path, section->name)) continue;
        if (!problem_is_gap(problem)) return STEP_WRONG;
        gaps++;
    }
    bool begun = typed_any(&desk->live, section->name);
    if (begun) return gaps > 0 ? STEP_BEGUN : STEP_DONE;
    return gaps > 0 ? STEP_OPEN : STEP_OPTIONAL;
}

/* ---- addresses ---- */

static const char *new_query(const struct desk *desk, const char *before)
{
    struct request *request = desk->request;
    if (desk->head.version > 0) return "";
    struct buf query;
    buf_init(&query, request->arena, PAGE_BYTES_MAX);
    buf_puts(&query, before);
    buf_puts(&query, url_make(request->arena, "form=%", desk->form->name));
    if (desk->head.case_id) buf_puts(&query, url_make(request->arena, "&case=%", desk->head.case_id));
    for (size_t i = 0; request->method != METHOD_POST && i < request->query_count; i++)
        if (strchr(request->query[i].name, '.'))
            buf_puts(
                &query, url_make(request->arena, "&%=%", request->query[i].name, request->query[i].value));
    return query.data;
}

const char *desk_address(const struct desk *desk, const char *step)
{
    struct arena *arena = desk->request->arena;
    return arena_printf(arena, "/drafts/%s%s%s", desk->head.id, step, new_query(desk, "?"));
}

const char *part_address(const struct desk *desk, const char *place, const char *path)
{
    struct arena *arena = desk->request->arena;
    const char *hash = path ? "#" : "";
    if (desk_on_one_page(desk->form))
        return arena_printf(arena, "%s%s%s", desk_address(desk, ""), hash, path ? path : "");
    return arena_printf(arena, "/drafts/%s/part/%s%s%s%s", desk->head.id, place, new_query(desk, "?"), hash,
        path ? path : "");
}

const char *desk_query(const struct desk *desk)
{
    return arena_printf(desk->request->arena, "draft=%s%s", desk->head.id, new_query(desk, "&"));
}

/* ---- drawn on several pages ---- */

void desk_saved_draw(struct page *page, const struct desk *desk, int64_t other_at)
{
    struct request *request = page->request;
    struct arena *arena = request->arena;
    page_hidden(page, "_version", arena_printf(arena, "%lld", (long long)desk->head.version));
    if (desk->head.version == 0) return;
    const char *time = strrchr(page_time(page, desk->head.saved_at), ' ');
    bool hindi = request->lang == LANG_HI;
    html_element(&page->html, "span",
        arena_printf(arena, hindi ? "%2$s %1$s" : "%1$s %2$s", page_word(page, "saved_at"),
            arena_strndup(arena, time + 1, TIME_OF_DAY)),
        "class", "saved", NULL);
    if (other_at == 0) return;
    notice_begin(page, TONE_WARN, page_word(page, "draft_two_tabs"));
    page_text(
        page, arena_printf(arena, "%s %s", page_word(page, "draft_two_tabs_at"), page_time(page, other_at)));
    html_close(&page->html);
}

void desk_marks_draw(struct page *page, const struct desk *desk, int64_t other_at)
{
    struct request *request = page->request;
    struct arena *arena = request->arena;
    char tab[ID_TEXT_SIZE];
    id_new(tab, request->now);
    page_hidden(page, "_tab", arena_strdup(arena, tab));
    page_hidden(page, "_form", desk->form->name);
    if (desk->head.case_id) page_hidden(page, "_case", desk->head.case_id);
    page_hidden(page, "_office", desk->head.office);
    for (size_t i = 0; desk->head.version == 0 && i < desk->count; i++)
        if (request->method != METHOD_POST) page_hidden(page, desk->pairs[i].name, desk->pairs[i].value);
    html_open(&page->html, "div", "id", "draft-saved", "role", "status", "hx-post",
        arena_printf(arena, "/drafts/%s/save", desk->head.id), "hx-trigger",
        "input from:'closest form' delay:1500ms, change from:'closest form' delay:400ms", "hx-encoding",
        "application/x-www-form-urlencoded", "hx-sync", ASK_LATEST, NULL);
    desk_saved_draw(page, desk, other_at);
    html_close(&page->html);
}

/* "Occurrence: Place of occurrence"; rows with their number. */
static const char *gap_words(const struct desk *desk, const struct problem *problem)
{
    struct request *request = desk->request;
    const struct field *field = field_at(desk->form, problem->path);
    const char *place = part_of_path(desk, problem->path);
    struct part part;
    if (!place || !part_find(desk, place, &part)) return problem->text[request->lang];
    const char *title = part_title(desk, &part);
    if (!field) return title;
    return arena_printf(request->arena, "%s: %s", title, field->label.text[request->lang]);
}

void desk_missing_draw(struct page *page, const struct desk *desk, const char *here, bool swapped)
{
    size_t gaps = 0, shown = 0;
    for (size_t i = 0; i < desk->judged.count; i++) gaps += problem_is_gap(&desk->judged.list[i]);
    html_open(&page->html, "div", "id", "draft-missing", "hx-swap-oob", swapped ? "true" : NULL, NULL);
    missing_begin(page, gaps);
    size_t most = gaps > MISSING_SHOWN_MAX + 3 ? MISSING_SHOWN_MAX : gaps; /* "and one more" helps nobody */
    for (size_t i = 0; i < desk->judged.count && shown < most; i++) {
        const struct problem *problem = &desk->judged.list[i];
        const char *place = problem_is_gap(problem) ? part_of_path(desk, problem->path) : NULL;
        if (!place) continue;
        bool on_page = here && strcmp(place, here) == 0;
        missing_item(page,
            on_page ? arena_printf(page->request->arena, "#%s", problem->path)
                    : part_address(desk, place, problem->path),
            gap_words(desk, problem));
        shown++;
    }
    if (gaps > shown)
        html_element(&page->html, "li",
            arena_printf(page->request->arena, "%s %zu", page_word(page, "missing_more"), gaps - shown),
            NULL);
    missing_end(page, gaps);
    html_close(&page->html);
}
