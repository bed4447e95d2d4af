// A State's own law: what varies is set in the folder of its node, and page, API and lists follow from the next start; a
// disputed or unconfirmed rule says so wherever it is read; a file that would leave a duty to nobody stops the start.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dateText, minutesAgo } from './bodies.mjs';
import { moveClock, now } from './clock.mjs';
import { panji, startServer } from './server.mjs';
import { World } from './world.mjs';

const DAY = 86400e3;
let server, world, fir, sho;

const law = (name, text) => {
  mkdirSync(join(server.data, 'law', 'clocks'), { recursive: true });
  writeFileSync(join(server.data, 'law', name), text);
};
async function restarted() {
  await server.restart();
  world.desks.clear();
  sho = await world.desk('sho');
}
const clocksOf = async (id, name) => (await sho.get(`/api/v1/cases/${id}/clocks`)).json.clocks.filter((one) => one.clock === name);
const days = (one, end = one.due) => Math.round((new Date(end) - new Date(one.start.slice(0, 10) + 'T00:00:00+05:30')) / DAY);
async function arrested(offence) {
  const made = await world.fir({ offences: [{ offence }], dispatch: { court: world.officeOfKind(['court']) } }, sho), who = { ref: made.accused };
  await sho.file('arrest', { arrest: { kind: 'arrested_forwarded', arrested_at: minutesAgo(0), diary: made.diary }, accused: { who } }, { case: made.id });
  const prison = world.officeOfKind(['prison']);
  await (await world.desk('magistrate')).file('remand_order', { remand: { made_at: minutesAgo(0), produced: 'physical', decision: 'granted', custody: 'judicial',
    from: dateText(now()), to: dateText(now() + 13 * DAY), first: true, admits: true, place: prison }, accused: [{ who }] }, { case: made.id, to: [prison, world.station] });
  return made;
}

before(async () => {
  server = await startServer();
  world = new World(server);
  sho = await world.desk('sho');
  fir = await arrested('BNS 309(4)'); // robbery: up to ten years, where courts differ
});
after(async () => {
  await server?.stop();
});

async function pageOf(id) {
  const browser = server.browser();
  await browser.signIn(server.officer('sho'));
  const list = await browser.go(`/cases/${id}?show=clocks`);
  const [bail] = list.html.match(/<li id="clock-\d+"(?:(?!<\/li>)[^])*Default bail[^]*?<\/li>/) ?? [''];
  const working = await browser.go(bail.match(/href="([^"#]*working=[^"#]*)/)[1].replaceAll('&amp;', '&'));
  return { list: list.text, working: working.text };
}

test('where courts differ both days are told, the safe one first, with the mark of doubt on page, API and files', async () => {
  const [bail] = await clocksOf(fir.id, 'default_bail');
  assert.deepEqual([days(bail), days(bail, bail.disputed)], [60, 90]);
  const page = await pageOf(fir.id);
  assert.match(page.working, /Others would say/);
  const kin = (await clocksOf(fir.id, 'kin_told'))[0], marked = (await sho.get(`/api/v1/cases/${fir.id}/clocks`)).json.clocks;
  assert.ok(marked.some((one) => one.mark === 'K' || one.mark === '?' || one.custom));
  assert.equal(kin.custom, true, 'twelve hours are custom');
  assert.match(page.list, /not confirmed|practice/);
  const csv = (await sho.get('/api/v1/clocks.csv')).text;
  for (const one of marked.filter((line) => line.state === 'due').slice(0, 20)) assert.ok(csv.includes(`,${one.mark},`), one.clock);
});

test('the State decides, and page, API and list have its answer alone', async () => {
  law('settings', 'set default_bail_ten_years second in chhattisgarh\nset kin_hours 6\n');
  await restarted();
  const [bail] = await clocksOf(fir.id, 'default_bail');
  assert.deepEqual([days(bail), bail.disputed], [90, null]);
  assert.doesNotMatch((await pageOf(fir.id)).working, /Others would say/);
  const [listed] = (await sho.get('/api/v1/clocks?list=default_bail')).json.clocks.filter((one) => one.case === fir.id);
  assert.deepEqual([listed.due, listed.disputed], [bail.due, null]);
  const [kin] = await clocksOf(fir.id, 'kin_told');
  assert.equal(new Date(kin.due) - new Date(kin.start), 6 * 3600e3);
});

test('set from a day on, it leaves what began before as it was', async () => {
  law('settings', `set default_bail_ten_years first from ${dateText(now() + 10 * DAY)}\n`);
  await restarted();
  assert.ok((await clocksOf(fir.id, 'default_bail'))[0].disputed);
  moveClock(11 * DAY / 1000);
  world.desks.clear();
  sho = await world.desk('sho');
  const later = await arrested('BNS 309(4)');
  assert.equal((await clocksOf(later.id, 'default_bail'))[0].disputed, null);
  assert.ok((await clocksOf(fir.id, 'default_bail'))[0].disputed);
});

test('a clock of the State starts by its own date, in its own words, without a line of program', async () => {
  const own = (since, role = 'io') => `clock village_told | Tell the village of the arrest | गाँव को गिरफ्तारी की सूचना दें
  law    Police Order 12 of 2026
  mark   S
  scope  accused
  since  ${since}
  from   arrested
  within 3 days
  owes   ${role}
  breach | Asked for by the Superintendent | पुलिस अधीक्षक कारण पूछेंगे
`;
  law('clocks/state', own(dateText(now() + 5 * DAY)));
  await restarted();
  assert.deepEqual(await clocksOf(fir.id, 'village_told'), []);
  moveClock(6 * DAY / 1000);
  world.desks.clear();
  sho = await world.desk('sho');
  const [told] = await clocksOf((await arrested('BNS 303(2)')).id, 'village_told');
  assert.deepEqual([told.label.hi, told.law, told.state], ['गाँव को गिरफ्तारी की सूचना दें', 'Police Order 12 of 2026', 'due']);
  await server.stop({ keep: true });
  law('clocks/state', own('2026-01-01', 'magistrate'));
  const refused = (error) => error.stderr.includes("law/clocks/state:1: clock village_told: 'magistrate' is no role of the police, which hold the case");
  assert.throws(() => panji('serve', '--data', server.data, '--listen', '127.0.0.1:0'), refused);
  assert.throws(() => panji('clocks', 'check', server.data), refused);
  rmSync(join(server.data, 'law'), { recursive: true });
  await restarted();
});
