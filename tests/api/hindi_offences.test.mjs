// What a Hindi page calls an offence: its Hindi title, court and class, found by Hindi words in any spelling, by number
// and by the old number of the Indian Penal Code.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { startServer } from './server.mjs';

let server, browser;
before(async () => {
  server = await startServer();
  browser = server.browser();
  await browser.signIn(server.officer('sho'));
  await browser.go('/?lang=hi');
});
after(() => server.stop());

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
    ['डकेती', 'BNS 310(2): डकैती'], ['धारा 379', 'BNS 303(2): चोरी'], ['302 भादवि', 'BNS 103(1): हत्या']])
    assert.ok((await found(typed))[0]?.startsWith(first), `${typed}: ${(await found(typed))[0]}`);
  assert.ok((await found('302')).some((row) => row.startsWith('BNS 103(1): हत्या')), 'also by the old number alone');
  assert.ok((await found('हत्या', '&day=1/6/2024'))[0].startsWith('IPC 302: हत्या (असत्यापित)'), 'and the mark stays');
  assert.deepEqual(await found('क्षक्षक्ष'), []);
});

test('nothing of what is told of an offence is left in English', async () => {
  for (const typed of ['चोरी', 'हत्या', 'डकैती', 'शराब', 'जुआ', 'बालक', 'लोक सेवक', 'ndps', 'pocso', 'it 66', '61', '498a ipc', 'arms 25', 'excise'])
    for (const row of await found(typed)) {
      const [, told] = row.match(/^[A-Z]+ [^:]+: (.*)$/) ?? [null, row];
      assert.doesNotMatch(told, /[A-Za-z]/, `${typed}: ${row}`);
    }
});
