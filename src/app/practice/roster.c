/* Who is posted where in the register now, and who of them is at work. */
#include <string.h>

#include "app/practice/simulation.h"

#define POSTS_MAX 2000

void roster_load(struct simulation *s)
{
    struct db *db = node_writer(s->node);
    if (!s->posts) s->posts = ARENA_ARRAY(s->arena, struct post, POSTS_MAX);
    s->post_count = 0;
    struct rows *rows = db_query(db,
        "SELECT p.officer, p.office, p.role, p.entry, o.name, o.name_hi FROM posting p JOIN officer o ON "
        "o.id = p.officer"
        " WHERE p.from_at <= $1 + 86400000 AND coalesce(p.ended_at, p.to_at, $1 + 1) > $1 ORDER BY "
        "p.officer, p.entry",
        V(s->now));
    while (db_next(rows)) {
        if (s->post_count == POSTS_MAX) continue;
        const char *role = row_dup(rows, 2, s->arena);
        s->posts[s->post_count++] = (struct post){
            .officer = row_dup(rows, 0, s->arena),
            .office = row_dup(rows, 1, s->arena),
            .role = role,
            .entry = row_dup(rows, 3, s->arena),
            .name = {{row_dup(rows, 4, s->arena), row_dup(rows, 5, s->arena)}},
        };
    }
    for (size_t i = 0; i < s->post_count; i++)
        for (size_t j = 0; j < s->tables->post_count; j++)
            if (strcmp(s->tables->posts[j].role, s->posts[i].role) == 0)
                s->posts[i].leaves |= s->tables->posts[j].leaves;
}

static bool present(struct simulation *s, const struct post *post)
{
    struct db *db = node_writer(s->node);
    return posting_at(db, s->scratch, post->officer, post->office, s->now, &(struct posting){0}) &&
           !on_leave(db, post->officer, s->now);
}

const struct post *roster_pick(
    struct simulation *s, struct dice *dice, const struct word_list *roles, const char *office)
{
    for (size_t r = 0; r < roles->count; r++) {
        const struct post *found[32];
        size_t count = 0;
        for (size_t i = 0; i < s->post_count && count < 32; i++)
            if (strcmp(s->posts[i].office, office) == 0 && strcmp(s->posts[i].role, roles->words[r]) == 0 &&
                present(s, &s->posts[i]))
                found[count++] = &s->posts[i];
        if (count) return found[dice_below(dice, count)];
    }
    return NULL;
}

const struct post *roster_officer(struct simulation *s, const char *officer, const char *office)
{
    for (size_t i = 0; i < s->post_count; i++)
        if (strcmp(s->posts[i].officer, officer) == 0 && strcmp(s->posts[i].office, office) == 0 &&
            present(s, &s->posts[i]))
            return &s->posts[i];
    return NULL;
}
