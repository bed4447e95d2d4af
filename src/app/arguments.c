/* Reading the words of a command line against the verb's table of options. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "app/verbs.h"

#define OPERANDS_MAX 64

/* The row of an option word "--name" or "--name=value"; -1 when the verb has none. */
static int option_row(const struct verb *verb, const char *word, size_t n)
{
    for (int i = 0; verb->options && verb->options[i].name; i++)
        if (strlen(verb->options[i].name) == n && strncmp(verb->options[i].name, word, n) == 0) return i;
    return -1;
}

static bool wrong(const struct verb *verb, const char *what, const char *word)
{
    fprintf(stderr, "panji %s: %s%s. panji %s --help tells more.\n", verb->name, what, word, verb->name);
    return false;
}

/* One option; *i moves on when its value is the next word. */
static bool option_read(struct arguments *arguments, int count, char **words, int *i)
{
    const struct verb *verb = arguments->verb;
    const char *name = words[*i] + 2, *equals = strchr(name, '=');
    size_t n = equals ? (size_t)(equals - name) : strlen(name);
    if (verb->takes_json && n == 4 && strncmp(name, "json", n) == 0 && !equals) {
        arguments->json = true;
        return true;
    }
    bool data = verb->takes_data && n == 4 && strncmp(name, "data", n) == 0;
    int row = data ? -1 : option_row(verb, name, n);
    if (!data && row < 0) return wrong(verb, "no such option: ", words[*i]);
    const char *value = equals ? equals + 1 : NULL;
    if (!data && !verb->options[row].value) {
        if (value) return wrong(verb, "takes no value: ", words[*i]);
        arguments->values[row] = "";
        return true;
    }
    if (!value && *i + 1 >= count) return wrong(verb, "needs a value: ", words[*i]);
    if (!value) value = words[++*i];
    if (data)
        arguments->data = value;
    else
        arguments->values[row] = value;
    return true;
}

bool arguments_read(struct arguments *arguments, const struct verb *verb, int count, char **words)
{
    arguments->verb = verb;
    arguments->data = ".";
    bool options = true;
    for (int i = 0; i < count; i++) {
        if (options && strcmp(words[i], "--") == 0) {
            options = false;
        } else if (options && words[i][0] == '-' && words[i][1] == '-') {
            if (!option_read(arguments, count, words, &i)) return false;
        } else if (arguments->operand_count == OPERANDS_MAX ||
                   arguments->operand_count == verb->operands_max) {
            return wrong(verb, "one word too many: ", words[i]);
        } else {
            arguments->operands[arguments->operand_count++] = words[i];
        }
    }
    if (arguments->operand_count < verb->operands_min) return wrong(verb, "needs ", verb->operands);
    for (int i = 0; verb->options && verb->options[i].name; i++)
        if (!arguments->values[i]) arguments->values[i] = verb->options[i].fallback;
    return true;
}

const char *argument(const struct arguments *arguments, const char *name)
{
    int row = option_row(arguments->verb, name, strlen(name));
    assert(row >= 0);
    return arguments->values[row];
}

int problems_print(const struct arguments *arguments, const struct problems *problems, enum err err)
{
    if (arguments->json) {
        json_t *json = problems_json(problems, NULL);
        json_dumpf(json, stderr, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
        fputc('\n', stderr);
        json_decref(json);
    } else {
        for (size_t i = 0; i < problems->count; i++) {
            const struct problem *p = &problems->list[i];
            fprintf(stderr, "panji: %s%s%s [%s]\n  %s\n", p->path, *p->path ? ": " : "", p->text[LANG_EN],
                p->code, p->text[LANG_HI]);
            if (p->next[LANG_EN]) fprintf(stderr, "  %s\n  %s\n", p->next[LANG_EN], p->next[LANG_HI]);
        }
    }
    if (problems->count == 0) fprintf(stderr, "panji: %s\n", err_text(err));
    return err_exit_code(err);
}
