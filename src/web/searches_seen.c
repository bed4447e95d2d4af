/* web/searches_seen: the log of searches as far as the viewer may read it. */
#include <string.h>

#include "web/people_seen.h"

#define LOOKED_AT_MAX 2000

enum err searches_seen(struct request *request, const struct searches_filter *filter,
    struct search_note **ret, size_t *ret_count, int64_t *ret_next)
{
    struct searches_filter part = *filter;
    const struct viewer *viewer = &request->viewer;
    struct search_note *list = ARENA_ARRAY(request->arena, struct search_note, filter->limit + 1);
    size_t kept = 0, looked_at = 0, count = part.limit;
    while (count == part.limit && kept <= filter->limit && looked_at < LOOKED_AT_MAX) {
        struct search_note *notes;
        TRY(searches_list(node_searches(request->node), request->arena, &part, &notes, &count));
        looked_at += count;
        for (size_t i = 0; i < count && kept <= filter->limit; i++) {
            bool own = strcmp(notes[i].officer, viewer->officer) == 0;
            bool line = mask_for(viewer, "search_log", notes[i].office) == MASK_OPEN &&
                        office_under(request->db, notes[i].office, viewer->office);
            if (own || line) list[kept++] = notes[i];
        }
        if (count > 0) part.before = notes[count - 1].id;
    }
    bool full = kept > filter->limit;
    *ret = list;
    *ret_count = full ? filter->limit : kept;
    *ret_next = full ? list[filter->limit - 1].id : count == part.limit ? part.before : 0;
    return E_OK;
}
