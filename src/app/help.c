/* Help, man page and shell completion, all from the table of verbs. */
#include <stdio.h>
#include <string.h>

#include "app/verbs.h"

static const char purpose[] =
    "an open register for criminal justice: one case from the diary to the judgment";

static const struct option_row data_row = {
    "data", "DIR", "the node's data folder (default: the current folder)", NULL};
static const struct option_row json_row = {"json", NULL, "print JSON", NULL};
static const struct option_row help_row = {"help", NULL, "print this help", NULL};

typedef void option_printer(FILE *out, const struct verb *verb, const struct option_row *row);

/* Every option of a verb, the shared ones last. */
static void each_option(const struct verb *verb, option_printer *print, FILE *out)
{
    for (size_t i = 0; verb->options && verb->options[i].name; i++) print(out, verb, &verb->options[i]);
    if (verb->takes_data) print(out, verb, &data_row);
    if (verb->takes_json) print(out, verb, &json_row);
    print(out, verb, &help_row);
}

void help_print(FILE *out)
{
    fprintf(out, "panji: %s\n\nUsage: panji VERB [options]\n\n", purpose);
    for (size_t i = 0; verbs[i]; i++) fprintf(out, "  %-10s %s\n", verbs[i]->name, verbs[i]->summary);
    fputs("\n  panji VERB --help     the options of a verb\n"
          "  panji --version       version (--json for machines)\n"
          "  panji --manual        the man page\n"
          "  panji --completion bash|zsh|fish\n\n"
          "Exit codes: 0 done, 1 refused or invalid, 2 usage, 65 damaged data, 73 cannot create,\n"
          "74 input or output failed, 75 in use, try again, 77 not allowed.\n",
        out);
}

static void help_option(FILE *out, const struct verb *verb, const struct option_row *row)
{
    (void)verb;
    char name[64];
    snprintf(name, sizeof name, "--%s%s%s", row->name, row->value ? " " : "", row->value ? row->value : "");
    fprintf(out, "  %-22s %s", name, row->help);
    if (row->fallback) fprintf(out, " (default: %s)", row->fallback);
    fputc('\n', out);
}

void help_verb(FILE *out, const struct verb *verb)
{
    fprintf(out, "panji %s: %s\n\nUsage: panji %s [options] %s\n\n%s\n\n", verb->name, verb->summary,
        verb->name, verb->operands, verb->description);
    each_option(verb, help_option, out);
}

static void manual_option(FILE *out, const struct verb *verb, const struct option_row *row)
{
    (void)verb;
    fprintf(out, ".It Fl -%s%s%s\n%s.\n", row->name, row->value ? " Ar " : "", row->value ? row->value : "",
        row->help);
}

void manual_print(FILE *out)
{
    fprintf(
        out, ".Dd November 22, 2026\n.Dt PANJI 1\n.Os\n.Sh NAME\n.Nm panji\n.Nd %s\n.Sh SYNOPSIS\n", purpose);
    for (size_t i = 0; verbs[i]; i++)
        fprintf(out, ".Nm panji %s\n.Op Ar options\n%s%s\n", verbs[i]->name,
            *verbs[i]->operands ? ".Ar " : "", *verbs[i]->operands ? verbs[i]->operands : ".Pp");
    fputs(".Sh DESCRIPTION\n", out);
    for (size_t i = 0; verbs[i]; i++) {
        fprintf(out, ".Ss panji %s\n%s\n.Bl -tag -width indent\n", verbs[i]->name, verbs[i]->description);
        each_option(verbs[i], manual_option, out);
        fputs(".El\n", out);
    }
    fputs(".Sh EXIT STATUS\n0 done; 1 refused or invalid; 2 usage; 65 damaged data; 73 cannot create;\n"
          "74 input or output failed; 75 in use, try again; 77 not allowed.\n"
          ".Sh SEE ALSO\n.Cm panji-check --help\n",
        out);
}

static void option_word(FILE *out, const struct verb *verb, const struct option_row *row)
{
    (void)verb;
    fprintf(out, " --%s", row->name);
}

static void completion_bash(FILE *out)
{
    fputs("_panji() {\n  local words\n  case \"${COMP_WORDS[1]}\" in\n", out);
    for (size_t i = 0; verbs[i]; i++) {
        fprintf(out, "    %s) words=\"", verbs[i]->name);
        each_option(verbs[i], option_word, out);
        fputs("\" ;;\n", out);
    }
    fputs("  esac\n  if [ \"$COMP_CWORD\" -eq 1 ]; then words=\"", out);
    for (size_t i = 0; verbs[i]; i++) fprintf(out, " %s", verbs[i]->name);
    fputs("\"; fi\n  COMPREPLY=($(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n"
          "}\ncomplete -o default -F _panji panji\n",
        out);
}

static void completion_zsh(FILE *out)
{
    fputs("#compdef panji\nautoload -U +X bashcompinit && bashcompinit\n", out);
    completion_bash(out);
}

static void fish_line(FILE *out, const struct verb *verb, const struct option_row *row)
{
    fprintf(out, "complete -c panji -n '__fish_seen_subcommand_from %s' -l %s -d '%s'\n", verb->name,
        row->name, row->help);
}

static void completion_fish(FILE *out)
{
    for (size_t i = 0; verbs[i]; i++) {
        fprintf(out, "complete -c panji -n __fish_use_subcommand -a %s -d '%s'\n", verbs[i]->name,
            verbs[i]->summary);
        each_option(verbs[i], fish_line, out);
    }
}

bool completion_print(FILE *out, const char *shell)
{
    static const struct {
        const char *shell;
        void (*print)(FILE *out);
    } shells[] = {
        {"bash", completion_bash},
        {"zsh", completion_zsh},
        {"fish", completion_fish},
    };
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (strcmp(shells[i].shell, shell) != 0) continue;
        shells[i].print(out);
        return true;
    }
    return false;
}
