/* panji forms: the forms this program knows; `forms check` reads a folder of .form files and tells every
 * fault. */
#include <string.h>

#include "app/verb.h"
#include "form/form.h"

static void list_json(const struct forms *forms)
{
    json_t *list = json_array();
    for (size_t i = 0; i < forms_count(forms); i++) {
        const struct form *form = forms_at(forms, i);
        json_array_append_new(list, json_pack("{s:s, s:i, s:s, s:s, s:s?, s:s?}", "form", form->name,
                                        "version", form->version, "en", form->label.text[LANG_EN], "hi",
                                        form->label.text[LANG_HI], "pillar", form->pillar, "law", form->law));
    }
    json_dumpf(list, stdout, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    putchar('\n');
    json_decref(list);
}

static int form_show(const struct arguments *arguments, const struct forms *forms, const char *name)
{
    const struct form *form = form_find(forms, name);
    if (!form) {
        fprintf(stderr, "panji forms: no form '%s'\n", name);
        return 1;
    }
    if (arguments->json) {
        json_t *schema = form_schema(forms, form);
        json_dumpf(schema, stdout, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
        putchar('\n');
        json_decref(schema);
    } else {
        fputs(form->text, stdout);
    }
    return 0;
}

static int run(struct arguments *arguments)
{
    bool check = arguments->operand_count > 0 && strcmp(arguments->operands[0], "check") == 0;
    const char *folder = check && arguments->operand_count > 1 ? arguments->operands[1] : NULL;
    struct problems problems = {.arena = arguments->arena};
    struct forms *forms;
    enum err err = forms_load(folder, NULL, &problems, &forms);
    if (err != E_OK) return problems_print(arguments, &problems, err);
    int code = 0;
    if (check) {
        printf("%zu forms, no fault\n", forms_count(forms));
    } else if (arguments->operand_count > 0) {
        code = form_show(arguments, forms, arguments->operands[0]);
    } else if (arguments->json) {
        list_json(forms);
    } else {
        for (size_t i = 0; i < forms_count(forms); i++) {
            const struct form *form = forms_at(forms, i);
            printf("%-28s %-14s %s | %s\n", form->name, form->pillar, form->label.text[LANG_EN],
                form->label.text[LANG_HI]);
        }
    }
    forms_free(forms);
    return code;
}

const struct verb verb_forms = {
    .name = "forms",
    .summary = "list, show or check forms",
    .operands = "[check [FOLDER] | FORM]",
    .operands_max = 2,
    .description =
        "Without a word lists the forms built in; with a name shows the declaration, or with --json its "
        "JSON Schema. `forms check FOLDER` reads the forms of a folder with the built-in ones and tells "
        "every fault with file, line and column.",
    .takes_json = true,
    .run = run,
};
