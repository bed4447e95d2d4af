// The District Legal Services Authority: default bail from the day the right arises, section 479 before its day, of its own
// district, by number of the case, prisoner and prison; and nothing else of any case, however it asks.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dateText, minutesAgo } from './bodies.mjs';
import { moveClock, now } from './clock.mjs';
import { panji, startServer } from './server.mjs';
import { World } from './world.mjs';

const DAY = 86400, ABSENT = '0'.repeat(32);
let server, world, aid, theft, prison, ids;

const days = (n) => dateText(now() + n * DAY * 1000);
const allOf = async (desk, query = '') => (await desk.get(`/api/v1/clocks?limit=1000${query}`)).json.clocks;
// The practice district has prisoners of its own, and every station its number 1: of the lists, what is of our case.
const linesOf = async (desk, query) => (await allOf(desk, query)).filter((line) => line.case_number === theft.number && line.case_office === world.station);
const clocksOn = async (desk, query) => (await linesOf(desk, query)).map((line) => line.clock).sort();
async function later(seconds) {
  moveClock(seconds);
  world.desks.clear();
  aid = await world.desk('legal_aid_secretary');
}
const browser = async () => {
  const opened = server.browser();
  await opened.signIn(aid.officer);
  return opened;
};

before(async () => {
  server = await startServer();
  world = new World(server);
  prison = world.officeOfKind(['prison']);
  theft = await world.fir({ dispatch: { court: world.officeOfKind(['court']) } });
  const on = { case: theft.id }, who = { ref: theft.accused };
  const arrest = await theft.sho.file('arrest', { arrest: { kind: 'arrested_forwarded', arrested_at: minutesAgo(0), diary: theft.diary }, accused: { who } }, on);
  const magistrate = await world.desk('magistrate');
  const order = await magistrate.file('remand_order', { remand: { made_at: minutesAgo(0), produced: 'physical', decision: 'granted', custody: 'judicial',
    from: days(0), to: days(13), first: true, admits: true, place: prison }, accused: [{ who }] }, { ...on, to: [prison, world.station] });
  const jail = await world.desk('jail_superintendent');
  const admission = await jail.file('prison_admission', { admission: { basis: 'remand', order: order.id, admitted_at: minutesAgo(0), category: 'remand', until: days(13) },
    prisoner: { who } }, on);
  ids = [theft.id, theft.diary, arrest.id, order.id, admission.id];
  aid = await world.desk('legal_aid_secretary');
});
after(async () => {
  await server?.stop();
});

test('before the day it sees section 479 coming, by case, prisoner and prison, and no default bail', async () => {
  assert.deepEqual(await clocksOn(aid), ['undertrial_half', 'undertrial_maximum', 'undertrial_third']);
  const lines = await linesOf(aid, '&list=undertrial');
  assert.equal(lines.length, 3);
  for (const line of lines) {
    assert.deepEqual([line.case_number, line.name, line.prison], [theft.number, 'Budhram Nishad', prison]);
    assert.deepEqual([line.case, line.entry, line.subject, line.officer], [null, null, null, null], 'nothing that leads into the case');
  }
  const jail = await world.desk('jail_superintendent');
  const told = (all) => all.map((line) => [line.clock, line.state, line.due]);
  assert.deepEqual(told(lines), told(await linesOf(jail, '&list=undertrial')), 'what the prison has on its list');
  assert.deepEqual(await clocksOn(aid, '&list=default_bail'), []);
  assert.deepEqual(await allOf(aid, '&clock=production'), []);
  assert.ok((await allOf(aid)).every((line) => /^(default_bail|undertrial)/.test(line.clock) && line.case === null));
  assert.ok((await clocksOn(theft.sho, '&list=default_bail')).length === 1, 'the station has it on its list all the while');
});

test('while day sixty lasts it is still not told; when it has ended, it is', async () => {
  const [bail] = await linesOf(theft.sho, '&list=default_bail');
  await later(Math.floor((new Date(bail.due) - now()) / 1000) - 60);
  assert.deepEqual(await clocksOn(aid, '&list=default_bail'), []);
  await later(120);
  const lines = await linesOf(aid, '&list=default_bail');
  assert.deepEqual(lines.map((line) => [line.clock, line.state, line.case_number, line.name, line.prison]),
    [['default_bail', 'arisen', theft.number, 'Budhram Nishad', prison]], 'once, though the station owes it and the prison has it too');
  assert.equal(lines[0].case, null);
  const jail = await world.desk('jail_superintendent');
  assert.equal((await linesOf(jail, `&list=default_bail`)).length, 1);
});

test('the page shows both lists with the prison and without a way into the case', async () => {
  const page = await (await browser()).go('/clocks?due=open');
  assert.equal(page.status, 200);
  for (const words of [`${theft.number}, ${server.officer('sho').office_name}`, 'Budhram Nishad', 'Default bail', 'Undertrials, section 479', server.officer('jail_superintendent').office_name])
    assert.ok(page.text.includes(words), words);
  assert.ok(!page.html.includes(`/cases/${theft.id}`) && !page.html.includes('/clocks/compliance'));
  assert.ok(!page.text.includes('24-hour production'), 'lists that are not its own are not offered');
  assert.ok((await (await browser()).go('/clocks?due=arisen&list=default_bail&lang=hi')).text.includes('जेल'));
  const day = await (await browser()).go('/');
  assert.ok(day.text.includes(theft.number) && !day.html.includes(theft.id), 'My day has them');
});

test('both lists as CSV and XLSX', async () => {
  const csv = await aid.get('/api/v1/clocks.csv?list=default_bail');
  const lines = csv.text.replace(/^\uFEFF/, '').trim().split('\r\n');
  const ours = lines.filter((line) => line.startsWith(theft.number) && line.endsWith(`,${world.station}`));
  assert.equal(ours.length, 1);
  assert.ok(ours[0].includes('Budhram Nishad') && ours[0].includes(prison));
  assert.ok(!csv.text.includes(theft.id));
  const answer = await fetch(`${server.url}/api/v1/clocks.xlsx?list=undertrial`, { headers: { Authorization: `Bearer ${aid.client.token}` } });
  assert.equal(answer.status, 200);
  assert.equal(Buffer.from(await answer.arrayBuffer()).subarray(0, 2).toString(), 'PK');
});

test('nothing else of the case is there for it, in any way there is to ask', async () => {
  const same = (answer, id) => JSON.stringify([answer.status, answer.json.code, answer.text.replaceAll(id, 'ID').replace(/"instance":"[^"]*"/, '')]);
  for (const id of ids)
    for (const path of ['/api/v1/cases/ID', '/api/v1/cases/ID/clocks', '/api/v1/entries/ID', '/api/v1/entries/ID/proof'])
      assert.equal(same(await aid.get(path.replace('ID', id)), id), same(await aid.get(path.replace('ID', ABSENT)), ABSENT), path);
  const pages = await browser();
  for (const path of [`/cases/${theft.id}`, `/cases/${theft.id}?show=clocks`, `/entries/${theft.id}`, `/people/${theft.accused}`])
    assert.equal((await pages.go(path)).status, 404, path);
  for (const path of ['/api/v1/entries?limit=200', '/api/v1/cases?limit=200', '/api/v1/tasks', '/api/v1/notices'])
    assert.ok(!(await aid.get(path)).text.includes(theft.number), path);
  const people = await aid.get('/api/v1/people?name=Budhram');
  assert.ok(people.status >= 400 || people.json.people.length === 0);
  assert.deepEqual((await aid.get('/api/v1/clocks/compliance')).json.groups, []);
  assert.deepEqual((await aid.get('/api/v1/clocks/compliance/cases?figure=running')).json.clocks, []);
  for (const office of [world.station, prison]) assert.equal((await aid.get(`/api/v1/clocks/counts?office=${office}`)).status, 404);
  assert.deepEqual(await linesOf(aid, `&officer=${theft.sho.officer.officer}`), [], 'nor who investigates');
  for (const form of ['general_diary', 'correction', 'case_diary']) {
    const answer = await aid.client.post('/api/v1/entries', { form, case: theft.id, body: {} });
    assert.ok(answer.status >= 400 && !answer.text.includes('Budhram'), form);
  }
});

test('a prison of the district by itself, and no office outside it', async () => {
  assert.equal((await linesOf(aid, `&list=default_bail&office=${prison}`)).length, 1);
  assert.deepEqual(await linesOf(aid, `&list=default_bail&office=${world.otherStation}`), []);
  assert.equal((await aid.get('/api/v1/clocks?office=no-such-office')).status, 404);
});

test('when the charge sheet is filed the right it was told of is gone', async () => {
  const sho = await world.desk('sho');
  await sho.file('final_report', { report: { kind: 'charge_sheet', court: world.officeOfKind(['court']) }, offences: [{ offence: 'BNS 303(2)' }],
    accused: [{ who: { ref: theft.accused }, offences: ['BNS 303(2)'] }] }, { case: theft.id });
  assert.deepEqual(await linesOf(aid, '&list=default_bail'), []);
  assert.equal((await linesOf(aid, '&list=undertrial')).length, 3);
});

test('an authority of another district sees none of it', async () => {
  const admin = await world.desk('administrator');
  const entries = panji('export', '--data', server.data).trim().split('\n').map((line) => JSON.parse(line));
  const office = entries.find((one) => one.envelope.form === 'office' && one.body.office.code === aid.officer.office);
  await admin.file('correction', { correction: { entry: office.envelope.id }, changes: [{ path: 'office.district', value: 'Raipur' }] });
  assert.deepEqual(await allOf(aid), []);
  assert.equal((await aid.get(`/api/v1/clocks?office=${prison}`)).status, 404);
});
