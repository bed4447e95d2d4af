/* Sections as clerks type them. Each case says why it is there; "|" parts the offences read from the pieces
 * left, and a piece left is written "text: beginning of the reason". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "law/law.h"

#define IPC_DAY 18000 /* 14 April 2019 */
#define BNS_DAY 20500 /* 16 February 2026 */

static struct law *law;

static int setup(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    struct problems problems = {.arena = arena};
    enum err err = law_load(&problems, &law);
    arena_free(arena);
    return err == E_OK ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    law_free(law);
    return 0;
}

static const struct {
    int32_t day;
    const char *typed, *read;
} cases[] = {
    /* the plain forms */
    {IPC_DAY, "379 IPC", "IPC 379"},
    {IPC_DAY, "IPC 379", "IPC 379"},
    {IPC_DAY, "379", "IPC 379"}, /* no Act: the code of the day */
    {BNS_DAY, "303(2)", "BNS 303(2)"},
    {IPC_DAY, "302/34 IPC", "IPC 302, IPC 34"},
    {IPC_DAY, "147,148,149,323 IPC", "IPC 147, IPC 148, IPC 149, IPC 323"},
    {IPC_DAY, "302 307 IPC", "IPC 302, IPC 307"}, /* blanks alone part */
    {IPC_DAY, "302+307 ; 34 IPC", "IPC 302, IPC 307, IPC 34"},
    {IPC_DAY, "302 r/w 34 IPC", "IPC 302, IPC 34"},
    {IPC_DAY, "302 read with section 34 of the IPC", "IPC 302, IPC 34"},
    {IPC_DAY, "U/S 379,411 I.P.C.", "IPC 379, IPC 411"},
    {IPC_DAY, "u/sec. 379 ipc", "IPC 379"},
    {IPC_DAY, "Sec.379 Indian Penal Code, 1860", "IPC 379"}, /* the year is not a section */
    {IPC_DAY, "302IPC", "IPC 302"},                          /* no blank */
    {IPC_DAY, "IPC302", "IPC 302"},
    {IPC_DAY, "302 (IPC)", "IPC 302"}, /* brackets that are no clause */
    {IPC_DAY, "[IPC] 302", "IPC 302"},
    {IPC_DAY, "379 IPC, 379 IPC", "IPC 379"}, /* each once */
    {IPC_DAY, "0379 IPC", "IPC 379"},
    /* letters behind the number */
    {IPC_DAY, "498A IPC", "IPC 498A"},
    {IPC_DAY, "498-a ipc", "IPC 498A"},
    {IPC_DAY, "498 A/34 I.P.C.", "IPC 498A, IPC 34"}, /* "34 I" is not a section 34I */
    {IPC_DAY, "354(A)(1)(i) IPC", "IPC 354A"},        /* the letter in brackets */
    {IPC_DAY, "354A(1)(i) IPC", "IPC 354A"},          /* the law holds 354A whole */
    {IPC_DAY, "120(B) ipc", "IPC 120B"},
    {IPC_DAY, "376 D, 376DA IPC", "IPC 376D, IPC 376DA"},
    {IPC_DAY, "376(2)(n) IPC", "IPC 376"},
    {IPC_DAY, "304ए भादवि", "IPC 304A"}, /* by ear */
    {IPC_DAY, "120 बी भादवि", "IPC 120B"},
    {IPC_DAY, "354 क भादवि", "IPC 354A"}, /* as in the Hindi text of the law */
    {IPC_DAY, "67IT Act", "IT 67"},       /* "IT" is not a suffix */
    {IPC_DAY, "66-D, 67A IT Act 2000", "IT 66D, IT 67A"},
    /* Hindi */
    {IPC_DAY, "धारा 379 भादवि", "IPC 379"},
    {IPC_DAY, "धारा ३७९, ४११ भा.द.वि.", "IPC 379, IPC 411"}, /* Devanagari figures */
    {IPC_DAY, "302 सहपठित 34 भा.दं.वि.", "IPC 302, IPC 34"},
    {IPC_DAY, "भादवि की धारा 294, 323 व 506", "IPC 294, IPC 323, IPC 506"},
    {IPC_DAY, "506, 323 ता.हि.", "IPC 506, IPC 323"}, /* the oldest name of the code */
    {BNS_DAY, "बीएनएस 115(2), 351(3), 3(5)", "BNS 115(2), BNS 351(3), BNS 3(5)"},
    {BNS_DAY, "भा.न्या.सं. की धारा 296", "BNS 296"},
    {BNS_DAY, "भारतीय न्याय संहिता 2023 की धारा 103(1) के तहत", "BNS 103(1)"},
    {IPC_DAY, "184 मोटर व्हीकल एक्ट", "MV 184"},
    {IPC_DAY, "3, 4 दहेज प्रतिषेध अधिनियम 1961", "DP 3, DP 4"},
    {IPC_DAY, "4 जुआ एक्‍ट", "CGG 4"}, /* a joiner inside the word */
    {IPC_DAY, "13 Gambling Act", "|13: several Acts"},
    {IPC_DAY, "34(2) छ.ग. आबकारी एक्ट", "CGE 34(2)"},
    {IPC_DAY, "34(2) आबकारी एक्ट", "|34(2): several Acts"}, /* the State is not said */
    /* several Acts */
    {IPC_DAY, "u/s 379,411 IPC & 25(1B)(a) Arms Act", "IPC 379, IPC 411, ARMS 25(1B)(a)"},
    {IPC_DAY, "279/337/338 IPC 184 M.V.Act", "IPC 279, IPC 337, IPC 338, MV 184"},
    {IPC_DAY, "498A/34 IPC 3/4 D.P. Act", "IPC 498A, IPC 34, DP 3, DP 4"},
    {IPC_DAY, "IPC 302, 34; Arms Act 27(1)", "IPC 302, IPC 34, ARMS 27(1)"},
    {IPC_DAY, "IPC 379, 411 & 25(6) Arms Act", "IPC 379, IPC 411, ARMS 25(6)"}, /* both orders, parted by & */
    {IPC_DAY, "IPC 379, 25(6) Arms Act", "IPC 379, ARMS 25(6)"}, /* what stands beside an Act is its */
    {IPC_DAY, "IPC 379, 411, 25(6) Arms Act", "IPC 379, ARMS 25(6)|411: it is not clear"},
    {IPC_DAY, "302 IPC, 34", "IPC 302, IPC 34"}, /* trailing, but only one code is named */
    {IPC_DAY, "302 IPC 6 POCSO 34", "IPC 302, POCSO 6|34: it is not clear"},
    {IPC_DAY, "376 IPC, 6 POCSO Act, 3(1)(r)(s), 3(2)(va) SC/ST Act",
        "IPC 376, POCSO 6, SCST 3(1), SCST 3(2)(va)"},
    {IPC_DAY, "3/8 UP Cow Slaughter Act", "UPC 3/8"}, /* the pair is one citation */
    {IPC_DAY, "20(b)(ii)(B) NDPS Act", "NDPS 20(b)(ii)(B)"},
    {IPC_DAY, "8/20(B) NDPS Act", "NDPS 20(b)|NDPS 8: the law knows no"}, /* 8 forbids, 20 punishes */
    {IPC_DAY, "25(1-B)(a) Arms Act", "ARMS 25(1B)(a)"},
    {IPC_DAY, "4-A TNP Act", "TNP 4A"},
    /* sub-sections that were left out */
    {BNS_DAY, "115 BNS", "BNS 115(2)"}, /* there is only one */
    {BNS_DAY, "61 BNS", "BNS 61(2)"},   /* one, whose clauses are grades */
    {BNS_DAY, "61(2) BNS", "BNS 61(2)"},
    {BNS_DAY, "103 BNS", "|BNS 103: several sub-sections"}, /* murder or lynching: not guessed */
    {BNS_DAY, "25 Arms Act", "|ARMS 25: several sub-sections"},
    {BNS_DAY, "125(a), 281 BNS", "BNS 125(a), BNS 281"},
    {BNS_DAY, "125(c) BNS", "|BNS 125(c): the law has no such"},
    {BNS_DAY, "115(1) BNS", "|BNS 115(1): the law knows no"},  /* the definition is no offence */
    {BNS_DAY, "303(2)(b) BNS", "BNS 303(2)"},                  /* a clause of an undivided sub-section */
    {BNS_DAY, "351(2)(3) BNS", "|BNS 351(2)(3): two clauses"}, /* taking one would lose a charge */
    /* what cannot be taken */
    {IPC_DAY, "379-382 IPC", "|379-382: a range"},
    {IPC_DAY, "379 to 382 IPC", "|379 to 382: a range"},
    {IPC_DAY, "379 से 382 भादवि", "|379 से 382: a range"},
    {IPC_DAY, "999 IPC", "|IPC 999: the law knows no"},
    {IPC_DAY, "99999 IPC", "|99999: too long"},
    {IPC_DAY, "13 Juaa Act", "|13: this Act is not known"}, /* not IPC 13 */
    {IPC_DAY, "154 CrPC, 302 IPC", "IPC 302|CRPC 154: the law knows no"},
    {IPC_DAY, "302 IPC PS Kotwali", "IPC 302|PS Kotwali: not understood"},
    {IPC_DAY, "IPC", "|IPC: an Act without"},
    {IPC_DAY, "--", ""},
    {IPC_DAY, "", ""},
    {IPC_DAY, "\xE0\xA4", "|: not text"},
    /* the wrong code for the day: read, and told */
    {BNS_DAY, "379, 411 IPC", "IPC 379, IPC 411|IPC: IPC was not in force"},
    {IPC_DAY, "303(2) BNS", "BNS 303(2)|BNS: BNS was not in force"},
    {LAW_SANHITA_DAY - 1, "302", "IPC 302"},
    {LAW_SANHITA_DAY, "103(1)", "BNS 103(1)"},
    {BNS_DAY, "106(2) BNS", "BNS 106(2)|BNS 106(2): BNS 106(2) is not in force"},
};

/* Whether the reading is what the case says; on failure the reading in words. */
static const char *reading_differs(
    struct arena *arena, const struct section_reading *reading, const char *expected)
{
    struct buf said;
    buf_init(&said, arena, 4000);
    for (size_t i = 0; i < reading->count; i++)
        buf_printf(&said, "%s%s", i ? ", " : "", reading->offences[i]);
    size_t read = strcspn(expected, "|");
    bool same = said.len == read && strncmp(said.data, expected, read) == 0;
    const char *wanted = expected + read;
    for (size_t i = 0; i < reading->left_count; i++) {
        const char *left = arena_printf(arena, "|%s: %s", reading->left[i].text, reading->left[i].why);
        buf_puts(&said, left);
        size_t n = 1 + strcspn(*wanted ? wanted + 1 : "", "|");
        same &= *wanted && strncmp(left, wanted, n) == 0;
        if (*wanted) wanted += n;
    }
    return same && (!*wanted || strcmp(wanted, "|") == 0) ? NULL : said.data;
}

static void strings_are_read_as_clerks_mean_them(void **state)
{
    (void)state;
    assert_true(sizeof cases / sizeof cases[0] >= 60);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena *arena = arena_new(1 << 20);
        struct section_reading reading;
        law_read_sections(law, arena, cases[i].typed, cases[i].day, &reading);
        const char *said = reading_differs(arena, &reading, cases[i].read);
        if (said) fail_msg("'%s' gives '%s', not '%s'", cases[i].typed, said, cases[i].read);
        arena_free(arena);
    }
}

/* Whatever the law calls an offence, people may type back and get that offence. */
static void every_name_reads_back_as_itself(void **state)
{
    (void)state;
    for (size_t i = 0; i < law_offence_count(law); i++) {
        const struct offence *offence = law_offence_at(law, i);
        if (strpbrk(offence->section, " -"))
            continue; /* "75 (grave)", "13-A-3-67": chosen from the list only */
        struct arena *arena = arena_new(1 << 20);
        struct section_reading reading;
        law_read_sections(
            law, arena, offence->name, strcmp(offence->act, "IPC") == 0 ? IPC_DAY : BNS_DAY, &reading);
        if (reading.count != 1 || strcmp(reading.offences[0], offence->name) != 0)
            fail_msg(
                "%s reads as %s", offence->name, reading.count ? reading.offences[0] : reading.left[0].why);
        arena_free(arena);
    }
}

static void too_much_is_told_not_dropped(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    struct buf text;
    buf_init(&text, arena, 3900);
    for (int section = 900; section < 1200; section++) buf_printf(&text, "%d,", section);
    struct section_reading reading;
    law_read_sections(law, arena, text.data, IPC_DAY, &reading);
    assert_int_equal(reading.count, 0);
    assert_int_equal(reading.left_count, 32);
    assert_string_equal(reading.left[31].why, "more that was not read");

    buf_reset(&text);
    for (int section = 109; section < 400; section++) buf_printf(&text, "%d ", section);
    law_read_sections(law, arena, text.data, IPC_DAY, &reading);
    assert_int_equal(reading.count, 64);
    assert_true(reading.left_count > 0);

    char *longer = arena_alloc(arena, 5000);
    memset(longer, '3', 4999);
    law_read_sections(law, arena, longer, IPC_DAY, &reading);
    assert_int_equal(reading.count, 0);
    assert_int_equal(reading.left_count, 1);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_read_as_clerks_mean_them),
        cmocka_unit_test(every_name_reads_back_as_itself),
        cmocka_unit_test(too_much_is_told_not_dropped),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
