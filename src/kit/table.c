/* kit/table: see the header. */
#include "kit/table.h"

#include <string.h>

static const struct column *column_next(struct table *table)
{
    const struct column *column = &table->columns[table->at];
    if (column->key) table->at++;
    return column;
}

static const char *heading_words(const struct page *page, const struct column *column)
{
    return column->text ? column->text : page_word(page, column->key);
}

/* ?sort=when sorts by it, ?sort=-when the other way round. */
static void heading_draw(struct table *table, const struct column *column)
{
    struct page *page = table->page;
    struct html *html = &page->html;
    const char *sort = query_value(page->request, "sort");
    bool down = sort && sort[0] == '-';
    bool here = sort && strcmp(sort + down, column->key) == 0;
    const char *class = column->figure ? "figure" : NULL;
    if (!column->sorts) {
        html_element(html, "th", heading_words(page, column), "scope", "col", "class", class, NULL);
        return;
    }
    html_open(html, "th", "scope", "col", "class", class, "aria-sort",
        !here  ? NULL
        : down ? "descending"
               : "ascending",
        NULL);
    const char *next = here && !down ? arena_printf(page->request->arena, "-%s", column->key) : column->key;
    html_open(html, "a", "href", page_address(page, "sort", next), NULL);
    html_text(html, heading_words(page, column));
    html_element(html, "span", !here ? " ↕" : down ? " ↓" : " ↑", "aria-hidden", "true", NULL);
    html_close(html);
    html_close(html);
}

void table_begin(struct table *table)
{
    struct page *page = table->page;
    struct html *html = &page->html;
    html_open(html, "table", NULL);
    html_open(html, "caption", "class", table->caption ? NULL : "off", NULL);
    if (table->caption)
        html_element(html, "h2", table->caption, NULL);
    else
        html_text(html, table->title ? table->title : page->title);
    html_close(html);
    html_open(html, "thead", NULL);
    html_open(html, "tr", NULL);
    for (const struct column *column = table->columns; column->key; column++)
        if (!column->left_out) heading_draw(table, column);
    html_close(html);
    html_close(html);
    html_open(html, "tbody", NULL);
}

void table_end(struct table *table)
{
    if (table->rows == 0) {
        html_open(&table->page->html, "tr", NULL);
        html_element(&table->page->html, "td", page_word(table->page, "list_empty"), "colspan", "100",
            "class", "dim", NULL);
        html_close(&table->page->html);
    }
    html_close(&table->page->html);
    html_close(&table->page->html);
}

void table_row_begin(struct table *table)
{
    table->at = 0;
    table->rows++;
    html_open(&table->page->html, "tr", NULL);
}

void table_row_end(struct table *table)
{
    html_close(&table->page->html);
}

static bool cell_left_out(struct table *table)
{
    if (!table->columns[table->at].left_out) return false;
    table->at++;
    return true;
}

static void cell_open(struct table *table, const char *class)
{
    const struct column *column = column_next(table);
    bool first = column == table->columns;
    if (column->figure) class = class ? "figure late" : "figure";
    if (column->whole) class = class ? "whole late" : "whole";
    html_open(&table->page->html, first ? "th" : "td", "scope", first ? "row" : NULL, "class", class,
        "data-of", first ? NULL : heading_words(table->page, column), NULL);
}

void table_cell_begin(struct table *table)
{
    cell_open(table, NULL);
}

void table_cell(struct table *table, const char *text)
{
    if (cell_left_out(table)) return;
    cell_open(table, NULL);
    html_text(&table->page->html, text);
    html_close(&table->page->html);
}

void table_cell_late(struct table *table, const char *text)
{
    cell_open(table, "late");
    html_text(&table->page->html, text);
    html_close(&table->page->html);
}

void table_cell_link(struct table *table, const char *address, const char *text)
{
    if (cell_left_out(table)) return;
    cell_open(table, NULL);
    if (text && text[0]) page_link(table->page, address, text);
    html_close(&table->page->html);
}
