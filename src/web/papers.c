/* web/papers: see the header. */
#include "web/papers.h"

#include <string.h>

#include "access/places.h"
#include "base/id.h"
#include "base/json.h"
#include "base/time.h"
#include "base/words.h"
#include "web/offences.h"
#include "web/server.h"

#define ID_LENGTH 36
#define PROOF_BYTES_MAX ((size_t)1 << 20)
#define FACTS_MAX 12

/* ---- words for what a body names ---- */

static const char *lookup_office(void *context, const char *code)
{
    const struct paper_making *making = context;
    return office_words(making->request, code);
}

static const char *lookup_officer(void *context, const char *id)
{
    const struct paper_making *making = context;
    return officer_words(making->request, id);
}

static const char *lookup_offence(void *context, const char *name)
{
    const struct paper_making *making = context;
    return making->brief ? offences_told(making->request, name) : offence_both(making->request, name);
}

/* "First Information Report 0012/2026, 22 Nov 2026, 14:30"; the id alone when the reader may not see the
 * entry. */
static const char *lookup_entry(void *context, const char *id)
{
    const struct paper_making *making = context;
    const char *words = entry_words(making->request, id);
    return words ? words : id;
}

/* ---- persons and property by reference ---- */

struct counting {
    int left; /* composites to pass before the one meant */
    const char *path;
    struct arena *arena;
};

static bool place_count(void *context, const struct form_visit *visit)
{
    struct counting *counting = context;
    if (!visit->field->composite || counting->path) return false;
    if (!visit->field->composite->by_reference) return true;
    if (--counting->left == 0) counting->path = arena_strdup(counting->arena, visit->path);
    return true;
}

static void known_drop(struct paper_making *making)
{
    seen_entry_drop(&making->known);
    json_decref(making->filed);
    making->known = (struct seen_entry){.form = NULL};
    making->filed = NULL;
}

/* The entry that named it first, as the viewer may see it. One paper asks for many things of the same entry.
 */
static bool known_read(struct paper_making *making, const char *id)
{
    struct request *request = making->request;
    if (making->known.form && strncmp(making->known.entry.id, id, ID_LENGTH) == 0)
        return making->filed != NULL;
    known_drop(making);
    const char *entry = arena_strndup(request->arena, id, ID_LENGTH);
    if (seen_entry_read(request, entry, &making->known) != E_OK || !making->known.body) return false;
    struct problems unread = {.arena = request->arena};
    making->filed = json_read(making->known.entry.body, making->known.entry.body_len, &unread);
    return making->filed != NULL;
}

/* Who got a thing without the paper that first named it still knows what kind of thing it is. */
static json_t *property_short(struct request *request, const char *id)
{
    struct property_row row;
    if (property_get(request->db, request->arena, id, &row) != E_OK || !property_seen(request, &row))
        return NULL;
    return json_pack(
        "{s:s*, s:s*, s:s*}", "category", row.category, "kind", row.type, "description", row.description);
}

/* A doctor or scientist knows the person by the paper that was sent to him. */
static json_t *person_short(struct request *request, const char *id)
{
    struct party_row *rows;
    struct case_row of;
    size_t count;
    const char *case_id = reference_case(request->db, request->arena, "person", id);
    if (!case_id || case_get(request->db, request->arena, case_id, &of) != E_OK) return NULL;
    if (case_parties(request->db, request->arena, case_id, &rows, &count) != E_OK) return NULL;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].person, id) != 0 || !seen_seq(request, rows[i].seq)) continue;
        party_cover(request, &of, &rows[i]);
        return json_pack("{s:s*, s:s*, s:s*, s:s*, s:s*}", "name", rows[i].name, "name_other",
            rows[i].name_other, "relation", rows[i].relation, "relative_name", rows[i].relative, "gender",
            rows[i].gender);
    }
    return NULL;
}

static json_t *lookup_reference(void *context, const char *composite, const char *id)
{
    struct paper_making *making = context;
    struct arena *arena = making->request->arena;
    bool thing = strcmp(composite, "property") == 0;
    int place = strlen(id) > ID_LENGTH + 1 ? (int)strtol(id + ID_LENGTH + 1, NULL, 10) : 0;
    if (place < 1 || !known_read(making, id))
        return thing ? property_short(making->request, id) : person_short(making->request, id);
    struct counting counting = {.left = place, .arena = arena};
    form_walk(making->known.form, making->filed, arena, place_count, &counting);
    const json_t *value = counting.path ? json_at(making->known.body, counting.path) : NULL;
    return json_is_object(value) ? json_deep_copy(value) : NULL;
}

/* ---- the paper ---- */

static const char *district_in(const struct office *office, enum lang lang)
{
    return office->district ? place_district_words(office->district, lang) : NULL;
}

static struct label office_label(struct request *request, const char *code, struct label *ret_above)
{
    struct office office;
    *ret_above = (struct label){{"", ""}};
    if (office_get(request->db, request->arena, code, &office) != E_OK) return (struct label){{code, code}};
    const struct forms *forms = node_forms(request->node);
    for (enum lang lang = LANG_EN; lang < LANG_COUNT; lang++) {
        const char *state = office.state ? code_label(forms, "state", office.state, lang) : "";
        const char *district = district_in(&office, lang);
        ret_above->text[lang] = district ? arena_printf(request->arena, "%s %s, %s",
                                               word(lang, "print_district"), district, state)
                                         : state;
    }
    return (struct label){{office.name, office.name_hi ? office.name_hi : office.name}};
}

void paper_begin(
    struct paper_making *making, struct request *request, const char *office, struct print_paper *ret)
{
    struct arena *arena = request->arena;
    *making = (struct paper_making){.request = request};
    *ret = (struct print_paper){.lang = request->lang,
        .lookup = {making, lookup_office, lookup_officer, lookup_offence, lookup_entry, lookup_reference},
        .printed_at = time_people_text(arena, request->now, (int)request->lang),
        .printed_by = arena_printf(arena, "%s, %s", officer_words(request, request->viewer.officer),
            office_words(request, request->viewer.office)),
        .copy = request->id,
        .practice = node_practice(request->db)};
    ret->station = office_label(request, office, &ret->above);
}

void paper_end(struct paper_making *making)
{
    known_drop(making);
}

const char *paper_case_words(struct request *request, const char *case_id)
{
    struct case_row row;
    if (!case_id || case_get(request->db, request->arena, case_id, &row) != E_OK || !row.number) return NULL;
    bool fir = strncmp(row.kind, "fir", 3) == 0;
    return arena_printf(request->arena, "%s %s",
        fir ? word(request->lang, "print_fir") : list_words(request, "case_kind", row.kind), row.number);
}

size_t paper_facts(struct request *request, const struct entry *entry, const char *case_id, struct pair **ret)
{
    struct arena *arena = request->arena;
    struct buf to;
    buf_init(&to, arena, 8000);
    for (size_t i = 0; i < entry->to_count; i++)
        buf_printf(&to, "%s%s", i > 0 ? ", " : "", office_words(request, entry->to[i]));
    struct civil civil = time_civil(entry->filed_at);
    struct office office;
    bool known = office_get(request->db, arena, entry->office, &office) == E_OK;
    const struct pair facts[] = {
        {".id", entry->id},
        {".number", entry->number},
        {".filed", time_people_text(arena, entry->filed_at, (int)request->lang)},
        {".claimed",
            entry->claimed_at > 0 ? time_people_text(arena, entry->claimed_at, (int)request->lang) : NULL},
        {".office", office_words(request, entry->office)},
        {".district", known ? district_in(&office, request->lang) : NULL},
        {".officer", officer_words(request, entry->officer)},
        {".to", to.len > 0 ? to.data : NULL},
        {".case", paper_case_words(request, case_id)},
        {".form", form_words(request, entry->form)},
        {".year", arena_printf(arena, "%d", civil.year)},
    };
    _Static_assert(sizeof facts / sizeof facts[0] <= FACTS_MAX, "room for every fact");
    *ret = ARENA_ARRAY(arena, struct pair, FACTS_MAX);
    size_t count = 0;
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
        if (facts[i].value) (*ret)[count++] = facts[i];
    return count;
}

static void notes_find(struct request *request, int64_t seq, struct print_paper *paper)
{
    int64_t *seqs;
    struct arena *arena = request->arena;
    size_t count = corrections_of(request->db, arena, seq, &seqs);
    const char **notes = ARENA_ARRAY(arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct entry entry;
        if (entry_by_seq(request->db, arena, seqs[i], &entry) != E_OK) continue;
        notes[paper->note_count++] =
            arena_printf(arena, "%s %s, %s (%s)", word(request->lang, "print_corrected"),
                time_people_text(arena, entry.filed_at, (int)request->lang),
                officer_words(request, entry.officer), entry.id);
    }
    paper->notes = notes;
}

void paper_entry(struct request *request, const struct seen_entry *seen, struct print_paper *paper)
{
    struct arena *arena = request->arena;
    const struct entry *entry = &seen->entry;
    struct pair *facts;
    struct buf proof;
    char *leaf = arena_alloc(arena, 2 * HASH_SIZE + 1);
    hex_encode(leaf, entry->leaf, HASH_SIZE);
    size_t count = paper_facts(request, entry, seen->case_id, &facts);
    paper->record =
        (struct print_record){.form = seen->form, .body = seen->body, .facts = facts, .fact_count = count};
    paper->case_words = paper_case_words(request, seen->case_id);
    bool opener = seen->case_id && strcmp(seen->case_id, entry->id) == 0;
    paper->number =
        opener && paper->case_words ? NULL : entry->number; /* the number of the case is its own */
    paper->filed = time_people_text(arena, entry->filed_at, (int)request->lang);
    paper->id = entry->id;
    paper->leaf = leaf;
    notes_find(request, entry->seq, paper);
    buf_init(&proof, arena, PROOF_BYTES_MAX);
    if (register_proof(request->db, arena, entry->seq, &proof) == E_OK) paper->proof = proof.data;
}

void paper_answer(struct request *request, const struct print_paper *paper, const char *name)
{
    struct buf pdf;
    int pages;
    buf_init(&pdf, request->arena, PRINT_BYTES_MAX);
    enum err err = press_print(request->web->press, paper, &pdf, &pages);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    respond_header(
        request, "Content-Disposition", arena_printf(request->arena, "inline; filename=\"%s.pdf\"", name));
    respond_text(request, 200, "application/pdf", pdf.data, pdf.len);
}
