/* filing/node: what the files of this room share. Private to the room. */
#ifndef PANJI_FILING_NODE_H
#define PANJI_FILING_NODE_H

#include "db/log_copier.h"
#include "filing/filing.h"

struct node {
    char *folder;
    char *name;
    struct node_options options;
    int lock_fd;   /* held while writing; -1 when read-only */
    struct db *db; /* the writer's; a reader's when read-only */
    struct forms *forms;
    struct law *law;
    struct clocks *clocks;
    struct secrets *secrets;
    struct drafts *drafts;
    struct searches *searches;
    struct entry_register *reg;
    struct committer *committer; /* NULL without a writer thread */
    struct log_copier *copier;   /* beside it */
    struct view_context views;
    struct commit_hooks hooks;
    bool in_batch;
    bool created;          /* this opening made the database */
    int64_t last_filed_at; /* server time never goes back */
};

/* One entry on its way in, and everything that judges it. */
struct draft {
    struct node *node;
    struct db *db;
    struct arena *arena;
    struct problems *problems;
    const struct form *form;
    const json_t *body;   /* normal form */
    struct body_names names; /* of the body */
    struct entry entry;   /* office, officer, role, case, addressees, times, number as they become known */
    struct viewer viewer; /* the posting it is filed in */
    struct case_row case_row; /* of the case it is filed on; id NULL when none */
    struct entry cited;       /* what draft_cited() found last; id NULL: nothing yet */
    bool founding;            /* nobody is posted yet: the founder sets up the node */
    bool again;               /* judged again: what the node's settings let then was let */
};

/* The posting it may be filed in, the role, the case, the addressees: everything but the body. */
void draft_authorise(struct draft *draft, const struct filing *filing);
/* Offices, officers, entries, persons and property the body names. */
void draft_references(struct draft *draft);
/* The entry of that id without its body, as a body cites it: rules and references ask for the same one. */
enum err draft_cited(struct draft *draft, const char *id, struct entry *ret);
/* One of them. */
void draft_reference(struct draft *draft, const struct form_visit *visit);
/* Whether the entry was filed by the founder, before anybody was posted. */
bool draft_founded(const struct entry *entry);
/* The order rules of law/rules. */
void draft_rules(struct draft *draft);
/* A correction must leave the entry it amends a valid one. */
void draft_amendment(struct draft *draft);
/* Picks series and number. */
void draft_number(struct draft *draft);

/* All of the above in order; E_PROBLEM when anything was refused. */
enum err draft_judge(struct draft *draft, const struct filing *filing) MUST_CHECK;

/* Adds the problem of the order rule `code`, whose words stand in law/rules. */
void rule_refuse(struct draft *draft, const char *code, const char *path);

/* The form check that runs without a database (offences, blobs). */
enum err draft_check_form(struct node *node, const struct form *form, const json_t *body, int64_t now,
    struct problems *problems, json_t **ret_body) MUST_CHECK;

#endif
