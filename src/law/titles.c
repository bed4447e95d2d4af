/* law/titles: the Hindi of the tables: a title for every offence (law/titles/) and the words for courts,
 * crime heads and groups (law/terms). An offence that lacks one would show English on a Hindi page: the
 * program does not start with it. */
#include <ctype.h>
#include <string.h>

#include "base/builtin.h"
#include "base/lines.h"
#include "law/tables.h"

#define TERMS_PATH "law/terms"
#define TERMS_MAX 400

static const char titles_folder[] = "law/titles/";

/* What stands before the bar, with one blank between the words. */
static const char *line_name(struct arena *arena, const struct line *line)
{
    const char *name = "";
    for (size_t i = 0; i < line->word_count; i++)
        name = arena_printf(arena, "%s%s%s", name, i ? " " : "", line->words[i]);
    return name;
}

/* Hindi letters in it and no Latin ones: a title copied from the English column is none. */
static bool is_hindi(const char *text)
{
    bool found = false;
    for (; *text; text++) {
        if (isalpha((unsigned char)*text)) return false;
        found |= (unsigned char)*text >= 0x80;
    }
    return found;
}

static const char *title_take(struct law *law, const struct line *line)
{
    if (line->word_count == 0 || line->column_count != 1) return "a row is: name of the offence | title";
    const char *name = line_name(law->arena, line);
    const struct offence *found = offence_any_case(law, name);
    if (!found) return arena_printf(law->arena, "%s is not an offence of the tables", name);
    struct offence *offence = law->offences[found->place];
    if (offence->title[LANG_HI]) return arena_printf(law->arena, "%s stands there twice", name);
    if (!is_hindi(line->columns[0])) return arena_printf(law->arena, "the title of %s is not in Hindi", name);
    offence->title[LANG_HI] = line->columns[0];
    return NULL;
}

static const char *term_take(struct law *law, const struct line *line)
{
    if (line->word_count == 0 || line->column_count != 1) return "a row is: English | Hindi";
    if (law->term_count == TERMS_MAX) return "too many terms";
    if (!is_hindi(line->columns[0])) return "the term is not in Hindi";
    law->terms[law->term_count++] = (struct law_term){{line_name(law->arena, line), line->columns[0]}};
    return NULL;
}

static void rows_read(struct law *law, const char *path, const char *text, size_t n,
    const char *(*take)(struct law *law, const struct line *line), struct problems *problems)
{
    struct lines lines;
    struct line line;
    lines_init(&lines, law->arena, path, text, n);
    while (lines_next(&lines, &line)) {
        const char *fault = take(law, &line);
        if (fault) law_wrong(problems, path, line.number, "%s", fault);
    }
    if (lines.too_long) law_wrong(problems, path, lines.number, "too many words or columns");
}

void titles_read(struct law *law, const char *path, const char *text, size_t n, struct problems *problems)
{
    rows_read(law, path, text, n, title_take, problems);
}

/* Gives the words their Hindi; false when law/terms has none for them. */
static bool term_fill(const struct law *law, const char *words[LANG_COUNT])
{
    if (!words[LANG_EN]) return true;
    for (size_t i = 0; i < law->term_count && !words[LANG_HI]; i++)
        if (strcmp(law->terms[i].words[LANG_EN], words[LANG_EN]) == 0)
            words[LANG_HI] = law->terms[i].words[LANG_HI];
    return words[LANG_HI] != NULL;
}

void titles_check(struct law *law, struct problems *problems)
{
    for (size_t i = 0; i < law->count; i++) {
        struct offence *offence = law->offences[i];
        if (!offence->title[LANG_HI])
            law_wrong(problems, "law/titles", 0, "%s has no title in Hindi", offence->name);
        const char **all[] = {offence->court, offence->crime_head, offence->crime_group};
        for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
            if (!term_fill(law, all[k]))
                law_wrong(problems, TERMS_PATH, 0, "'%s' of %s has no Hindi", all[k][LANG_EN], offence->name);
    }
}

void titles_load(struct law *law, struct problems *problems)
{
    law->terms = ARENA_ARRAY(law->arena, struct law_term, TERMS_MAX);
    const struct builtin *terms = builtin_find(TERMS_PATH);
    if (terms) rows_read(law, TERMS_PATH, terms->data, terms->len, term_take, problems);
    for (size_t i = 0; i < builtin_files_count; i++) {
        const struct builtin *file = &builtin_files[i];
        if (strncmp(file->path, titles_folder, sizeof titles_folder - 1) == 0)
            titles_read(law, file->path, file->data, file->len, problems);
    }
    titles_check(law, problems);
    law->keys = ARENA_ARRAY(law->arena, struct law_key, law->count);
    for (size_t i = 0; i < law->count; i++) {
        const char *title = law->offences[i]->title[LANG_HI], *head = law->offences[i]->crime_head[LANG_HI];
        law->keys[i] = (struct law_key){title ? spelling_key(law->arena, title) : NULL,
            head ? spelling_key(law->arena, head) : NULL};
    }
}
