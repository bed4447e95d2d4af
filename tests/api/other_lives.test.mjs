// The other ways a matter can begin, travel and end: a Zero FIR, electronic information, an NCR, a complaint, somebody
// missing, a death, a closure; a sensitive case; and a correction, after which the original can still be proved.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { dateText, minutesAgo } from './bodies.mjs';
import { moveClock, now } from './clock.mjs';
import { PANJI, panji, startServer } from './server.mjs';
import { Story } from './story.mjs';
import { firSaid, World } from './world.mjs';

let server, world;
const who = {}, office = {};
before(async () => {
  server = await startServer();
  world = new World(server);
  for (const role of ['sho', 'io', 'head_constable', 'constable', 'magistrate', 'court_clerk', 'doctor', 'jail_clerk', 'sp', 'prosecutor'])
    who[role] = await world.desk(role);
  who.court_clerk = await world.desk('court_clerk', who.magistrate.officer.office);
  who.elsewhere = await world.desk('sho', world.otherStation);
  office.station = world.station;
  office.court = who.magistrate.officer.office;
  office.hospital = who.doctor.officer.office;
});
after(async () => {
  await server?.stop();
});

const diaryOf = async (desk = who.sho) => (await world.diary(desk)).id;
const fir = async (said = {}, desk = who.sho) => firSaid(await diaryOf(desk), desk.officer.officer, said);

test('a Zero FIR travels to the station that has jurisdiction and is registered anew there', async () => {
  const zero = new Story(world);
  const first = await zero.open(who.sho, 'fir', await fir({ registration: { kind: 'zero', zero_place: 'The next station' } }));
  assert.match(first.number, /^0\/\d{4}\/\d{4}$/);
  await zero.owes(who.sho, 'fir_transfer');
  const person = await zero.person('accused'), complainant = await zero.person('complainant');
  await zero.hidden(who.elsewhere);

  const transfer = await zero.step(who.sho, 'fir_transfer', { transfer: { station: world.otherStation, sent_at: minutesAgo(0) } });
  await zero.owesNoMore(who.sho, 'fir_transfer');
  await zero.stage('transferred');
  await zero.seen(who.elsewhere);

  const again = new Story(world);
  const body = await fir({ registration: { kind: 'reregistered', zero: first.id, transfer: transfer.id },
    accused: [{ who: { ref: person } }], complainant: { who: { ref: complainant } } }, who.elsewhere);
  const second = await again.open(who.elsewhere, 'fir', body);
  assert.match(second.number, /^\d{4}\/\d{4}$/);
  await zero.delivered(transfer, world.otherStation, { consumed_at: true, number: second.number });
  await again.standing(person, 'named');
  assert.equal(await again.person('accused'), person, 'the accused of the Zero FIR, not another person');
  assert.deepEqual((await again.seen()).linked.map((one) => one.id), [zero.id]);
  assert.deepEqual((await zero.seen(who.sp)).linked.map((one) => one.number), [second.number]);
  assert.deepEqual((await zero.seen()).linked, [], 'the station that sent it away is not on the new case');
  await again.refused(who.elsewhere, 'fir', body, 'consumed_already', { case: undefined });
});

test('electronic information becomes an FIR only once it is signed', async () => {
  const story = new Story(world);
  const information = await story.outside(who.head_constable, 'electronic_information',
    { information: { diary: await diaryOf(who.head_constable), mode: 'portal', received_at: minutesAgo(0) }, complainant: { who: { name: 'Lata Verma' } } });
  const said = await fir({ registration: { kind: 'electronic', electronic: information.id }, complainant: { who: { ref: `${information.id}.1` } } });
  const unsigned = await who.sho.send('fir', said);
  assert.deepEqual(unsigned.json.problems.map((one) => one.code), ['efir_not_signed']);
  await story.outside(who.head_constable, 'electronic_signature', { signature: { information: information.id, signed_at: minutesAgo(0) } });
  const opened = await story.open(who.sho, 'fir', said);
  assert.equal(await story.person('complainant'), `${information.id}.1`, 'who informed by portal is the complainant, typed once');
  assert.equal(opened.case, story.id);
});

test('an NCR goes to the magistrate; a complaint is enquired into and becomes an FIR', async () => {
  const ncr = new Story(world);
  await ncr.open(who.head_constable, 'ncr', { ncr: { diary: await diaryOf(who.head_constable) }, offences: [{ offence: 'BNS 352' }] });
  await ncr.stage('registered');
  await ncr.owes(who.sho, 'ncr_dispatch');
  const dispatch = await ncr.step(who.head_constable, 'ncr_dispatch', { dispatch: { court: office.court } });
  await ncr.owesNoMore(who.sho, 'ncr_dispatch');
  await ncr.delivered(dispatch, office.court);
  await ncr.refused(who.sho, 'final_report', { report: { kind: 'charge_sheet', court: office.court } }, 'case_kind');
  await ncr.step(who.sho, 'ncr_result', { result: { outcome: 'civil', action_taken: 'Told to go to the civil court.' } });
  await ncr.stage('disposed');

  const complaint = new Story(world);
  await complaint.open(who.sho, 'complaint', { complaint: { nature: 'cheating', mode: 'in_person', sensitive: false } });
  await complaint.owes(who.sho, 'enquiry_assignment');
  await complaint.step(who.sho, 'enquiry_assignment', { assignment: { officer: who.io.officer.officer, starts: true } });
  await complaint.stage('enquiry');
  await complaint.owes(who.io, 'enquiry_report');
  await complaint.step(who.io, 'enquiry_report', { report: { cognizable: true } });
  const opened = await who.sho.file('fir', await fir({ information: { ...(await fir()).information, kind: 'written' } }));
  await complaint.step(who.sho, 'complaint_disposal', { disposal: { outcome: 'fir', registered: opened.id } });
  await complaint.stage('disposed');
  await complaint.owesNoMore(who.sho, 'complaint_disposal');
  assert.deepEqual((await complaint.seen()).linked.map((one) => one.id), [opened.id]);
});

test('a missing adult is found; a missing child is an FIR, and sensitive', async () => {
  const adult = new Story(world);
  await adult.open(who.sho, 'missing_person', { report: { diary: await diaryOf(), sensitive: false }, person: { who: { name: 'Gita Dhruw', age_kind: 'age', age_years: 34 } } });
  const person = await adult.person('missing');
  await adult.standing(person, 'missing', 'missing');
  await adult.step(who.sho, 'person_traced', { traced: { condition: 'safe', ends: true, handed_to: 'family' }, person: { who: { ref: person } } });
  await adult.standing(person, 'traced', 'missing');
  await adult.stage('disposed');

  const child = { who: { name: 'Pinky', age_kind: 'age', age_years: 12 } };
  const refused = await who.sho.send('missing_person', { report: { diary: await diaryOf() }, person: child });
  assert.deepEqual(refused.json.problems.map((one) => one.code), ['missing_child_needs_fir']);
  const story = new Story(world);
  await story.open(who.sho, 'fir', await fir({ offences: [{ offence: 'BNS 137(2)' }] }));
  await story.step(who.sho, 'missing_child', { person: child });
  assert.equal((await story.seen()).sensitive, true);
  const missing = await story.person('missing');
  await story.step(who.sho, 'person_traced', { traced: { condition: 'safe', ends: false, handed_to: 'welfare_committee' }, person: { who: { ref: missing } } });
  await story.standing(missing, 'traced', 'missing');
  await story.stage('investigation');
});

test('an unnatural death: inquest, post-mortem, result', async () => {
  const story = new Story(world);
  await story.open(who.head_constable, 'unnatural_death', { death: { diary: await diaryOf(who.head_constable), cause: 'drowning' }, deceased: { who: { name: 'Mangal Sai' } } });
  await story.stage('enquiry');
  const deceased = await story.person('deceased');
  await story.standing(deceased, 'deceased', 'deceased');
  await story.step(who.sho, 'io_assignment', { assignment: { kind: 'first', officer: who.io.officer.officer } });
  await story.owes(who.io, 'inquest');
  await story.step(who.io, 'inquest', { inquest: { post_mortem: true, cause: 'drowning' }, deceased: { who: { ref: deceased } } });
  await story.owesNoMore(who.io, 'inquest');
  await story.owes(who.io, 'medical_request');
  const request = await story.step(who.io, 'medical_request', { request: { hospital: office.hospital, kind: 'post_mortem' }, person: { who: { ref: deceased } } });
  await story.owesNoMore(who.io, 'medical_request');
  await story.owes(who.doctor, 'post_mortem_report');
  const report = await story.step(who.doctor, 'post_mortem_report',
    { report: { request: request.id }, deceased: { who: { ref: deceased } }, opinion: { state: 'final', immediate: 'Drowning' } }, { to: [office.station] });
  await story.owesNoMore(who.doctor, 'post_mortem_report');
  await story.delivered(request, office.hospital, { consumed_at: true, acted_at: true, number: report.number });
  await story.step(who.io, 'unnatural_death_result', { result: { cause: 'drowning', offence: false, post_mortem: report.id } });
  await story.stage('disposed');
});

test('a closure report closes nothing until the court accepts it', async () => {
  const story = new Story(world);
  await story.open(who.sho, 'fir', await fir());
  const report = await story.step(who.sho, 'final_report', { report: { kind: 'untraced', court: office.court } });
  await story.stage('closure_sought');
  await story.refused(who.sho, 'case_closing', { closing: { order: report.id } }, 'case_not_ready');
  await story.step(who.court_clerk, 'court_acceptance', { acceptance: { report: report.id, taken: 'closure_report_taken', cnr: world.cnr() } });
  await story.stage('closure_sought');
  await story.owes(who.magistrate, 'closure_order');

  const ask = { report: report.id, decision: 'further', points: 'Ask the neighbours.', informant_heard: true };
  const further = await story.step(who.magistrate, 'closure_order', { order: ask }, { to: [office.station] });
  await story.stage('investigation');
  await story.refused(who.sho, 'case_closing', { closing: { order: further.id } }, 'closure_not_ordered');
  await story.owes(who.sho, 'final_report');

  const second = await story.step(who.sho, 'final_report', { report: { kind: 'untraced', court: office.court } });
  await story.step(who.court_clerk, 'court_acceptance', { acceptance: { report: second.id, taken: 'closure_report_taken', cnr: world.cnr() } });
  const order = await story.step(who.magistrate, 'closure_order',
    { order: { report: second.id, decision: 'accepted', ground: 'untraced', informant_heard: true } }, { to: [office.station] });
  await story.stage('closed');
  await story.owes(who.sho, 'case_closing');
  await story.step(who.sho, 'case_closing', { closing: { order: order.id, trial: false } });
  await story.owesNoMore(who.sho, 'case_closing');
  await story.stage('closed');
});

test('a sensitive case has no public page, and covers everybody who could lead to the victim', async () => {
  const open = new Story(world), story = new Story(world);
  await open.open(who.sho, 'fir', await fir());
  await story.open(who.sho, 'fir', await fir({ offences: [{ offence: 'BNS 64(1)' }], complainant: { who: { name: 'Sushila Netam' } },
    victims: [{ who: { name: 'Rukmini Netam' } }], witnesses: [{ who: { name: 'Phoolbai Netam' } }] }));
  assert.equal((await story.seen()).sensitive, true, 'by its section, whatever was ticked');
  const names = (desk) => story.seen(desk).then(({ parties }) => parties.map((party) => party.name));
  assert.ok((await names(who.sho)).includes('Rukmini Netam'));
  const covered = await names(who.constable);
  for (const name of ['Sushila Netam', 'Rukmini Netam', 'Phoolbai Netam']) {
    assert.ok(!covered.includes(name), `${name} is covered for a constable`);
    const found = (await who.constable.get(`/api/v1/people?name=${encodeURIComponent(name)}`)).json.people;
    assert.ok(found.every((one) => one.name !== name), 'and not found by name');
  }
  assert.ok(covered.includes('Budhram Nishad'));
  moveClock(25 * 3600);
  assert.equal((await fetch(`${server.url}/public/cases/${open.id}`)).status, 200);
  assert.equal((await fetch(`${server.url}/public/cases/${story.id}`)).status, 404);
  for (const desk of Object.values(who)) await desk.client.signIn(); // a day has passed
});

test('a corrected name shows everywhere, the original can be proved, and what is covered stays covered', async () => {
  const story = new Story(world);
  const filed = await story.open(who.sho, 'fir', await fir({ complainant: { who: { name: 'Sukhvanti Ssahu' } }, accused: [{ who: { name: 'Mohn Lal' } }],
    dispatch: { court: office.court } }));
  await story.step(who.magistrate, 'remand_order', { remand: { decision: 'granted', custody: 'judicial', admits: true, produced: 'physical' },
    accused: [{ who: { ref: await story.person('accused') } }] }, { to: [who.jail_clerk.officer.office] });
  const proofBefore = await who.sho.get(`/api/v1/entries/${filed.id}/proof`);

  const change = (path, value) => ({ correction: { entry: filed.id, reason: 'Misspelt by the writer.' }, changes: [{ path, value }] });
  await story.refused(who.elsewhere, 'correction', change('accused.0.who.name', 'Anybody'), 'case_unknown');
  await story.refused(who.sho, 'correction', change('information.diary', filed.id), 'correction_fixed');
  await story.refused(who.sho, 'correction', change('accused.0.who.nose', 'Long'), 'correction_path');
  await story.refused(who.sho, 'correction', change('accused.0.who.name', ''), 'correction_invalid');
  const correction = await story.step(who.sho, 'correction',
    { ...change('accused.0.who.name', 'Mohan Lal'), changes: [{ path: 'accused.0.who.name', value: 'Mohan Lal' }, { path: 'complainant.who.name', value: 'Sukhwanti Sahu' }] });

  const entry = (await who.sho.get(`/api/v1/entries/${filed.id}`)).json;
  assert.equal(entry.body.accused[0].who.name, 'Mohan Lal');
  assert.deepEqual(entry.corrections.map((one) => one.id), [correction.id]);
  assert.equal(entry.leaf, filed.leaf, 'the leaf is what was filed');
  const parties = (await story.seen()).parties;
  assert.equal(parties.find((one) => one.role === 'accused').name, 'Mohan Lal');
  assert.equal(parties.find((one) => one.role === 'complainant').name, 'Sukhwanti Sahu');
  const find = async (desk, name) => (await desk.get(`/api/v1/people?name=${encodeURIComponent(name)}`)).json.people.filter((one) => one.cases.some(({ case: id }) => id === story.id));
  const [mohan] = await find(who.sho, 'Mohan');
  assert.equal(mohan.reasons.find(({ asked }) => asked === 'mohan').code, 'exact');
  assert.ok((await find(who.sho, 'Mohn')).every((one) => one.reasons.every(({ code }) => code !== 'exact')), 'the misspelling stands nowhere any more');
  assert.equal((await story.seen()).timeline.find((one) => one.id === filed.id).corrected, true);

  // Whoever has the name covered in the FIR has it covered in the correction too.
  for (const desk of [who.constable, who.head_constable]) {
    const answer = await desk.get(`/api/v1/entries/${correction.id}`);
    assert.equal(answer.status, 200);
    assert.ok(!answer.text.includes('Sukhwanti'), `${desk.officer.role} reads the covered name in the correction`);
    assert.equal(answer.json.body.changes[0].value, 'Mohan Lal', 'what is open stays open');
  }
  await story.hidden(who.jail_clerk, `/api/v1/entries/${correction.id}`);
  const inPrison = await who.jail_clerk.get(`/api/v1/cases/${story.id}`);
  assert.ok(inPrison.text.includes('Mohan Lal') && !/Sukhwanti|Sukhvanti/.test(inPrison.text));
  const path = `/api/v1/entries/${filed.id}/open`;
  const opened = await who.head_constable.client.post(path, { path: 'complainant.who', purpose: 'correction', reason: 'To read the correction' });
  assert.equal(opened.json.value.name, 'Sukhwanti Sahu');
  assert.equal((await who.head_constable.get(`/api/v1/entries/${correction.id}`)).json.body.changes[1].value, 'Sukhwanti Sahu', 'opened there, open here');

  // The original words, proved from an export by the program that shares no code with the server.
  const file = (name, text) => { const path = join(server.folder, name); writeFileSync(path, text); return path; };
  const line = panji('export', '--data', server.data).split('\n').filter(Boolean).map((row) => JSON.parse(row)).find((row) => JSON.stringify(row).includes(filed.id) && JSON.stringify(row.body).includes('Mohn Lal'));
  assert.ok(line, 'the export holds what was filed');
  const check = (body) => execFileSync(join(dirname(PANJI), 'panji-check'), [file('proof', proofBefore.text), '--key', file('key', key),
    '--body', file('body', body), '--salt', line.salt, '--json'], { encoding: 'utf8' });
  const key = await (await fetch(`${server.url}/log/key`)).text();
  assert.equal(JSON.parse(check(canonical(line.body))).valid, true);
  assert.throws(() => check(canonical(line.body).replace('Mohn', 'Mohan')), 'the corrected words are not what was filed');
});

// RFC 8785 for what bodies hold: text, whole numbers, yes and no.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
}
