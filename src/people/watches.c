/* people/watches: what a running watch has found, as one viewer may know it. The candidates are judged when
 * somebody looks: by the names, keys and corrections of now, by who he is, and entry by entry by whether the
 * watch ran when it came. What the sight hides is not there, neither as a row nor as a number. */
#include "people/watching.h"

#include <stdlib.h>
#include <string.h>

#include "base/id.h"
#include "base/json.h"
#include "base/words.h"
#include "register/hash.h"

#define ENTRIES_EACH 50 /* of one mention, the newest */
#define KEY_BYTES 8

struct telling {
    struct people *people;
    struct db *db;
    struct arena *arena;
    const struct watch_row *watch;
    const struct eye *eye;
    struct sight sight;
    struct watch_candidates candidates;
    struct watch_alert *list;
    size_t count, room;
};

/* Names an alert to whoever may see it, and tells nothing: an id of an entry would, elsewhere. */
static const char *key_of(
    struct arena *arena, const struct watch_row *watch, const char *entry, const char *person)
{
    uint8_t hash[HASH_SIZE];
    char key[2 * KEY_BYTES + 1];
    const char *text = arena_printf(arena, "%s %s %s", watch->id, entry, person ? person : "");
    hash_bytes(hash, text, strlen(text));
    hex_encode(key, hash, KEY_BYTES);
    return arena_strdup(arena, key);
}

static void alert_add(struct telling *telling, struct watch_alert alert, const char *entry)
{
    if (telling->count == telling->room) {
        telling->room = telling->room ? 2 * telling->room : 16;
        struct watch_alert *grown = ARENA_ARRAY(telling->arena, struct watch_alert, telling->room);
        if (telling->count) memcpy(grown, telling->list, telling->count * sizeof *grown);
        telling->list = grown;
    }
    alert.key = key_of(telling->arena, telling->watch, entry,
        alert.sighting ? alert.sighting->row.person : NULL);
    telling->list[telling->count++] = alert;
}

static bool is_own_case(const struct telling *telling, const char *case_id)
{
    return case_id && strcmp(case_id, telling->watch->case_id) == 0;
}

/* ---- persons ---- */

/* Whether the watch is on this phone or vehicle: "p +91…". */
static bool key_watched(const struct watch_row *watch, char letter, const char *text)
{
    size_t length = strlen(text);
    for (const char *line = watch->keys; line && *line; line += *line == '\n') {
        size_t n = strcspn(line, "\n");
        if (*line == letter && n == length + 2 && memcmp(line + 2, text, length) == 0) return true;
        line += n;
    }
    return false;
}

/* By which of his keys, as far as their fields may be read. */
static unsigned keys_by(const struct telling *telling, const struct sighting *sighting)
{
    unsigned by = 0;
    char *rest = sighting->row.keys ? arena_strdup(telling->arena, sighting->row.keys) : NULL;
    for (char *line; rest && (line = strtok_r(rest, "\n", &rest));) {
        char *text = strlen(line) > 2 ? strchr(line + 2, ' ') : NULL;
        if (!text || !key_watched(telling->watch, *line, text + 1)) continue;
        *text = '\0';
        if (telling->sight.key(telling->sight.context, sighting, line + 2))
            by |= *line == 'p' ? WATCH_PHONE : WATCH_VEHICLE;
    }
    return by;
}

/* What an entry elsewhere may be told by: it is open to the viewer's pillar, and brought him into the case or
 * changed how he stands in it, as the search shows both. */
static bool entry_tells(
    const struct telling *telling, const struct sighting *sighting, const struct entry *entry)
{
    const struct eye *eye = telling->eye;
    if (!sighting->elsewhere) return eye_entry(eye, telling->arena, entry->seq);
    if (!entry_elsewhere(telling->db, telling->arena, eye->forms, eye->viewer, entry->seq)) return false;
    for (size_t i = 0; i < sighting->party_count; i++)
        if (sighting->parties[i].seq == entry->seq) return true;
    const struct form *form = form_version(eye->forms, entry->form, entry->form_version);
    return form && form->person_count > 0;
}

static bool holds_key(const struct telling *telling, int64_t seq)
{
    for (size_t i = 0; i < telling->candidates.entry_count; i++)
        if (telling->candidates.entries[i].news == seq) return true;
    return false;
}

/* A phone is his in every entry that names him; a vehicle only where it stands in the entry itself, since
 * whoever was named beside it once is not the vehicle. */
static void sighting_tell(struct telling *telling, const struct sighting *sighting, unsigned by,
    const struct search_hit *hit)
{
    int64_t *seqs;
    size_t count =
        mention_entries(telling->db, telling->arena, sighting->row.id, ENTRIES_EACH, &seqs);
    for (size_t i = 0; i < count && seqs[i] > telling->watch->seq; i++) {
        struct watch_alert alert = {.seq = seqs[i], .sighting = sighting, .hit = hit, .by = by};
        if (!holds_key(telling, seqs[i])) alert.by &= ~(unsigned)WATCH_VEHICLE;
        if (!alert.by || entry_by_seq(telling->db, telling->arena, seqs[i], &alert.entry) != E_OK) continue;
        alert.at = alert.entry.filed_at;
        alert.elsewhere = sighting->elsewhere;
        if (watch_ran(telling->watch, alert.seq, alert.at) && entry_tells(telling, sighting, &alert.entry))
            alert_add(telling, alert, alert.entry.id);
    }
}

static void mention_tell(struct telling *telling, int64_t id)
{
    const char *person, *case_id;
    struct sighting *sighting = ARENA_NEW(telling->arena, struct sighting);
    if (mention_whose(telling->db, telling->arena, id, &person, &case_id) != E_OK) return;
    if (is_own_case(telling, case_id)) return;
    if (case_id && !telling->sight.may(telling->sight.context, case_id)) return;
    const char *watched = telling->watch->person;
    if (watched && person_link_of(telling->db, watched, person) == LINK_NOT_SAME) return;
    if (sighting_of(telling->db, telling->arena, id, &telling->sight, sighting) != E_OK) return;
    struct search_hit *hit = ARENA_NEW(telling->arena, struct search_hit);
    unsigned by = keys_by(telling, sighting);
    if (watching_compare(
            people_watching(telling->people), telling->arena, telling->watch, &sighting->row, hit))
        by |= WATCH_NAME;
    if (by) sighting_tell(telling, sighting, by, by & WATCH_NAME ? hit : NULL);
}

/* The watched person of the register and those decided to be him. Returns their ids. */
static enum err person_tell(struct telling *telling, struct found_person *ret)
{
    *ret = (struct found_person){.id_count = 0};
    if (!telling->watch->person) return E_OK;
    enum err err = people_get(telling->db, telling->arena, telling->watch->person, &telling->sight, ret);
    if (err != E_OK) return err == E_NOT_FOUND ? E_OK : err;
    for (size_t i = 0; i < ret->sighting_count; i++) {
        const struct sighting *sighting = &ret->sightings[i];
        if (!is_own_case(telling, sighting->row.case_id))
            sighting_tell(telling, sighting, WATCH_PERSON | keys_by(telling, sighting), NULL);
    }
    return E_OK;
}

/* ---- phones and vehicles of entries ---- */

struct reading_keys {
    const struct watch_row *watch;
    unsigned by;
};

static void key_read(void *context, const struct form_visit *visit)
{
    struct reading_keys *reading = context;
    bool vehicle = visit->field->type == FIELD_VEHICLE;
    if (key_watched(reading->watch, vehicle ? 'v' : 'p', json_string_value(visit->value)))
        reading->by |= vehicle ? WATCH_VEHICLE : WATCH_PHONE;
}

/* Which of the watched keys stand in the entry, as the viewer may read it now. */
static unsigned entry_keys(const struct telling *telling, const struct entry *entry)
{
    const struct eye *eye = telling->eye;
    const struct form *form = form_version(eye->forms, entry->form, entry->form_version);
    json_t *whole CLEANUP(json_drop) =
        form ? corrected_body(telling->db, telling->arena, form, entry) : NULL;
    if (!whole) return 0;
    struct case_row row = {.office = entry->office};
    const char *case_id = form->opens ? entry->id : entry->case_id, **opened;
    if (case_id && case_facts(telling->db, telling->arena, case_id, &row) != E_OK) return 0;
    size_t count = opened_paths(telling->db, telling->arena, entry->id, eye->viewer->officer, &opened);
    json_t *shown CLEANUP(json_drop) = body_masked(
        eye->forms, form, whole, eye->viewer, row.office, opened, count, telling->arena, NULL);
    struct reading_keys reading = {.watch = telling->watch};
    body_keys_each(form, shown, telling->arena, key_read, &reading);
    return reading.by;
}

static bool told_of(const struct telling *telling, int64_t seq, unsigned by)
{
    for (size_t i = 0; i < telling->count; i++)
        if (telling->list[i].seq == seq && telling->list[i].by & by) return true;
    return false;
}

static void by_forget(struct telling *telling, int64_t seq, unsigned by)
{
    for (size_t i = 0; i < telling->count; i++)
        if (telling->list[i].seq == seq && telling->list[i].sighting) telling->list[i].by &= ~by;
}

/* The phone of a person told already says nothing more; a vehicle is of the entry, not of each person in
 * it. */
static void entry_tell(struct telling *telling, const struct watch_entry *candidate)
{
    struct watch_alert alert = {.seq = candidate->news};
    struct entry news;
    if (entry_by_seq(telling->db, telling->arena, candidate->seq, &alert.entry) != E_OK ||
        entry_by_seq(telling->db, telling->arena, candidate->news, &news) != E_OK)
        return;
    bool opens = db_int(telling->db, "SELECT 1 FROM case_file WHERE id = $1", 0, V(alert.entry.id));
    if (is_own_case(telling, opens ? alert.entry.id : alert.entry.case_id) ||
        !watch_ran(telling->watch, news.seq, news.filed_at) ||
        !eye_entry(telling->eye, telling->arena, alert.entry.seq) ||
        !eye_entry(telling->eye, telling->arena, news.seq))
        return;
    alert.at = news.filed_at;
    alert.by = entry_keys(telling, &alert.entry);
    if (alert.by & WATCH_PHONE && told_of(telling, alert.seq, WATCH_PHONE))
        alert.by &= ~(unsigned)WATCH_PHONE;
    if (alert.by & WATCH_VEHICLE) by_forget(telling, alert.seq, WATCH_VEHICLE);
    if (alert.by) alert_add(telling, alert, news.id);
}

/* ---- all of one watch ---- */

static int by_newest(const void *a, const void *b)
{
    const struct watch_alert *left = a, *right = b;
    if (left->seq != right->seq) return left->seq < right->seq ? 1 : -1;
    return strcmp(left->key, right->key);
}

/* Drops those nothing is left to say of, and of people named beside a vehicle elsewhere all but the first. */
static void alerts_settle(struct telling *telling)
{
    size_t kept = 0;
    if (telling->count == 0) return; /* there is no list to sort */
    qsort(telling->list, telling->count, sizeof *telling->list, by_newest);
    for (size_t i = 0; i < telling->count; i++) {
        const struct watch_alert *alert = &telling->list[i], *last = kept ? &telling->list[kept - 1] : NULL;
        bool beside =
            last && alert->by == WATCH_VEHICLE && last->seq == alert->seq && last->by & WATCH_VEHICLE;
        if (alert->by && !beside) telling->list[kept++] = *alert;
    }
    telling->count = kept;
}

static bool is_told(const struct found_person *found, int64_t mention)
{
    for (size_t i = 0; i < found->sighting_count; i++)
        if (found->sightings[i].row.id == mention) return true;
    return false;
}

enum err watch_alerts(struct people *people, struct db *db, struct arena *arena,
    const struct watch_row *watch, struct eye *eye, struct watch_alert **ret, size_t *ret_count)
{
    struct telling telling = {.people = people,
        .db = db,
        .arena = arena,
        .watch = watch,
        .eye = eye,
        .sight = eye_sight(eye)};
    struct found_person known;
    people_follow(people, db_int_values(db, "SELECT max(seq) + 1 FROM entry_index", 0, NULL, 0));
    TRY(watching_candidates(people_watching(people), arena, watch->seq, &telling.candidates));
    TRY(person_tell(&telling, &known));
    for (size_t i = 0; i < telling.candidates.mention_count; i++)
        if (!is_told(&known, telling.candidates.mentions[i]))
            mention_tell(&telling, telling.candidates.mentions[i]);
    for (size_t i = 0; i < telling.candidates.entry_count; i++)
        entry_tell(&telling, &telling.candidates.entries[i]);
    alerts_settle(&telling);
    *ret = telling.list;
    *ret_count = telling.count;
    return db_status(db);
}

/* ---- why ---- */

/* The engine was asked for the mention and found the watch; people are told it the other way round. */
static struct search_reason turned(const struct search_reason *reason)
{
    static const enum search_how other[] = {[SEARCH_MISSING] = SEARCH_BESIDE,
        [SEARCH_BESIDE] = SEARCH_MISSING,
        [SEARCH_JOINED] = SEARCH_SPLIT,
        [SEARCH_SPLIT] = SEARCH_JOINED};
    struct search_reason turned = *reason;
    if (reason->how >= SEARCH_JOINED) turned.how = other[reason->how];
    memcpy(turned.asked, reason->found, sizeof turned.asked);
    memcpy(turned.found, reason->asked, sizeof turned.found);
    return turned;
}

int watch_likeness(const struct watch_alert *alert)
{
    int sum = 0, words = 0;
    if (alert->by != WATCH_NAME) return 100;
    for (size_t i = 0; i < alert->hit->reason_count; i++) {
        const struct search_reason *reason = &alert->hit->reasons[i];
        if (!reason->relative || reason->how >= SEARCH_MISSING) continue;
        words++;
        sum += reason->likeness;
    }
    int likeness = hit_likeness(alert->hit);
    return words ? (65 * likeness + 35 * (sum / words)) / 100 : likeness;
}

static void reason_put(struct watch_reason *reason, const char *code, const char *key)
{
    reason->code = code;
    for (int lang = 0; lang < LANG_COUNT; lang++) reason->text[lang] = word((enum lang)lang, key);
}

size_t watch_reasons(
    struct arena *arena, const struct watch_alert *alert, struct watch_reason ret[WATCH_REASONS_MAX])
{
    size_t count = 0;
    if (alert->by & WATCH_PERSON) reason_put(&ret[count++], "person", "watch_by_person");
    if (alert->by & WATCH_PHONE) reason_put(&ret[count++], "phone", "people_by_phone");
    if (alert->by & WATCH_VEHICLE) reason_put(&ret[count++], "vehicle", "watch_by_vehicle");
    if (!(alert->by & WATCH_NAME)) return count;
    for (size_t i = 0; i < alert->hit->reason_count; i++) {
        struct search_reason reason = turned(&alert->hit->reasons[i]);
        ret[count].code = reason_code(&reason);
        for (int lang = 0; lang < LANG_COUNT; lang++)
            ret[count].text[lang] = reason_words(arena, (enum lang)lang, &reason);
        count++;
    }
    struct evidence_word said[5];
    size_t said_count = evidence_words(alert->hit, said);
    for (size_t i = 0; i < said_count; i++) reason_put(&ret[count++], said[i].what, said[i].key);
    return count;
}
