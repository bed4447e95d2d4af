/* panji VERB …: finds the verb and runs it. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "app/verbs.h"

#define ARENA_MAX ((size_t)512 << 20)
#define EXIT_USAGE 2

static int version_print(bool json)
{
    if (json)
        printf("{\"name\":\"panji\",\"version\":\"%s\",\"envelope\":1}\n", PANJI_VERSION);
    else
        printf("panji %s\n", PANJI_VERSION);
    return 0;
}

/* Options that stand before any verb. */
static int option_run(int count, char **words)
{
    const char *option = words[1];
    if (strcmp(option, "--help") == 0 || strcmp(option, "help") == 0) {
        help_print(stdout);
        return 0;
    }
    if (strcmp(option, "--version") == 0) return version_print(count > 2 && strcmp(words[2], "--json") == 0);
    if (strcmp(option, "--manual") == 0) {
        manual_print(stdout);
        return 0;
    }
    if (strcmp(option, "--completion") == 0 && count > 2 && completion_print(stdout, words[2])) return 0;
    fprintf(stderr, "panji: '%s' is no verb. panji --help lists them.\n", option);
    return EXIT_USAGE;
}

int main(int count, char **words)
{
    signal(SIGPIPE, SIG_IGN);
    if (count < 2) {
        help_print(stderr);
        return EXIT_USAGE;
    }
    const struct verb *verb = verb_find(words[1]);
    if (!verb) return option_run(count, words);
    struct arguments arguments = {.arena = arena_new(ARENA_MAX)};
    int code = EXIT_USAGE;
    if (count > 2 && strcmp(words[2], "--help") == 0) {
        help_verb(stdout, verb);
        code = 0;
    } else if (arguments_read(&arguments, verb, count - 2, words + 2)) {
        code = verb->run(&arguments);
    }
    arena_free(arguments.arena);
    if (fflush(stdout) != 0 && code == 0)
        code = err_exit_code(E_IO); /* a pipe that closed early loses nothing of ours */
    return code;
}
