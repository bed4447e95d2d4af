// The law's clocks as people meet them: on a case with the working of each date, in the list of an office tree, as files.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { minutesAgo } from './bodies.mjs';
import { movableClock } from './clock.mjs';
import { startServer } from './server.mjs';
import { World } from './world.mjs';

let server, world, clock, fir;
const hour = 3600;
async function browserOf(officer) {
  const browser = server.browser();
  await browser.signIn(officer);
  return browser;
}

before(async () => {
  clock = movableClock();
  server = await startServer({ environment: clock.environment });
  world = new World(server);
  fir = await world.fir();
  const io = await world.desk('io'), diary = await world.diary(fir.sho);
  await fir.sho.file('io_assignment', { assignment: { officer: io.officer.officer } }, { case: fir.id });
  await io.file('arrest', { arrest: { kind: 'arrested_forwarded', arrested_at: minutesAgo(0), diary: diary.id },
    accused: { who: { ref: fir.accused } } }, { case: fir.id });
});
after(async () => { await server.stop(); clock.drop(); });

test('a case shows its limits with the law they rest on and how each date is found', async () => {
  const page = await (await browserOf(server.officer('sho'))).go(`/cases/${fir.id}?show=clocks`);
  assert.equal(page.status, 200);
  assert.match(page.text, /Produce before a Magistrate/);
  assert.match(page.text, /BNSS 58/);
  assert.match(page.text, /How this date is found/);
});

test('what falls due within a day stands on the list of the station and of the district above it, and opens its case', async () => {
  for (const role of ['sho', 'sp']) {
    const page = await (await browserOf(server.officer(role))).go('/clocks?due=1&list=production');
    assert.equal(page.status, 200);
    assert.ok(page.html.includes(`/cases/${fir.id}?show=clocks`), role);
  }
  const stranger = await browserOf(world.officers('sho', world.otherStation)[0]);
  assert.ok(!(await stranger.go('/clocks?due=1')).html.includes(fir.id));
  assert.equal((await stranger.go(`/clocks?due=1&office=${world.station}`)).status, 404);
});

test('once the hour has passed it is broken, is counted so, and says what follows', async () => {
  clock.forward(25 * hour);
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
    assert.ok(!hindi.html.includes('figure='), 'a figure of many stations leads to no list of one');
  }
  await browser.go('/clocks/compliance?lang=en');
  const cases = await browser.go(`/clocks/compliance/cases?figure=running`);
  assert.ok(cases.html.includes(grave.id) && !cases.html.includes('Sukhmati'));
  assert.equal((await browser.go('/clocks/compliance?from=neverday')).status, 422);
});
