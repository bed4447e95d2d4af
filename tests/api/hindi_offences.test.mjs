// What a Hindi page calls an offence: its Hindi title, court and class, found by Hindi words in any spelling, by number
// and by the old number of the Indian Penal Code.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { startServer } from './server.mjs';
import { World } from './world.mjs';

let server, browser, world;
before(async () => {
  server = await startServer();
  world = new World(server);
  browser = server.browser();
  await browser.signIn(world.officers('sho', world.station)[0]);
  await browser.go('/?lang=hi');
});
after(() => server.stop());

// The words of a paper on one line.
async function paper(desk, path) {
  const answer = await fetch(server.url + path, { headers: { Authorization: `Bearer ${desk.client.token}` } });
  assert.equal(answer.status, 200, path);
  const text = spawnSync('pdftotext', ['-layout', '-', '-'], { input: Buffer.from(await answer.arrayBuffer()), encoding: 'utf8' }).stdout;
  return text.replace(/\s+/g, ' ');
}

// The rows of the list of what was found, as text.
async function found(typed, more = '') {
  const page = await browser.go(`/choose/offence?q=${encodeURIComponent(typed)}${more}`);
  assert.equal(page.status, 200);
  const list = page.html.match(/<ul class="choices">(.*?)<\/ul>/s)?.[1] ?? '';
  return [...list.matchAll(/<li>(.*?)<\/li>/gs)].map((row) => row[1].replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim());
}

test('the picker finds offences by the words of Hindi law and of the street', async () => {
  for (const [typed, first] of [['चोरी', 'BNS 303(2): चोरी'], ['हत्या', 'BNS 103(1): हत्या'], ['दहेज', 'BNS 80(2): दहेज मृत्यु'],
    ['उपहति', 'BNS 115(2): स्वेच्छया उपहति'], ['आपराधिक षडयन्त्र', 'BNS 61(2): आपराधिक षड्यंत्र'], ['बलवा', 'BNS 191(2): बल्वा'],
    ['डकेती', 'BNS 310(2): डकैती'], ['धारा 379', 'BNS 303(2): चोरी'], ['498ए', 'BNS 85: पति'], ['मारपीट', 'BNS 115(2)'], ['hatya', 'BNS 103(1): हत्या'], ['302 भादवि', 'BNS 103(1): हत्या']])
    assert.ok((await found(typed))[0]?.startsWith(first), `${typed}: ${(await found(typed))[0]}`);
  assert.ok((await found('302')).some((row) => row.startsWith('BNS 103(1): हत्या')), 'also by the old number alone');
  assert.ok((await found('हत्या', '&day=1/6/2024'))[0].startsWith('IPC 302: हत्या (असत्यापित)'), 'and the mark stays');
  assert.deepEqual(await found('ठठठठठ'), []);
});

test('nothing of what is told of an offence is left in English', async () => {
  for (const typed of ['चोरी', 'हत्या', 'डकैती', 'शराब', 'जुआ', 'बालक', 'लोक सेवक', 'ndps', 'pocso', 'it 66', '61', '498a ipc', 'arms 25', 'excise'])
    for (const row of await found(typed)) {
      const [, told] = row.match(/^[A-Z]+ [^:]+: (.*)$/) ?? [null, row];
      assert.doesNotMatch(told, /[A-Za-z]/, `${typed}: ${row}`);
    }
});

test('case, entry, lists, books and the printed FIR call the offence by its title', async () => {
  const fir = await world.fir({ offences: [{ offence: 'BNS 3(5)' }, { offence: 'BNS 303(2)' }, { offence: 'BNS 103(1)' }] });
  const both = 'BNS 303(2): चोरी', all = ['BNS 3(5)', 'BNS 303(2)', 'BNS 103(1): हत्या'];
  for (const path of [`/cases/${fir.id}`, `/entries/${fir.id}`]) {
    const { text } = await browser.go(path);
    for (const words of [both, 'BNS 103(1): हत्या', 'BNS 3(5): सामान्य आशय']) assert.ok(text.includes(words), `${path}: ${words}`);
  }
  for (const path of ['/cases', '/registers/fir']) {
    const row = (await browser.go(path)).html.match(/<td[^>]*>([^<]*BNS[^<]*)</)?.[1] ?? '';
    assert.ok(all.every((words) => row.includes(words)), `${path}: ${row}`);
    assert.doesNotMatch(row, /: चोरी/, 'only the gravest is named');
  }
  const english = await browser.go(`/cases/${fir.id}?lang=en`);
  assert.match(english.text, /BNS 103\(1\): Murder/);
  await browser.go('/?lang=hi');
  assert.match(await paper(fir.sho, `/api/v1/entries/${fir.id}.pdf?lang=hi`), /BNS 103\(1\): .*\/ ?Murder/, 'a paper has both');
  assert.match(await paper(fir.sho, '/api/v1/registers/fir.pdf?lang=hi'), /BNS 303\(2\)/);
});

test('what is read out of a form names its fields as it shows them', async () => {
  for (const form of ['missing_person', 'lost_property', 'malkhana_handover']) {
    const { html } = await browser.go(`/forms/${form}`);
    const told = [...html.matchAll(/aria-label="([^"]*)"/g)].map((one) => one[1]);
    assert.ok(told.some((words) => words.startsWith('खोजें: ')), form);
    for (const words of told) assert.doesNotMatch(words, /[a-z_]+\.[a-z]/, `${form}: ${words}`);
  }
});

// What stands where the law is cited.
const cited = (page) => [...page.html.matchAll(/<(span|p)[^>]* class="law"[^>]*>([^<]*)</g)].map((one) => one[2]);

test('sections of law are cited in Hindi: over forms, clocks and their working', async () => {
  const fir = await world.fir();
  const pages = ['/forms', '/forms/arrest', '/clocks', `/cases/${fir.id}?show=clocks`];
  const all = [];
  for (const path of pages) all.push(...cited(await browser.go(path)));
  assert.ok(all.length > 40 && all.some((words) => words.startsWith('बीएनएसएस ')), `${all.length} citations`);
  for (const words of all) assert.doesNotMatch(words, /[A-Za-z]{3}/, words);
  const limits = await browser.go(`/cases/${fir.id}?show=clocks`), said = [];
  for (const [, address] of limits.html.matchAll(/href="([^"#]*working=[^"#]*)/g))
    said.push((await browser.go(address.replaceAll('&amp;', '&'))).text);
  const working = { text: said.join('\n') };
  assert.doesNotMatch(working.text, /(BNSS|CrPC|Constitution|proviso)[^;]{0,60} के अनुसार/);
  assert.match(working.text, /बीएनएसएस [0-9()]+ के अनुसार/);
  assert.match((await browser.go(`/cases/${fir.id}?show=clocks&lang=en`)).text, /BNSS/, 'and in English as the data have it');
  await browser.go('/?lang=hi');
});
