/* The practice register of the filing and view tests: opening, filling, filing. The bodies stand in
 * filing_bodies.c. */
#include "filing_world.h"

#include "register/blob.h"

static int64_t world_clock(void *context)
{
    return ((struct world *)context)->now;
}

int64_t at_ist(int year, int month, int day, int hour, int minute)
{
    return time_from_civil((struct civil){year, month, day, hour, minute, 0});
}

const char *when(struct world *world, int64_t at)
{
    return time_text(world->arena, at);
}

/* ---- the register ---- */

static void world_open(struct world *world, bool create, bool threaded)
{
    struct problems problems = {.arena = world->arena};
    const struct node_options options = {.folder = world->folder.path,
        .create = create,
        .name = "practice.example",
        .threaded = threaded,
        .clock = world_clock,
        .clock_context = world};
    enum err err = node_open(&options, &problems, &world->node);
    if (err != E_OK)
        fail_msg("node_open: %s", problems.count ? problems.list[0].text[LANG_EN] : err_text(err));
    world->threaded = threaded;
    if (threaded)
        assert_int_equal(node_reader(world->node, &world->db), E_OK);
    else
        world->db = node_writer(world->node);
}

struct world *world_new(void)
{
    struct arena *arena = arena_new((size_t)2 << 30);
    struct world *world = ARENA_NEW(arena, struct world);
    world->arena = arena;
    world->now = at_ist(2026, 3, 2, 10, 0);
    folder_make(&world->folder);
    world_open(world, true, false);
    filed(world, "founder", "node", NULL,
        body_of(world, "{'node':{'name':'practice.example','practice':true,'founder':'founder'}}"));
    return world;
}

void world_close(struct world *world)
{
    if (world->threaded) db_close(world->db);
    node_close(world->node);
    world->node = NULL;
    world->db = NULL;
    world->threaded = false;
}

void world_reopen(struct world *world, bool threaded)
{
    world_close(world);
    world_open(world, false, threaded);
}

void world_free(struct world *world)
{
    world_close(world);
    folder_remove(&world->folder);
    arena_free(world->arena);
}

int world_begin(void **state)
{
    struct world *world = world_new();
    world_fill(world);
    *state = world;
    return 0;
}

int world_end(void **state)
{
    world_free(*state);
    return 0;
}

/* ---- offices and officers ---- */

static const char *world_filler(struct world *world)
{
    return rows_in(world, "posting") ? "admin1" : "founder";
}

void world_office(struct world *world, const char *code, const char *kind, const char *parent)
{
    json_t *body = body_of(world,
        "{'office':{'code':'%s','kind':'%s','name':'Office %s','name_hi':'कार्यालय %s',"
        "'state':'chhattisgarh',"
        "'opened_on':'2026-01-01'}}",
        code, kind, code, code);
    if (parent) with_text(body, "office.parent", parent);
    filed(world, world_filler(world), "office", NULL, body);
}

void world_officer(struct world *world, const char *id, const char *office, const char *role)
{
    filed(world, world_filler(world), "officer", NULL,
        body_of(world,
            "{'officer':{'id':'%s','name':'Officer %s','name_hi':'अधिकारी %s','rank':'inspector'}}", id, id,
            id));
    filed(world, world_filler(world), "posting", NULL, posting_body(world, id, office, role, "2026-01-01"));
}

void world_fill(struct world *world)
{
    static const struct {
        const char *code, *kind, *parent;
    } offices[] = {
        {"HQ", "state_hq", NULL},
        {"D1", "district", "HQ"},
        {"PS1", "ps", "D1"},
        {"PS2", "ps", "D1"},
        {"OP1", "outpost", "PS1"},
        {"C1", "court", NULL},
        {"C2", "court", NULL},
        {"PROS", "prosecution", NULL},
        {"LAB", "laboratory", "HQ"},
        {"HOSP", "hospital", NULL},
        {"JAIL", "prison", NULL},
    };
    static const struct {
        const char *id, *office, *role;
    } officers[] = {
        {"admin1", "D1", "administrator"},
        {"sp1", "D1", "sp"},
        {"clerk0", "D1", "establishment"},
        {"sho1", "PS1", "sho"},
        {"io1", "PS1", "io"},
        {"io2", "PS1", "io"},
        {"writer1", "PS1", "head_constable"},
        {"moharrir1", "PS1", "malkhana_moharrir"},
        {"sho2", "PS2", "sho"},
        {"op1", "OP1", "io"},
        {"mag1", "C1", "magistrate"},
        {"clerk1", "C1", "court_clerk"},
        {"judge2", "C2", "sessions_judge"},
        {"pros1", "PROS", "prosecution_head"},
        {"lab1", "LAB", "lab_head"},
        {"doctor1", "HOSP", "doctor"},
        {"jail1", "JAIL", "jail_superintendent"},
    };
    assert_int_equal(filing_batch_begin(world->node), E_OK);
    for (size_t i = 0; i < sizeof offices / sizeof *offices; i++)
        world_office(world, offices[i].code, offices[i].kind, offices[i].parent);
    for (size_t i = 0; i < sizeof officers / sizeof *officers; i++)
        world_officer(world, officers[i].id, officers[i].office, officers[i].role);
    assert_int_equal(filing_batch_end(world->node), E_OK);
}

/* ---- looking ---- */

int64_t number_of(struct world *world, const char *sql)
{
    struct rows *rows = db_query_composed(world->db, sql, NULL, 0);
    int64_t number = db_next(rows) ? row_int(rows, 0) : -1;
    db_end(rows);
    assert_int_equal(db_status(world->db), E_OK);
    return number;
}

const char *text_of(struct world *world, const char *sql)
{
    struct rows *rows = db_query_composed(world->db, sql, NULL, 0);
    const char *text = db_next(rows) ? row_dup(rows, 0, world->arena) : NULL;
    db_end(rows);
    assert_int_equal(db_status(world->db), E_OK);
    return text;
}

int64_t rows_in(struct world *world, const char *table)
{
    return number_of(world, arena_printf(world->arena, "SELECT count(*) FROM %s", table));
}

const char *named_in(struct world *world, const char *entry, int place)
{
    return arena_printf(world->arena, "%s.%d", entry, place);
}

/* ---- filing ---- */

enum err file_exactly(struct world *world, const struct filing *filing, json_t *body)
{
    struct filing whole = *filing;
    whole.body = body;
    world->problems = (struct problems){.arena = world->arena};
    world->receipt = (struct receipt){0};
    enum err err = file_entry(world->node, &whole, &world->problems, &world->receipt);
    json_decref(body);
    world->now += TIME_SECOND_MS;
    return err;
}

enum err file_to(struct world *world, const char *officer, const char *form, const char *case_id,
    const char *to, json_t *body)
{
    const struct filing filing = {.officer = officer,
        .form = form,
        .case_id = case_id,
        .to_count = to ? 1 : 0,
        .to = {to},
        .seen_size = -1};
    return file_exactly(world, &filing, body);
}

enum err file_try(
    struct world *world, const char *officer, const char *form, const char *case_id, json_t *body)
{
    return file_to(world, officer, form, case_id, NULL, body);
}

const char *filed_to(struct world *world, const char *officer, const char *form, const char *case_id,
    const char *to, json_t *body)
{
    if (file_to(world, officer, form, case_id, to, body) != E_OK) {
        const struct problem *problem = world->problems.list;
        fail_msg("%s by %s was refused: %s at %s: %s", form, officer, problem ? problem->code : "?",
            problem ? problem->path : "?", problem ? problem->text[LANG_EN] : "?");
    }
    assert_int_equal(world->problems.count, 0);
    return world->receipt.id;
}

const char *filed(
    struct world *world, const char *officer, const char *form, const char *case_id, json_t *body)
{
    return filed_to(world, officer, form, case_id, NULL, body);
}

bool told(const struct world *world, const char *code, const char *path)
{
    for (size_t i = 0; i < world->problems.count; i++) {
        const struct problem *problem = &world->problems.list[i];
        if (strcmp(problem->code, code) == 0 && (!path || strcmp(problem->path, path) == 0)) return true;
    }
    return false;
}

static const char *all_counts(struct world *world)
{
    static const char *const own[] = {"entry", "checkpoint", "tree_hash", "form_text"};
    const char *counts = "";
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        counts = arena_printf(world->arena, "%s%s %lld\n", counts, own[i], (long long)rows_in(world, own[i]));
    const char *const *tables = views_tables();
    for (size_t i = 0; tables[i]; i++)
        counts = arena_printf(
            world->arena, "%s%s %lld\n", counts, tables[i], (long long)rows_in(world, tables[i]));
    return counts;
}

static bool hindi(const char *text)
{
    for (; text && *text; text++)
        if ((unsigned char)*text == 0xe0) return true; /* where Devanagari begins in UTF-8 */
    return false;
}

void refused_to(struct world *world, const char *officer, const char *form, const char *case_id,
    const char *to, json_t *body, const char *code, const char *path)
{
    const char *before = all_counts(world);
    enum err err = file_to(world, officer, form, case_id, to, body);
    if (err == E_OK) fail_msg("%s by %s was filed; expected %s", form, officer, code);
    assert_int_equal(err, E_PROBLEM);
    const char *list = "";
    for (size_t i = 0; i < world->problems.count; i++) {
        const struct problem *problem = &world->problems.list[i];
        list = arena_printf(world->arena, "%s %s at \"%s\";", list, problem->code, problem->path);
        assert_true(problem->text[LANG_EN] && *problem->text[LANG_EN]);
        assert_true(problem->next[LANG_EN] && *problem->next[LANG_EN]);
        if (strcmp(problem->code, "form_wrong") != 0) assert_true(hindi(problem->text[LANG_HI]));
        assert_true(hindi(problem->next[LANG_HI]));
        assert_in_range(problem->status, 400, 499);
    }
    if (!told(world, code, path))
        fail_msg("%s: expected %s at %s, got:%s", form, code, path ? path : "any", list);
    assert_string_equal(all_counts(world), before);
}

void refused(struct world *world, const char *officer, const char *form, const char *case_id, json_t *body,
    const char *code, const char *path)
{
    refused_to(world, officer, form, case_id, NULL, body, code, path);
}

/* ---- whole steps ---- */

const char *case_opened(struct world *world)
{
    const char *diary = filed(world, "writer1", "general_diary", NULL, diary_body(world));
    return filed(world, "sho1", "fir", NULL, fir_body(world, diary));
}

const char *diary_with_file(struct world *world)
{
    struct blob_writer *writer;
    char name[BLOB_NAME_SIZE];
    int64_t size;
    assert_int_equal(blob_begin(world->folder.path, &writer), E_OK);
    assert_int_equal(blob_add(writer, "A photograph", 12), E_OK);
    assert_int_equal(blob_finish(writer, name, &size), E_OK);
    json_t *diary = with(diary_body(world), "diary.files", "[]");
    json_array_append_new(json_at(diary, "diary.files"), json_string(name));
    return filed(world, "writer1", "general_diary", NULL, diary);
}

const char *case_with_io(struct world *world)
{
    const char *case_id = case_opened(world);
    filed(world, "sho1", "io_assignment", case_id, assignment_body(world, "io1"));
    return case_id;
}

const char *rape_case(struct world *world)
{
    json_t *body = fir_body(world, filed(world, "writer1", "general_diary", NULL, diary_body(world)));
    body = with_text(with(body, "offences.0.offence", "'BNS 64(1)'"), "action.officer", "io1");
    return filed(world, "sho1", "fir", NULL, with(body, "action.kind", "'taken_up'"));
}

const char *thing_seized(struct world *world, const char *case_id)
{
    return named_in(
        world, filed(world, "io1", "seizure", case_id, seizure_body(world)), 3); /* behind two panch */
}

const char *thing_deposited(struct world *world, const char *case_id)
{
    const char *thing = thing_seized(world, case_id);
    filed(world, "moharrir1", "malkhana_deposit", case_id, deposit_body(world, thing));
    return thing;
}

const char *report_filed(struct world *world, const char *case_id, const char *kind)
{
    return filed(world, "io1", "final_report", case_id, report_body(world, kind, "C1"));
}

const char *report_accepted(struct world *world, const char *case_id, const char *kind, const char *cnr)
{
    const char *report = report_filed(world, case_id, kind);
    const char *taken = strcmp(kind, "charge_sheet") == 0 ? "charge_sheet_taken" : "closure_report_taken";
    filed(world, "clerk1", "court_acceptance", case_id, acceptance_body(world, report, taken, cnr));
    return report;
}
