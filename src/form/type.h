/* form/type: the one table of field types, private to the room. A new type is one row of it. */
#ifndef PANJI_FORM_TYPE_H
#define PANJI_FORM_TYPE_H

#include "form/check.h"
#include "form/form.h"

/* Words of the form language that only some types take. */
enum type_words {
    WORD_LEN = 1,     /* len, min: characters */
    WORD_RANGE = 2,   /* min, max: the number itself */
    WORD_PATTERN = 4, /* pattern */
    WORD_TIME = 8,    /* past, future */
    WORD_SCALAR = 16, /* default, example, index */
};

/* What stands behind the colon of a type. */
enum type_argument { ARGUMENT_NONE, ARGUMENT_LIST, ARGUMENT_KINDS, ARGUMENT_FORMS, ARGUMENT_ROLE };

struct words_request {
    const struct forms *forms;
    enum lang lang;
    struct arena *arena;
};

struct typed_request {
    int64_t now;
    struct arena *arena;
};

struct field_kind {
    const char *name; /* NULL: the name is a composite's */
    unsigned words;
    enum type_argument argument;
    /* The normal form of a value that is not empty, as a new reference; NULL after telling what is wrong. */
    json_t *(*check)(struct check *check, const struct step *at, const struct field *field,
        const json_t *value, const struct scope *scope);
    /* Adds type, bounds and the rest to a schema. */
    void (*schema)(const struct field *field, json_t *ret_schema);
    const char *(
        *words_of)(const struct words_request *request, const struct field *field, const json_t *value);
    /* JSON of what was typed in a page; text as it is when it cannot be read. NULL for composites. */
    json_t *(*read_typed)(const struct typed_request *request, const struct field *field, const char *text);
};

extern const struct field_kind field_kinds[FIELD_TYPE_COUNT];

/* The cells of the table, each in the file of its column: check_*.c, schema_value.c, words.c, pairs.c. */
typedef json_t *field_check_function(struct check *check, const struct step *at, const struct field *field,
    const json_t *value, const struct scope *scope);
typedef void field_schema_function(const struct field *field, json_t *ret_schema);
typedef const char *field_words_function(const struct words_request *request, const struct field *field,
    const json_t *value);
typedef json_t *field_typed_function(const struct typed_request *request, const struct field *field,
    const char *text);

field_check_function check_text, check_int, check_money, check_decimal, check_date, check_datetime,
    check_yesno, check_code, check_offence, check_office, check_officer, check_blob, check_entry, check_phone,
    check_vehicle, check_point, check_composite;
field_schema_function schema_text, schema_int, schema_money, schema_decimal, schema_date, schema_datetime,
    schema_yesno, schema_code, schema_offence, schema_office, schema_officer, schema_blob, schema_entry,
    schema_phone, schema_vehicle, schema_point, schema_composite;
field_words_function words_text, words_int, words_money, words_date, words_datetime, words_yesno, words_code,
    words_phone, words_composite;
field_typed_function typed_text, typed_int, typed_money, typed_date, typed_datetime, typed_yesno;

#endif
