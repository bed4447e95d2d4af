// Takes the pictures of docs/pictures: makes a practice district of the last three months, opens its main pages in
// Chromium as the officers whose pages they are, and writes each as WebP. Run it after a page has changed:
//   node tools/pictures.mjs [words of names]     only the pictures whose names contain one of the words
import { mkdirSync, writeFileSync } from 'node:fs';
import { startServer } from '../tests/api/server.mjs';
import { fill } from '../tests/api/filing.mjs';
import { launch, person } from '../tests/browser/people.mjs';

const FOLDER = new URL('../docs/pictures/', import.meta.url);
const LARGEST = 150 << 10;
const MONTHS = 3;
const wide = { width: 1366, height: 768 }, narrow = { width: 360, height: 740 };
const hindi = { lang: 'hi' }, dark = { scheme: 'dark' };

const wanted = process.argv.slice(2);
const since = new Date(Date.now() - MONTHS * 30 * 24 * 3600e3).toISOString().slice(0, 10);
const server = await startServer({ since });
const browser = await launch();
const sho = server.officer('sho');
const of = (role, office) => server.officer(role, office);

async function picture(name, officer, path, options, before) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) return;
  const page = await person(browser, server, officer, options);
  const answer = await page.visit(path);
  if (!answer.ok()) throw new Error(`${name}: ${path} answers ${answer.status()}`);
  await before?.(page);
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length > LARGEST) throw new Error(`${name} has ${bytes.length} bytes`);
  writeFileSync(new URL(`${name}.webp`, FOLDER), bytes);
  console.log(`${name}.webp ${Math.ceil(bytes.length / 1024)} KB`);
  await page.context().close();
}

// The FIR of the station with the most papers, people and things on it: the one that shows what a case page can hold.
async function richestCase() {
  const client = await server.client(sho).signIn();
  const { cases } = (await client.get('/api/v1/cases?limit=100')).json;
  let best;
  for (const { id } of cases.filter((one) => one.kind === 'fir')) {
    const seen = (await client.get(`/api/v1/cases/${id}`)).json;
    const worth = seen.timeline.length + 3 * seen.property.length + 2 * seen.parties.length + 5 * seen.tasks.length;
    if (!best || worth > best.worth) best = { id, worth, accused: seen.parties.find((one) => one.role === 'accused')?.name };
  }
  return best;
}

// A paper on which a head constable of the station finds a covered name.
async function coveredEntry() {
  const client = await server.client(of('head_constable', sho.office)).signIn();
  const { entries } = (await client.get('/api/v1/entries?form=fir&limit=100')).json;
  for (const { id } of entries)
    if ((await client.get(`/api/v1/entries/${id}`)).json.masked?.length > 0) return `/entries/${id}`;
  throw new Error('no paper has a covered name');
}

// An FIR being written: its draft with the parts of it that are filled in.
async function draft(values) {
  const clerk = server.browser();
  await clerk.signIn(sho);
  const diary = (await (await server.client(sho).signIn()).get('/api/v1/entries?form=general_diary&limit=1')).json.entries[0].id;
  const page = await fill(clerk, '/forms/fir', { ...values, 'information.diary': diary });
  return page.path.split('/')[2];
}

const begun = {
  'registration.kind': 'ordinary', 'privacy.sensitive': 'no', 'offences.0.offence': 'BNS 303(2)', 'offences.1.offence': 'BNS 331(4)',
  'occurrence.known': 'exact', 'information.received_at': 't 0700', 'information.kind': 'oral',
  'complainant.who.name': 'रामकली साहू', 'complainant.who.name_other': 'Ramkali Sahu', 'accused.0.who.name': 'बुधराम निषाद',
};
const whole = { ...begun, 'occurrence.from': 't 0030', 'occurrence.place.village': 'सिमगा',
  'contents.text': 'रात में अज्ञात व्यक्ति ने घर का ताला तोड़ा और काली मोटर साइकिल CG04AB1234 ले गया। सुबह 6 बजे पता चला।',
  'action.kind': 'taken_up', 'action.officer': of('io', sho.office).officer, 'action.read_over': 'yes', 'action.copy_given': 'yes' };

try {
  mkdirSync(FOLDER, { recursive: true });
  const { id, accused } = await richestCase();
  await picture('my-day', of('io', sho.office), '/', wide);
  await picture('my-day-hindi-narrow', of('io', sho.office), '/', { ...narrow, ...hindi });
  await picture('case', sho, `/cases/${id}`, wide);
  await picture('case-dark', sho, `/cases/${id}`, { ...wide, ...dark });
  await picture('case-people', sho, `/cases/${id}?show=people`, wide);
  await picture('case-property', sho, `/cases/${id}?show=property`, { ...wide, ...hindi });
  await picture('case-narrow', sho, `/cases/${id}`, narrow);
  await picture('case-clocks', sho, `/cases/${id}?show=clocks`, wide, async (page) => {
    await page.click('main .clocks li > a >> nth=0');
    await page.locator('nav.tabs').evaluate((tabs) => tabs.scrollIntoView());
  });
  await picture('case-clocks-hindi-narrow', sho, `/cases/${id}?show=clocks`, { ...narrow, ...hindi },
    (page) => page.locator('nav.tabs').evaluate((tabs) => tabs.scrollIntoView()));
  await picture('clocks', of('sp'), '/clocks', { ...wide, ...hindi });
  await picture('compliance', of('sp'), '/clocks/compliance', wide);

  const half = await draft(begun);
  await picture('fir-parts', sho, `/drafts/${half}`, { ...wide, ...hindi });
  await picture('fir-part', sho, `/drafts/${half}/part/occurrence`, wide);
  await picture('fir-part-hindi-narrow', sho, `/drafts/${half}/part/offences`, { ...narrow, ...hindi });
  await picture('fir-sections', sho, `/drafts/${half}/part/offences`, { ...wide, ...hindi }, async (page) => {
    const field = page.locator('[name="offences.2.offence"], [name="offences.1.offence"]').last();
    await field.fill('');
    await field.pressSequentially('हत्या');
    await page.locator('.found button').first().waitFor();
  });
  await picture('fir-review-missing', sho, `/drafts/${half}/review`, wide);
  const full = await draft(whole);
  await picture('fir-review', sho, `/drafts/${full}/review`, { ...wide, ...hindi });
  await picture('fir-sign', sho, `/drafts/${full}/sign`, { ...wide, ...hindi });
  await picture('fir-sign-narrow', sho, `/drafts/${full}/sign`, narrow);
  await picture('fir-receipt', sho, `/drafts/${full}/sign`, wide, async (page) => {
    await page.click('button[name="_record"]');
    await page.waitForURL(/receipt$/);
  });

  const clerk = of('malkhana_moharrir', sho.office);
  await picture('register-crime', sho, '/registers/crime', { ...wide, ...hindi });
  await picture('register-diary', sho, '/registers/diary', wide);
  await picture('malkhana', clerk, '/registers/malkhana', wide);
  await picture('cause-list', of('court_clerk'), '/registers/cause_list', wide);
  await picture('laboratory-queue', of('lab_head'), '/registers/laboratory_queue', wide);
  await picture('prison-roll', of('jail_clerk'), '/registers/prison_roll', wide);
  await picture('came-in', sho, '/?show=arrived', wide);
  await picture('court-day', of('court_clerk'), '/', { ...wide, ...hindi });
  await picture('covered', of('head_constable', sho.office), await coveredEntry(), wide, async (page) => {
    await page.click('main details:has(select[name="purpose"]) > summary');
  });
  await picture('people', sho, `/search?q=${encodeURIComponent(accused ?? 'Budhram')}`, wide);
  await picture('kit', sho, '/kit', wide);
  await picture('kit-charts', sho, '/kit?part=charts', wide);
} finally {
  await browser.close();
  await server.stop();
}
