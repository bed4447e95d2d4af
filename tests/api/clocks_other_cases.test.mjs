// From forms to clocks, in cases that are no ordinary FIR: complaints, non-cognizable reports, deaths, children, the missing and
// found, drugs, sanctions, security proceedings, papers outside any case.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dateText, minutesAgo } from './bodies.mjs';
import { moveClock, now } from './clock.mjs';
import { startServer } from './server.mjs';
import { World } from './world.mjs';

const MINUTE = 60, DAY = 24 * 60 * MINUTE;
let server, world, sho, court, hospital, prison, laboratory;
before(async () => {
  server = await startServer();
  world = new World(server);
  [court, hospital, prison, laboratory] = ['court', 'hospital', 'prison', 'laboratory'].map((kind) => world.officeOfKind([kind]));
  sho = await world.desk('sho');
});
after(async () => {
  await server?.stop();
});

const today = () => dateText(now());
const on = (entry) => ({ case: entry.id });
async function standing(id, who = sho) {
  const answer = await who.get(`/api/v1/cases/${id}/clocks`);
  assert.equal(answer.status, 200);
  const states = {};
  for (const one of [...answer.json.clocks].sort((a, b) => a.start.localeCompare(b.start))) states[one.clock] = one.state;
  return states;
}
async function stand(entry, expected, who = sho) {
  const states = await standing(entry.id, who);
  assert.deepEqual(Object.fromEntries(Object.keys(expected).map((id) => [id, states[id] ?? 'none'])), expected);
}
const opened = async (form, said) => sho.file(form, said);
const diary = async () => (await world.diary(sho)).id;

test('a complaint of a cognizable offence, refused, and the petition', async () => {
  const complaint = await opened('complaint', { complaint: { nature: 'cognizable', received_at: minutesAgo(0) } });
  await stand(complaint, { complaint_to_fir: 'due', refusal_remedy: 'none' });
  await sho.file('complaint_disposal', { disposal: { outcome: 'refused', remedy_told: true } }, on(complaint));
  await stand(complaint, { complaint_to_fir: 'met', refusal_remedy: 'arisen' });
  const sp = await world.desk('sp');
  await sp.file('refusal_petition', { petition: { received_on: today(), decision: 'no_case' } }, on(complaint));
  await stand(complaint, { refusal_remedy: 'met', sp_petition: 'met' });
});

test('a preliminary enquiry of the band from three to seven years', async () => {
  const complaint = await opened('complaint', { complaint: { nature: 'cognizable', received_at: minutesAgo(0) } });
  const sdpo = await world.desk('sdpo');
  const permission = await sdpo.file('preliminary_enquiry', { permission: { station: world.station, received_at: minutesAgo(0), offences: ['BNS 303(2)'] } }, on(complaint));
  await stand(complaint, { preliminary_enquiry: 'due', complaint_to_fir: 'met' });
  await sho.file('preliminary_enquiry_report', { report: { permission: permission.id, finished_at: minutesAgo(0), prima_facie: true } }, on(complaint));
  await stand(complaint, { preliminary_enquiry: 'met' });
});

test('a non-cognizable report goes to the Magistrate every fortnight until it is closed', async () => {
  const ncr = await opened('ncr', { ncr: { diary: await diary(), received_at: minutesAgo(0) }, offences: [{ offence: 'BNS 115(2)' }] });
  await stand(ncr, { ncr_report: 'due' });
  moveClock(5 * MINUTE);
  await sho.file('ncr_dispatch', { dispatch: { court, sent_at: minutesAgo(0), permission_asked: false } }, on(ncr));
  await stand(ncr, { ncr_report: 'due' });
  await sho.file('ncr_result', { result: { outcome: 'settled' } }, on(ncr));
  await stand(ncr, { ncr_report: 'ended' });
});

test('an unnatural death: Magistrate, inquest, post-mortem', async () => {
  const death = await opened('unnatural_death', { death: { diary: await diary(), received_at: minutesAgo(0), cause: 'burns', married_under_seven: true, in_custody: false, identified: true } });
  await stand(death, { death_intimation: 'due', bride_post_mortem: 'due', bride_inquest: 'due', custody_death_body: 'none', inquest_report: 'none' });
  await sho.file('inquest', { inquest: { begun_at: minutesAgo(0), ended_at: minutesAgo(0), post_mortem: true, cause: 'burns' },
    magistrate: { kind: 'executive', informed_at: minutesAgo(0), held_by: 'Tehsildar Simga' } }, on(death));
  await stand(death, { death_intimation: 'met', bride_inquest: 'met', inquest_report: 'due' });
  await sho.file('medical_request', { request: { hospital, kind: 'post_mortem', sent_at: minutesAgo(0) } }, on(death));
  await stand(death, { bride_post_mortem: 'met' });
});

test('a child in conflict with the law, from apprehension to the Board', async () => {
  const child = await opened('child_matter', { matter: { diary: await diary(), received_at: minutesAgo(0), class: 'petty' }, offences: [{ offence: 'BNS 303(2)' }],
    child: { who: { name: 'Golu Nishad', gender: 'male', age_kind: 'age', age_years: 15 } } });
  const who = { ref: await world.person(child.id, 'child') };
  await stand(child, { child_report: 'due', child_production: 'none' });
  const held = await sho.file('apprehension', { apprehension: { apprehended_at: minutesAgo(0), diary: await diary(), custody: 'observation_home', class: 'petty' }, child: { who },
    parents: [{ who: { name: 'Mangal Nishad' }, told_at: minutesAgo(0) }] }, on(child));
  await stand(child, { child_production: 'due', child_parents: 'met', child_lockup: 'none' });
  await sho.file('child_production', { production: { apprehension: held.id, board: court, produced_at: minutesAgo(0), journey_minutes: 30 }, child: { who } }, on(child));
  await stand(child, { child_production: 'met', child_inquiry: 'due', child_petty_end: 'due', child_assessment: 'none' });
  await sho.file('child_final_report', { report: { board: court, made_on: today() }, child: { who } }, on(child));
  await stand(child, { child_report: 'met' });
});

test('a missing child, a found child, a wanderer', async () => {
  const fir = await world.fir({ offences: [{ offence: 'BNS 137(2)' }] });
  await sho.file('missing_child', { missing: { details: { reported_at: minutesAgo(0), last_seen_at: minutesAgo(30) } },
    person: { who: { name: 'Pinki Sahu', gender: 'female', age_kind: 'age', age_years: 11 } } }, on(fir));
  await stand(fir, { missing_child: 'due' });
  await sho.file('person_traced', { traced: { traced_at: minutesAgo(0), condition: 'safe' }, person: { who: { ref: await world.person(fir.id, 'missing') } } }, on(fir));
  await stand(fir, { missing_child: 'met' });
  const found = await opened('found_person', { found: { diary: await diary(), found_at: minutesAgo(0), condition: 'mentally_ill', child: true } });
  await stand(found, { child_care: 'due', wandering_person: 'due' });
  await sho.file('found_person_handed', { handed: { at: minutesAgo(0), to: 'welfare_committee', ends: true }, person: { who: { ref: await world.person(found.id, 'found') } } }, on(found));
  await stand(found, { child_care: 'met', wandering_person: 'due' });
});

test('drugs: inventory, laboratory, 180 days, and the order that lengthens them', async () => {
  const fir = await world.fir({ offences: [{ offence: 'NDPS 20(b)(ii)(C)' }], dispatch: { court } });
  const thing = await world.seized(fir, { items: [{ item: { category: 'narcotic', description: 'Ganja, 25 kg' }, photographed: true }] });
  await stand(fir, { drug_inventory: 'due', laboratory_drugs: 'none' });
  await sho.file('malkhana_deposit', { items: [{ item: { ref: thing }, place: 'narcotics', seal: 'intact' }] }, on(fir));
  const sent = await sho.file('laboratory_forwarding', { forwarding: { laboratory, division: 'narcotics', sent_at: minutesAgo(0), parcels_count: 1 },
    parcels: [{ item: { ref: thing }, label: 'A', packing: 'cloth', seal: 'intact', questions: 'Is it ganja?' }] }, on(fir));
  const reception = await world.desk('lab_reception', laboratory);
  await reception.file('laboratory_acceptance', { acceptance: { forwarding: sent.id, received_at: minutesAgo(0), parcels_told: 1, parcels_found: 1 },
    parcels: [{ serial: '1', item: { ref: thing }, lab_mark: 'N-1/A', seal: 'intact', seal_matches: true, division: 'narcotics' }] }, on(fir));
  await stand(fir, { laboratory_drugs: 'due' });

  const arrest = await sho.file('arrest', { arrest: { kind: 'arrested_forwarded', arrested_at: minutesAgo(0), diary: fir.diary, authority: 'without_warrant' },
    accused: { who: { ref: fir.accused } } }, on(fir));
  assert.ok(arrest.id);
  const magistrate = await world.desk('magistrate', court);
  const remand = { made_at: minutesAgo(0), produced: 'physical', decision: 'granted', custody: 'judicial', from: today(), to: dateText(now() + 13 * DAY * 1000), first: true, admits: true };
  await magistrate.file('remand_order', { remand, accused: [{ who: { ref: fir.accused } }] }, { ...on(fir), to: [prison, world.station] });
  const due = async () => (await sho.get(`/api/v1/cases/${fir.id}/clocks`)).json.clocks.find((one) => one.clock === 'default_bail').due.slice(0, 10);
  assert.equal(await due(), dateText(now() + 179 * DAY * 1000), 'the day of the first remand is day 1');
  await stand(fir, { undertrial_third: 'due', undertrial_half: 'due', undertrial_maximum: 'due' });
  moveClock(DAY);
  world.desks.clear();
  sho = await world.desk('sho');
  const until = dateText(now() + 300 * DAY * 1000);
  await (await world.desk('magistrate', court)).file('custody_extension', { order: { made_on: today(), granted: true, until, under: 'NDPS 36A(4)', accused_seen: true }, accused: [{ who: { ref: fir.accused } }] },
    { ...on(fir), to: [prison, world.station] });
  assert.equal(await due(), until);

  const jail = await world.desk('jail_superintendent', prison);
  await jail.file('undertrial_review', { review: { ground: 'one_third', as_on: today(), first_detained: today(), days: 1, delay_days: 0, gravest: 'NDPS 20(b)(ii)(C)',
    maximum_months: 240, life_or_death: false, first_offender: 'no', other_cases: false }, prisoner: { who: { ref: fir.accused } } }, { ...on(fir), to: [court] });
  await stand(fir, { undertrial_third: 'ended', undertrial_half: 'due' });
});

test('sanction, sections altered, and a trial that ends in death', async () => {
  const fir = await world.fir({ offences: [{ offence: 'BNS 118(1)' }] });
  const asked = await sho.file('sanction_request', { sanction: { sent_on: today() }, accused: [{ who: { ref: fir.accused } }] }, on(fir));
  await stand(fir, { sanction: 'due', corruption_sanction: 'none', uapa_sanction: 'none', appearance_notice: 'due' });
  await sho.file('sanction_result', { sanction: { request: asked.id, result: 'granted', decided_on: today(), order: '12/2026' } }, on(fir));
  await stand(fir, { sanction: 'met' });
  await sho.file('section_alteration', { alteration: { kind: 'replaced', altered_on: today() }, old: [{ offence: 'BNS 118(1)' }], new: [{ offence: 'BNS 103(1)' }] }, on(fir));
  await stand(fir, { appearance_notice: 'ended' });
  const report = await world.chargeSheet(fir, { offences: [{ offence: 'BNS 103(1)' }], accused: [{ who: { ref: fir.accused }, offences: ['BNS 103(1)'] }] });
  const magistrate = await world.accepted(fir, report);
  const person = { who: { ref: fir.accused } };
  await magistrate.file('judgment', { judgment: { delivered_on: today(), outcome: 'convicted', commitment_needed: true, release_needed: false, property_left: false },
    accused: [{ ...person, result: 'convicted', convicted_of: ['BNS 103(1)'], sentences: [{ kind: 'death', offence: 'BNS 103(1)' }] }] }, on(fir));
  await stand(fir, { appeal_death: 'due', appeal_conviction: 'none', conviction_warrant: 'due' });
});

test('security proceedings', async () => {
  const action = await opened('preventive_action', { action: { kind: 'bnss_170', diary: await diary(), sent_on: today(), custody_at: minutesAgo(0) },
    persons: [{ who: { name: 'Ramu Yadav', gender: 'male' } }] });
  await stand(action, { preventive_custody: 'due', petty_custody: 'none' });
  const who = { ref: await world.person(action.id, 'respondent') };
  await sho.file('preventive_result', { result: { result: 'show_cause', ordered_on: today() }, persons: [{ who }] }, on(action));
  await stand(action, { security_inquiry: 'due', bond_ends: 'none' });
  await sho.file('preventive_result', { result: { result: 'bound_over', ordered_on: today(), until: dateText(now() + 180 * DAY * 1000) }, persons: [{ who }] }, on(action));
  await stand(action, { security_inquiry: 'met', bond_ends: 'due', preventive_custody: 'met' });
});

test('things before the court, and what nobody claims', async () => {
  const box = await opened('unclaimed_property', { unclaimed: { diary: await diary(), found_at: minutesAgo(0) }, items: [{ item: { category: 'household', description: 'Iron box' } }] });
  const seen = await sho.get(`/api/v1/cases/${box.id}`);
  const item = { ref: seen.json.property[0].id };
  const report = await sho.file('property_report', { report: { court, made_at: minutesAgo(0) }, items: [{ item }] }, on(box));
  const magistrate = await world.desk('magistrate', court);
  await magistrate.file('property_order', { order: { report: report.id, made_on: today(), under: 'unclaimed', produced_on: today(), statement_on: today(), proclamation: true,
    claims_until: dateText(now() + 184 * DAY * 1000), carry_out: false }, items: [{ item, direction: 'keep' }] }, { ...on(box), to: [world.station] });
  await stand(box, { property_statement: 'met', property_order: 'met', unclaimed_bar: 'due' });
});
