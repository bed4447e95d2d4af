// The law's clocks as people meet them: on a case with the working of each date, in the list of an office tree, as files.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { dateText, minutesAgo } from './bodies.mjs';
import { moveClock, now } from './clock.mjs';
import { startServer } from './server.mjs';
import { World } from './world.mjs';

let server, world, fir, arrest;
const hour = 3600;
async function browserOf(officer) {
  const browser = server.browser();
  await browser.signIn(officer);
  return browser;
}

before(async () => {
  server = await startServer();
  world = new World(server);
  fir = await world.fir();
  const io = await world.desk('io'), diary = await world.diary(fir.sho);
  await fir.sho.file('io_assignment', { assignment: { officer: io.officer.officer } }, { case: fir.id });
  arrest = await io.file('arrest', { arrest: { kind: 'arrested_forwarded', arrested_at: minutesAgo(0), diary: diary.id },
    accused: { who: { ref: fir.accused } } }, { case: fir.id });
});
after(() => server.stop());

test('a case shows its limits with the law they rest on and how each date is found', async () => {
  const page = await (await browserOf(server.officer('sho'))).go(`/cases/${fir.id}?show=clocks`);
  assert.equal(page.status, 200);
  assert.match(page.text, /Produce before a Magistrate/);
  assert.match(page.text, /BNSS 58/);
  assert.match(page.text, /How this date is found/);
});

test('a duty that is a limit of the law and a task stands on My day once, with its law and the form that settles it', async () => {
  const { html, text } = await (await browserOf(server.officer('io'))).go('/');
  const rows = [...html.matchAll(/<tr[^]*?<\/tr>/g)].map(([row]) => row);
  const found = rows.filter((row) => row.includes('Produce before a Magistrate'));
  assert.equal(found.length, 1);
  assert.ok(found[0].includes('BNSS 58') && found[0].includes(`/forms/remand_request?case=${fir.id}`));
  assert.ok(!text.includes('Produce before a magistrate within 24 hours'), 'the task is not told beside it');
  assert.ok(rows.some((row) => row.includes('Take finger prints')), 'what no law sets a limit for stays a task');
});

test('three steps of an investigation on one day ask for one case diary', async () => {
  const io = await world.desk('io'), sho = await server.client(server.officer('sho')).signIn();
  for (let i = 0; i < 2; i++) await io.file('statement', { statement: { taken_at: minutesAgo(0) } }, { case: fir.id });
  const { clocks } = (await sho.get(`/api/v1/cases/${fir.id}/clocks`)).json;
  assert.equal(clocks.filter((one) => one.clock === 'case_diary').length, 1);
});

test('a limit without a task opens the form that meets it for who may file it, and never the form that began it', async () => {
  const day = async (role) => {
    const { html } = await (await browserOf(server.officer(role))).go('/');
    return [...html.matchAll(/<tr[^]*?<\/tr>/g)].map(([row]) => row).filter((row) => row.includes(`/cases/${fir.id}`));
  };
  const own = await day('io'), sp = await day('sp');
  assert.ok(own.find((row) => row.includes('Write the case diary')).includes(`/forms/case_diary?case=${fir.id}`));
  assert.ok(!own.join('').includes('/forms/arrest?'), 'a second memo of the arrest produces nobody');
  assert.ok(sp.length > 0 && !sp.join('').includes('/forms/'), 'a superintendent sees the limits and files none of this');
});

test('how a date is found is worked out for the limit one asks about, and only there', async () => {
  const browser = await browserOf(server.officer('sho'));
  const page = await browser.go(`/cases/${fir.id}?show=clocks`);
  assert.doesNotMatch(page.html, /class="working"/);
  const address = page.html.match(/href="([^"]*working=[^"#]*)#clock-/)[1].replaceAll('&amp;', '&');
  const opened = await browser.go(address);
  assert.equal(opened.html.match(/class="working"/g).length, 1);
  assert.ok(opened.html.match(/<ol class="working">[^]*?<\/ol>/)[0].match(/<li>/g).length >= 2);
  assert.equal((await browser.go(`/cases/${fir.id}?show=clocks&working=1`)).status, 200);
});

test('running limits and those that are over stand apart, and lists of many are paged', async () => {
  const browser = await browserOf(server.officer('sho'));
  const running = await browser.go(`/cases/${fir.id}?show=clocks`), closed = await browser.go(`/cases/${fir.id}?show=clocks&clocks=closed`);
  const ids = (page) => [...page.html.matchAll(/<li id="(clock-\d+)"/g)].map((one) => one[1]);
  assert.ok(ids(running).length > 2 && ids(running).length <= 25);
  assert.ok(ids(closed).every((id) => !ids(running).includes(id)));
  const api = await (await server.client(server.officer('sho')).signIn()).get(`/api/v1/cases/${fir.id}/clocks`);
  const later = await browser.go(`/cases/${fir.id}?show=clocks&after=2`);
  assert.deepEqual(ids(later)[0], ids(running)[2]);
  assert.ok(api.json.clocks.length >= ids(running).length);
});

test('what falls due within a day stands on the list of the station and of the district above it, and opens its case', async () => {
  for (const role of ['sho', 'sp']) {
    const page = await (await browserOf(server.officer(role))).go('/clocks?due=1&list=production');
    assert.equal(page.status, 200);
    assert.ok(page.html.includes(`/cases/${fir.id}?show=clocks`), role);
    const station = `${fir.number}, ${server.officer('sho').office_name}`;
    assert.equal(page.text.includes(station), role === 'sp', 'who has many stations below him reads which one has the number');
    for (const kind of ['.csv', '.xlsx', '']) assert.ok(page.html.includes(`/api/v1/clocks${kind}?office=`), kind || 'json');
  }
  const stranger = await browserOf(world.officers('sho', world.otherStation)[0]);
  assert.ok(!(await stranger.go('/clocks?due=1')).html.includes(fir.id));
  assert.equal((await stranger.go(`/clocks?due=1&office=${world.station}`)).status, 404);
});

test('once the hour has passed it is broken, is counted so, and says what follows', async () => {
  moveClock(25 * hour);
  const browser = await browserOf(server.officer('sho'));
  const list = await browser.go('/clocks?due=late');
  assert.ok(list.html.includes(`/cases/${fir.id}?show=clocks`));
  const page = await browser.go(`/cases/${fir.id}?show=clocks`);
  assert.match(page.text, /Custody beyond 24 hours is unlawful/);
  assert.match((await browser.go('/')).text, /Limits of the law/);
});

test('the list is there as CSV and XLSX, and in Hindi', async () => {
  const sho = await server.client(server.officer('sho')).signIn();
  const csv = await sho.get('/api/v1/clocks.csv?which=late');
  assert.match(csv.headers.get('content-type'), /text\/csv/);
  assert.ok(csv.text.includes(fir.number));
  const browser = await browserOf(server.officer('sho'));
  assert.match((await browser.go('/clocks?due=late&lang=hi')).text, /विधिक समय-सीमाएँ/);
});

// Every figure of the table is a link to so many cases, and the three files hold the same ones.
async function figuresOpenTheirCases(browser, by) {
  const { html } = await browser.go(`/clocks/compliance?by=${by}&lang=en`);
  const figures = [...html.matchAll(/href="(\/clocks\/compliance\/cases\?[^"]*)"[^>]*>(\d+)</g)].map(([, href, number]) => [href.replaceAll('&amp;', '&'), Number(number)]);
  assert.ok(figures.length >= 2, by);
  for (const [href, number] of figures) {
    const list = await browser.go(href);
    assert.equal(list.status, 200);
    assert.equal([...list.html.matchAll(/\/cases\/[0-9a-f-]+\?show=clocks/g)].length, number, href);
    const query = href.split('?')[1], path = '/api/v1/clocks/compliance/cases';
    const json = JSON.parse((await browser.go(`${path}?${query}`)).html), csv = (await browser.go(`${path}.csv?${query}`)).html;
    assert.deepEqual([json.clocks.length, csv.trim().split('\r\n').length - 1], [number, number], href);
  }
}

test('compliance with the two months counts and opens its cases', async () => {
  const browser = await browserOf(server.officer('sp'));
  for (const by of ['office', 'district', 'state', 'month'])
    assert.equal((await browser.go(`/clocks/compliance?by=${by}`)).status, 200, by);
  world.desks.clear();
  const desk = await world.desk('sho');
  const grave = await world.fir({ offences: [{ offence: 'BNS 64(1)' }], victims: [{ who: { name: 'Sukhmati Dhruw' } }] }, desk);
  const page = await browser.go('/clocks/compliance');
  assert.match(page.html, /figure=running/);
  for (const [by, en, hi] of [['district', 'Baloda Bazar', /बलौदाबाजार/], ['state', 'Chhattisgarh', /छत्तीसगढ़/]]) {
    const english = await browser.go(`/clocks/compliance?by=${by}&lang=en`), hindi = await browser.go(`/clocks/compliance?by=${by}&lang=hi`);
    assert.ok(english.text.includes(en), `${by} in English`);
    assert.match(hindi.text, hi);
    assert.ok(!hindi.text.toLowerCase().includes(en.toLowerCase()), `${by} in Hindi`);
  }
  for (const by of ['office', 'district', 'state', 'month']) await figuresOpenTheirCases(browser, by);
  await browser.go('/clocks/compliance?lang=en');
  const cases = await browser.go(`/clocks/compliance/cases?figure=running`);
  assert.ok(cases.html.includes(grave.id) && !cases.html.includes('Sukhmati'));
  assert.equal((await browser.go('/clocks/compliance?from=neverday')).status, 422);
  assert.equal((await browser.go('/clocks/compliance?by=caste')).status, 422);
  const unknown = await desk.get('/api/v1/clocks/compliance/cases?figure=all');
  assert.deepEqual([unknown.status, unknown.json.problems[0].code], [400, 'query_wrong']);
});

test('a prison knows by name whom it admitted, though a doctor examined him', async () => {
  const onCase = { case: fir.id }, prison = world.officeOfKind(['prison']), court = world.officeOfKind(['court']);
  const io = await world.desk('io'), accused = { ref: fir.accused };
  await io.file('medical_request', { request: { hospital: world.officeOfKind(['hospital']), kind: 'arrested' }, person: { who: accused } }, onCase);
  const paper = await io.file('case_diary', {}, onCase);
  await io.file('remand_request', { remand: { court, diary: paper.id }, accused: [{ who: accused, arrest: arrest.id }] }, onCase);
  const order = await (await world.desk('magistrate', court)).file('remand_order', {
    remand: { custody: 'judicial', admits: true, grounds_written: true, next_production: dateText(now() + 48 * hour * 1e3) }, accused: [{ who: accused }] }, { ...onCase, to: [prison] });
  const jail = await world.desk('jail_superintendent');
  await jail.file('prison_admission', { admission: { basis: 'remand', order: order.id, category: 'remand' }, prisoner: { who: accused } }, onCase);
  const owed = (await jail.client.get('/api/v1/clocks?clock=production_next')).json.clocks;
  assert.deepEqual([...new Set(owed.filter((one) => one.subject === fir.accused).map((one) => one.name))], ['Budhram Nishad']);
  const browser = await browserOf(world.officers('jail_superintendent')[0]);
  assert.match((await browser.go('/')).text, /Budhram Nishad/);
});
