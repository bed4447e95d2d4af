// An FIR filed part by part in Hindi by a person without JavaScript: the list of parts and their states, conditions
// asked again, sections of law found in words, mistakes, a lost session, a restart in the middle, review, signing.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { startServer } from './server.mjs';
import { draftOf, file, partsOf } from './filing.mjs';

let server, sho, browser, draft, diary;
before(async () => {
  server = await startServer();
  sho = server.officer('sho');
  browser = server.browser();
  await browser.signIn(sho);
  await browser.go('/?lang=hi');
});
after(() => server.stop());

const nasty = `<script>alert(1)</script> "double" 'single' &amp; </textarea>`;
const part = (place) => browser.go(`/drafts/${draft}/part/${place}`);
const links = (page) => [...page.html.matchAll(/<a[^>]*\shref="([^"]*)"/g)].map((found) => found[1].replaceAll('&amp;', '&'));
const picks = (page) => [...page.html.matchAll(/<button[^>]*name="_pick" value="([^"]*)"[^>]*>([^<]*)</g)].map(([, value, text]) => ({ value: value.replaceAll('&amp;', '&'), text }));
// The state of a part on the list, in words.
async function state(words) {
  const list = await browser.go(`/drafts/${draft}`);
  const row = [...list.html.matchAll(/<li[^>]*>(.*?)<\/li>/gs)].map((found) => found[1]).find((text) => text.includes(`>${words}<`));
  assert.ok(row, `${words} is on the list`);
  return row.match(/class="tag[^"]*">([^<]*)</)[1];
}

test('a long form opens with the list of its parts; nothing is kept yet', async () => {
  const page = await browser.go('/forms/fir');
  assert.equal(page.status, 200);
  assert.match(page.html, /<html lang="hi">/);
  for (const words of ['पंजीयन', 'संवेदनशीलता', 'घटना', 'अभियुक्त', 'की गई कार्यवाही']) assert.ok(page.text.includes(words), words);
  assert.equal(new Set(partsOf(page)).size, 16);
  draft = draftOf(page);
  assert.equal((await browser.go(`/drafts/${draft}`)).status, 404);
  const first = await browser.go(partsOf(page)[0]);
  assert.equal(first.status, 200);
  const next = await first.submit({ 'registration.kind': 'ordinary', _continue: '1' });
  assert.match(next.path, /part\/privacy$/, 'on to the next part');
  assert.equal(await state('पंजीयन'), 'पूर्ण');
  assert.equal(await state('संवेदनशीलता'), 'शेष');
  assert.equal(await state('अभियुक्त'), 'वैकल्पिक');
});

test('what a choice brings is asked for before one goes on, and left out again when the choice changes', async () => {
  let page = await (await part('registration')).submit({ 'registration.kind': 'zero', _continue: '1' });
  assert.match(page.path, /part\/registration\?asked=1#registration\.zero_place$/);
  assert.ok('registration.zero_place' in page.form().fields);
  page = await page.submit({ 'registration.zero_place': 'थाना सिमगा', _continue: '1' });
  assert.match(page.path, /part\/privacy$/);
  await (await part('registration')).submit({ 'registration.kind': 'ordinary', _continue: '1' });
  const review = await browser.go(`/drafts/${draft}/review`);
  assert.ok(!review.text.includes('थाना सिमगा'), 'it does not apply, so it is not filed');
  assert.doesNotMatch(review.text, /यह यहाँ लागू नहीं होता/);
  await (await part('registration')).submit({ 'registration.kind': 'zero', _refresh: '1' });
  assert.equal((await part('registration')).form().fields['registration.zero_place'], 'थाना सिमगा', 'and was not lost');
  await (await part('registration')).submit({ 'registration.kind': 'ordinary', _continue: '1' });
});

test('a section of law is found in Hindi words, by number and by its old number, chosen, and told in full', async () => {
  let page = await (await part('offences')).submit({ 'offences.0.offence': 'चोरी', _find: 'offence offences.0.offence' });
  assert.match(page.path, /^\/choose\/offence\?/);
  const theft = picks(page).find((pick) => pick.value === 'offences.0.offence=BNS%20303%282%29');
  assert.ok(theft, 'theft is among what is found');
  page = await page.submit({ _pick: theft.value }, `/drafts/${draft}/part/offences`);
  assert.match(page.path, /part\/offences#offences\.0\.offence$/, 'back in the draft, at the field');
  assert.equal(page.form().fields['offences.0.offence'], 'BNS 303(2)');
  assert.match(page.text, /संज्ञेय/);
  assert.match(page.text, /जमानती/);
  for (const [typed, first] of [['302 ipc', 'BNS 103(1)'], ['बीएनएस 303(2)', 'BNS 303(2)'], ['103', 'BNS 103(1)'], ['robery', 'BNS 309(4)']])
    assert.ok((await browser.go(`/choose/offence?q=${encodeURIComponent(typed)}`)).text.includes(first), typed);
  const old = await browser.go(`/choose/offence?q=${encodeURIComponent('हत्या')}&day=1/6/2024`);
  assert.match(old.text, /IPC 302/);
  assert.match(old.text, /लागू विधि: IPC/);
});

test('an act before the first of July 2024 asks for the old code', async () => {
  await (await part('occurrence')).submit({ 'occurrence.known': 'exact', 'occurrence.from': '30/6/2024 2300', _refresh: '1' });
  const page = await part('offences');
  assert.match(page.text, /30 जून 2024: उस दिन के कृत्य पर लागू नहीं\. ?|30 जून 2024: उस दिन के कृत्य पर लागू नहीं/);
  await (await part('occurrence')).submit({ 'occurrence.from': 't 0100', _refresh: '1' });
  assert.doesNotMatch((await part('offences')).text, /लागू नहीं/);
});

test('a number of the code that was not in force is found, and warned of', async () => {
  const { text } = await browser.go(`/choose/offence?q=${encodeURIComponent('BNS 103(1)')}&day=30%2F6%2F2024`);
  assert.match(text, /BNS 103\(1\): हत्या/);
  assert.match(text, /30 जून 2024: उस दिन के कृत्य पर लागू नहीं। यहाँ देखें: IPC/);
});

test('places of one’s own State come first', async () => {
  const { html } = await browser.go('/choose/district?q=rai');
  const [first] = [...html.matchAll(/<ul class="choices">.*?<strong>(.*?)<\/strong>/gs)].map(([, name]) => name);
  assert.match(first, /^राय(पुर|गढ़)/);
});

test('persons are added one by one, changed, and taken away when one is sure', async () => {
  let page = await part('accused');
  const add = links(page).find((href) => href.endsWith('/part/accused.0'));
  page = await (await browser.go(add)).submit({ 'accused.0.who.name': 'बुधराम निषाद', _continue: '1' });
  assert.match(page.path, /part\/accused$/);
  page = await (await part('accused.1')).submit({ 'accused.1.who.name': nasty, _continue: '1' });
  assert.ok(page.text.includes('बुधराम निषाद'));
  assert.ok(page.text.includes(nasty));
  assert.ok(!page.html.includes('<script>alert'));
  const ask = await browser.go(`/drafts/${draft}/part/accused.1/remove`);
  assert.ok((await part('accused')).text.includes(nasty), 'asking takes nothing away');
  page = await ask.submit({});
  assert.match(page.path, /part\/accused$/);
  assert.ok(!page.text.includes(nasty));
  assert.ok(page.text.includes('बुधराम निषाद'));
});

test('a name is proposed in the other script, and overwrites nothing', async () => {
  let page = await part('accused.0');
  const proposal = picks(page).find((pick) => pick.text === 'Budhram Nishad');
  assert.ok(proposal, 'Budhram Nishad is proposed');
  assert.equal(page.form().fields['accused.0.who.name_other'], '', 'and not put in by itself');
  page = await page.submit({ _pick: proposal.value });
  assert.equal(page.form().fields['accused.0.who.name_other'], 'Budhram Nishad');
  page = await page.submit({ 'accused.0.who.name_other': 'Budhu Nishad', _refresh: '1' });
  assert.equal(page.form().fields['accused.0.who.name_other'], 'Budhu Nishad');
  assert.ok(!picks(page).some((pick) => pick.text === 'Budhram Nishad'), 'what was typed is left alone');
});

test('districts and stations are found, and bring their State along', async () => {
  let page = await (await part('occurrence')).submit({ 'occurrence.place.district': 'baloda', _find: 'district occurrence.place.district' });
  const found = picks(page);
  assert.ok(found.length > 0);
  page = await page.submit({ _pick: found[0].value }, `/drafts/${draft}/part/occurrence`);
  assert.equal(page.form().fields['occurrence.place.state'], 'chhattisgarh');
  assert.notEqual(page.form().fields['occurrence.place.district'], 'baloda');
});

test('every mistake at once, each leading to its field on its page', async () => {
  const page = await (await part('information')).submit({ 'information.received_at': 'पिछली पूर्णिमा', 'information.kind': 'oral', _continue: '1' });
  assert.equal(page.status, 422);
  assert.ok(page.html.includes('href="#information.received_at"'));
  assert.equal(page.form().fields['information.received_at'], 'पिछली पूर्णिमा');
  assert.equal(await state('सूचना'), 'त्रुटि है');
  const review = await browser.go(`/drafts/${draft}/review`);
  for (const path of ['information.received_at', 'information.diary', 'privacy.sensitive', 'contents.text', 'action.kind', 'complainant.who'])
    assert.ok(links(review).includes(`/drafts/${draft}/part/${path.split('.')[0]}#${path}`), path);
  assert.ok(!links(review).includes(`/drafts/${draft}/sign`), 'there is nothing to sign yet');
  assert.match((await browser.go(`/drafts/${draft}/sign`)).path, /review$/);
});

test('the session ends and the server restarts in the middle: all of it is still there', async () => {
  const page = await part('contents');
  await server.restart();
  const other = server.browser();
  other.cookies = { lang: 'hi' };
  page.browser = other;
  const signIn = await page.submit({ 'contents.text': 'रात में ताला टूटा।\nमोटरसाइकिल नहीं मिली।', _continue: '1' });
  assert.equal(signIn.status, 401);
  const back = await signIn.submit({ officer: sho.officer, password: sho.password });
  assert.match(back.path, /part\/contents$/);
  assert.equal(back.form().fields['contents.text'].replaceAll('\r\n', '\n'), 'रात में ताला टूटा।\nमोटरसाइकिल नहीं मिली।');
  browser = other;
});

test('the rest is filled; the review shows exactly what will be filed', async () => {
  diary = (await file(browser, '/forms/general_diary', { 'diary.kind': 'information', 'diary.happened_at': 't', 'diary.subject': 'चोरी', 'diary.particulars': 'प्रार्थी ने बताया।' })).path.split('/')[2];
  await (await part('privacy')).submit({ 'privacy.sensitive': 'no', _continue: '1' });
  await (await part('occurrence')).submit({ 'occurrence.known': 'exact', 'occurrence.place.village': 'सिमगा', _continue: '1' });
  await (await part('information')).submit({ 'information.diary': diary, 'information.received_at': 'अभी', _continue: '1' });
  await (await part('complainant')).submit({ 'complainant.who.name': `रमकली ${nasty}`, _continue: '1' });
  let page = await (await part('action')).submit({ 'action.kind': 'taken_up', 'action.read_over': 'yes', 'action.copy_given': 'yes', _continue: '1' });
  assert.match(page.path, /#action\.officer$/);
  await page.submit({ 'action.officer': server.officer('io', sho.office).officer, _continue: '1' });
  const review = await browser.go(`/drafts/${draft}/review`);
  assert.doesNotMatch(review.html, /id="panji-errors"/, review.text.slice(0, 1200));
  for (const words of ['BNS 303(2)', 'बुधराम निषाद', 'Budhu Nishad', `रमकली ${nasty}`, 'रात में ताला टूटा।', 'सिमगा']) assert.ok(review.text.includes(words), words);
  assert.ok(links(review).includes(`/drafts/${draft}/part/accused`), 'each part can be changed from here');
  assert.ok(!review.html.includes('<script>alert'));
});

test('before signing the exact words and the next number are shown; then the receipt', async () => {
  const size = async () => (await (await fetch(`${server.url}/health`)).json()).size;
  const before = await size();
  const sign = await browser.go(`/drafts/${draft}/sign`);
  assert.equal(sign.status, 200);
  assert.match(sign.text, /इसे वापस नहीं लिया जा सकता/);
  const [number] = sign.text.match(/\d{4}\/\d{4}/);
  for (const words of ['BNS 303(2)', 'बुधराम निषाद', `रमकली ${nasty}`]) assert.ok(sign.text.includes(words), words);
  assert.equal(await size(), before);
  const receipt = await sign.submit({ _record: '1' });
  assert.match(receipt.path, /^\/entries\/[0-9a-f-]+\/receipt$/);
  assert.equal(receipt.path.split('/')[2], draft, 'the entry has the id the draft had');
  assert.ok(receipt.text.includes(number));
  assert.equal(await size(), before + 1);
  assert.equal((await browser.go(`/drafts/${draft}/review`)).status, 404);
  assert.match((await browser.go(`/drafts/${draft}`)).path, /receipt$/, 'its address leads to what came of it');
});

test('a correction opened from an entry carries the entry along into its draft', async () => {
  const page = await browser.go(`/forms/correction?case=${draft}&correction.entry=${draft}`);
  assert.equal(page.status, 200);
  assert.equal(page.form().fields['correction.entry'], draft);
});
