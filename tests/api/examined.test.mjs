// Whom a doctor examines: as accused (BNSS 51-53) he is no victim and stands under his name; examined as the victim of a rape
// (BNSS 184), or as anything else, nobody reads the name who may not, wherever he looks.
import { execFileSync } from 'node:child_process';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { minutesAgo } from './bodies.mjs';
import { PANJI, startServer } from './server.mjs';
import { World } from './world.mjs';

const ACCUSED = 'Dhansingh Markam', VICTIM = 'Phoolmati Kewat', NEW = 'Sukhram Gond', CHILD = 'Chhotu Satnami';
const MASK = '••••', WIDE = { why: 'investigation', reason: 'Search of a test' };
let server, world, sho, constable, doctor, hospital, theft, rape, victim, browser;
const made = {};

// An examination of somebody on a case: the request of the police and the doctor's report.
async function examine(on, kind, who) {
  const request = await sho.file('medical_request', { request: { hospital, kind, sent_at: minutesAgo(0) }, person: { who } }, { case: on });
  const report = await doctor.file('medico_legal_report', { report: { request: request.id, kind, arrived_at: minutesAgo(0), began_at: minutesAgo(0),
    ended_at: minutesAgo(0), samples_taken: false }, patient: { who } }, { case: on, to: [world.station] });
  return { request: request.id, report: report.id };
}

before(async () => {
  server = await startServer();
  world = new World(server);
  [sho, constable, doctor] = [await world.desk('sho'), await world.desk('constable'), await world.desk('doctor')];
  hospital = world.officeOfKind(['hospital']);
  theft = await world.fir({ accused: [{ who: { name: ACCUSED } }] });
  rape = await world.fir({ offences: [{ offence: 'BNS 64(1)' }], victims: [{ who: { name: VICTIM } }], accused: [{ who: { name: 'Ravi Kosle' } }] });
  victim = await world.person(rape.id, 'victim');
  made.accused = await examine(theft.id, 'accused_body', { ref: theft.accused });
  made.victim = await examine(rape.id, 'victim_rape', { ref: victim });
  browser = server.browser();
  await browser.signIn(constable.officer);
});
after(() => server.stop());

const entry = async (desk, id) => (await desk.get(`/api/v1/entries/${id}`)).json;
const parties = async (desk, on, person) => (await desk.get(`/api/v1/cases/${on}`)).json.parties.filter((one) => one.person === person);
const found = async (desk, query) => (await desk.get(`/api/v1/people?${new URLSearchParams(query)}`)).json.people;
async function paper(desk, id) {
  const answer = await fetch(`${server.url}/api/v1/entries/${id}.pdf?lang=en`, { headers: { Authorization: `Bearer ${desk.client.token}` } });
  assert.equal(answer.status, 200, id);
  return execFileSync('pdftotext', ['-layout', '-', '-'], { input: Buffer.from(await answer.arrayBuffer()), encoding: 'utf8' });
}

// Nothing of the name anywhere the constable looks: entries, case, pages, papers, search.
async function nowhere(name, on, person, examination) {
  for (const id of Object.values(examination)) {
    assert.ok(!JSON.stringify(await entry(constable, id)).includes(name), `entry ${id}`);
    assert.ok(!(await browser.go(`/entries/${id}`)).html.includes(name), `page ${id}`);
    assert.ok(!(await paper(constable, id)).includes(name), `paper ${id}`);
  }
  const rows = await parties(constable, on, person);
  assert.ok(rows.length > 0);
  for (const row of rows) assert.equal(row.name, MASK, row.role);
  for (const path of [`/cases/${on}?show=people`, `/people/${person}`]) assert.ok(!(await browser.go(path)).html.includes(name), path);
  for (const desk of [constable, await world.desk('constable', world.otherStation)])
    for (const wide of [{}, WIDE]) assert.ok(!JSON.stringify(await found(desk, { name, ...wide })).includes(person), `search of ${desk.officer.office}`);
}

test('the accused examined is shown in the entry, in the case, on the page and on paper', async () => {
  const seen = await entry(constable, made.accused.request);
  assert.deepEqual(seen.body.person.who, { ref: theft.accused });
  const rows = await parties(constable, theft.id, theft.accused);
  assert.deepEqual(rows.map((one) => one.role).sort(), ['accused', 'examined', 'patient']);
  for (const row of rows) assert.equal(row.name, ACCUSED, row.role);
  for (const path of [`/entries/${made.accused.request}`, `/cases/${theft.id}?show=people`, `/people/${theft.accused}`])
    assert.ok((await browser.go(path)).text.includes(ACCUSED), path);
  for (const id of Object.values(made.accused)) assert.ok((await paper(constable, id)).includes(ACCUSED), `paper ${id}`);
});

test('he is found by name, at his station in every role and elsewhere as accused', async () => {
  const [here] = await found(constable, { name: ACCUSED });
  assert.deepEqual(here.ids, [theft.accused]);
  assert.match(JSON.stringify(here), /examined/);
  const [there] = await found(await world.desk('constable', world.otherStation), { name: ACCUSED, ...WIDE });
  assert.deepEqual(there.ids, [theft.accused]);
});

test('a victim of rape is covered wherever one looks, and still known to whom it concerns', async () => {
  const seen = await entry(constable, made.victim.request);
  assert.deepEqual(seen.body.person.who, { name: MASK });
  await nowhere(VICTIM, rape.id, victim, made.victim);
  assert.deepEqual((await entry(sho, made.victim.report)).body.patient.who, { ref: victim });
  assert.deepEqual((await found(sho, { name: VICTIM }))[0].ids, [victim]);
});

test('a victim sent under the wrong purpose stays covered, with what was told beside the reference', async () => {
  const wrong = await examine(rape.id, 'arrested', { ref: victim, name: VICTIM });
  assert.deepEqual((await entry(constable, wrong.request)).body.person.who, { ref: victim });
  await nowhere(VICTIM, rape.id, victim, wrong);
});

test('an accused hurt is covered as anybody who is hurt, and a purpose put right covers too', async () => {
  const other = await world.fir({ accused: [{ who: { name: NEW } }] });
  const first = await examine(other.id, 'arrested', { ref: other.accused });
  assert.equal((await parties(constable, other.id, other.accused)).find((row) => row.role === 'examined').name, NEW);
  await sho.file('correction', { correction: { entry: first.request, reason: 'He was sent for his injuries' },
    changes: [{ path: 'request.kind', value: 'injury' }] }, { case: other.id });
  assert.deepEqual((await entry(constable, first.request)).body.person.who, { name: MASK });
  const rows = await parties(constable, other.id, other.accused);
  assert.equal(rows.find((row) => row.role === 'examined').name, MASK);
  assert.equal(rows.find((row) => row.role === 'accused').name, NEW, 'who stands accused stays named as that');
});

test('somebody written anew is covered whatever he is sent for, and so is a child known already', async () => {
  const anew = await examine(theft.id, 'arrested', { name: 'Mangal Dhruw' });
  const person = (await sho.get(`/api/v1/cases/${theft.id}`)).json.parties.find((row) => row.person.startsWith(anew.request)).person;
  await nowhere('Mangal Dhruw', theft.id, person, anew);
  const young = await world.fir({ children: [{ who: { name: CHILD, age_kind: 'age', age_years: 15 } }] });
  const child = await world.person(young.id, 'child');
  await nowhere(CHILD, young.id, child, await examine(young.id, 'arrested', { ref: child }));
});

test('all of it is the same when the views are made anew', async () => {
  const shown = async () => Promise.all([theft.id, rape.id].map(async (id) => (await constable.get(`/api/v1/cases/${id}`)).json.parties));
  const first = await shown();
  await server.stop({ keep: true });
  execFileSync(PANJI, ['rebuild', '--data', server.data]);
  execFileSync(PANJI, ['verify', '--data', server.data]);
  await server.restart();
  assert.deepEqual(await shown(), first);
});
