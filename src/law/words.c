/* law/words: what people call an offence, in Hindi or in other English words, and the word of the titles it
 * means. */
#include <string.h>

#include "base/builtin.h"
#include "base/lines.h"
#include "law/tables.h"

#define WORDS_PATH "law/words"
#define WORDS_MAX 400
#define NAMES_MAX 16
#define LETTERS_MAX 48 /* bytes of a word that is compared for slips */

static void names_read(struct law *law, struct law_word *word, const char *column)
{
    for (const char *at = column; *at; at += strspn(at, " ")) {
        size_t n = strcspn(at, " ");
        if (word->name_count < NAMES_MAX)
            word->names[word->name_count++] = spelling_key(law->arena, arena_strndup(law->arena, at, n));
        at += n;
    }
}

void words_of_law_load(struct law *law, struct problems *problems)
{
    const struct builtin *file = builtin_find(WORDS_PATH);
    if (!file) {
        law_wrong(problems, WORDS_PATH, 0, "the file is not built in");
        return;
    }
    law->words = ARENA_ARRAY(law->arena, struct law_word, WORDS_MAX);
    struct lines lines;
    struct line line;
    lines_init(&lines, law->arena, WORDS_PATH, file->data, file->len);
    while (lines_next(&lines, &line)) {
        if (line.word_count != 1 || line.column_count != 2 || law->word_count == WORDS_MAX) {
            law_wrong(
                problems, WORDS_PATH, line.number, "a row is: word of the title | in Hindi | in English");
            return;
        }
        struct law_word *word = &law->words[law->word_count++];
        *word = (struct law_word){
            .title = line.words[0], .names = ARENA_ARRAY(law->arena, const char *, NAMES_MAX)};
        names_read(law, word, line.columns[0]);
        names_read(law, word, line.columns[1]);
    }
}

/* Changed, left out, added or swapped letters between two words, by byte: a changed sign of Devanagari is one
 * or two of them. More than `most` is told as most + 1. */
static int slips_between(const char *a, size_t n, const char *b, size_t m, int most)
{
    if (n > LETTERS_MAX || m > LETTERS_MAX || (n > m ? n - m : m - n) > (size_t)most) return most + 1;
    int rows[3][LETTERS_MAX + 1];
    for (size_t j = 0; j <= m; j++) rows[0][j] = (int)j;
    for (size_t i = 1; i <= n; i++) {
        int *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = (int)i;
        for (size_t j = 1; j <= m; j++) {
            int best = above[j - 1] + (a[i - 1] != b[j - 1]);
            if (above[j] + 1 < best) best = above[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped && two_above[j - 2] + 1 < best) best = two_above[j - 2] + 1;
            row[j] = best;
        }
    }
    return rows[n % 3][m] <= most ? rows[n % 3][m] : most + 1;
}

bool word_nearly(const char *typed, const char *word, size_t n)
{
    size_t typed_n = strlen(typed);
    bool devanagari = (unsigned char)typed[0] >= 0x80;
    if (typed_n < (devanagari ? 9 : 4)) return false; /* three letters may be anything */
    int most = devanagari ? 2 : typed_n < 8 ? 1 : 2;
    return slips_between(typed, typed_n, word, n, most) <= most;
}

size_t words_meant(
    const struct law *law, const char *typed, bool slips, const struct law_word **ret, size_t max)
{
    size_t count = 0, typed_n = strlen(typed);
    for (size_t i = 0; i < law->word_count && count < max; i++) {
        const struct law_word *word = &law->words[i];
        bool meant = false;
        for (size_t k = 0; k < word->name_count && !meant; k++) {
            const char *name = word->names[k];
            size_t n = strlen(name);
            /* Typed in part, or with an ending of its own. */
            size_t least = (unsigned char)name[0] < 0x80 ? 6 : 12; /* बल does not begin बलवा */
            meant = strncmp(name, typed, typed_n) == 0 || (n >= least && strncmp(typed, name, n) == 0) ||
                    (slips && word_nearly(typed, name, n));
        }
        if (meant) ret[count++] = word;
    }
    return count;
}
