/* Messages: how they are set up, when they may go out, and that each fact is told once and nothing is
 * lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/time.h"
#include "folder.h"
#include "law/clocks.h"
#include "notify/outbox.h"

static struct arena *arena;
static struct folder folder;

static int begin(void **state)
{
    (void)state;
    arena = arena_new((size_t)16 << 20);
    folder_make(&folder);
    return 0;
}

static int end(void **state)
{
    (void)state;
    folder_remove(&folder);
    arena_free(arena);
    return 0;
}

/* ---- set-up ---- */

static enum err config_of(const char *text, mode_t mode, struct problems *problems, struct config *ret)
{
    const char *path = folder_file(&folder, "notify.conf");
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    assert_int_equal(chmod(path, mode), 0);
    *problems = (struct problems){.arena = arena};
    return config_read(arena, folder.path, problems, ret);
}

static void without_a_file_nothing_is_sent(void **state)
{
    (void)state;
    struct problems problems = {.arena = arena};
    struct config config;
    assert_int_equal(config_read(arena, folder.path, &problems, &config), E_NOT_FOUND);
    assert_int_equal(problems.count, 0);
}

static void a_whole_file_is_understood(void **state)
{
    (void)state;
    struct problems problems;
    struct config config;
    enum err err =
        config_of("language en\nquiet 21:00 07:00\nevery 5\nentity 1101\n"
                  "registered clock_late hi 1107\n"
                  "sms http://127.0.0.1:1/x from PANJI user u password p report http://127.0.0.1:2\n"
                  "mail smtp://127.0.0.1:3 from a@b.example\n",
            0600, &problems, &config);
    assert_int_equal(err, E_OK);
    assert_int_equal(config.lang, LANG_EN);
    assert_int_equal(config.every_seconds, 5);
    assert_string_equal(config.ways[CHANNEL_SMS].report, "http://127.0.0.1:2");
    assert_string_equal(config.ways[CHANNEL_MAIL].from, "a@b.example");
    assert_string_equal(notice_find(&config, "clock_late")->registered[LANG_HI], "1107");
    assert_null(notice_find(&config, "clock_soon")->registered[LANG_HI]);
    assert_true(config.alert_count > 0);
    for (size_t k = 0; k < CLOCK_ALERTS; k++) { /* no step of the law's ladder is told to nobody */
        bool told_to = false;
        for (size_t i = 0; i < config.alert_count; i++)
            told_to = told_to || config.alerts[i].percent == clock_ladder[k].percent;
        assert_true(told_to);
    }
    bool steps = false; /* the days a clock names itself are told to the officer who owes the act */
    for (size_t i = 0; i < config.alert_count; i++)
        steps = steps || (config.alerts[i].percent == 0 && config.alerts[i].to == ALERT_OWNER);
    assert_true(steps);
}

static void what_is_wrong_is_told_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *where;
    } cases[] = {
        {"langage hi\n", "notify.conf:1"},
        {"language hi\nquiet 25:00 07:00\n", "notify.conf:2"},
        {"quiet 21:00\n", "notify.conf:1"},
        {"every 0\n", "notify.conf:1"},
        {"registered no_such_notice hi 1\n", "notify.conf:1"},
        {"sms http://127.0.0.1/\n", "notify.conf:1"},
        {"sms http://127.0.0.1/ from X colour red\n", "notify.conf:1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct problems problems;
        struct config config;
        assert_int_equal(config_of(cases[i].text, 0600, &problems, &config), E_PROBLEM);
        assert_string_equal(problems.list[0].code, "notify_wrong");
        assert_non_null(strstr(problems.list[0].text[LANG_EN], cases[i].where));
        assert_non_null(strstr(problems.list[0].text[LANG_HI], cases[i].where));
    }
}

static void a_file_others_can_read_is_refused(void **state)
{
    (void)state;
    struct problems problems;
    struct config config;
    assert_int_equal(config_of("language hi\n", 0644, &problems, &config), E_PROBLEM);
    assert_int_equal(config_of("language hi\n", 0600, &problems, &config), E_OK);
}

static void texts_carry_nothing_of_a_person(void **state)
{
    (void)state;
    struct problems problems;
    struct config config;
    assert_int_equal(config_of("language hi\n", 0600, &problems, &config), E_OK);
    static const char *const places[] = {"{case}", "{what}", "{due}", "{office}"};
    for (size_t i = 0; i < config.notice_count; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++)
            for (const char *at = config.notices[i].text[lang]; (at = strchr(at, '{')) != NULL; at++) {
                bool allowed = false;
                for (size_t k = 0; k < 4; k++)
                    allowed = allowed || strncmp(at, places[k], strlen(places[k])) == 0;
                assert_true(allowed);
            }
}

static int64_t ist(int day, int hour, int minute)
{
    return time_from_civil(
        (struct civil){.year = 2026, .month = 11, .day = day, .hour = hour, .minute = minute});
}

static void quiet_hours_end_in_the_morning(void **state)
{
    (void)state;
    const struct config night = {.quiet_from = 21 * 60, .quiet_until = 7 * 60};
    assert_int_equal(config_not_quiet(&night, ist(22, 20, 59)), ist(22, 20, 59));
    assert_int_equal(config_not_quiet(&night, ist(22, 21, 0)), ist(23, 7, 0));
    assert_int_equal(config_not_quiet(&night, ist(30, 23, 30)), ist(30, 7, 0) + TIME_DAY_MS);
    assert_int_equal(config_not_quiet(&night, ist(23, 6, 59)), ist(23, 7, 0));
    assert_int_equal(config_not_quiet(&night, ist(23, 7, 0)), ist(23, 7, 0));
    const struct config noon = {.quiet_from = 13 * 60, .quiet_until = 14 * 60};
    assert_int_equal(config_not_quiet(&noon, ist(22, 13, 30)), ist(22, 14, 0));
    const struct config none = {.quiet_from = 0, .quiet_until = 0};
    assert_int_equal(config_not_quiet(&none, ist(22, 0, 0)), ist(22, 0, 0));
}

/* ---- the outbox ---- */

static struct message message_of(const char *fact, const char *receiver, int64_t next_at)
{
    return (struct message){.fact = fact, .channel = CHANNEL_SMS, .receiver = receiver,
        .address = "+919800000001", .notice = "clock_soon", .text = "x", .office = "PS1", .queued_at = 1,
        .next_at = next_at};
}

static size_t due_at(struct outbox *outbox, int64_t now, struct message **ret)
{
    size_t count;
    assert_int_equal(outbox_due(outbox, arena, CHANNEL_SMS, now, 10, ret, &count), E_OK);
    return count;
}

static void one_fact_is_told_once_to_each(void **state)
{
    (void)state;
    struct outbox *outbox;
    struct message *due;
    assert_int_equal(outbox_open(folder.path, &outbox), E_OK);
    assert_int_equal(outbox_mark(outbox), -1);
    struct message messages[] = {message_of("clock a 75", "io1", 5), message_of("clock a 75", "io1", 5),
        message_of("clock a 75", "sho1", 5)};
    assert_int_equal(outbox_put(outbox, messages, 3, 100), E_OK);
    assert_int_equal(outbox_put(outbox, messages, 1, 101), E_OK);
    assert_int_equal(due_at(outbox, 5, &due), 2);
    assert_int_equal(outbox_sent(outbox, due[0].id, 6, true), E_OK);
    outbox_close(outbox); /* what a restart finds */
    assert_int_equal(outbox_open(folder.path, &outbox), E_OK);
    assert_int_equal(outbox_mark(outbox), 101);
    assert_int_equal(outbox_put(outbox, messages, 1, 102), E_OK);
    assert_int_equal(due_at(outbox, 5, &due), 1);
    assert_string_equal(due[0].receiver, "sho1");
    outbox_close(outbox);
}

static void a_message_waits_until_it_is_taken_or_given_up(void **state)
{
    (void)state;
    struct outbox *outbox;
    struct message *due;
    assert_int_equal(outbox_open(folder.path, &outbox), E_OK);
    struct message message = message_of("clock a 75", "io1", 50);
    assert_int_equal(outbox_put(outbox, &message, 1, 1), E_OK);
    assert_int_equal(due_at(outbox, 49, &due), 0);
    assert_int_equal(outbox_next(outbox), 50);
    assert_int_equal(due_at(outbox, 50, &due), 1);
    assert_int_equal(outbox_refused(outbox, due[0].id, 50, 80, "away"), E_OK);
    assert_int_equal(due_at(outbox, 79, &due), 0);
    assert_int_equal(due_at(outbox, 80, &due), 1);
    assert_int_equal(due[0].tries, 1);
    assert_string_equal(due[0].why, "away");
    assert_int_equal(outbox_refused(outbox, due[0].id, 90, 0, "no such number"), E_OK);
    assert_int_equal(due_at(outbox, 1000, &due), 0);
    size_t count;
    const struct message_filter all = {.state = MESSAGE_FAILED, .limit = 5};
    assert_int_equal(outbox_list(outbox, arena, &all, &due, &count), E_OK);
    assert_int_equal(count, 1);
    assert_null(due[0].address); /* forgotten */
    outbox_close(outbox);
}

static void a_report_closes_its_message_and_no_other(void **state)
{
    (void)state;
    struct outbox *outbox;
    struct message *due;
    size_t count;
    assert_int_equal(outbox_open(folder.path, &outbox), E_OK);
    struct message messages[] = {message_of("a", "io1", 1), message_of("b", "io1", 1)};
    assert_int_equal(outbox_put(outbox, messages, 2, 1), E_OK);
    assert_int_equal(due_at(outbox, 1, &due), 2);
    for (size_t i = 0; i < 2; i++) assert_int_equal(outbox_sent(outbox, due[i].id, 2, true), E_OK);
    assert_int_equal(outbox_report(outbox, "0123456789abcdef", true, 3), E_NOT_FOUND);
    assert_int_equal(outbox_report(outbox, due[0].token, true, 3), E_OK);
    assert_int_equal(outbox_report(outbox, due[0].token, false, 4), E_NOT_FOUND); /* it arrived already */
    assert_int_equal(outbox_report(outbox, due[1].token, false, 4), E_OK);
    const struct message_filter delivered = {.state = MESSAGE_DELIVERED, .limit = 5};
    assert_int_equal(outbox_list(outbox, arena, &delivered, &due, &count), E_OK);
    assert_int_equal(count, 1);
    assert_string_equal(due[0].fact, "a");
    outbox_close(outbox);
}

/* The gateway's thread may be quicker than ours: what it reports is not taken back by noting its answer. */
static void a_report_before_the_answer_is_noted_stays(void **state)
{
    struct outbox *outbox;
    struct message *due, *told;
    size_t count;
    (void)state;
    assert_int_equal(outbox_open(folder.path, &outbox), E_OK);
    struct message messages[] = {message_of("quick", "io1", 1), message_of("lost", "io1", 1),
        message_of("cut", "io1", 1)};
    assert_int_equal(outbox_put(outbox, messages, 3, 1), E_OK);
    assert_int_equal(due_at(outbox, 1, &due), 3);
    assert_int_equal(outbox_report(outbox, due[0].token, true, 2), E_OK);
    assert_int_equal(outbox_sent(outbox, due[0].id, 3, true), E_OK);
    assert_int_equal(outbox_report(outbox, due[1].token, false, 2), E_OK);
    assert_int_equal(outbox_sent(outbox, due[1].id, 3, true), E_OK);
    assert_int_equal(outbox_report(outbox, due[2].token, true, 2), E_OK);
    assert_int_equal(outbox_refused(outbox, due[2].id, 3, 0, "no answer"), E_OK); /* the link broke */
    static const enum message_state wanted[] = {MESSAGE_DELIVERED, MESSAGE_FAILED, MESSAGE_DELIVERED};
    const struct message_filter all = {.state = -1, .limit = 5};
    assert_int_equal(outbox_list(outbox, arena, &all, &told, &count), E_OK);
    assert_int_equal(count, 3);
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 3; k++)
            if (told[k].id == due[i].id) assert_int_equal(told[k].state, wanted[i]);
    outbox_close(outbox);
}

static void the_file_is_for_its_owner_alone(void **state)
{
    (void)state;
    struct outbox *outbox;
    struct stat status;
    assert_int_equal(outbox_open(folder.path, &outbox), E_OK);
    assert_int_equal(stat(folder_file(&folder, "outbox.db"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    outbox_close(outbox);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(without_a_file_nothing_is_sent),
        IN_FOLDER(a_whole_file_is_understood),
        IN_FOLDER(what_is_wrong_is_told_with_its_line),
        IN_FOLDER(a_file_others_can_read_is_refused),
        IN_FOLDER(texts_carry_nothing_of_a_person),
        IN_FOLDER(quiet_hours_end_in_the_morning),
        IN_FOLDER(one_fact_is_told_once_to_each),
        IN_FOLDER(a_message_waits_until_it_is_taken_or_given_up),
        IN_FOLDER(a_report_closes_its_message_and_no_other),
        IN_FOLDER(a_report_before_the_answer_is_noted_stays),
        IN_FOLDER(the_file_is_for_its_owner_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
