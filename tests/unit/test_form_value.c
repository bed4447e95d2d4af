/* Single values: what is accepted in which spelling, what is refused and why. */
#include "form_check_world.h"

/* One member of section main beside the kind: its normal JSON, or its problem codes. */
static void expect(const struct world *world, const char *name, const char *given, const char *wanted)
{
    const char *body = arena_printf(world->arena, "{\"main\":{\"kind\":\"plain\",\"%s\":%s}}", name, given);
    const char *got = checked(world, body);
    const char *line = strcmp(wanted, "") == 0 ? "{\"main\":{\"kind\":\"plain\"}}" : NULL;
    if (!line && strncmp(wanted, "!", 1) == 0)
        line = arena_printf(world->arena, "%s main.%s\n", wanted + 1, name);
    if (!line) {
        json_t *normal = json_pack("{s:{s:s, s:o}}", "main", "kind", "plain", name, json_of(wanted));
        line = json_line(world->arena, normal);
        json_decref(normal);
    }
    if (strcmp(got, line) != 0) fail_msg("%s %s:\n  got    %s\n  wanted %s", name, given, got, line);
}

static const struct {
    const char *name, *given, *wanted; /* JSON, "!code" or "" when it is dropped */
} values[] = {
    {"text", "\" ab   c \"", "\"ab c\""},
    {"text", "\"\"", ""},
    {"text", "\" \\t\\n \"", ""},
    {"text", "null", ""},
    {"text", "[]", ""},
    {"text", "{}", ""},
    {"text", "\"ab\"", "!field_short"},
    {"text", "\"abcdef\"", "!field_long"},
    {"text", "7", "!field_type"},
    {"text", "[\"abc\"]", "!field_many"},
    {"text", "{\"a\":1}", "!field_type"},
    {"text", "\"a\\u0007bc\"", "!field_text"},
    {"text", "\"a\\u0085bc\"", "!field_text"},
    {"text", "\"\\u007fabc\"", "!field_text"},
    {"text", "\"a\\nb\\nc\"", "\"a b c\""},
    {"text", "\"e\\u0301e\\u0301e\\u0301\"", "\"\\u00e9\\u00e9\\u00e9\""},
    {"text", "\"\\u0915\\u0915\\u0915\\u0915\\u0915\"", "\"\\u0915\\u0915\\u0915\\u0915\\u0915\""},
    {"long", "\" a\\r\\n  b\\n\"", "\"a\\n  b\""},

    {"count", "5", "5"},
    {"count", "0", "!field_min"},
    {"count", "10", "!field_max"},
    {"count", "\"5\"", "!field_number"},
    {"count", "5.0", "!field_number"},
    {"count", "true", "!field_number"},
    {"paid", "0", "0"},
    {"paid", "-1", "!field_min"},
    {"paid", "10000", "10000"},
    {"paid", "10001", "!field_max"},
    {"paid", "\"12.50\"", "!field_number"},
    {"weight", "\"12.50\"", "\"12.50\""},
    {"weight", "\"-3\"", "\"-3\""},
    {"weight", "\"\\u0967\\u0968.5\"", "\"12.5\""},
    {"weight", "\"12.\"", "!field_decimal"},
    {"weight", "\".5\"", "!field_decimal"},
    {"weight", "\"1e5\"", "!field_decimal"},
    {"weight", "\"123456789012345678901\"", "!field_decimal"},
    {"weight", "12", "!field_type"},
    {"on", "\"2026-11-22\"", "\"2026-11-22\""},
    {"on", "\"2026-11-23\"", "!field_date_past"},
    {"on", "\"2026-02-30\"", "!field_date"},
    {"on", "\"22/11/2026\"", "!field_date"},
    {"until", "\"2026-11-22\"", "\"2026-11-22\""},
    {"until", "\"2026-11-21\"", "!field_date_future"},
    {"at", "\"2026-11-22T08:30:00Z\"", "\"2026-11-22T14:00:00+05:30\""},
    {"at", "\"2026-11-22T14:04:59+05:30\"", "\"2026-11-22T14:04:59+05:30\""},
    {"at", "\"2026-11-22T14:05:01+05:30\"", "!field_date_past"},
    {"at", "\"2026-11-22\"", "!field_date"},
    {"by", "\"2026-11-22T13:54:00+05:30\"", "!field_date_future"},
    {"sure", "false", "false"},
    {"sure", "7", "!field_type"},
    {"act", "\" BNS  303(2) \"", "\"BNS 303(2)\""},
    {"act", "\"BNS\"", "!field_offence"},
    {"act", "\"BNS 999\"", "!offence_unknown"},
    {"office", "\"PS-1\"", "\"PS-1\""},
    {"office", "\"CT-1\"", "!office_kind"},
    {"office", "\"PS-2\"", "!office_unknown"},
    {"officer", "\"O-1\"", "\"O-1\""},
    {"officer", "\"O-2\"", "!officer_unknown"},
    {"officer", "\"O\\u0020\"", "!officer_unknown"},
    {"file", "\"aaaa\"", "!blob_unknown"},
    {"entry", "\"0\"", "!id_wrong"},
    {"entry", "\"01931f0c-7c00-7000-8000-000000000000\"", "\"01931f0c-7c00-7000-8000-000000000000\""},
    {"entry", "\"11931f0c-7c00-7000-8000-000000000000\"", "!entry_form"},
    {"entry", "\"21931f0c-7c00-7000-8000-000000000000\"", "!entry_unknown"},
    {"phone", "\"98123 45678\"", "\"+919812345678\""},
    {"phone", "\"098123-45678\"", "\"+919812345678\""},
    {"phone", "\"+91 98123 45678\"", "\"+919812345678\""},
    {"phone", "\"919812345678\"", "\"+919812345678\""},
    {"phone", "\"0771-2234567\"", "\"+917712234567\""},
    {"phone", "\"0091 9812345678\"", "\"+919812345678\""},
    {"phone", "\"+44 20 7946 0958\"", "\"+442079460958\""},
    {"phone", "\"\\u096f812345678\"", "\"+919812345678\""},
    {"phone", "\"12345\"", "!field_phone"},
    {"phone", "\"+91 12345\"", "!field_phone"},
    {"phone", "\"98123x45678\"", "!field_phone"},
    {"phone", "\"+\"", "!field_phone"},
    {"car", "\"cg 04-ab 1234\"", "\"CG04AB1234\""},
    {"car", "\"cg4\"", "!field_vehicle"},
    {"car", "\"CG04/1234\"", "!field_vehicle"},
    {"spot", "\"21.6566, 82.1607\"", "\"21.6566,82.1607\""},
    {"spot", "\"-90,180.0\"", "\"-90,180.0\""},
    {"spot", "\"90.1,10\"", "!field_point"},
    {"spot", "\"10\"", "!field_point"},
    {"spot", "\"10,181\"", "!field_point"},
    {"spot", "\"a,b\"", "!field_point"},
    {"tags", "[\"a\",\"\",\"b\"]", "[\"a\",\"b\"]"},
    {"tags", "[\"a\"]", "!section_few"},
    {"tags", "[\"a\",\"b\",\"c\",\"d\"]", "!section_many"},
    {"tags", "\"a\"", "!field_type"},
    {"place", "\"highway\"", "\"highway\""},
    {"place", "\"nowhere\"", "!field_code"},
    {"place", "1", "!field_type"},
    {"nothing", "1", "!field_unknown"},
    {"nothing", "\"\"", "!field_unknown"},
};

static void single_values(void **state)
{
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        expect(*state, values[i].name, values[i].given, values[i].wanted);
}

/* Text is looked at eight bytes at a time: nothing may hide at a place among them. */
static void a_text_is_looked_at_everywhere(void **state)
{
    static const struct {
        const char *piece, *in_text, *in_long; /* what becomes of it, or "!code" */
    } pieces[] = {
        {"\x07", "!field_text", "!field_text"},
        {"\x7F", "!field_text", "!field_text"},
        {"\xC2\x85", "!field_text", "!field_text"},
        {"\xC2\xA7", "\xC2\xA7", "\xC2\xA7"},
        {" ", " ", " "},
        {"  ", " ", "  "},
        {"\n", " ", "\n"},
        {"\r\n", " ", "\n"},
        {"e\xCC\x81", "\xC3\xA9", "\xC3\xA9"},
        {"\xE0\xA4\x95", "\xE0\xA4\x95", "\xE0\xA4\x95"},
    };
    static const char *const names[] = {"free", "long"};
    const struct world *world = *state;
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++)
        for (int before = 1; before < 26; before++)
            for (int name = 0; name < 2; name++) {
                const char *wanted = name == 0 ? pieces[i].in_text : pieces[i].in_long;
                const char *fill = "abcdefghijklmnopqrstuvwxyz";
                json_t *given = json_string(
                    arena_printf(world->arena, "%.*s%sx", before, fill, pieces[i].piece));
                json_t *normal = json_string(arena_printf(world->arena, "%.*s%sx", before, fill, wanted));
                expect(world, names[name], json_line(world->arena, given),
                    wanted[0] == '!' ? wanted : json_line(world->arena, normal));
                json_decref(given);
                json_decref(normal);
            }
}

static void a_file_is_named_by_its_hash(void **state)
{
    char hash[65];
    memset(hash, 'a', 64);
    hash[64] = '\0';
    const struct world *world = *state;
    const char *quoted = arena_printf(world->arena, "\"%s\"", hash);
    expect(world, "file", quoted, quoted);
    hash[63] = 'A';
    expect(world, "file", arena_printf(world->arena, "\"%s\"", hash), "!blob_unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(single_values),
        cmocka_unit_test(a_text_is_looked_at_everywhere),
        cmocka_unit_test(a_file_is_named_by_its_hash),
    };
    return cmocka_run_group_tests(tests, world_setup, world_teardown);
}
