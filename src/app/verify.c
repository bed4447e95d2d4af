/* panji verify: proves the whole register, or names the first thing that is wrong. */
#include "app/verb.h"
#include "filing/filing.h"

static void report_print(const struct arguments *arguments, const struct verify_report *report, bool valid)
{
    const struct register_fault *fault = &report->fault;
    if (arguments->json) {
        json_t *json = json_pack("{s:b, s:I, s:I}", "valid", valid, "entries", (json_int_t)report->entries,
            "erased", (json_int_t)report->erased);
        if (!valid)
            json_object_set_new(json, "fault",
                json_pack("{s:I, s:s?, s:s?, s:s?}", "seq", (json_int_t)fault->seq, "id", fault->id, "office",
                    fault->office, "what", fault->what));
        json_dumpf(json, stdout, JSON_INDENT(2));
        putchar('\n');
        json_decref(json);
    } else if (valid) {
        printf("valid: %lld entries, %lld erased by order\n", (long long)report->entries,
            (long long)report->erased);
    } else if (fault->seq >= 0) {
        printf("INVALID: entry %lld (%s) of office %s: %s\n", (long long)fault->seq,
            fault->id ? fault->id : "?", fault->office ? fault->office : "?",
            fault->what ? fault->what : "?");
    } else {
        printf("INVALID: %s\n", fault->what ? fault->what : "the data cannot be read");
    }
}

static int run(struct arguments *arguments)
{
    struct verify_report report;
    enum err err = node_verify(arguments->data, arguments->arena, &report);
    report_print(arguments, &report, err == E_OK);
    if (err == E_CORRUPT && report.fault.seq >= 0) return 1; /* readable, but not what was filed */
    return err_exit_code(err);
}

const struct verb verb_verify = {
    .name = "verify",
    .summary = "prove that nothing was altered, removed or dated back",
    .operands = "",
    .description =
        "Computes every commitment, leaf, root and signature again, the gapless numbers, the order rules, "
        "every stored file's hash, and that the views equal a rebuild. Exit code 0: valid; 1: an entry is "
        "not what was filed; 65: the data is damaged.",
    .takes_data = true,
    .takes_json = true,
    .run = run,
};
