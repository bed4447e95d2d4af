/* The least body of each form of the malkhana, the laboratory and the court. */
#include "filing_world.h"

static const char *now_of(struct world *world)
{
    return when(world, world->now);
}

static const char *today_of(struct world *world)
{
    return time_date_text(world->arena, time_day_number(world->now));
}

/* ---- malkhana ---- */

json_t *deposit_body(struct world *world, const char *item)
{
    return body_of(world,
        "{'deposit':{'class':'case_related','deposited_by':'io1','deposited_at':'%s'},"
        "'items':[{'item':{'ref':'%s'},'place':'vehicles','seal':'not_sealed'}]}",
        now_of(world), item);
}

json_t *movement_body(struct world *world, const char *item)
{
    return body_of(world,
        "{'movement':{'purpose':'court','office':'C1','taken_by':'io1','left_at':'%s'},"
        "'items':[{'item':{'ref':'%s'},'seal':'not_sealed'}]}",
        now_of(world), item);
}

json_t *receive_body(struct world *world, const char *item)
{
    return body_of(world,
        "{'receipt':{'brought_by':'Constable','received_at':'%s'},"
        "'items':[{'item':{'ref':'%s'},'seal':'not_sealed','place':'vehicles'}]}",
        now_of(world), item);
}

json_t *return_body(struct world *world, const char *item)
{
    return body_of(world,
        "{'return':{'kind':'final','order_outside':true,'order_words':'Order of the court','order_date':'%s',"
        "'returned_at':'%s'},'receiver':{'who':{'name':'Mohan Verma'}},'items':[{'item':{'ref':'%s'}}]}",
        today_of(world), now_of(world), item);
}

json_t *disposal_body(struct world *world, const char *item)
{
    return body_of(world,
        "{'disposal':{'kind':'destroyed','order_outside':true,'order_words':'Order of the court',"
        "'order_date':'%s',"
        "'appeal_over':true,'disposed_at':'%s','place':'Yard','present':'SHO'},"
        "'items':[{'item':{'ref':'%s'}}]}",
        today_of(world), now_of(world), item);
}

/* ---- laboratory ---- */

json_t *forwarding_body(struct world *world, const char *item)
{
    return body_of(world,
        "{'forwarding':{'laboratory':'LAB','division':'biology','authority':'sp1','facts':'Theft',"
        "'urgency':'ordinary',"
        "'messenger':'io1','sent_at':'%s','parcels_count':1,'seal':'PS1'},"
        "'enclosures':{'fir':true,'seizure_memo':true},"
        "'parcels':[{'item':{'ref':'%s'},'label':'A','packing':'paper','seal':'intact',"
        "'questions':'Whose is it?'}]}",
        now_of(world), item);
}

json_t *lab_acceptance_body(struct world *world, const char *forwarding, const char *item)
{
    return body_of(world,
        "{'acceptance':{'forwarding':'%s','received_at':'%s','messenger':'Constable',"
        "'specimen_attested':true,"
        "'parcels_told':1,'parcels_found':1},'parcels':[{'serial':'1','item':{'ref':'%s'},'lab_mark':'B-1',"
        "'seal':'intact','seal_matches':true,'division':'biology'}]}",
        forwarding, now_of(world), item);
}

json_t *lab_report_body(struct world *world, const char *forwarding, const char *item)
{
    return body_of(world,
        "{'report':{'forwarding':'%s','kind':'final','division':'biology','issued_on':'%s',"
        "'seals_intact':true,"
        "'opinion':'It matches','expert_notified':true,'signed_by':'Scientist'},"
        "'results':[{'item':{'ref':'%s'},'lab_mark':'B-1','result':'positive','finding':'Blood'}]}",
        forwarding, today_of(world), item);
}

json_t *lab_query_body(struct world *world, const char *forwarding)
{
    return body_of(world,
        "{'query':{'forwarding':'%s','asked_at':'%s','question':'Which parcel?','destructive':false,"
        "'answer_by':'2026-12-01'}}",
        forwarding, now_of(world));
}

json_t *lab_return_body(struct world *world, const char *acceptance, const char *item)
{
    return body_of(world,
        "{'return':{'acceptance':'%s','returned_at':'%s','messenger':'Constable','seal_text':'LAB'},"
        "'exhibits':[{'item':{'ref':'%s'},'state':'whole','seal':'resealed'}]}",
        acceptance, now_of(world), item);
}

/* ---- court ---- */

json_t *acceptance_body(struct world *world, const char *report, const char *taken, const char *cnr)
{
    return body_of(world,
        "{'acceptance':{'report':'%s','taken':'%s','received_on':'%s','registered_on':'%s','cnr':'%s',"
        "'case_type':'RCC','case_number':'1/2026'}}",
        report, taken, today_of(world), today_of(world), cnr);
}

json_t *charge_body(struct world *world, const char *person)
{
    return body_of(world,
        "{'charge':{'framed_on':'%s','outcome':'framed'},'accused':[{'who':{'ref':'%s'},"
        "'decision':'charge_framed',"
        "'offences':['BNS 303(2)'],'plea':'not_guilty'}]}",
        today_of(world), person);
}

json_t *judgment_body(struct world *world, const char *person)
{
    return body_of(world,
        "{'judgment':{'delivered_on':'%s','outcome':'acquitted','release_needed':false,"
        "'commitment_needed':false,"
        "'property_left':false},'accused':[{'who':{'ref':'%s'},'result':'acquitted',"
        "'acquittal_reason':['benefit_of_doubt']}]}",
        today_of(world), person);
}

json_t *committal_body(struct world *world, const char *person, const char *court)
{
    const char *today = today_of(world);
    return body_of(world,
        "{'order':{'made_on':'%s','to_court':'%s','offences':['BNS 303(2)'],'copies_on':'%s',"
        "'prosecutor_told':true,"
        "'extended':false},'accused':[{'who':{'ref':'%s'},'custody':'on_bail'}]}",
        today, court, today, person);
}

json_t *sessions_body(struct world *world, const char *committal, const char *cnr)
{
    const char *today = today_of(world);
    return body_of(world,
        "{'acceptance':{'committal':'%s','received_on':'%s','registered_on':'%s','cnr':'%s','case_type':'SC',"
        "'case_number':'45/2026','first_date':'%s'}}",
        committal, today, today, cnr, today);
}

json_t *closure_body(struct world *world, const char *report, const char *decision)
{
    json_t *body = body_of(world,
        "{'order':{'report':'%s','made_on':'%s','decision':'%s','informant_heard':true,'reasons':'As "
        "argued'}}",
        report, today_of(world), decision);
    if (strcmp(decision, "accepted") == 0) with(body, "order.ground", "'untraced'");
    if (strcmp(decision, "further") == 0) with(body, "order.points", "'Find the motor-cycle'");
    return body;
}

json_t *summons_body(struct world *world, const char *person)
{
    return body_of(world,
        "{'summons':{'kind':'accused','form':'paper','issued_on':'%s','appear_at':'%s','hide_victim':false},"
        "'persons':[{'who':{'ref':'%s'},'party':'accused'}]}",
        today_of(world), when(world, world->now + TIME_DAY_MS), person);
}

json_t *remand_body(struct world *world, const char *accused)
{
    return body_of(world,
        "{'remand':{'made_at':'%s','produced':'physical','decision':'granted','custody':'judicial',"
        "'from':'2026-03-02','to':'2026-03-16','first':true,'admits':true,'grounds_written':true,"
        "'kin_told':true,'medical_seen':true,'ill_treatment':false,'reasons':'Investigation goes on'},"
        "'accused':[%s]}",
        when(world, world->now), accused);
}

json_t *admission_body(struct world *world, const char *order, const char *person)
{
    return body_of(world,
        "{'admission':{'basis':'remand','order':'%s','admitted_at':'%s','category':'undertrial',"
        "'until':'2026-03-16','escort':'Constable 12'},'prisoner':{'who':{'ref':'%s'},'below_18':'no',"
        "'foreigner':false,'prints_taken':true,'kin':'Mother','legal_aid':true},"
        "'health':{'injuries':false,'illness':'None'},'housing':{'security':'ordinary'}}",
        order, when(world, world->now), person);
}
