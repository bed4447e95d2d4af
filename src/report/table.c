/* report/table: see table.h. */
#include "report/table.h"

#include <assert.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/time.h"

void table_init(struct table *table, struct arena *arena, const char *title)
{
    *table = (struct table){.arena = arena, .title = title};
}

void table_column(struct table *table, const char *heading, enum table_kind kind)
{
    assert(table->column_count < TABLE_COLUMNS_MAX && table->row_count == 0);
    table->headings[table->column_count] = heading;
    table->kinds[table->column_count++] = kind;
}

struct table_value *table_row_add(struct table *table)
{
    size_t width = table->column_count;
    if (table->row_count == table->room) {
        size_t room = table->room ? 2 * table->room : 64;
        struct table_value *values = ARENA_ARRAY(table->arena, struct table_value, room * width);
        if (table->row_count) memcpy(values, table->values, table->row_count * width * sizeof *values);
        table->values = values;
        table->room = room;
    }
    return &table->values[table->row_count++ * width];
}

/* "2026-11-22 14:30", or the day alone; "" for none. */
static const char *time_cell(const struct table *table, int64_t at, enum table_kind kind)
{
    if (at == 0) return "";
    struct civil c = time_civil(at);
    if (kind == TABLE_DAY) return arena_printf(table->arena, "%04d-%02d-%02d", c.year, c.month, c.day);
    return arena_printf(table->arena, "%04d-%02d-%02d %02d:%02d", c.year, c.month, c.day, c.hour, c.minute);
}

/* ---- CSV ---- */

static void text_csv(struct buf *ret, const char *text)
{
    bool formula = *text && strchr("=+-@\t\r", *text);
    if (!formula && !strpbrk(text, ",\"\r\n")) {
        buf_puts(ret, text);
        return;
    }
    buf_putc(ret, '"');
    if (formula) buf_putc(ret, '\'');
    for (; *text; text++) {
        if (*text == '"') buf_putc(ret, '"');
        buf_putc(ret, *text);
    }
    buf_putc(ret, '"');
}

static void value_csv(
    const struct table *table, struct buf *ret, enum table_kind kind, struct table_value value)
{
    switch (kind) {
    case TABLE_TEXT: text_csv(ret, value.text ? value.text : ""); return;
    case TABLE_NUMBER:
        if (value.number != TABLE_NOTHING) buf_put_int(ret, value.number);
        return;
    case TABLE_TIME:
    case TABLE_DAY: buf_puts(ret, time_cell(table, value.number, kind)); return;
    }
}

void table_csv(const struct table *table, struct buf *ret)
{
    buf_puts(ret, "\xEF\xBB\xBF");
    for (size_t i = 0; i < table->column_count; i++) {
        if (i) buf_putc(ret, ',');
        text_csv(ret, table->headings[i]);
    }
    for (size_t row = 0; row < table->row_count; row++)
        for (size_t i = 0; i < table->column_count; i++) {
            buf_puts(ret, i ? "," : "\r\n");
            value_csv(table, ret, table->kinds[i], table->values[row * table->column_count + i]);
        }
    buf_puts(ret, "\r\n");
}

/* ---- XLSX ---- */

struct sheet {
    lxw_worksheet *worksheet;
    lxw_format *heading, *time, *day;
};

static void time_xlsx(
    const struct sheet *sheet, lxw_row_t row, lxw_col_t column, enum table_kind kind, int64_t at)
{
    if (at == 0) return;
    struct civil c = time_civil(at);
    lxw_datetime when = {c.year, c.month, c.day, 0, 0, 0};
    if (kind == TABLE_TIME) {
        when.hour = c.hour;
        when.min = c.minute;
    }
    worksheet_write_datetime(
        sheet->worksheet, row, column, &when, kind == TABLE_DAY ? sheet->day : sheet->time);
}

static void value_xlsx(const struct sheet *sheet, lxw_row_t row, lxw_col_t column, enum table_kind kind,
    struct table_value value)
{
    switch (kind) {
    case TABLE_TEXT:
        if (value.text && *value.text)
            worksheet_write_string(sheet->worksheet, row, column, value.text, NULL);
        return;
    case TABLE_NUMBER:
        if (value.number != TABLE_NOTHING)
            worksheet_write_number(sheet->worksheet, row, column, (double)value.number, NULL);
        return;
    case TABLE_TIME:
    case TABLE_DAY: time_xlsx(sheet, row, column, kind, value.number); return;
    }
}

static void sheet_fill(const struct table *table, const struct sheet *sheet)
{
    lxw_col_t last = (lxw_col_t)(table->column_count - 1);
    worksheet_set_column(sheet->worksheet, 0, last, 20, NULL);
    worksheet_freeze_panes(sheet->worksheet, 1, 0);
    for (size_t i = 0; i < table->column_count; i++)
        worksheet_write_string(sheet->worksheet, 0, (lxw_col_t)i, table->headings[i], sheet->heading);
    for (size_t row = 0; row < table->row_count; row++)
        for (size_t i = 0; i < table->column_count; i++)
            value_xlsx(sheet, (lxw_row_t)(row + 1), (lxw_col_t)i, table->kinds[i],
                table->values[row * table->column_count + i]);
}

enum err table_xlsx(const struct table *table, int *ret_fd, int64_t *ret_size)
{
    int fd = memfd_create("table.xlsx", MFD_CLOEXEC);
    if (fd < 0) return E_IO;
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_workbook *workbook = workbook_new_opt(arena_printf(table->arena, "/proc/self/fd/%d", fd), &options);
    if (!workbook) {
        close(fd);
        return E_IO;
    }
    struct sheet sheet = {workbook_add_worksheet(workbook, table->title), workbook_add_format(workbook),
        workbook_add_format(workbook), workbook_add_format(workbook)};
    format_set_bold(sheet.heading);
    format_set_num_format(sheet.time, "yyyy-mm-dd hh:mm");
    format_set_num_format(sheet.day, "yyyy-mm-dd");
    sheet_fill(table, &sheet);
    struct stat info;
    if (workbook_close(workbook) != LXW_NO_ERROR || fstat(fd, &info) != 0) {
        close(fd);
        return E_IO;
    }
    *ret_fd = fd;
    *ret_size = info.st_size;
    return E_OK;
}
