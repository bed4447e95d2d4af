/* What the tests of proving share: a register with a life in it, changing it behind its back, and the fault
 * that must be found. */
#ifndef PANJI_TESTS_FILING_TAMPER_H
#define PANJI_TESTS_FILING_TAMPER_H

#include "filing_world.h"

/* A stolen motor-cycle from the diary to the court, with a file. */
static inline const char *life_of_a_case(struct world *w)
{
    const char *case_id = case_with_io(w), *thing = thing_deposited(w, case_id);
    diary_with_file(w);
    filed(w, "moharrir1", "malkhana_movement", case_id, movement_body(w, thing));
    filed(
        w, "sho1", "correction", case_id, correction_body(w, case_id, "complainant.who.name", "Mohan Varma"));
    const char *report = report_accepted(w, case_id, "charge_sheet", "CGBB010000012026");
    filed(w, "mag1", "charge", case_id, charge_body(w, named_in(w, report, 2)));
    return case_id;
}

static inline enum err verified(struct world *w, struct verify_report *report)
{
    world_close(w);
    return node_verify(w->folder.path, w->arena, report);
}

/* Changes the closed register behind its back. */
static inline void tamper(struct world *w, const char *sql)
{
    struct db *db;
    world_close(w);
    assert_int_equal(db_open(folder_file(&w->folder, "panji.db"), DB_WRITE, &db), E_OK);
    assert_int_equal(db_script(db, sql), E_OK);
    db_close(db);
}

static inline void must_find(struct world *w, int64_t seq, const char *words)
{
    struct verify_report report;
    assert_int_equal(verified(w, &report), E_CORRUPT);
    if (!report.fault.what || !strstr(report.fault.what, words))
        fail_msg("expected \"%s\", found \"%s\" at %lld", words,
            report.fault.what ? report.fault.what : "nothing", (long long)report.fault.seq);
    assert_int_equal(report.fault.seq, seq);
}

static inline int64_t seq_of(struct world *w, const char *form)
{
    return number_of(w, arena_printf(w->arena, "SELECT max(seq) FROM entry_index WHERE form = '%s'", form));
}

#endif
