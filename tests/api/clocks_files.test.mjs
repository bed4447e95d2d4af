// Every list of limits as JSON, CSV and XLSX: the three hold the same rows; a name that a spreadsheet would take for a formula
// stays a name, and Hindi stays Hindi.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dateText, minutesAgo } from './bodies.mjs';
import { moveClock, now } from './clock.mjs';
import { startServer } from './server.mjs';
import { World } from './world.mjs';
import { sheetOf } from './xlsx.mjs';

const DAY = 86400, names = ['=HYPERLINK("http://x.example","बिल")', '+91-सोनू, "लाला"', '@SUM(A1:A9)', 'सुखमती & <ध्रुव>'];
let server, world, fir;

before(async () => {
  server = await startServer();
  world = new World(server);
  fir = await world.fir({ accused: names.map((name) => ({ who: { name } })), offences: [{ offence: 'BNS 64(1)' }], dispatch: { court: world.officeOfKind(['court']) } });
  const seen = await fir.sho.get(`/api/v1/cases/${fir.id}`), on = { case: fir.id };
  const accused = seen.json.parties.filter((party) => party.role === 'accused').map((party) => ({ who: { ref: party.person } }));
  assert.equal(accused.length, names.length);
  for (const one of accused)
    await fir.sho.file('arrest', { arrest: { kind: 'arrested_forwarded', arrested_at: minutesAgo(0), diary: fir.diary }, accused: one }, on);
  const prison = world.officeOfKind(['prison']), magistrate = await world.desk('magistrate'), jail = await world.desk('jail_superintendent');
  for (const one of accused) {
    const order = await magistrate.file('remand_order', { remand: { made_at: minutesAgo(0), produced: 'physical', decision: 'granted', custody: 'judicial',
      from: dateText(now()), to: dateText(now() + 13 * DAY * 1000), first: true, admits: true, place: prison }, accused: [one] }, { ...on, to: [prison, world.station] });
    await jail.file('prison_admission', { admission: { basis: 'remand', order: order.id, admitted_at: minutesAgo(0), category: 'remand', until: dateText(now() + 13 * DAY * 1000) },
      prisoner: one }, on);
  }
});
after(async () => {
  await server?.stop();
});

// The cells of a CSV file (RFC 4180); its mark of order is taken off by the reading of the answer already.
function csvRows(text) {
  const rows = [[]];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1).push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  assert.deepEqual(rows.pop(), []);
  return rows;
}

// What the three say of case, limit and person; the person is in column E.
async function threeAgree(desk, path, query) {
  const json = (await desk.get(`${path}?${query}&limit=1000`)).json.clocks;
  const csv = csvRows((await desk.get(`${path}.csv?${query}`)).text), sheet = await sheetOf(server, desk.client, `${path}.xlsx?${query}`);
  assert.deepEqual([csv.length - 1, sheet.length - 1], [json.length, json.length], query);
  json.forEach((line, i) => {
    const [row, cells] = [csv[i + 1], sheet[i + 1]];
    assert.deepEqual([row[0], cells.A.text], [line.case_number, line.case_number]);
    assert.deepEqual([row[1], cells.B.text], [line.label.en, line.label.en]);
    assert.equal(cells.E?.text ?? null, line.name);
    assert.equal(row[4].replace(/^'(?=[=+@-])/, ''), line.name ?? '');
    assert.ok(!/^[=+@\t\r-]/.test(row[4]), row[4]);
    if (line.due) assert.ok(Math.abs((cells.H.number - 25569) * DAY * 1000 - new Date(line.due).getTime() - 5.5 * 3600e3) < 60e3, 'the hour is Indian time');
  });
  return json;
}

test('each list of limits is the same in JSON, CSV and XLSX, whatever people are called', async () => {
  const jail = await world.desk('jail_superintendent'), sp = await world.desk('sp');
  const told = new Set();
  for (const [desk, query] of [[fir.sho, 'which=open'], [fir.sho, 'kind=LIMIT'], [fir.sho, 'list=default_bail'], [sp, 'which=coming'], [sp, 'list=two_months'],
    [jail, 'list=default_bail'], [jail, 'list=undertrial'], [await world.desk('legal_aid_secretary'), 'list=undertrial'], [sp, 'which=late']])
    for (const line of await threeAgree(desk, '/api/v1/clocks', query)) if (line.name) told.add(line.name);
  for (const name of names) assert.ok(told.has(name), name);
  assert.equal((await threeAgree(sp, '/api/v1/clocks/compliance/cases', 'figure=running')).length, 1);
});

test('the figures of the two months are the same in all three, and an unknown rate is an empty cell', async () => {
  const sp = await world.desk('sp');
  for (const by of ['office', 'district', 'state', 'month']) {
    const { groups } = (await sp.get(`/api/v1/clocks/compliance?by=${by}`)).json;
    const csv = csvRows((await sp.get(`/api/v1/clocks/compliance.csv?by=${by}`)).text);
    const sheet = await sheetOf(server, sp.client, `/api/v1/clocks/compliance.xlsx?by=${by}`);
    assert.deepEqual([csv.length, sheet.length], [groups.length + 1, groups.length + 1]);
    groups.forEach((group, i) => {
      const figures = ['registered', 'finished', 'in_time', 'late', 'running', 'overdue', 'mature', 'mature_in_time'].map((name) => group[name]);
      assert.deepEqual(csv[i + 1], [group.group, ...figures.map(String), '']);
      assert.deepEqual(Object.values(sheet[i + 1]), [{ text: group.group }, ...figures.map((number) => ({ number }))]);
      assert.equal(group.per_mille, null, 'no case is two months old');
    });
  }
});

test('headings and limits are in the language of the reader', async () => {
  const browser = server.browser();
  await browser.signIn(server.officer('sho'));
  const page = await browser.go('/clocks?due=open&list=default_bail&lang=hi');
  assert.equal(page.status, 200);
  const link = page.html.match(/href="(\/api\/v1\/clocks\.csv[^"]*)"/)[1].replaceAll('&amp;', '&');
  const [head, row] = csvRows((await browser.go(link)).html);
  assert.deepEqual(head.slice(0, 2), ['प्रकरण', 'समय सीमा']);
  assert.match(row[1], /जमानत/);
});
