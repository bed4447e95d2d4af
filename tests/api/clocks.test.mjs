// The law's clocks over HTTP: a case shows them with their working, a supervisor lists what is due and broken in his tree,
// lists go out as CSV and XLSX, and who may not see a case neither sees nor counts its clocks.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { minutesAgo } from './bodies.mjs';
import { moveClock, now } from './clock.mjs';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { panji, startServer } from './server.mjs';
import { World } from './world.mjs';

const DAY = 86400;
let server, world, sho, sp, stranger, magistrate, rape, theft;
before(async () => {
  server = await startServer();
  world = new World(server);
  [sho, sp, magistrate] = [await world.desk('sho'), await world.desk('sp'), await world.desk('magistrate')];
  stranger = await world.desk('sho', world.otherStation);
  rape = await world.fir({ offences: [{ offence: 'BNS 64(1)' }] });
  theft = await world.fir();
});
after(async () => {
  await server?.stop();
});

const clocksOf = async (desk, fir) => (await desk.get(`/api/v1/cases/${fir.id}/clocks`)).json.clocks;
const signedInAgain = async () => { world.desks.clear(); [sho, sp, stranger] = [await world.desk('sho'), await world.desk('sp'), await world.desk('sho', world.otherStation)]; };

test('a case tells its clocks with state and working in both languages', async () => {
  const clocks = await clocksOf(sho, rape);
  const months = clocks.find((one) => one.clock === 'two_months');
  assert.equal(months.state, 'due');
  assert.ok(months.state_words.en && months.state_words.hi);
  assert.ok(months.label.en && months.label.hi && months.breach.hi && months.law.includes('193(2)'));
  assert.equal(months.whole_day, true);
  assert.equal(months.role, 'io');
  assert.equal(months.office, world.station);
  assert.match(months.due, /T23:59:59\+05:30$/);
  assert.ok(months.working.length >= 3);
  for (const step of months.working) assert.ok(step.text.en && step.text.hi, step.step);
  assert.ok(months.working.some((step) => step.step === 'limit' && step.number === 2));
  assert.equal((await clocksOf(sho, theft)).find((one) => one.clock === 'two_months'), undefined);
});

test('an arrest starts the clocks of that person, with his name for those who may read it', async () => {
  const diary = await world.diary(sho);
  await sho.file('arrest', { arrest: { kind: 'arrested_forwarded', arrested_at: minutesAgo(0), diary: diary.id, authority: 'without_warrant' },
    accused: { who: { ref: theft.accused } } }, { case: theft.id });
  const production = (await clocksOf(sho, theft)).find((one) => one.clock === 'production');
  assert.equal(production.subject, theft.accused);
  assert.equal(production.name, 'Budhram Nishad');
  assert.equal(production.whole_day, false);
  assert.equal(new Date(production.due) - new Date(production.start), 24 * 3600 * 1000);
});

test('who may not see a case neither sees its clocks nor counts them', async () => {
  assert.equal((await stranger.get(`/api/v1/cases/${rape.id}/clocks`)).status, 404);
  assert.equal((await magistrate.get(`/api/v1/cases/${rape.id}/clocks`)).status, 404);
  const listed = (await stranger.get('/api/v1/clocks?limit=1000')).json.clocks;
  assert.ok(listed.every((one) => one.case !== rape.id && one.case !== theft.id));
  assert.equal((await stranger.get(`/api/v1/clocks?office=${world.station}`)).status, 404);
  assert.equal((await stranger.get(`/api/v1/clocks/counts?office=${world.station}`)).status, 404);
  assert.equal((await stranger.get('/api/v1/clocks/compliance')).json.groups.length, 0);
  assert.equal((await server.client().get('/api/v1/clocks')).status, 401);
});

test('what is due within days is what the counts say', async () => {
  const counts = (await sho.get('/api/v1/clocks/counts')).json;
  for (const days of [1, 3, 7]) {
    const until = new Date(now() + days * DAY * 1000).toISOString();
    const { clocks, next } = (await sho.get(`/api/v1/clocks?which=coming&limit=1000&until=${encodeURIComponent(until)}`)).json;
    assert.equal(next, null);
    assert.equal(clocks.length, counts[`days_${days}`]);
    const due = clocks.map((one) => one.due);
    assert.deepEqual(due, [...due].sort());
  }
  assert.ok((await sp.get('/api/v1/clocks/counts')).json.days_7 >= counts.days_7);
});

test('lists narrow by clock, kind, state and office, and go on where they stopped', async () => {
  const one = (await sp.get('/api/v1/clocks?clock=two_months')).json.clocks;
  assert.deepEqual(one.map((line) => line.case), [rape.id]);
  for (const line of (await sp.get('/api/v1/clocks?kind=LIMIT')).json.clocks) assert.equal(line.kind, 'LIMIT');
  for (const line of (await sp.get('/api/v1/clocks?state=due')).json.clocks) assert.equal(line.state, 'due');
  const all = (await sp.get('/api/v1/clocks?limit=1000')).json.clocks;
  const first = (await sp.get('/api/v1/clocks?limit=3')).json;
  assert.equal(first.next, 3);
  const second = (await sp.get('/api/v1/clocks?limit=3&skip=3')).json;
  assert.deepEqual([...first.clocks, ...second.clocks], all.slice(0, 6));
  assert.equal((await sp.get('/api/v1/clocks?kind=WISH')).status, 400);
  assert.deepEqual((await sp.get('/api/v1/clocks?clock=no_such')).json.clocks, []);
});

test('every list also as CSV and XLSX, by ending or by what is accepted', async () => {
  const csv = await sp.get('/api/v1/clocks.csv?clock=two_months');
  assert.equal(csv.status, 200);
  assert.match(csv.headers.get('content-type'), /^text\/csv/);
  const lines = csv.text.replace(/^\uFEFF/, '').trim().split('\r\n');
  assert.equal(lines.length, 2);
  assert.ok(lines[1].startsWith(rape.number));
  const accepted = await sp.client.send('GET', '/api/v1/clocks?clock=two_months', undefined, { Accept: 'text/csv' });
  assert.equal(accepted.text, csv.text);
  const answer = await fetch(`${server.url}/api/v1/clocks/compliance.xlsx`, { headers: { Authorization: `Bearer ${sp.client.token}` } });
  assert.equal(answer.status, 200);
  const bytes = Buffer.from(await answer.arrayBuffer());
  assert.equal(bytes.subarray(0, 2).toString(), 'PK');
  assert.ok(bytes.includes('xl/worksheets/sheet1.xml'));
});

test('the command line lists what is coming, and tells every fault of a State\'s own file', () => {
  const rows = panji('clocks', 'coming', '--data', server.data, '--days', '90', '--clock', 'two_months').replace(/^\uFEFF/, '').trim().split('\r\n');
  assert.equal(rows.length, 2);
  assert.ok(rows[1].startsWith(`${rape.number},two_months,`));
  assert.match(panji('clocks', 'check'), /clocks, .* no fault/);
  const folder = mkdtempSync(join(tmpdir(), 'panji-clocks-'));
  mkdirSync(join(folder, 'law', 'clocks'), { recursive: true });
  writeFileSync(join(folder, 'law', 'clocks', 'state'), 'clock own | Own | अपनी\n  from arested\n');
  assert.throws(() => panji('clocks', 'check', folder), (error) => error.stderr.includes("clocks/state:2: 'arested' is not an event"));
  writeFileSync(join(folder, 'law', 'clocks', 'state'),
    'clock own | Own | अपनी\n  law Circular 7\n  mark S\n  from arrested\n  within 2 days\n  owes sho\n  breach | Late | विलंब\n');
  assert.match(panji('clocks', 'check', folder), /no fault/);
  rmSync(folder, { recursive: true });
});

test('after two months the case is broken, stays so when the report comes, and the compliance says so', async () => {
  moveClock(70 * DAY);
  await signedInAgain();
  assert.equal((await clocksOf(sho, rape)).find((one) => one.clock === 'two_months').state, 'breached');
  const late = (await sp.get('/api/v1/clocks?which=late&clock=two_months')).json.clocks;
  assert.deepEqual(late.map((line) => line.case), [rape.id]);
  assert.equal((await sp.get('/api/v1/clocks?which=late&limit=1000')).json.clocks.length, (await sp.get('/api/v1/clocks/counts')).json.broken);
  const [group] = (await sp.get('/api/v1/clocks/compliance?by=month')).json.groups;
  assert.deepEqual([group.registered, group.overdue, group.mature, group.per_mille], [1, 1, 1, 0]);
  await sho.file('final_report', { report: { kind: 'charge_sheet', court: world.officeOfKind(['court']) }, offences: [{ offence: 'BNS 64(1)' }],
    accused: [{ who: { ref: rape.accused }, offences: ['BNS 64(1)'] }] }, { case: rape.id });
  const months = (await clocksOf(sho, rape)).find((one) => one.clock === 'two_months');
  assert.equal(months.state, 'breached');
  assert.ok(months.closed);
  const cases = (await sp.get('/api/v1/clocks/compliance/cases?figure=late')).json.clocks;
  assert.deepEqual(cases.map((line) => line.case), [rape.id]);
});
