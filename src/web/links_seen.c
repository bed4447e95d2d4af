/* web/links_seen: decisions of officers about persons, as far as the viewer may know of them: that two
 * persons he knows were decided upon, by whom and when; why is told to whom the entry is open. */
#include <string.h>

#include "base/json.h"
#include "web/people_seen.h"
#include "web/seen.h"

static bool is_shown(struct request *request, const struct found_person *found, const char *person)
{
    struct found_person other;
    for (size_t i = 0; i < found->id_count; i++)
        if (strcmp(found->ids[i], person) == 0) return true;
    return person_seen(request, person, 0, &other) == E_OK;
}

static struct seen_link seen_link(struct request *request, const struct person_link *link)
{
    struct seen_link seen = {.link = *link};
    struct seen_entry entry CLEANUP(seen_entry_drop) = {0};
    if (seen_entry_read(request, link->entry, &entry) != E_OK) return seen;
    const char *reason = json_string_value(json_at(entry.body, "link.reason"));
    const struct form *end = form_find(node_forms(request->node), "person_link_end");
    seen.reason = reason ? arena_strdup(request->arena, reason) : NULL;
    seen.may_undo = end && may_file(end, &request->viewer);
    return seen;
}

enum err links_seen(
    struct request *request, const struct found_person *found, struct seen_link **ret, size_t *ret_count)
{
    size_t count = 0, total = 0;
    struct person_link **lists = ARENA_ARRAY(request->arena, struct person_link *, found->id_count);
    size_t *counts = ARENA_ARRAY(request->arena, size_t, found->id_count);
    for (size_t i = 0; i < found->id_count; i++) {
        TRY(person_links(request->db, request->arena, found->ids[i], &lists[i], &counts[i]));
        total += counts[i];
    }
    struct seen_link *list = ARENA_ARRAY(request->arena, struct seen_link, total + 1);
    for (size_t i = 0; i < found->id_count; i++) {
        for (size_t k = 0; k < counts[i]; k++) {
            const struct person_link *link = &lists[i][k];
            bool told = false;
            for (size_t n = 0; n < count; n++) told = told || list[n].link.seq == link->seq;
            if (!told && is_shown(request, found, link->first) && is_shown(request, found, link->second))
                list[count++] = seen_link(request, link);
        }
    }
    *ret = list;
    *ret_count = count;
    return db_status(request->db);
}
