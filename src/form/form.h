/* form: one declaration per form, and everything that is drawn from it.
 *
 * Reads .form files (forms, composites, extensions) and .list files (code lists), refuses wrong ones with
 * file, line, column and words, checks bodies against them, and writes JSON Schemas. docs/forms.md is the
 * language. The room knows no offices, cases or persons: what a reference means is asked through struct
 * form_lookup.
 *
 * A loaded set never changes and is shared by all threads. */
#ifndef PANJI_FORM_FORM_H
#define PANJI_FORM_FORM_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/problem.h"

#define FORM_NAME_MAX 48
#define FORM_BODY_BYTES_MAX (1 << 20) /* canonical body; larger things are blobs */
#define SECTION_ROWS_MAX 500

struct label { const char *text[LANG_COUNT]; };

enum field_type {
    FIELD_TEXT, FIELD_LONGTEXT, FIELD_INT, FIELD_MONEY, FIELD_DECIMAL, FIELD_DATE, FIELD_DATETIME,
    FIELD_YESNO, FIELD_CODE, FIELD_OFFENCE, FIELD_OFFICE, FIELD_OFFICER, FIELD_BLOB, FIELD_ENTRY, FIELD_PHONE,
    FIELD_VEHICLE, FIELD_POINT, FIELD_COMPOSITE, /* person, address, property and any other composite */
    FIELD_TYPE_COUNT
};

struct matcher;
struct names;

/* Sets of types, one bit each, one for composites that may be given by reference, and one for what is indexed
 * and stands for one human or thing: phones, vehicles, numbers kept as text. */
#define TYPE_BIT(type) (UINT32_C(1) << (type))
#define TYPE_BIT_REFERENCE TYPE_BIT(FIELD_TYPE_COUNT)
#define TYPE_BIT_KEY TYPE_BIT(FIELD_TYPE_COUNT + 1)

/* "when FIELD VALUE,VALUE": true when the field (same section, or section.field) has one of the values.
 * Values are codes, "yes", "no", or "filled" (any value). */
struct condition {
    const char *field; /* NULL: always true. ".name", in a section of a composite: the composite's field */
    size_t value_count;
    const char *values[16];
};

struct code { const char *name; const char *parent; const char *mark; struct label label; };
struct code_list {
    const char *name;
    const char *parent_list; /* NULL */
    struct label label;
    size_t count;
    const struct code *codes;
};

struct field {
    const char *name;
    struct label label, help;      /* help.text[] NULL when there is none */
    enum field_type type;
    const char *list;              /* FIELD_CODE: list name */
    const char *role;              /* FIELD_COMPOSITE person: its role in the case, "accused" */
    const struct composite *composite;
    size_t target_count;           /* FIELD_ENTRY: forms allowed; 0 is any. FIELD_OFFICE: kinds allowed */
    const char *targets[24];
    bool required;
    struct condition required_when; /* required only then */
    struct condition only_when;     /* applies only then; refused otherwise */
    bool past, future;              /* date and datetime, against now */
    bool has_min, has_max;
    int64_t min, max;               /* int, money in paise; text: min/max code points (len N is max) */
    bool many;
    int many_min, many_max;
    bool search, index;
    bool fixed;                     /* a correction may not touch it */
    const char *confidential;       /* kind, or NULL */
    struct condition spared_when;   /* "unless": then a person known already is not confidential */
    const char *pattern;            /* POSIX extended regular expression, anchored by the reader */
    const char *example;
    const char *fallback;           /* default shown in a new form; never filled in silently by the check */
    int line;                       /* in its file */
    const struct code_list *codes;  /* FIELD_CODE: the list itself */
    const struct matcher *matcher;  /* pattern, made ready; private to the room */
};

struct section {
    const char *name;
    struct label label;
    bool many;
    int many_min, many_max;
    struct condition only_when;
    size_t field_count;
    const struct field *fields;
    uint32_t types;            /* of all fields in it, as in a composite */
    const struct names *names; /* of its fields; private to the room, here and below */
    const char *extension; /* name of the state extension it came from, or NULL */
};

/* A composite is an object: its own fields, then sections inside it (objects or arrays of objects). */
struct composite {
    const char *name;
    struct label label;
    bool by_reference; /* may be given as {"ref": id} of one already in the case; then nothing is required */
    uint32_t types;    /* of all fields in it, at any depth */
    size_t field_count;
    const struct field *fields;
    size_t section_count;
    const struct section *sections;
    const struct names *names;
};

/* ---- what filing does with an entry of the form: directives ---- */

struct form_number {
    const char *series;
    /* per office and year, per office and day, per case, given by somebody else */
    enum { NUMBER_YEAR, NUMBER_DAY, NUMBER_CASE, NUMBER_GIVEN } per;
    int width;
    const char *prefix;        /* "0/" or "" */
    const char *field;         /* NUMBER_GIVEN: path of the field that holds it */
    struct condition when;     /* path form section.field */
};
struct form_stage { const char *stage; struct condition when; };
struct form_task {
    size_t form_count;
    const char *forms[8];      /* filing one of these on the case closes it */
    const char *for_whom;      /* "io", "office", "to", or a role at the filing office */
    const char *to_kind;       /* with "to": only for addressees of this kind of office; NULL: for all */
    int within_hours;          /* 0: no due time */
    struct condition when;
    struct label label;
};
/* What an entry does to persons or property it names. */
struct form_effect {
    const char *path;          /* "accused.who", "items.item" */
    const char *word;          /* status of a person; custody word of property: seize deposit move return … */
    const char *value_field;   /* NULL, or path of a code field that gives the status instead of word */
    struct condition when;
};

#define FORM_ROWS_MAX 12

struct form {
    const char *name;
    int version;               /* core version, plus 1000 × the version of a state extension */
    struct label label;
    const char *pillar;        /* folder below pillars/ */
    const char *file;          /* where it was read, for messages */
    const char *text;          /* the declaration as read, kept with the entries for ever */
    const char *law, *mark;    /* NULL when absent */
    bool locked;               /* built in */

    size_t role_count, kind_count;
    const char *roles[24];     /* may file; "any" */
    const char *kinds[16];     /* at offices of these kinds; none: any */

    const char *opens;         /* kind of case it opens; NULL */
    const char *opens_at;      /* office field that names whose case it is; NULL: the filing office's */
    bool on_case;              /* must name a case */
    bool on_any;               /* may name a case */
    size_t on_count;
    const char *on_kinds[12];  /* kinds of case; none: any */
    size_t after_count;
    const char *after[12];     /* the case must hold an entry of one of these */

    size_t number_count, stage_count, task_count, person_count, property_count;
    struct form_number numbers[4];
    struct form_stage stages[FORM_ROWS_MAX];
    struct form_task tasks[FORM_ROWS_MAX];
    struct form_effect persons[FORM_ROWS_MAX];
    struct form_effect properties[FORM_ROWS_MAX];

    size_t to_count;
    const char *to_kinds[8];   /* office kinds it may be addressed to */
    bool to_required;
    const char *to_field;      /* office field that names the addressee; NULL: given beside the body */
    const char *consumes;      /* entry field: filing this is the acceptance of that entry */
    const char *consumes_each; /* person field: of each person that entry names by himself; NULL */
    const char *acts;          /* entry field: filing this acts on that entry */
    const char *amends;        /* entry field: filing this corrects that entry */
    const char *calls;         /* form the filing office may from now on see of this case; NULL */
    const char *assigns_io;    /* officer field that becomes the case's IO */
    const char *listed_on;     /* date field: the case's next date before the filing office; NULL */
    const char *listed_for;    /* code field: what for; NULL */
    bool listed_no_more;       /* the case has no next date from now on */
    const char *urgency;       /* its code of the list `urgency`: how soon the addressee should act; NULL */
    const char *sections_add, *sections_set; /* offence fields that add to, replace, the case's sections */
    const char *links;         /* entry field: its case is related to this one */
    const char *sensitive;     /* "always", or a yesno field */
    size_t seen_count;
    const char *seen_by[12];   /* pillars that see it besides office line and addressees; "nobody"; 0: all */
    int public_hours;          /* 0: no public page */
    bool single;               /* once per case */

    size_t section_count;
    const struct section *sections;
    const struct names *names;
};

struct forms;

/* What the room must ask others about. Any member may be NULL: then not checked. Called on any thread. */
struct form_lookup {
    void *context;
    bool (*offence)(void *context, const char *offence);
    bool (*office)(void *context, const char *office, const char **ret_kind);
    bool (*officer)(void *context, const char *officer);
    bool (*blob)(void *context, const char *sha256);
    bool (*entry)(void *context, const char *id, const char **ret_form);
    bool (*reference)(void *context, const char *composite, const char *id); /* person or property id */
};

/* A declaration as a register keeps it, so that its entries stay readable when the files go on. */
struct kept_text {
    const char *name; /* "fir"; what carries no version by its first two words: "composite person" */
    int version;      /* as in struct form; 0: it carries none */
    const char *text;
};
struct kept_texts {
    const struct kept_text *list;
    size_t count;
};

/* Built-in forms and lists, then *.form and *.list of folder (NULL: none). Faults are added to problems as
 * form_wrong with the words "fir.form:11:15: 'daet' is not a field type"; all faults of all files are told.
 * kept (NULL: none) is what forms_texts() gave earlier: forms of it that the files no longer hold are found
 * by form_version() only. A form that changed under its version is told as form_changed, a composite or list
 * that no longer takes all it took as composite_shrunk or list_shrunk, a kept text that can no longer be
 * read as form_kept_wrong. The set lives until forms_free and needs neither folder nor kept any more.
 * E_PROBLEM when anything was wrong. */
enum err forms_load(const char *folder, const struct kept_texts *kept, struct problems *problems,
    struct forms **ret_forms) MUST_CHECK;
/* The same from texts, for tests, fuzzers and `forms check`: count names and texts, no built-ins. */
enum err forms_load_texts(const char *const *names, const char *const *texts, size_t count,
    struct problems *problems, struct forms **ret_forms) MUST_CHECK;
void forms_free(struct forms *forms);
/* What a register must keep of the set: every form, composite and list of the files. */
struct kept_texts forms_texts(const struct forms *forms);

size_t forms_count(const struct forms *forms);
const struct form *forms_at(const struct forms *forms, size_t i); /* newest versions, sorted by name */
const struct form *form_find(const struct forms *forms, const char *name); /* newest; NULL */
/* Whether it may be filed on a case of this kind. */
bool form_fits_kind(const struct form *form, const char *kind);
/* Whether some form takes this one in for each of its persons by himself. */
bool form_taken_each(const struct forms *forms, const char *name);
/* Whether a task of some form, in whatever version, waits for this one. */
bool form_awaited(const struct forms *forms, const char *name);
const struct form *form_version(const struct forms *forms, const char *name, int version); /* exactly; NULL */
const struct code_list *list_find(const struct forms *forms, const char *name);
const struct code *code_find(const struct code_list *list, const char *code);
/* Words of a code in a list; the code itself when it is not there. Never NULL. */
const char *code_label(const struct forms *forms, const char *list, const char *code, enum lang lang);

/* Checks body against the form at instant now and gives its normal form: text cleaned to NFC, dates and
 * times in canonical spelling, phones +91…, vehicles upper case, empty members dropped, unknown ones
 * refused. Every fault is told, each with its path. *ret_body is a new reference. E_PROBLEM when refused. */
enum err form_check(const struct forms *forms, const struct form *form, const json_t *body, int64_t now,
    const struct form_lookup *lookup, struct problems *problems, json_t **ret_body) MUST_CHECK;

/* JSON Schema 2020-12 of the body, self-contained, x-panji-* members as in docs/forms.md. A new reference. */
json_t *form_schema(const struct forms *forms, const struct form *form);

bool condition_holds(const struct condition *condition, const json_t *section, const json_t *body);
/* Whether the field's "unless" holds for this value, found in object, which stands in root: the body, or the
 * composite around. Only what is given by reference is spared: of somebody written anew nothing else tells
 * who he is. */
bool field_spares(const struct field *field, const json_t *value, const json_t *object, const json_t *root);

/* Walks every field value of a body in the form's order, into composites and rows. path:
 * "accused.0.who.name", good during the call. section is the label of the nearest section or composite. value
 * is never NULL. */
struct form_visit {
    const struct form *form;
    const struct section *section; /* top section */
    const struct field *field;
    const char *path;
    const json_t *value;           /* one value; rows of a many field are visited one by one */
    bool spared;                   /* field_spares() of it */
    int depth;                     /* 0 for fields of top sections */
};
void form_walk(const struct form *form, const json_t *body, struct arena *arena,
    bool (*visit)(void *context, const struct form_visit *visit), /* true: go into a composite */
    void *context);
/* The same, but leaves out whatever neither is of one of the types nor holds any. */
void form_walk_types(const struct form *form, const json_t *body, uint32_t types, struct arena *arena,
    bool (*visit)(void *context, const struct form_visit *visit), void *context);
/* The bits of one field by itself, without what is in it. */
uint32_t field_types(const struct field *field);

/* The field at a path, with or without row numbers ("accused.0.who.name", "accused.who.name"); NULL when the
 * form has none. */
const struct field *field_at(const struct form *form, const char *path);

/* The values at a directive path ("accused.who", "items.item"): rows of many sections and many fields are all
 * taken. Calls visit with each value and its full path ("accused.1.who"). */
void form_each(const json_t *body, const char *path, struct arena *arena,
    void (*visit)(void *context, const char *full_path, const json_t *value), void *context);

/* A value in words for pages and prints: codes by label, dates as Indians write them, paise as ₹1,23,456. */
const char *field_words(const struct forms *forms, const struct field *field, const json_t *value,
    enum lang lang, struct arena *arena);

/* Reads an HTML form body (name=value pairs, names are paths "accused.0.who.name") into a JSON body of the
 * form: empty values dropped, numbers and yes/no turned, typed dates read with time_parse_typed, money in
 * rupees turned to paise. What cannot be read is kept as typed text, so that form_check tells it. A new
 * reference. */
struct pair { const char *name, *value; };
json_t *form_body_from_pairs(const struct forms *forms, const struct form *form, const struct pair *pairs,
    size_t count, int64_t now, struct arena *arena);

#endif
