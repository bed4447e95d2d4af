/* file_entry(): from what a person sent to a durable, numbered entry, or to words that say why not. */
#include <assert.h>
#include <string.h>

#include "base/id.h"
#include "base/json.h"
#include "base/time.h"
#include "filing/node.h"
#include "register/blob.h"

/* ---- on the caller's thread: the form alone ---- */

static bool lookup_offence(void *context, const char *offence)
{
    return law_offence(((struct node *)context)->law, offence) != NULL;
}

static bool lookup_blob(void *context, const char *sha256)
{
    return blob_exists(((struct node *)context)->folder, sha256);
}

enum err draft_check_form(struct node *node, const struct form *form, const json_t *body, int64_t now,
    struct problems *problems, json_t **ret_body)
{
    struct form_lookup lookup = {.context = node, .offence = lookup_offence, .blob = lookup_blob};
    return form_check(node->forms, form, body, now, &lookup, problems, ret_body);
}

static const struct form *filing_form(
    struct node *node, const struct filing *filing, struct problems *problems)
{
    const struct form *form = form_find(node->forms, filing->form);
    if (!form) problem_add(problems, "form_unknown", "form", "form", filing->form, NULL);
    if (filing->id && !id_valid(filing->id)) problem_add(problems, "id_wrong", "id", "id", filing->id, NULL);
    if (filing->to_count > ENTRY_ADDRESSEES_MAX)
        problem_add(problems, "addressees_many", "to", "max", "16", NULL);
    return problems->count ? NULL : form;
}

static enum err body_text(
    const json_t *body, struct arena *arena, struct problems *problems, struct entry *entry)
{
    struct buf text;
    buf_init(&text, arena, FORM_BODY_BYTES_MAX);
    json_canonical(&text, body);
    if (text.overflow) {
        problem_add(problems, "body_too_large", "body", "max", "1 MB", NULL);
        return E_PROBLEM;
    }
    entry->body = text.data;
    entry->body_len = text.len;
    return E_OK;
}

/* ---- on the writer: everything that needs the register ---- */

struct filing_job {
    struct commit_job job; /* first, so that the committer's pointer is ours */
    struct node *node;
    const struct filing *filing;
    const struct form *form;
    const json_t *body;
    struct body_names names;
    struct entry entry;
    char made_id[ID_TEXT_SIZE]; /* the entry's when the filing brings none */
    struct problems *problems;
    struct receipt *receipt;
};

static void receipt_fill(struct receipt *receipt, struct arena *arena, const struct entry *entry,
    const struct form *form, bool again)
{
    *receipt = (struct receipt){
        .id = arena_strdup(arena, entry->id),
        .case_id = arena_strdup(arena, form && form->opens ? entry->id : entry->case_id),
        .number = arena_strdup(arena, entry->number),
        .seq = entry->seq,
        .filed_at = entry->filed_at,
        .again = again,
    };
    hex_encode(receipt->leaf, entry->leaf, HASH_SIZE);
}

/* ---- the same id again ---- */

struct naming {
    const char *office;
    bool found;
};

static void see_named(void *context, const char *path, const json_t *value)
{
    (void)path;
    struct naming *naming = context;
    naming->found =
        naming->found || (json_is_string(value) && strcmp(json_string_value(value), naming->office) == 0);
}

static bool is_addressed(const struct entry *entry, const char *office)
{
    bool found = false;
    for (size_t i = 0; i < entry->to_count; i++) found = found || strcmp(entry->to[i], office) == 0;
    return found;
}

/* Everybody addressed now was addressed then, and nobody else, but for those whom the body names. */
static bool same_addressees(const struct filing_job *job, const struct entry *before)
{
    const struct filing *filing = job->filing;
    for (size_t i = 0; i < filing->to_count; i++)
        if (!is_addressed(before, filing->to[i])) return false;
    for (size_t i = 0; i < before->to_count; i++) {
        struct naming naming = {.office = before->to[i]};
        for (size_t k = 0; k < filing->to_count; k++)
            naming.found = naming.found || strcmp(filing->to[k], before->to[i]) == 0;
        if (job->form->to_field)
            form_each(job->body, job->form->to_field, job->problems->arena, see_named, &naming);
        if (!naming.found) return false;
    }
    return true;
}

/* The same answer when it is the same paper from the same officer at the same office, a refusal otherwise. */
static enum err filed_before(const struct filing_job *job, const struct entry *before)
{
    const struct entry *now = &job->entry;
    const char *case_id = job->filing->case_id, *office = job->filing->office;
    bool same =
        strcmp(before->officer, now->officer) == 0 && (!office || strcmp(before->office, office) == 0) &&
        strcmp(before->form, now->form) == 0 && before->body && before->body_len == now->body_len &&
        memcmp(before->body, now->body, now->body_len) == 0 &&
        (before->case_id && case_id ? strcmp(before->case_id, case_id) == 0 : before->case_id == case_id) &&
        same_addressees(job, before);
    if (!same) {
        problem_add(job->problems, "id_used", "id", "id", before->id, NULL);
        return E_PROBLEM;
    }
    if (job->receipt) receipt_fill(job->receipt, job->problems->arena, before, job->form, true);
    return E_OK;
}

/* ---- judging and numbering ---- */

void draft_number(struct draft *draft)
{
    struct entry *entry = &draft->entry;
    for (size_t i = 0; i < draft->form->number_count; i++) {
        const struct form_number *number = &draft->form->numbers[i];
        if (!condition_holds(&number->when, NULL, draft->body)) continue;
        if (number->per == NUMBER_CASE && !entry->case_id) continue; /* filed outside any case */
        entry->series = number->series;
        entry->number = number->per == NUMBER_GIVEN ? json_string_value(json_at(draft->body, number->field))
                                                    : series_next(draft->db, draft->arena, number,
                                                          entry->office, entry->case_id, entry->filed_at);
        if (!entry->number) entry->series = NULL;
        return;
    }
}

enum err draft_judge(struct draft *draft, const struct filing *filing)
{
    draft_authorise(draft, filing);
    if (draft->problems->count) return E_PROBLEM; /* what one may not file is not told more about */
    draft_references(draft);
    draft_number(draft);
    if (!draft->founding) draft_rules(draft);
    draft_amendment(draft);
    TRY(db_status(draft->db));
    return draft->problems->count ? E_PROBLEM : E_OK;
}

static int64_t next_filed_at(struct node *node)
{
    int64_t now = node_clock(node);
    if (now < node->last_filed_at) now = node->last_filed_at;
    return now;
}

static struct draft job_draft(const struct filing_job *job, struct db *db)
{
    return (struct draft){
        .node = job->node,
        .db = db,
        .arena = job->problems->arena,
        .problems = job->problems,
        .form = job->form,
        .body = job->body,
        .names = job->names,
        .entry = job->entry,
    };
}

static enum err filing_run(struct commit_job *commit_job, struct db *db)
{
    struct filing_job *job = (struct filing_job *)commit_job;
    struct node *node = job->node;
    struct arena *arena = job->problems->arena;
    struct entry before;
    job->problems->count = 0; /* of a first run that was undone with its batch */
    register_mark(node->reg); /* what an undone job goes back to */
    enum err err = job->filing->id ? entry_by_id(db, arena, job->entry.id, &before) : E_NOT_FOUND;
    if (err == E_OK) return filed_before(job, &before);
    if (err != E_NOT_FOUND) return err;

    struct draft draft = job_draft(job, db);
    draft.entry.filed_at = next_filed_at(node);
    TRY(draft_judge(&draft, job->filing));
    TRY(register_append(node->reg, db, arena, &draft.entry));
    views_apply(db, &node->views,
        &(struct view_entry){&draft.entry, job->form, job->body, job->names, arena,
            draft.case_row.id ? &draft.case_row : NULL, false});
    TRY(db_status(db));
    node->last_filed_at = draft.entry.filed_at;
    receipt_fill(job->receipt, arena, &draft.entry, job->form, false);
    return E_OK;
}

static enum err job_commit(struct node *node, struct filing_job *job)
{
    if (node->committer) return committer_run(node->committer, &job->job);
    bool alone = !node->in_batch;
    if (alone) TRY(commit_batch_begin(node->db));
    enum err err = commit_batch_run(node->db, &node->hooks, &job->job);
    if (!alone) return err;
    enum err end = commit_batch_end(node->db, &node->hooks);
    return err != E_OK ? err : end;
}

/* Trouble with the machine in words; what the person did wrong has been told already. */
static enum err told(struct problems *problems, enum err err)
{
    if (err == E_OK || problems->count) return err;
    const char *code = err == E_FULL ? "disk_full" : err == E_BUSY ? "busy" : "trouble";
    problem_add(problems, code, NULL, "request", "-", NULL);
    return err;
}

/* All that can be done beside the writer: the form is checked, the body becomes its canonical text. The job
 * holds pointers into itself. ret_body: the caller's to drop, after the job. */
static enum err job_prepare(struct filing_job *job, struct node *node, const struct filing *filing,
    struct problems *problems, json_t **ret_body)
{
    const struct form *form = filing_form(node, filing, problems);
    if (!form) return E_PROBLEM;
    *job = (struct filing_job){
        .job.run = filing_run, .node = node, .filing = filing, .form = form, .problems = problems};
    if (!filing->id) id_new(job->made_id, node_clock(node));
    job->entry = (struct entry){
        .id = filing->id ? filing->id : job->made_id,
        .officer = filing->officer,
        .form = form->name,
        .form_version = form->version,
        .claimed_at = filing->claimed_at,
        .seen_size = filing->seen_size,
    };
    TRY(draft_check_form(node, form, filing->body, node_clock(node), problems, ret_body));
    job->body = *ret_body;
    job->names = body_names_find(form, job->body, problems->arena);
    return body_text(job->body, problems->arena, problems, &job->entry);
}

enum err file_entry(
    struct node *node, const struct filing *filing, struct problems *problems, struct receipt *ret)
{
    assert(node->reg && filing->officer && filing->form);
    json_t *body CLEANUP(json_drop) = NULL;
    struct filing_job job;
    TRY(job_prepare(&job, node, filing, problems, &body));
    job.receipt = ret;
    return told(problems, job_commit(node, &job));
}

/* Judges without filing. ret_body and ret_number are set when nothing was refused. */
static enum err judge_apart(struct node *node, struct db *db, const struct filing *filing,
    struct problems *problems, json_t **ret_body, const char **ret_number)
{
    json_t *body CLEANUP(json_drop) = NULL;
    struct filing_job job;
    TRY(job_prepare(&job, node, filing, problems, &body));
    struct entry before;
    enum err err = filing->id ? entry_by_id(db, problems->arena, filing->id, &before) : E_NOT_FOUND;
    if (err == E_OK) err = filed_before(&job, &before);
    else if (err != E_NOT_FOUND) return told(problems, err);
    else {
        struct draft draft = job_draft(&job, db);
        draft.entry.filed_at = node_clock(node);
        err = told(problems, draft_judge(&draft, filing));
        before.number = draft.entry.number;
    }
    TRY(err);
    *ret_body = json_incref(body);
    *ret_number = before.number;
    return E_OK;
}

enum err filing_check(
    struct node *node, struct db *db, const struct filing *filing, struct problems *problems)
{
    json_t *body CLEANUP(json_drop) = NULL;
    const char *number;
    return judge_apart(node, db, filing, problems, &body, &number);
}

enum err filing_preview(struct node *node, struct db *db, const struct filing *filing,
    struct problems *problems, struct filing_preview *ret)
{
    return judge_apart(node, db, filing, problems, &ret->body, &ret->number);
}
