/* What most verbs need first: a node, a password, a file. */
#include "app/open.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define PASSWORD_MAX 256

static int opened(struct arguments *arguments, const struct node_options *options, struct node **ret_node)
{
    struct problems problems = {.arena = arguments->arena};
    enum err err = node_open(options, &problems, ret_node);
    return err == E_OK ? 0 : problems_print(arguments, &problems, err);
}

int open_node(struct arguments *arguments, bool read_only, struct node **ret_node)
{
    return opened(
        arguments, &(struct node_options){.folder = arguments->data, .read_only = read_only}, ret_node);
}

int open_node_rebuilding(struct arguments *arguments, struct node **ret_node)
{
    return opened(
        arguments, &(struct node_options){.folder = arguments->data, .rebuilding = true}, ret_node);
}

const char *open_text(struct arguments *arguments, const char *path, size_t bytes_max, size_t *ret_len)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "panji: %s: %s\n", path, strerror(errno));
        return NULL;
    }
    struct buf text;
    buf_init(&text, arguments->arena, bytes_max);
    char part[65536];
    for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;) buf_add(&text, part, n);
    bool failed = ferror(file) != 0;
    if (file != stdin) fclose(file);
    if (failed || text.overflow) {
        fprintf(stderr, "panji: %s: %s\n", path, failed ? "cannot be read" : "is too large");
        return NULL;
    }
    *ret_len = text.len;
    return text.data;
}

static const char *password_asked(struct arguments *arguments, const char *prompt)
{
    struct termios shown, hidden;
    if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &shown) != 0) {
        fprintf(stderr, "panji: no password: give --password-file FILE or set PANJI_PASSWORD\n");
        return NULL;
    }
    char line[PASSWORD_MAX];
    fprintf(stderr, "%s: ", prompt);
    hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    bool read = fgets(line, sizeof line, stdin) != NULL;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    fputc('\n', stderr);
    if (!read) return NULL;
    line[strcspn(line, "\r\n")] = '\0';
    return arena_strdup(arguments->arena, line);
}

const char *open_password(struct arguments *arguments, const char *prompt)
{
    const char *file = argument(arguments, "password-file"), *given = getenv("PANJI_PASSWORD");
    if (file) {
        size_t n;
        const char *text = open_text(arguments, file, PASSWORD_MAX, &n);
        return text ? arena_strndup(arguments->arena, text, strcspn(text, "\r\n")) : NULL;
    }
    return given ? given : password_asked(arguments, prompt);
}
