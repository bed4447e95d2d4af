/* page/print: buttons that lead to papers. */
#include <string.h>

#include "kit/notice.h"
#include "page/pages.h"
#include "web/server.h"

/* The first layout is the paper everybody means; the others are called by their names. */
void page_print_buttons(struct page *page, const char *form, const char *id)
{
    const struct request *request = page->request;
    const struct print *list[PRINTS_OF_FORM_MAX];
    size_t count = prints_of_form(press_prints(request->web->press), form, list);
    page_button_link(page, BUTTON_SECOND, page_word(page, "print_button"),
        url_make(request->arena, "/api/v1/entries/%.pdf", id));
    for (size_t i = 1; i < count; i++)
        page_button_link(page, BUTTON_SECOND,
            arena_printf(request->arena, "%s: %s", page_word(page, "print_button"),
                print_label(list[i])->text[request->lang]),
            url_make(request->arena, "/api/v1/entries/%.pdf?print=%", id, print_name(list[i])));
}

void page_print_button(struct page *page, const char *address)
{
    page_buttons_begin(page);
    page_button_link(page, BUTTON_SECOND, page_word(page, "print_button"), address);
    html_close(&page->html);
}
