// From forms to clocks: a case of rape is filed form by form, by every pillar, and after each step the clocks that this form
// starts, meets or ends stand as the law says. What the dates are is proved by the worked cases; here it is the forms.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dateText, minutesAgo, timeText } from './bodies.mjs';
import { moveClock, now } from './clock.mjs';
import { startServer } from './server.mjs';
import { World } from './world.mjs';

const HOUR = 3600, DAY = 24 * HOUR, RAPE = 'BNS 64(1)';
let server, world, fir, sho, office;
const paper = {};
before(async () => {
  server = await startServer();
  world = new World(server);
  office = Object.fromEntries(['court', 'prison', 'hospital', 'laboratory'].map((kind) => [kind, world.officeOfKind([kind])]));
  await enter();
});
after(async () => {
  await server?.stop();
});

// Sessions end while the clock is moved.
async function enter() {
  world.desks.clear();
  sho = await world.desk('sho');
  if (fir) fir.sho = sho;
}
async function later(seconds) {
  moveClock(seconds);
  await enter();
}
const desk = async (role, kind) => world.desk(role, office[kind]);
const file = async (who, form, said, rest = {}) => (paper[form] = await who.file(form, said, { case: fir.id, ...rest }));
const accused = (more = {}) => [{ who: { ref: fir.accused }, ...more }];

// How the clocks of the case stand, by id; of several instances the newest.
async function standing() {
  const answer = await sho.get(`/api/v1/cases/${fir.id}/clocks`);
  assert.equal(answer.status, 200);
  const states = {};
  for (const one of [...answer.json.clocks].sort((a, b) => a.start.localeCompare(b.start))) states[one.clock] = one.state;
  return states;
}
async function stand(expected) {
  const states = await standing();
  const seen = Object.fromEntries(Object.keys(expected).map((id) => [id, states[id] ?? 'none']));
  assert.deepEqual(seen, expected);
}

test('the FIR starts what is owed to informant, victim and Magistrate', async () => {
  fir = await world.fir({ offences: [{ offence: RAPE }], complainant: { who: { name: 'Ramkali Sahu', gender: 'female' } },
    victims: [{ who: { name: 'Kamla Sahu', gender: 'female', age_kind: 'age', age_years: 22 }, kinds: ['female', 'disabled'] }],
    accused: [{ who: { name: 'Budhram Nishad', gender: 'male', age_kind: 'age', age_years: 30 } }],
    dispatch: { court: office.court } });
  await stand({ recording: 'met', fir_copy: 'due', magistrate_report: 'met', two_months: 'due', two_months_itsso: 'due', victim_examined: 'due',
    progress: 'due', disabled_victim: 'due', limitation: 'none', appearance_notice: 'none', two_months_crpc: 'none' });
});

test('the victim goes to the hospital, and the doctor reports', async () => {
  await file(sho, 'medical_request', { request: { hospital: office.hospital, kind: 'victim_rape', sent_at: minutesAgo(0) } });
  await stand({ victim_examined: 'met' });
  const doctor = await desk('doctor', 'hospital');
  await file(doctor, 'medico_legal_report', { report: { request: paper.medical_request.id, kind: 'victim_rape', arrived_at: minutesAgo(30),
    began_at: minutesAgo(20), ended_at: minutesAgo(10), sent_by_police: true, samples_taken: false } }, { to: [world.station] });
  await stand({ victim_report: 'met', hospital_information: 'none' });
});

test('things are seized, stored, told to the Magistrate', async () => {
  await file(sho, 'seizure', { seizure: { seized_at: minutesAgo(0), diary: fir.diary, without_warrant: true },
    items: [{ item: { category: 'clothing', description: 'Torn clothes' }, photographed: true }] });
  await stand({ seizure_stored: 'due', search_reasons: 'due', seizure_report: 'due', search_video: 'due', case_diary: 'due', drug_inventory: 'none' });
  const seen = await sho.get(`/api/v1/cases/${fir.id}`);
  const thing = seen.json.property.find((one) => one.id.startsWith(paper.seizure.id)).id;
  await file(sho, 'malkhana_deposit', { deposit: { seizure: paper.seizure.id, deposited_at: minutesAgo(0) }, items: [{ item: { ref: thing }, place: 'biological', seal: 'intact' }] });
  await file(sho, 'search_record', { search: { seizure: paper.seizure.id, court: office.court } });
  await stand({ seizure_stored: 'met', search_reasons: 'met', seizure_report: 'met' });
  await file(sho, 'case_diary', { diary: { day: dateText(now()) } });
  await stand({ case_diary: 'met' });
});

test('an arrest, its grounds, kin, doctor, and the Magistrate', async () => {
  await later(2 * HOUR);
  await file(sho, 'arrest', { arrest: { kind: 'arrested_forwarded', arrested_at: minutesAgo(5), diary: fir.diary, authority: 'without_warrant', journey_minutes: 60 },
    accused: { who: { ref: fir.accused } }, grounds: { told: true, written_at: minutesAgo(4) }, kin: { told_at: minutesAgo(3) } });
  await stand({ production: 'due', remand_forwarding: 'due', grounds_told: 'met', grounds_written: 'met', kin_told: 'met', district_told: 'due',
    arrest_medical: 'due', grounds_before_production: 'due', woman_at_night: 'none', default_bail: 'none', undertrial_third: 'none' });
  await later(3 * HOUR);
  const day = (n) => dateText(now() + n * DAY * 1000);
  await file(sho, 'remand_request', { remand: { court: office.court, custody: 'police', produced_at: minutesAgo(0), from: day(0), to: day(2), days_used: 0,
    diary: paper.case_diary.id }, accused: accused({ arrest: paper.arrest.id }) });
  const magistrate = await desk('magistrate', 'court');
  await file(magistrate, 'remand_order', { remand: { request: paper.remand_request.id, made_at: minutesAgo(0), produced: 'physical', decision: 'granted', custody: 'police',
    from: day(0), to: day(2), first: true, chief_told: true }, accused: accused() }, { to: [office.prison, world.station] });
  await stand({ production: 'met', remand_forwarding: 'met', grounds_before_production: 'met', default_bail: 'due', police_custody: 'due',
    police_custody_window: 'due', police_remand_in_person: 'met', chief_copy: 'met', custody_medical: 'due', remand_end: 'due' });
});

test('judicial custody, the prison, and bail', async () => {
  await later(2 * DAY);
  const day = (n) => dateText(now() + n * DAY * 1000);
  const magistrate = await desk('magistrate', 'court');
  await file(magistrate, 'remand_order', { remand: { made_at: minutesAgo(0), produced: 'video', decision: 'granted', custody: 'judicial', from: day(0), to: day(13),
    first: false, admits: true, next_production: day(13) }, accused: accused() }, { to: [office.prison, world.station] });
  await stand({ custody_medical: 'ended', remand_end: 'due', default_bail: 'due', production_next: 'due', production_order: 'none' });
  const clerk = await desk('jail_clerk', 'prison');
  await file(clerk, 'prison_admission', { admission: { basis: 'remand', order: paper.remand_order.id, admitted_at: minutesAgo(0), category: 'remand', until: day(13) },
    prisoner: { who: { ref: fir.accused } } });
  await file(magistrate, 'bail_order', { order: { made_on: day(0), kind: 'regular', decision: 'granted', applied_on: day(0), in_custody: true, released: false },
    accused: accused() }, { to: [office.prison, world.station] });
  await stand({ bail_unreleased: 'due', bond_unfurnished: 'due', bail_plea: 'met' });
  const reader = await desk('court_clerk', 'court');
  await file(reader, 'release_order', { order: { ground: 'bail', bail: paper.bail_order.id, issued_at: minutesAgo(0), bond_on: day(0) }, prisoner: { who: { ref: fir.accused } } },
    { to: [office.prison] });
  await stand({ release: 'due', bond_unfurnished: 'met' });
  const superintendent = await desk('jail_superintendent', 'prison');
  await file(superintendent, 'prison_release', { release: { order: paper.release_order.id, kind: 'bail', verified: true, cases_checked: true, released_at: minutesAgo(0) },
    prisoner: { who: { ref: fir.accused } } });
  await stand({ release: 'met', bail_unreleased: 'met', remand_end: 'ended', default_bail: 'due' });
  await later(DAY);
  await stand({ default_bail: 'paused', police_custody: 'paused' });
});

test('the report meets the two months, and the court has its own', async () => {
  await file(sho, 'victim_progress', { progress: { told_at: minutesAgo(0), last: false } });
  await stand({ progress: 'due' });
  paper.final_report = await world.chargeSheet(fir, { offences: [{ offence: RAPE }], accused: accused({ offences: [RAPE] }) });
  await stand({ two_months: 'met', two_months_itsso: 'met', default_bail: 'met', progress: 'ended', result_told: 'due', sexual_trial: 'due' });
  const magistrate = await world.accepted(fir, paper.final_report);
  await file(magistrate, 'cognizance', { order: { report: paper.final_report.id, decision: 'taken', made_on: dateText(now()) }, accused: accused({ taken: true }) });
  await stand({ commitment: 'due', commitment_longest: 'due', pocso_evidence: 'none', trial_delay_bail: 'none' });
  await file(magistrate, 'hearing', { hearing: { held_on: dateText(now()), purpose: 'appearance', result: 'heard', mode: 'in_person' } });
  await stand({ copies: 'due' });
  await later(DAY);
  const again = await desk('magistrate', 'court');
  await file(again, 'hearing', { hearing: { held_on: dateText(now()), purpose: 'copies', result: 'heard', mode: 'in_person', copies_given: true } });
  await stand({ copies: 'met', document_dispute: 'due' });
});

test('summons, warrant, proclamation', async () => {
  const reader = await desk('court_clerk', 'court');
  await file(reader, 'summons', { summons: { kind: 'witness', form: 'paper', issued_on: dateText(now()), appear_at: timeText(now() + 7 * DAY * 1000) },
    persons: [{ who: { ref: fir.accused }, party: 'witness' }] }, { to: [world.station] });
  await stand({ summons_service: 'due' });
  const constable = await world.desk('constable');
  await file(constable, 'process_service', { service: { process: paper.summons.id, court: office.court, result: 'served', mode: 'personal', served_at: minutesAgo(0) } });
  await stand({ summons_service: 'met' });
});

test('the trial to its judgment and the appeal', async () => {
  const sessions = await world.desk('sessions_judge');
  const magistrate = await desk('magistrate', 'court');
  await file(magistrate, 'committal', { order: { made_on: dateText(now()), to_court: sessions.officer.office, copies_on: dateText(now()), extended: false },
    accused: accused({ custody: 'on_bail' }) }, { to: [sessions.officer.office] });
  await stand({ commitment: 'met', commitment_longest: 'met', discharge_sessions: 'due' });
  await file(sessions, 'sessions_acceptance', { acceptance: { committal: paper.committal.id, cnr: world.cnr(), first_date: dateText(now()) } });
  await file(sessions, 'hearing', { hearing: { held_on: dateText(now()), purpose: 'charge', result: 'heard', mode: 'in_person' } });
  await stand({ charge_sessions: 'due', charge_magistrate: 'none' });
  await file(sessions, 'charge', { charge: { framed_on: dateText(now()), outcome: 'framed' }, accused: accused({ decision: 'charge_framed', offences: [RAPE], plea: 'not_guilty' }) });
  await stand({ charge_sessions: 'met', discharge_sessions: 'met', plea_bargain: 'none' });
  await file(sessions, 'hearing', { hearing: { held_on: dateText(now()), purpose: 'arguments', result: 'reserved', mode: 'in_person' } });
  await stand({ judgment_sessions: 'due', judgment_any: 'due' });
  await file(sessions, 'judgment', { judgment: { delivered_on: dateText(now()), outcome: 'convicted', commitment_needed: true, release_needed: false, property_left: false },
    accused: accused({ result: 'convicted', convicted_of: [RAPE] }) });
  await stand({ judgment_sessions: 'met', judgment_any: 'met', sexual_trial: 'met', judgment_upload: 'due', judgment_copy: 'due', conviction_warrant: 'due',
    appeal_conviction: 'due', appeal_acquittal: 'none', disposal_bar: 'due', child_appeal: 'none' });
  await file(sessions, 'appeal', { appeal: { kind: 'conviction', judgment: paper.judgment.id, filed_by: 'accused', filed_on: dateText(now()), stayed: false }, accused: accused() });
  await stand({ appeal_conviction: 'met', sexual_appeal: 'due' });
});
