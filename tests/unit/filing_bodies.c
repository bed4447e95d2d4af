/* The least body that each form takes. */
#include "filing_world.h"

/* ---- making and changing ---- */

static json_t *json_of(struct world *world, const char *single)
{
    char *text = world ? arena_strdup(world->arena, single) : strdup(single);
    for (char *at = text; *at; at++)
        if (*at == '\'') *at = '"';
    json_error_t error;
    json_t *value = json_loads(text, JSON_DECODE_ANY, &error);
    if (!value) fail_msg("not JSON: %s: %s", error.text, text);
    if (!world) free(text);
    return value;
}

json_t *body_of(struct world *world, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vprintf(world->arena, format, args);
    va_end(args);
    return json_of(world, text);
}

static bool is_row(const char *path)
{
    return *path >= '0' && *path <= '9';
}

static json_t *step_into(json_t *value, const char *name, size_t n, bool row_follows)
{
    json_t *next;
    if (json_is_array(value)) {
        size_t place = (size_t)strtoul(name, NULL, 10);
        if (place == json_array_size(value)) json_array_append_new(value, json_object());
        next = json_array_get(value, place);
    } else {
        next = json_object_getn(value, name, n);
        if (!next) {
            next = row_follows ? json_array() : json_object();
            json_object_setn_new(value, name, n, next);
        }
    }
    assert_non_null(next);
    return next;
}

static void value_put(json_t *parent, const char *name, json_t *value)
{
    if (json_is_array(parent)) {
        size_t place = (size_t)strtoul(name, NULL, 10);
        if (!value)
            json_array_remove(parent, place);
        else if (place < json_array_size(parent))
            json_array_set_new(parent, place, value);
        else
            json_array_append_new(parent, value);
    } else if (value) {
        json_object_set_new(parent, name, value);
    } else {
        json_object_del(parent, name);
    }
}

static json_t *with_value(json_t *body, const char *path, json_t *value)
{
    json_t *at = body;
    const char *name = path;
    for (const char *dot; (dot = strchr(name, '.')); name = dot + 1)
        at = step_into(at, name, (size_t)(dot - name), is_row(dot + 1));
    value_put(at, name, value);
    return body;
}

json_t *with(json_t *body, const char *path, const char *json)
{
    return with_value(body, path, json ? json_of(NULL, json) : NULL);
}

json_t *with_text(json_t *body, const char *path, const char *text)
{
    return with_value(body, path, json_string(text));
}

static const char *now_of(struct world *world)
{
    return when(world, world->now);
}

static const char *today_of(struct world *world)
{
    return time_date_text(world->arena, time_day_number(world->now));
}

/* ---- administration ---- */

json_t *leave_body(struct world *world, const char *officer, const char *from, const char *to)
{
    return body_of(world,
        "{'leave':{'officer':'%s','from':'%s','to':'%s',"
        "'kind':'casual'}}",
        officer, from, to);
}

json_t *posting_body(
    struct world *world, const char *officer, const char *office, const char *role, const char *from)
{
    return body_of(world,
        "{'posting':{'officer':'%s','office':'%s','role':'%s','from':'%s',"
        "'order':'1/2026'}}",
        officer, office, role, from);
}

json_t *correction_body(struct world *world, const char *entry, const char *path, const char *value)
{
    json_t *body = body_of(world,
        "{'correction':{'entry':'%s','reason':'Wrongly written at the time'},"
        "'changes':[{'path':'%s'}]}",
        entry, path);
    return value ? with_text(body, "changes.0.value", value) : body;
}

/* ---- the station ---- */

json_t *diary_body(struct world *world)
{
    return body_of(world,
        "{'diary':{'kind':'information','happened_at':'%s','subject':'Information','particulars':'A "
        "theft was told'}}",
        now_of(world));
}

json_t *fir_body(struct world *world, const char *diary)
{
    json_t *body = body_of(world,
        "{'registration':{'kind':'ordinary'},'privacy':{'sensitive':false},"
        "'offences':[{'offence':'BNS 303(2)'}],"
        "'occurrence':{'known':'unknown','place':{'village':'Palari'}},"
        "'information':{'received_at':'%s','kind':'oral'},"
        "'complainant':{'who':{'name':'Mohan Verma'}},"
        "'contents':{'text':'A motor-cycle was stolen from the market.'},"
        "'action':{'kind':'assign_later','read_over':true,'copy_given':true}}",
        now_of(world));
    return diary ? with_text(body, "information.diary", diary) : body;
}

json_t *electronic_body(struct world *world, const char *diary)
{
    return body_of(world,
        "{'information':{'mode':'portal','received_at':'%s','diary':'%s','sensitive':false,"
        "'text':'A purse was taken'},'complainant':{'who':{'name':'Sita Bai'}}}",
        now_of(world), diary);
}

json_t *signature_body(struct world *world, const char *information)
{
    return body_of(world,
        "{'signature':{'information':'%s','signed_at':'%s',"
        "'how':'in_person'}}",
        information, now_of(world));
}

json_t *arrest_body(struct world *world, const char *diary)
{
    const char *now = now_of(world);
    return body_of(world,
        "{'arrest':{'kind':'arrested_forwarded','arrested_at':'%s','diary':'%s',"
        "'authority':'without_warrant',"
        "'place':{'village':'Palari'}},'accused':{'who':{'name':'Ramu Yadav'}},"
        "'grounds':{'told':true,'text':'He was found with the motor-cycle'},"
        "'kin':{'name':'Shyamu','relation':'brother','mode':'phone','told_at':'%s','right_told':true},"
        "'body':{'injuries':'None','examination_needed':true},'restraint':{'handcuffed':false},"
        "'witnesses':[{'who':{'name':'Dinesh'},'family':false}],"
        "'prints':{'fingerprints':true,'photographed':true,'countersigned':true},"
        "'observations':{'dangerous':false,'jumped_bail':false,'armed':false,'accomplices':false,"
        "'past_record':false,"
        "'recidivist':false,'may_jump_bail':false,'may_repeat':false,'wanted_elsewhere':false}}",
        now, diary, now);
}

json_t *apprehension_body(struct world *world, const char *diary)
{
    return body_of(world,
        "{'apprehension':{'apprehended_at':'%s','diary':'%s','place':{'village':'Palari'},"
        "'custody':'observation_home','class':'petty','with_adult':false,'plain_clothes':true,"
        "'no_handcuff':true,"
        "'grounds':'Found with the thing'},'child':{'who':{'name':'A child'},'injuries':'None'}}",
        now_of(world), diary);
}

json_t *seizure_body(struct world *world)
{
    return body_of(world,
        "{'seizure':{'seized_at':'%s','nature':'seized','place':{'village':'Palari'},'without_warrant':false,"
        "'grounds':'It is the stolen motor-cycle','copy_given':true,'sealed':true},"
        "'witnesses':[{'who':{'name':'Panch One'}},{'who':{'name':'Panch Two'}}],"
        "'items':[{'item':{'category':'vehicle','kind':'motorcycle','description':'Black motor-cycle'},"
        "'photographed':true}]}",
        now_of(world));
}

json_t *assignment_body(struct world *world, const char *officer)
{
    return body_of(world,
        "{'assignment':{'kind':'first','officer':'%s','reason':'Order of the "
        "day'}}",
        officer);
}

json_t *case_diary_body(struct world *world)
{
    return body_of(world,
        "{'diary':{'day':'%s','begun_at':'%s','closed_at':'%s','places':'Palari','text':'Went to the "
        "place'}}",
        today_of(world), now_of(world), now_of(world));
}

json_t *report_body(struct world *world, const char *kind, const char *court)
{
    json_t *body = body_of(world,
        "{'report':{'kind':'%s','court':'%s','made_on':'%s','facts':'The facts of the case in brief.'},"
        "'offences':[{'offence':'BNS 303(2)'}],'complainant':{'who':{'name':'Mohan Verma'}}}",
        kind, court, today_of(world));
    if (strcmp(kind, "charge_sheet") == 0)
        with(body, "accused",
            "[{'who':{'name':'Ramu Yadav'},'name_verified':true,'address_verified':true,'status':'forwarded',"
            "'offences':['BNS 303(2)'],'role':'He stole it'}]");
    return body;
}

json_t *missing_body(struct world *world, const char *diary)
{
    const char *now = now_of(world);
    return body_of(world,
        "{'report':{'diary':'%s','sensitive':false},"
        "'missing':{'details':{'last_seen_at':'%s','last_seen_place':{'village':'Palari'},'reported_at':'%s',"
        "'circumstances':'Did not come home'}},"
        "'person':{'who':{'name':'Kamla Bai','age_kind':'age','age_years':30}},"
        "'informant':{'who':{'name':'Ram Lal'},'relation':'husband'}}",
        diary, now, now);
}

json_t *closing_body(struct world *world, const char *order)
{
    return body_of(world,
        "{'closing':{'order':'%s','trial':false,'closed_on':'%s',"
        "'property_left':false}}",
        order, today_of(world));
}

json_t *legacy_body(struct world *world, const char *reference)
{
    return body_of(world,
        "{'register':{'reference':'%s','number':'0012/2019','year':2019,'station':'PS1',"
        "'registered_on':'2019-05-04',"
        "'act_sections_as_typed':'379 IPC','stage':'investigation','sensitive':false}}",
        reference);
}

json_t *service_body(struct world *world, const char *process, const char *person)
{
    return body_of(world,
        "{'service':{'process':'%s','court':'C1','result':'served','mode':'personal','served_at':'%s'},"
        "'persons':[{'who':{'ref':'%s'}}]}",
        process, now_of(world), person);
}
