// Every kind of page before everybody's eyes: no violation of WCAG 2.2 AA and nothing that runs off to the side, in English
// and light on a wide screen, in Hindi and dark on one of 320 px. Which kinds there are is read from the table of
// routes, so a new page is missed here as soon as it is written.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { draftOf, fill } from '../api/filing.mjs';
import { minutesAgo } from '../api/bodies.mjs';
import { now } from '../api/clock.mjs';
import { startServer } from '../api/server.mjs';
import { World } from '../api/world.mjs';
import { launch, person, violations } from './people.mjs';

const table = readFileSync(new URL('../../src/page/routes.c', import.meta.url), 'utf8');
const kinds = [...table.matchAll(/\{METHOD_GET, "([^"]+)"/g)].map(([, pattern]) => pattern);
// Answers to the script, put into a page that is looked at with them in it.
const pieces = ['/read/time', '/read/date', '/session', '/assets/{hash}/{name}'];
// Leads on to the entry or person that matched.
const leading = ['/watches/{id}/matches/{match}'];
let server, browser, looks;

before(async () => {
  server = await startServer({ since: new Date(now() - 3 * 24 * 3600e3).toISOString().slice(0, 10) }); // old enough to be public
  browser = await launch();
  looks = await everyLook();
});
after(async () => { await browser?.close(); await server?.stop(); });

// For every pattern of the table what of it is looked at: an address, or one with the role of who looks.
async function everyLook() {
  const world = new World(server), sho = server.officer('sho');
  const fir = await world.fir();
  const thing = await world.deposited(fir);
  await world.accepted(fir, await world.chargeSheet(fir));
  const covered = await world.fir({ privacy: { sensitive: true }, offences: [{ offence: 'BNS 64(1)' }] });
  const seized = await fir.sho.file('seizure', { seizure: { seized_at: minutesAgo(0), diary: fir.diary } }, { case: fir.id });
  const woman = { name: 'Kunti Bai Dhruw', gender: 'female', age_kind: 'age', age_years: 34 };
  const lost = await fir.sho.file('missing_person', { report: { diary: (await world.diary(fir.sho)).id, sensitive: false }, person: { who: woman } });
  await fir.sho.file('found_person', { found: { diary: (await world.diary(fir.sho)).id, found_at: minutesAgo(60), child: false }, person: { who: woman } });
  const published = (await (await server.signedIn('sp')).get('/api/v1/cases?limit=100')).json.cases.filter((one) => one.kind === 'fir' && !one.sensitive).pop().id;
  const clerk = server.browser();
  await clerk.signIn(sho);
  const draft = draftOf(await fill(clerk, '/forms/fir', { 'registration.kind': 'ordinary', 'offences.0.offence': 'BNS 303(2)',
    'accused.0.who.name': 'बुधराम निषाद', 'occurrence.from': 'the day before' }));
  const entry = draftOf(await fill(clerk, '/forms/general_diary', { 'diary.kind': 'information', 'diary.happened_at': 't',
    'diary.subject': 'A bull in the market', 'diary.particulars': 'Told by the guard.' }));
  const books = ['/registers/diary', '/registers/crime', '/registers/malkhana', ['/registers/cause_list', 'court_clerk'], ['/registers/prison_roll', 'jail_clerk']];
  const tabs = ['', '?show=clocks', '?show=people', '?show=property', '?show=papers', '?show=related'];
  const picked = (kind, query, into) => `/choose/${kind}?q=${query}${into ? `&draft=${draft}&into=${into}` : ''}`;
  const ofDraft = (...ends) => ends.map((end) => `/drafts/${draft}${end}`);
  return {
    '/': ['/', '/?show=arrived', '/?show=sent', ['/', 'sp'], ['/', 'court_clerk'], ['/', 'doctor'], ['/', 'administrator']],
    '/sign-in': [['/sign-in', null], ['/sign-in?return=%2Fcases', null], ['/cases', null]],
    '/posting': ['/posting'],
    '/forms': ['/forms', ['/forms', 'magistrate'], ['/forms', 'establishment']],
    '/forms/{name}': ['/forms/general_diary', '/forms/fir', `/forms/arrest?case=${fir.id}`, `/forms/final_report?case=${fir.id}`,
      `/forms/correction?case=${fir.id}&amends=${fir.id}`, ['/forms/officer', 'establishment']],
    '/drafts': ['/drafts'],
    '/drafts/{id}': [...ofDraft(''), `/drafts/${entry}`],
    '/drafts/{id}/part/{place}': ofDraft('/part/registration', '/part/offences', '/part/occurrence', '/part/accused', '/part/accused.0', '/part/action'),
    '/drafts/{id}/part/{place}/remove': ofDraft('/part/accused.0/remove'),
    '/drafts/{id}/review': [...ofDraft('/review'), `/drafts/${entry}/review`],
    '/drafts/{id}/sign': [...ofDraft('/sign'), `/drafts/${entry}/sign`],
    '/drafts/{id}/drop': ofDraft('/drop'),
    '/choose/{kind}': [picked('offence', '303', 'offences.0.offence'), picked('officer', 'a', 'action.officer'), picked('station', 's'),
      picked('person', 'Budhram', 'accused.0.who')],
    '/entries/{id}': [`/entries/${fir.id}`, `/entries/${seized.id}`, [`/entries/${fir.id}`, 'head_constable'], [`/entries/${covered.id}`, 'constable']],
    '/entries/{id}/receipt': [`/entries/${fir.id}/receipt`],
    '/cases': ['/cases', ['/cases', 'court_clerk']],
    '/cases/{id}': [...tabs.map((tab) => `/cases/${fir.id}${tab}`), [`/cases/${covered.id}?show=people`, 'constable']],
    '/cases/{id}/matches': [`/cases/${lost.id}/matches`],
    '/registers': ['/registers', ['/registers', 'magistrate']],
    '/registers/{book}': books,
    '/entries': ['/entries'],
    '/search': ['/search', '/search?q=Budhram', '/search?q=nobody', '/search?q=0001', ['/search?q=Budhram', 'prosecutor']],
    '/people/{id}': [`/people/${fir.accused}`],
    '/duplicates': ['/duplicates', ['/duplicates', 'sp']],
    '/property/{id}': [`/property/${thing}`],
    '/offices': ['/offices'],
    '/offices/{code}': [`/offices/${sho.office}`],
    '/officers/{id}': [`/officers/${sho.officer}`],
    '/clocks': ['/clocks', '/clocks?due=open', ['/clocks?due=7', 'sp']],
    '/clocks/compliance': ['/clocks/compliance', '/clocks/compliance?from=31%2F2', ['/clocks/compliance?by=month', 'sp']],
    '/clocks/compliance/cases': ['/clocks/compliance/cases'],
    '/watches': ['/watches'],
    '/watches/new': ['/watches/new'],
    '/notices': ['/notices', ['/notices', 'sp']],
    '/public/cases/{id}': [[`/public/cases/${published}`, null]],
    '/kit': ['lists', 'tables', 'notices', 'fields', 'wrong', 'charts'].map((part) => `/kit?part=${part}`),
    // What refuses: nothing there, nothing for him, an address that is wrong.
    refusals: ['/nowhere', ['/entries?from=31%2F2', 'sho'], [`/cases/${fir.id}`, 'doctor'], ['/forms/fir', 'doctor'], '/registers/nothing', '/choose/nothing'],
  };
}

test('every page of the table of routes is looked at', () => {
  assert.ok(kinds.length > 30, `${kinds.length} routes are read`);
  assert.deepEqual(kinds.filter((kind) => !(kind in looks) && ![...pieces, ...leading].includes(kind)), []);
  assert.deepEqual(Object.keys(looks).filter((kind) => kind !== 'refusals' && !kinds.includes(kind)), []);
});

// Each officer looks at what is his in one window.
async function looksOver(options) {
  const pages = new Map(), wrong = [];
  for (const [kind, list] of Object.entries(looks))
    for (const look of list) {
      const [path, role] = Array.isArray(look) ? look : [look, 'sho'];
      if (!pages.has(role)) pages.set(role, await person(browser, server, role && server.officer(role), options));
      const page = pages.get(role);
      const answer = await page.visit(path);
      if (kind !== 'refusals' && answer.status() >= 400 && !path.includes('from=')) wrong.push(`${path} (${role}): ${answer.status()}`);
      for (const one of await violations(page)) wrong.push(`${path} (${role}) ${one}`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) wrong.push(`${path} (${role}) runs ${over} px off the side`);
      wrong.push(...page.faults.splice(0).map((fault) => `${path}: ${fault}`));
    }
  for (const page of pages.values()) await page.context().close();
  assert.deepEqual(wrong, []);
}

test('in English, light and wide', () => looksOver({}));
test('in Hindi, dark and 320 px wide', () => looksOver({ lang: 'hi', scheme: 'dark', width: 320, height: 640 }));

test('a form sent with mistakes, and one whose session ended meanwhile', async () => {
  for (const options of [{}, { lang: 'hi', scheme: 'dark', width: 320, height: 640 }]) {
    const page = await person(browser, server, server.officer('sho'), options);
    await page.visit('/forms/general_diary');
    await page.locator('main [name="_continue"]').last().click();
    await page.locator('#panji-errors').waitFor();
    assert.deepEqual(await violations(page), []);
    await page.locator('main [name="diary.subject"]').fill('A bull in the market');
    await page.context().clearCookies();
    await page.locator('main [name="_continue"]').last().click();
    await page.locator('#password').waitFor();
    assert.deepEqual(await violations(page), []);
    await page.context().close();
  }
});
