// Papers over HTTP: what a person reads on them, what must not be in them in any form, and codes that panji-check accepts.
// PANJI_PRINTS=FOLDER keeps the papers there to look at.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { minutesAgo } from './bodies.mjs';
import { STORY, printCase } from './print_case.mjs';
import { startServer } from './server.mjs';
import { World } from './world.mjs';

const CHECK = process.env.PANJI_CHECK ?? new URL('../../build/panji-check', import.meta.url).pathname;
let server, world, story, folder;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'panji-prints-'));
  server = await startServer();
  world = new World(server);
  story = await printCase(world);
});
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server?.stop();
});

// ---- papers ----

let serial = 0;
async function paper(desk, path) {
  const answer = await fetch(server.url + path, { headers: { Authorization: `Bearer ${desk.client.token}` } });
  const bytes = Buffer.from(await answer.arrayBuffer());
  assert.equal(answer.status, 200, `${path}: ${bytes.toString().slice(0, 300)}`);
  assert.equal(answer.headers.get('content-type'), 'application/pdf');
  assert.match(answer.headers.get('content-disposition'), /^inline; filename="[a-z0-9_-]+\.pdf"$/);
  const file = join(folder, `${++serial}.pdf`);
  writeFileSync(file, bytes);
  if (process.env.PANJI_PRINTS) writeFileSync(join(process.env.PANJI_PRINTS, `${path.replace(/[^a-z0-9]+/gi, '_')}.pdf`), bytes);
  return { file, bytes, text: run('pdftotext', ['-layout', file, '-']).replace(/\s+/g, ' '), pages: Number(run('pdfinfo', [file]).match(/Pages:\s+(\d+)/)[1]) };
}
const run = (program, words) => execFileSync(program, words, { encoding: 'utf8', maxBuffer: 256 << 20 });
const entryPaper = (desk, form, query = '') => paper(desk, `/api/v1/entries/${story.paper[form].id}.pdf${query}`);
const pageText = (file, page) => run('pdftotext', ['-layout', '-f', page, '-l', page, file, '-']).replace(/\s+/g, ' ');

// What a scanner reads from the page.
function code(file, page) {
  run('pdftoppm', ['-r', '250', '-png', '-f', page, '-l', page, '-singlefile', file, join(folder, 'page')]);
  return run('zbarimg', ['--raw', '-q', '-Sdisable', '-Sqrcode.enable', join(folder, 'page.png')]).replace(/\n$/, '');
}
function check(text, ...words) {
  writeFileSync(join(folder, 'code'), text);
  return spawnSync(CHECK, [join(folder, 'code'), ...words], { encoding: 'utf8' });
}
async function key() {
  const file = join(folder, 'key');
  writeFileSync(file, await (await fetch(`${server.url}/log/key`)).text());
  return file;
}

test('the FIR stands in the items of its form, in both languages, and can be read as text', async () => {
  const { text, pages, file } = await entryPaper(story.who.sho, 'fir', '?lang=hi');
  for (const words of ['प्रथम सूचना रिपोर्ट', 'First Information Report', 'धारा 173 बीएनएसएस', story.paper.fir.number, 'रामकली', 'बुधराम निषाद', 'कल्लू',
    'मंगलसूत्र', '₹65,000', 'CG04AB1234', 'BNS 331(4)', '+91 98123 45678'])
    assert.ok(text.includes(words), `${words} in ${text.slice(0, 2000)}`);
  const items = [...text.matchAll(/(?<![\d.])(\d{1,2})\. /g)].map((found) => Number(found[1])).filter((number) => number <= 15);
  for (let item = 1; item <= 15; item++) assert.ok(items.includes(item), `item ${item}`);
  for (let page = 1; page <= pages; page++) {
    const one = pageText(file, String(page));
    assert.ok(one.includes(`पृष्ठ ${page} / ${pages}`), `page ${page} of ${pages}`);
    for (const words of [story.paper.fir.number, story.paper.fir.id, 'थाना', 'अभ्यास']) assert.ok(one.includes(words), `${words} on page ${page}`);
  }
  for (const sentence of STORY.split('। ')) // nothing of the statement is lost between pages
    assert.ok(text.includes(sentence.slice(0, 12)), sentence);
});

test('nobody signs on a page where nothing stands, and no table begins without a row', async () => {
  const lines = (count) => Array.from({ length: count }, (_, i) => `line ${i} of what was found`).join('\n');
  for (let count = 30; count < 50; count++) {
    const diary = await story.who.head_constable.file('general_diary', { diary: { kind: 'information', happened_at: minutesAgo(1), subject: 'Long', particulars: lines(count) } });
    const { file, pages } = await paper(story.who.head_constable, `/api/v1/entries/${diary.id}.pdf?lang=en`);
    const last = pageText(file, String(pages));
    assert.ok(last.includes('Written by'), `${count} lines: the last page is signed`);
    assert.ok(last.includes(`line ${count - 1} of what was found`), `${count} lines: what is signed stands there too`);
    const things = Array.from({ length: count - 20 }, (_, i) => ({ item: { category: 'other', description: `thing ${i} of the list` } }));
    const { file: memo, pages: sheets } = await paper(story.who.sho, `/api/v1/entries/${(await story.who.sho.file('seizure',
      { seizure: { seized_at: minutesAgo(0), diary: diary.id }, items: things }, { case: story.case })).id}.pdf?lang=en`);
    for (let page = 1; page <= sheets; page++)
      if (pageText(memo, String(page)).includes('Description and marks')) assert.match(pageText(memo, String(page)), /thing \d+ of/, `page ${page} of ${count - 20} things`);
  }
});

test('the reader chooses the language', async () => {
  const { text } = await entryPaper(story.who.sho, 'fir', '?lang=en');
  assert.ok(text.indexOf('First Information Report') < text.indexOf('प्रथम सूचना रिपोर्ट'));
  assert.match(text, /Page 1 of \d/);
});

test('every paper of the case names its case and its people', async () => {
  const desks = { medico_legal_report: 'doctor', post_mortem_report: 'doctor', summons: 'magistrate', warrant: 'magistrate' };
  const says = { arrest: 'बुधराम निषाद', seizure: 'श्यामलाल ध्रुव', malkhana_deposit: 'MK-1', medical_request: 'बुधराम निषाद', medico_legal_report: 'बुधराम निषाद',
    post_mortem_report: 'अज्ञात पुरुष', laboratory_forwarding: 'शुद्धता', recording: 'IMEI 350000000000017', case_diary: 'मंगलसूत्र', summons: 'रामकली',
    warrant: 'बुधराम निषाद', final_report: 'मनहरण वर्मा' };
  for (const [form, words] of Object.entries(says)) {
    const { text } = await entryPaper(story.who[desks[form] ?? 'sho'], form, '?lang=hi');
    assert.ok(text.includes(words), `${words} on the ${form}: ${text.slice(0, 600)}`);
    assert.ok(text.includes(`एफआईआर क्र. ${story.paper.fir.number}`), `the case on the ${form}`);
    assert.ok(!text.includes('निषाद.') && !/[0-9a-f-]{36}\.\d/.test(text), `no bare reference on the ${form}`);
  }
});

test('a certificate that nobody signed says that it is a draft, and holds the hashes', async () => {
  const { text } = await entryPaper(story.who.sho, 'recording', '?lang=en&print=certificate');
  assert.match(text, /DRAFT/);
  assert.match(text, /63\(4\)/);
  const body = (await story.who.sho.get(`/api/v1/entries/${story.paper.recording.id}`)).json.body;
  assert.ok(text.replace(/ /g, '').includes(body.items[0].file), 'the whole hash');
});

// ---- codes ----

test('the code on a paper is a proof that panji-check accepts, and no other paper can borrow it', async () => {
  const { file, pages } = await entryPaper(story.who.sho, 'fir', '?lang=hi');
  const text = code(file, '1');
  const verdict = check(text, '--key', await key(), '--json');
  assert.equal(verdict.status, 0, verdict.stdout);
  assert.equal(JSON.parse(verdict.stdout).id, story.paper.fir.id);
  assert.ok(JSON.parse(verdict.stdout).signature_checked);

  assert.ok(pages > 1);
  const small = join(folder, 'small');
  writeFileSync(small, code(file, '2'));
  assert.equal(check(text, '--key', await key(), '--page', small).status, 0);
  const other = await entryPaper(story.who.sho, 'arrest', '?lang=hi');
  const borrowed = check(code(other.file, '1'), '--key', await key(), '--page', small);
  assert.equal(borrowed.status, 1);
  assert.match(borrowed.stdout, /another entry/);

  const letter = text[400] === 'A' ? 'B' : 'A';
  const forged = check(text.slice(0, 400) + letter + text.slice(401), '--key', await key());
  assert.ok([1, 65].includes(forged.status), forged.stdout);
  assert.equal(check('PANJI1:', '--no-key').status, 65);
});

test('a label carries the number of its thing', async () => {
  const { file, pages, text } = await entryPaper(story.who.malkhana_moharrir, 'malkhana_deposit', '?lang=hi&print=malkhana_label');
  assert.equal(pages, story.paper.things.length);
  assert.ok(text.includes('MK-2'));
  story.paper.things.forEach((thing, i) => assert.equal(code(file, String(i + 1)), thing));
});

// ---- who may read ----

// Everything in the file, streams and all; texts stand in it as UTF-16 of their shapes.
function inside(file, words) {
  const open = run('qpdf', ['--qdf', '--object-streams=disable', file, '-']);
  const hex = Buffer.from(words, 'utf16le').swap16().toString('hex');
  return open.includes(words) || open.toLowerCase().includes(hex) || run('pdftotext', [file, '-']).includes(words);
}

test('what the page covers is nowhere in the paper', async () => {
  const constable = await world.desk('constable');
  const open = await entryPaper(story.who.sho, 'fir', '?lang=hi');
  for (const words of ['रामकली', 'XYZ1234567']) assert.ok(inside(open.file, words), `${words} is there for who may read it`);
  const shown = (await constable.get(`/api/v1/entries/${story.paper.fir.id}`)).json.body;
  assert.equal(shown.complainant.who.name, '••••');
  for (const query of ['?lang=hi', '?lang=en', '?lang=hi&print=plain']) {
    const { file, text } = await entryPaper(constable, 'fir', query);
    for (const words of ['रामकली', 'धनेश्वर', '98123', 'XYZ1234567']) assert.ok(!inside(file, words), `${words} with ${query}`);
    assert.ok(text.includes(query.includes('hi') ? 'गोपनीय' : 'WITHHELD'), 'the bar says so');
    assert.ok(text.includes('बुधराम निषाद'), 'what is not covered is there');
  }
});

test('a value opened for a purpose is on the paper of who opened it, and of nobody else', async () => {
  const writer = story.who.head_constable;
  const before = await entryPaper(writer, 'fir', '?lang=hi&print=plain');
  assert.ok(!before.text.includes('रामकली'));
  const { masked } = (await writer.get(`/api/v1/entries/${story.paper.fir.id}`)).json;
  assert.ok(masked.includes('complainant.who'));
  const purpose = (await world.schema('confidential_opening')).properties.opening.properties.purpose;
  const codes = (await world.schema('confidential_opening')).$defs[purpose.$ref.split('/').pop()].enum;
  const answer = await writer.client.post(`/api/v1/entries/${story.paper.fir.id}/open`,
    { path: 'complainant.who', purpose: codes[0], reason: 'Papers for the court' });
  assert.equal(answer.status, 201, answer.text);
  assert.ok((await entryPaper(writer, 'fir', '?lang=hi')).text.includes('रामकली'));
  assert.ok(!(await entryPaper(await world.desk('constable'), 'fir', '?lang=hi')).text.includes('रामकली'));
});

test('what may not be seen cannot be printed', async () => {
  const stranger = await world.desk('sho', world.otherStation);
  const paths = [`/api/v1/entries/${story.paper.case_diary.id}.pdf`, `/api/v1/cases/${story.case}/custody/${story.paper.things[0]}.pdf`];
  for (const path of paths) assert.equal((await stranger.get(path)).status, 404, path);
  const open = await fetch(`${server.url}${paths[0]}`);
  assert.equal(open.status, 401);
  assert.equal((await story.who.sho.get(`/api/v1/entries/${story.paper.fir.id}.pdf?print=nothing`)).status, 400);
  assert.equal((await story.who.sho.get('/api/v1/registers/nothing.pdf')).status, 404);
  assert.equal((await story.who.sho.get('/api/v1/registers/diary.pdf?day=2026-13-45')).status, 400);
  assert.equal((await story.who.sho.get('/api/v1/registers/diary.pdf?office=nowhere')).status, 404);
  const { text } = await paper(stranger, `/api/v1/registers/diary.pdf?lang=hi&office=${world.station}`);
  assert.ok(!text.includes('चोरी की सूचना'), 'a register holds only what its reader may see');
});

// ---- custody and registers ----

test('the chain of custody tells every hand', async () => {
  const { text } = await paper(story.who.sho, `/api/v1/cases/${story.case}/custody/${story.paper.things[1]}.pdf?lang=hi`);
  for (const words of ['अभिरक्षा की कड़ी', 'मंगलसूत्र', story.paper.things[1], 'जप्ती पत्रक', 'मालखाना दाखिल', 'एफएसएल'])
    assert.ok(text.includes(words), `${words} in ${text}`);
});

test('a copy of the memo to the court is no handing over of the thing', async () => {
  const seized = (await story.who.sho.get(`/api/v1/entries/${story.paper.seizure.id}`)).json;
  assert.ok(seized.to?.length > 0, 'the memo goes to the court');
  const { custody } = (await story.who.sho.get(`/api/v1/cases/${story.case}`)).json.property.find((one) => one.id === story.paper.things[1]);
  assert.deepEqual(custody.map((step) => [step.word, step.to != null]), [['seize', false], ['deposit', false], ['move', true]]);
});

test('a label of a practice register says so, and tells a quantity with its unit', async () => {
  const { text } = await entryPaper(story.who.malkhana_moharrir ?? story.who.sho, 'malkhana_deposit', '?lang=en&print=malkhana_label');
  assert.match(text, /PRACTICE – not a real record/);
  assert.match(text, /1 Number/);
});

test('registers print the day and the month', async () => {
  const rows = { diary: 'चोरी की सूचना', fir: 'बुधराम निषाद', malkhana_register: 'MK-2', arrest: 'रामाधार निषाद' };
  for (const [name, words] of Object.entries(rows)) {
    const { text } = await paper(story.who.sho, `/api/v1/registers/${name}.pdf?lang=hi`);
    assert.ok(text.includes(words), `${words} in ${name}: ${text.slice(0, 800)}`);
  }
  const { text } = await paper(story.who.sho, '/api/v1/registers/fir.pdf?lang=hi&month=2019-01');
  assert.ok(!text.includes('बुधराम'));
});

test('a book without a layout of its own prints with its columns', async () => {
  const { text } = await paper(story.who.sho, '/api/v1/registers/crime.pdf?lang=hi');
  for (const words of ['अपराध पंजी', 'Crime register', story.paper.fir.number, 'बुधराम निषाद']) assert.ok(text.includes(words), `${words} in ${text}`);
  const none = await paper(story.who.sho, '/api/v1/registers/crime.pdf?lang=hi&month=2019-01');
  assert.ok(none.text.includes('निरंक') && !none.text.includes('बुधराम'));
  const list = await paper(story.who.magistrate, '/api/v1/registers/cause_list.pdf?lang=hi');
  assert.equal(list.pages, 1);
});

test('a book on paper is read downwards, from the oldest', async () => {
  const { file } = await paper(story.who.sho, '/api/v1/registers/seizure.pdf?lang=en');
  const numbers = [...run('pdftotext', ['-layout', file, '-']).matchAll(/^ *(\d{4})\/2026 /gm)].map((match) => match[1]);
  assert.ok(numbers.length > 20, `${numbers.length} memos of this file`);
  assert.deepEqual(numbers, numbers.map((_, i) => String(i + 1).padStart(4, '0')));
});

test('the pages lead to the papers', async () => {
  const browser = server.browser();
  await browser.signIn(story.who.sho.officer);
  const pages = {
    [`/entries/${story.paper.malkhana_deposit.id}`]: [`/api/v1/entries/${story.paper.malkhana_deposit.id}.pdf`, 'print=malkhana_label'],
    [`/entries/${story.paper.fir.id}/receipt`]: [`/api/v1/entries/${story.paper.fir.id}.pdf`],
    [`/cases/${story.case}`]: [`/api/v1/entries/${story.case}.pdf`],
    [`/property/${story.paper.things[0]}`]: [`/api/v1/cases/${story.case}/custody/${story.paper.things[0]}.pdf`],
    '/registers/diary': ['/api/v1/registers/diary.pdf'],
  };
  for (const [address, links] of Object.entries(pages)) {
    const { html, status } = await browser.go(address);
    assert.equal(status, 200, address);
    for (const link of links) assert.ok(html.includes(link), `${link} on ${address}`);
  }
  const { html } = await browser.go('/registers/diary');
  const link = html.match(/href="(\/api\/v1\/registers\/diary\.pdf[^"]*)"/)[1].replaceAll('&amp;', '&');
  const cookie = Object.entries(browser.cookies).map(([name, value]) => `${name}=${value}`).join('; ');
  const answer = await fetch(server.url + link, { headers: { cookie } });
  assert.equal(answer.status, 200, 'the cookie of the page opens the paper');
  assert.equal(answer.headers.get('content-type'), 'application/pdf');
});

test('the papers are described', async () => {
  const { paths } = (await story.who.sho.get('/openapi.json')).json;
  for (const path of ['/api/v1/entries/{id}.pdf', '/api/v1/cases/{id}/custody/{property}.pdf', '/api/v1/registers/{name}.pdf'])
    assert.ok(paths[path].get.responses['200'].content['application/pdf'], path);
});
