/* print/load: where layouts come from: built in, and the folder of a State. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/builtin.h"
#include "print/declare.h"
#include "register/file.h"

#define PRINTS_BYTES_MAX ((size_t)16 << 20)
#define FILE_BYTES_MAX ((size_t)256 << 10)

static void text_read(struct reading *reading, const char *name, const char *text, size_t n)
{
    struct lines lines;
    struct line line;
    reading->file = name;
    reading->print = NULL;
    reading->row = NULL;
    lines_init(&lines, reading->prints->arena, name, text, n);
    while (lines_next(&lines, &line)) {
        struct line *kept = ARENA_NEW(reading->prints->arena, struct line);
        *kept = line;
        reading->line = kept;
        declare_line(reading);
    }
    if (lines.too_long) declare_fault(reading, 0, "the line has too many words");
}

static struct reading reading_new(const struct forms *forms, struct problems *problems)
{
    struct arena *arena = arena_new(PRINTS_BYTES_MAX);
    struct prints *prints = ARENA_NEW(arena, struct prints);
    *prints = (struct prints){.arena = arena, .list = ARENA_ARRAY(arena, struct print, PRINTS_MAX)};
    return (struct reading){.prints = prints, .forms = forms, .problems = problems};
}

static enum err reading_end(struct reading *reading, enum err err, struct prints **ret)
{
    if (err == E_OK && reading->fault_count > 0) err = E_PROBLEM;
    if (err == E_OK)
        *ret = reading->prints;
    else
        prints_free(reading->prints);
    return err;
}

static bool is_ours(const char *name)
{
    size_t n = strlen(name);
    return n > 6 && strcmp(name + n - 6, ".print") == 0;
}

static int is_layout(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && is_ours(entry->d_name);
}

static enum err folder_read(struct reading *reading, const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_layout, alphasort);
    if (count < 0) return E_OK; /* no folder, no layouts of a State's own */
    enum err err = E_OK;
    for (int i = 0; i < count; i++) {
        const char *path = arena_printf(reading->prints->arena, "%s/%s", folder, entries[i]->d_name), *text;
        size_t n;
        if (err == E_OK) err = file_read(reading->prints->arena, path, FILE_BYTES_MAX, &text, &n);
        if (err == E_OK) text_read(reading, path, text, n);
        free(entries[i]);
    }
    free(entries);
    return err;
}

enum err prints_load(
    const char *folder, const struct forms *forms, struct problems *problems, struct prints **ret)
{
    struct reading reading = reading_new(forms, problems);
    enum err err = folder ? folder_read(&reading, folder) : E_OK; /* first: a State's own layout is meant */
    for (size_t i = 0; i < builtin_files_count; i++)
        if (strncmp(builtin_files[i].path, "prints/", 7) == 0 && is_ours(builtin_files[i].path))
            text_read(&reading, builtin_files[i].path, builtin_files[i].data, builtin_files[i].len);
    return reading_end(&reading, err, ret);
}

enum err prints_load_text(const char *name, const char *text, const struct forms *forms,
    struct problems *problems, struct prints **ret)
{
    struct reading reading = reading_new(forms, problems);
    text_read(&reading, name, text, strlen(text));
    return reading_end(&reading, E_OK, ret);
}

void prints_free(struct prints *prints)
{
    if (prints) arena_free(prints->arena);
}
