/* Names proposed in the other script: what people of the district are called, and what is no name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/script.h"

static const struct {
    const char *typed, *proposed;
} names[] = {
    {"रमेश कुमार यादव", "Ramesh Kumar Yadav"},
    {"बुधराम निषाद", "Budhram Nishad"},
    {"छत्तीसगढ़", "Chhattisgarh"},
    {"ज्ञानेश्वर", "Gyaneshwar"},
    {"फ़िरोज़ ख़ान", "Firoz Khan"},
    {"सरस्वती बाई", "Saraswati Bai"},
    {"हँसमुख", "Hansamukh"},
    {"ऋषि", "Rishi"},
    {"कमल", "Kamal"},
    {"Ramesh Kumar Yadav", "रमेश कुमार यादव"},
    {"Dhaniram Sahu", "धनीराम साहू"},
    {"SITA DEVI", "सीता देवी"},
    {"Krishna", "कृष्ण"},
    {"Geeta Bai", "गीता बाई"},
    {"Mohan Singh", "मोहन सिंह"},
    {"Santosh Nishad", "संतोष निषाद"},
    {"Pooja", "पूजा"},
    {"Radheshyam", "राधेश्याम"},
    {"Thakur", "ठाकुर"},
};

static void names_are_proposed_as_people_write_them(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *proposed = script_other(arena, names[i].typed);
        if (!proposed || strcmp(proposed, names[i].proposed) != 0)
            print_message("%s: %s, not %s\n", names[i].typed, proposed, names[i].proposed);
        assert_non_null(proposed);
        assert_string_equal(proposed, names[i].proposed);
    }
    arena_free(arena);
}

static void nothing_is_proposed_for_what_is_no_name_in_one_of_the_two(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    char *long_text = arena_alloc(arena, SCRIPT_TEXT_MAX + 2);
    memset(long_text, 'a', SCRIPT_TEXT_MAX + 1);
    const char *none[] = {"", " ", "1234", "রমেশ", "Ramesh रमेश", "محمد", "\xFF\xFE", "—", long_text};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) assert_null(script_other(arena, none[i]));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_proposed_as_people_write_them),
        cmocka_unit_test(nothing_is_proposed_for_what_is_no_name_in_one_of_the_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
