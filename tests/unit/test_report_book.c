/* The books of registers/: whose they are, and that every kind of office that works on a case keeps some. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report/book.h"

static struct arena *arena;
static struct forms *forms;
static const struct book *books;
static size_t count;

static int begin(void **state)
{
    (void)state;
    arena = arena_new((size_t)16 << 20);
    struct problems problems = {.arena = arena};
    assert_int_equal(forms_load(NULL, NULL, &problems, &forms), E_OK);
    count = books_load(arena, forms, &books);
    return 0;
}

static int end(void **state)
{
    (void)state;
    forms_free(forms);
    arena_free(arena);
    return 0;
}

static void every_pillar_keeps_books(void **state)
{
    (void)state;
    static const char *const kinds[] = {"ps", "outpost", "court", "prosecution", "laboratory", "hospital",
        "prison", "fpb"};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        size_t kept = 0;
        for (size_t i = 0; i < count; i++) kept += book_kept_at(&books[i], kinds[k]);
        if (kept == 0) fail_msg("no book is kept at %s", kinds[k]);
    }
    assert_false(book_kept_at(book_find(books, count, "fir"), "court"));
}

static void the_old_books_of_a_station_are_there(void **state)
{
    (void)state;
    static const char *const names[] = {"diary", "fir", "arrest", "malkhana", "missing", "unnatural_death",
        "process", "crime"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct book *book = book_find(books, count, names[i]);
        assert_non_null(book);
        assert_true(book_kept_at(book, "ps"));
        assert_true(book->column_count >= 4);
    }
    assert_null(book_find(books, count, "no_such_book"));
}

static void a_column_of_a_field_is_called_as_the_field(void **state)
{
    (void)state;
    const struct book *diary = book_find(books, count, "diary");
    const struct field *field = field_at(form_find(forms, "general_diary"), "diary.subject");
    for (size_t i = 0; i < diary->column_count; i++) {
        const struct book_column *column = &diary->columns[i];
        if (column->cell != CELL_FIELD || strcmp(column->paths[0], "diary.subject") != 0) continue;
        assert_string_equal(column->label.text[LANG_HI], field->label.text[LANG_HI]);
        return;
    }
    fail();
}

static void what_came_in_waits_and_no_register_of_ones_own_does(void **state)
{
    (void)state;
    for (size_t i = 0; i < count; i++) {
        if (books[i].rows == BOOK_UNANSWERED) assert_true(books[i].as_worked);
        if (books[i].rows != BOOK_UNANSWERED && books[i].rows != BOOK_RECEIVED)
            assert_false(books[i].as_worked);
    }
    assert_true(book_find(books, count, "medical_request")->as_worked);
    assert_true(book_find(books, count, "scrutiny")->as_worked);
    assert_string_equal(form_find(forms, "scrutiny_request")->urgency, "request.urgency");
    assert_null(form_find(forms, "fir")->urgency);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pillar_keeps_books),
        cmocka_unit_test(the_old_books_of_a_station_are_there),
        cmocka_unit_test(a_column_of_a_field_is_called_as_the_field),
        cmocka_unit_test(what_came_in_waits_and_no_register_of_ones_own_does),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
