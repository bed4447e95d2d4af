/* page/kit_fields: a field of every kind, without and with mistakes. */
#include <string.h>

#include "base/time.h"
#include "kit/control.h"
#include "kit/form_draw.h"
#include "page/kit.h"

static const char *error_at(const struct page *page, const char *id)
{
    const struct problems *problems = &page->request->problems;
    for (size_t i = 0; i < problems->count; i++)
        if (strcmp(problems->list[i].path, id) == 0) return problems->list[i].text[page->request->lang];
    return NULL;
}

static struct control named(struct page *page, const char *id, const char *label)
{
    return (struct control){.id = id, .label = page_word(page, label), .error = error_at(page, id)};
}

static void text_draw(struct page *page, const struct control *control, enum text_kind kind)
{
    control_begin(page, control);
    input_text(page, control, kind);
    control_end(page);
}

static void texts_draw(struct page *page)
{
    struct control name = named(page, "kit.name", "kit_field_name");
    name.hint = page_word(page, "kit_field_name_hint");
    text_draw(page, &name, TEXT_LINE);
    struct control date = named(page, "kit.date", "kit_field_date");
    date.hint = page_word(page, "kit_field_date_hint");
    date.value = date.error ? "31/2" : NULL;
    text_draw(page, &date, TEXT_DATE);
    struct control at = named(page, "kit.at", "kit_field_time");
    at.value = "t 1430";
    control_begin(page, &at);
    input_text(page, &at, TEXT_DATETIME);
    input_readback(page, &at, time_read_back(page->request, at.value, true));
    control_end(page);
    struct control amount = named(page, "kit.amount", "kit_field_amount");
    amount.optional = true;
    text_draw(page, &amount, TEXT_MONEY);
    struct control phone = named(page, "kit.phone", "kit_field_phone");
    phone.note = arena_printf(page->request->arena, "%s %s: %s", page_word(page, "only_when"),
        page_word(page, "kit_field_yes"), page_word(page, "yes"));
    text_draw(page, &phone, TEXT_PHONE);
    struct control search = named(page, "kit.find", "kit_field_search");
    text_draw(page, &search, TEXT_SEARCH);
    struct control text = named(page, "kit.text", "kit_field_text");
    control_begin(page, &text);
    input_area(page, &text);
    control_end(page);
}

static void choices_draw(struct page *page)
{
    const struct choice yes_no[] = {
        {"yes", page_word(page, "yes"), NULL}, {"no", page_word(page, "no"), NULL}};
    struct control told = named(page, "kit.told", "kit_field_yes");
    told.hint = page_word(page, "kit_field_yes_hint");
    control_group_begin(page, &told);
    input_radios(page, &told, yes_no, 2);
    control_end(page);
    const struct choice papers[] = {{"seizure", page_word(page, "kit_section_property"), NULL},
        {"hindi", page_word(page, "kit_hindi"), page_word(page, "kit_field_name_hint")}};
    struct control boxes = named(page, "kit.papers", "kit_field_boxes");
    boxes.value = "hindi";
    control_group_begin(page, &boxes);
    input_boxes(page, &boxes, papers, 2);
    control_end(page);
    struct control kind = named(page, "kit.kind", "kit_field_select");
    control_begin(page, &kind);
    input_select_begin(page, &kind);
    input_option(page, &kind, "theft", page_word(page, "kit_theft"));
    html_close(&page->html);
    control_end(page);
    struct control photo = named(page, "kit.photo", "kit_field_file");
    control_begin(page, &photo);
    input_file(page, &photo);
    control_end(page);
}

void kit_fields_draw(struct page *page)
{
    html_open(&page->html, "form", "method", "get", "action", "/kit", "class", "typed", NULL);
    page_hidden(page, "part", "fields");
    html_open(&page->html, "fieldset", "class", "part", NULL);
    html_element(&page->html, "legend", page_word(page, "kit_section_contents"), NULL);
    texts_draw(page);
    html_close(&page->html);
    html_open(&page->html, "fieldset", "class", "part", NULL);
    html_element(&page->html, "legend", page_word(page, "kit_section_accused"), NULL);
    choices_draw(page);
    row_add_draw(page, "accused", page_word(page, "kit_section_accused"));
    html_text(&page->html, " ");
    row_remove_draw(page, "accused.0", page_word(page, "kit_card_one"));
    html_close(&page->html);
    page_button(page, BUTTON_FIRST, page_word(page, "record"), NULL, NULL);
    html_close(&page->html);
}
