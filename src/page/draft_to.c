/* page/draft_to: whom a form goes to. In a district the offices of a kind are a handful and stand there as
 * boxes; a State has hundreds of stations, so there one types a few letters and chooses. */
#include <string.h>

#include "kit/control.h"
#include "kit/form_draw.h"
#include "page/desk.h"

#define OFFICES_MAX 2000
#define BOXES_MAX 20 /* more than these are looked for */

static struct choice office_choice(const struct request *request, const struct office *office)
{
    bool hindi = request->lang == LANG_HI && office->name_hi;
    return (struct choice){office->code, hindi ? office->name_hi : office->name, NULL};
}

void addressees_draw(struct form_draw *draw, const struct desk *desk)
{
    struct page *page = draw->page;
    struct request *request = page->request;
    const struct form *form = desk->form;
    if (form->to_count == 0 || form->to_field) return;
    struct office_filter filter = {
        .kinds = form->to_kinds, .kind_count = form->to_count, .limit = OFFICES_MAX};
    struct office *offices;
    size_t found = offices_list(request->db, request->arena, &filter, &offices), count = 0;
    struct choice *choices = ARENA_ARRAY(request->arena, struct choice, found + 1);
    for (size_t i = 0; i < found; i++)
        if (found <= BOXES_MAX || desk_goes_to(desk, offices[i].code))
            choices[count++] = office_choice(request, &offices[i]);
    const struct control control = {.id = "to",
        .name = ADDRESSEES,
        .label = page_word(page, "send_to"),
        .value = desk->to,
        .optional = !form->to_required};
    page_hidden(page, ADDRESSEES, ""); /* that it was asked for, when none is chosen */
    control_group_begin(page, &control);
    input_boxes(page, &control, choices, count);
    if (found > BOXES_MAX) {
        const struct control other = {.id = ADDRESSEES, .label = control.label};
        picker_draw(draw, NULL, &other, "office", NULL);
    }
    control_end(page);
}
