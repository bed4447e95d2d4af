// A case lived in a browser without JavaScript: pages are read as HTML, filled in and sent as they stand. Names are
// hostile on purpose. Every page on the way is looked at for what must hold on all of them.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { cookiesSet, startServer } from './server.mjs';
import { file, fill } from './filing.mjs';

const HOSTILE = `<script>alert("x")</script> & 'Sons' <b>`;
const people = {};
let server;

before(async () => {
  server = await startServer();
  const station = server.officer('sho').office;
  for (const role of ['sho', 'head_constable', 'io']) people[role] = await signedIn(server.officer(role, station));
  people.stranger = await signedIn(server.officers.find((one) => one.role === 'sho' && one.office !== station));
});
after(() => server.stop());

async function signedIn(officer) {
  const browser = server.browser();
  const go = browser.go.bind(browser);
  browser.go = async (...words) => {
    const page = await go(...words);
    holdsEverywhere(page);
    return page;
  };
  browser.officer = officer;
  browser.home = await browser.signIn(officer);
  return browser;
}

// What no page may lack, whoever asks for it.
function holdsEverywhere(page) {
  if (!page.headers.get('content-type')?.startsWith('text/html')) return;
  const policy = page.headers.get('content-security-policy');
  assert.match(policy, /default-src 'none'|default-src 'self'/);
  assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval/);
  assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
  assert.match(page.headers.get('cache-control') ?? '', /no-store/);
  assert.doesNotMatch(page.html, /<script>|<b>|\son[a-z]+=|style="/, `${page.path} holds nothing that runs`);
  assert.match(page.html, /<html lang="(en|hi)">/);
  assert.doesNotMatch(page.text, /undefined|\(null\)|%s/);
  const ids = [...page.html.matchAll(/\sid="([^"]*)"/g)].map((found) => found[1]);
  assert.equal(new Set(ids).size, ids.length, `${page.path}: every id once`);
}

const plain = (html) => html.replace(/<[^>]*>/g, '').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

// The value of the option of a select that reads like `words`, as a person would pick it.
function option(page, name, words) {
  const found = page.html.match(new RegExp(`<select[^>]*\\sname="${name.replaceAll('.', '\\.')}"[^>]*>(.*?)</select>`, 's'));
  assert.ok(found, `${page.path} lets one choose ${name}`);
  const options = [...found[1].matchAll(/<option[^>]*value="([^"]*)"[^>]*>(.*?)<\/option>/gs)];
  const match = options.find(([, value, text]) => value && (typeof words === 'string' ? plain(text).includes(words) : words.test(plain(text))));
  assert.ok(match, `${name} offers ${words}: ${options.map(([, , text]) => plain(text)).slice(0, 20).join(' | ')}`);
  return match[1];
}

const links = (page, words) => [...page.html.matchAll(/<a[^>]*\shref="([^"]*)"[^>]*>(.*?)<\/a>/gs)]
  .filter(([, , text]) => plain(text).includes(words)).map(([, href]) => plain(href));

const sizeOf = async () => (await (await fetch(`${server.url}/health`)).json()).size;

// ---- the way in ----

test('signing in sets a cookie that scripts and other sites cannot use', async () => {
  const officer = server.officer('sho');
  const page = await server.browser().go('/sign-in');
  const { fields, action } = page.form();
  const answer = await fetch(server.url + action, { method: 'POST', redirect: 'manual',
    headers: { cookie: Object.entries(page.browser.cookies).map((pair) => pair.join('=')).join('; ') },
    body: new URLSearchParams({ ...fields, officer: officer.officer, password: officer.password }) });
  assert.equal(answer.status, 303);
  const cookies = cookiesSet(answer);
  const session = cookies.find((one) => /^panji=/.test(one));
  assert.match(session, /HttpOnly/i);
  assert.match(session, /SameSite=(Strict|Lax)/i);
});

test('the first page is the list of what one owes', async () => {
  const { home } = people.sho;
  assert.equal(home.status, 200);
  assert.equal(home.path, '/');
});

// ---- diary and FIR ----

let diary, fir, firEntry, casePath;

test('the diary entry is written, found in the register and opened', async () => {
  const before = await sizeOf();
  const page = await people.head_constable.go('/forms/general_diary');
  const sign = await page.submit({ 'diary.kind': option(page, 'diary.kind', 'Information'), 'diary.happened_at': 't', 'diary.subject': `Theft ${HOSTILE}`,
    'diary.particulars': 'Told by the owner.', _continue: '1' });
  assert.ok(sign.text.includes(`Theft ${HOSTILE}`), 'the words that are signed are shown');
  assert.equal(await sizeOf(), before, 'and nothing is recorded yet');
  const receipt = await sign.submit({ _record: '1' });
  assert.equal(receipt.status, 200, receipt.text.slice(0, 400));
  diary = receipt.path.split('/')[2];
  const register = await people.sho.go('/entries?form=general_diary');
  assert.ok(register.html.includes(`/entries/${diary}`));
  const entry = await people.sho.go(`/entries/${diary}`);
  assert.ok(entry.text.includes(`Theft ${HOSTILE}`));
});

test('an FIR with two accused, part by part: mistakes lose nothing, then it is registered', async () => {
  const number = (await people.sho.go(`/entries/${diary}`)).html.match(/<h1[^>]*>(.*?)<\/h1>/s)[1].match(/\d{3}/)[0];
  const first = {
    'registration.kind': 'ordinary', 'privacy.sensitive': 'no', 'offences.0.offence': '303(2) BNS', 'complainant.who.name': `Ramkali ${HOSTILE}`,
    'contents.text': 'Somebody broke the lock at night.\nThe motorcycle is gone.', 'accused.0.who.name': 'Budhram Nishad', 'accused.1.who.name': HOSTILE,
  };
  const review = await fill(people.sho, '/forms/fir', first);
  assert.match(review.path, /\/review$/, 'much is still missing, so there is nothing to sign');
  const draft = review.path.split('/')[2];
  const part = (place) => people.sho.go(`/drafts/${draft}/part/${place}`);
  for (const [name, value] of Object.entries({ ...first, 'offences.0.offence': 'BNS 303(2)' })) {
    const [section, row] = name.split('.');
    const back = (await part(/^\d$/.test(row) && section !== 'offences' ? `${section}.${row}` : section)).form().fields;
    assert.equal(back[name].replaceAll('\r\n', '\n'), value, `${name} is still there`);
  }
  for (const path of ['occurrence.known', 'occurrence.place', 'information.received_at', 'action.kind', 'action.read_over'])
    assert.ok(review.html.includes(`href="/drafts/${draft}/part/${path.split('.')[0]}#${path}"`), `${path} is told, and leads to its field`);
  const before = await sizeOf();
  let page = await part('information');
  page = await page.submit({ 'information.diary': option(page, 'information.diary', number), 'information.kind': 'oral', 'information.received_at': 'last full moon', _continue: '1' });
  assert.equal(page.status, 422);
  assert.equal(page.form().fields['information.received_at'], 'last full moon', 'even what cannot be read comes back as it was typed');
  assert.ok(page.html.includes('id="error-information.received_at"'));
  await page.submit({ 'information.received_at': 't', _continue: '1' });
  page = await (await part('occurrence')).submit({ 'occurrence.known': 'before', 'occurrence.place.village': `Simga ${HOSTILE}`, _continue: '1' });
  assert.match(page.path, /#occurrence\.to$/, 'what the choice asks for comes before one goes on');
  await page.submit({ 'occurrence.to': 't', _continue: '1' });
  page = await (await part('action')).submit({ 'action.kind': 'taken_up', 'action.read_over': 'yes', 'action.copy_given': 'yes', _continue: '1' });
  await page.submit({ 'action.officer': option(page, 'action.officer', people.io.officer.name), _continue: '1' });
  assert.equal(await sizeOf(), before, 'nothing was recorded meanwhile');
  const sign = await people.sho.go(`/drafts/${draft}/sign`);
  for (const words of ['Budhram Nishad', HOSTILE, `Ramkali ${HOSTILE}`]) assert.ok(sign.text.includes(words), `${words} is what is signed`);
  const [promised] = sign.text.match(/\d{4}\/\d{4}/);
  const receipt = await sign.submit({ _record: '1' });
  assert.equal(receipt.status, 200, receipt.text.slice(0, 600));
  assert.equal(await sizeOf(), before + 1);
  fir = receipt.path.split('/')[2];
  assert.ok(receipt.text.includes(promised), 'the number is the one that was said to come next');
  [casePath] = links(receipt, 'case');
  assert.ok(casePath);
  firEntry = await people.sho.go(`/entries/${fir}`);
  for (const words of ['Budhram Nishad', HOSTILE, `Ramkali ${HOSTILE}`, 'The motorcycle is gone.']) assert.ok(firEntry.text.includes(words.replace('\n', ' ')), words);
  const gone = await people.sho.go(`/drafts/${draft}/review`);
  assert.equal(gone.status, 404, 'the draft is gone');
});

test('the page of the case shows what it has come to, and is not there for another station', async () => {
  const page = await people.io.go(casePath);
  assert.equal(page.status, 200);
  assert.ok(page.html.includes(`/entries/${fir}`));
  const named = await people.io.go(`${casePath}?show=people`);
  for (const words of ['Budhram Nishad', HOSTILE]) assert.ok(named.text.includes(words), words);
  const other = await people.stranger.go(casePath);
  assert.equal(other.status, 404);
  assert.ok(!other.text.includes('Budhram'));
});

// ---- on the case ----

test('an arrest is filed on the case: the accused is chosen, not typed', async () => {
  const list = await people.io.go(casePath);
  const [formPath] = links(list, 'Arrest');
  assert.ok(formPath.includes('case='), 'the form opens on this case');
  const gd = await file(people.io, '/forms/general_diary', { 'diary.kind': 'arrest', 'diary.happened_at': 't', 'diary.subject': 'Arrest', 'diary.particulars': 'Arrested at Simga.' });
  assert.equal(gd.status, 200);
  const page = await people.io.go(links(await people.io.go(formPath), 'Accused').find((href) => href.includes('/part/accused')));
  const no = (names) => Object.fromEntries(names.split(' ').map((name) => [name, 'no']));
  const receipt = await file(people.io, formPath, {
    ...no('observations.dangerous observations.jumped_bail observations.armed observations.accomplices observations.past_record'),
    ...no('observations.recidivist observations.may_jump_bail observations.may_repeat observations.wanted_elsewhere'),
    ...no('prints.fingerprints prints.photographed prints.countersigned body.examination_needed restraint.handcuffed witnesses.0.family'),
    'grounds.told': 'yes', 'kin.right_told': 'yes',
    'arrest.kind': 'arrested_forwarded', 'arrest.arrested_at': 't', 'arrest.authority': 'without_warrant', 'arrest.place.village': 'Simga',
    'arrest.diary': gd.path.split('/')[2], 'accused.who.ref': option(page, 'accused.who.ref', 'Budhram'),
    'grounds.text': 'He was seen with the motorcycle.', 'kin.name': `Brother ${HOSTILE}`, 'kin.relation': 'brother', 'kin.mode': 'phone', 'kin.told_at': 't',
    'body.injuries': 'None.', 'witnesses.0.who.name': 'Dhaniram',
  });
  assert.match(receipt.path, /receipt$/, receipt.text.slice(0, 1500));
  const seen = await people.io.go(`${casePath}?show=people`);
  assert.match(seen.text, /Arrested/);
  const ids = new Set(links(seen, 'Budhram Nishad').filter((href) => href.startsWith('/people/')));
  assert.equal(ids.size, 1, 'one Budhram, not two');
  const arrest = await people.io.go(`/entries/${receipt.path.split('/')[2]}`);
  assert.ok(arrest.text.includes(`Brother ${HOSTILE}`));
});

test('a covered name is opened on its page for a purpose, and stays open for him who asked', async () => {
  const { head_constable: writer } = people;
  const before = await writer.go(`/entries/${fir}`);
  assert.ok(!before.text.includes('Ramkali'), 'covered for the station writer');
  assert.ok(before.text.includes('••••'));
  const action = `/entries/${fir}/open`;
  const without = await before.submit({ path: 'complainant.who', purpose: '', reason: '' }, action);
  assert.equal(without.status, 422);
  assert.ok(!without.text.includes('Ramkali'));
  const opened = await before.submit({ path: 'complainant.who', purpose: 'service_of_process', reason: 'To bring her the notice' }, action);
  assert.equal(opened.status, 200, opened.text.slice(0, 300));
  assert.ok(opened.text.includes(`Ramkali ${HOSTILE}`));
  const log = await people.sho.go('/entries?form=confidential_opening');
  assert.ok(log.html.includes('/entries/'), 'the opening stands in the register of the station');
  const other = await people.stranger.go('/entries?form=confidential_opening');
  const [id] = [...log.html.matchAll(/\/entries\/([0-9a-f-]{36})/g)].map((found) => found[1]);
  assert.ok(!other.html.includes(id));
});

// ---- finding ----

test('the case is found by its number and by a name, by those who may know of it', async () => {
  const { number } = firEntry.html.match(/(?<number>\d{4}\/\d{4})/).groups;
  for (const typed of [number, number.slice(0, 4), String(Number(number.slice(0, 4)))]) {
    const found = await people.sho.go(`/search?q=${encodeURIComponent(typed)}`);
    assert.ok(found.html.includes(casePath), `${typed} finds the case`);
  }
  for (const typed of ['Budhram', 'बुधराम निषाद', 'Budram Nishaad', HOSTILE]) {
    const found = await people.sho.go(`/search?q=${encodeURIComponent(typed)}`);
    assert.equal(found.status, 200);
    assert.ok(found.html.includes(casePath), `${typed} finds the case`);
  }
  const other = await people.stranger.go('/search?q=Budhram%20Nishad');
  assert.ok(!other.html.includes(casePath));
  const list = await people.sho.go('/cases?stage=investigation');
  assert.ok(list.html.includes(casePath));
  assert.ok(!(await people.sho.go('/cases?stage=convicted')).html.includes(casePath));
  const person = links(await people.sho.go('/search?q=Budhram'), 'Budhram').find((href) => href.startsWith('/people/'));
  assert.equal((await people.sho.go(person)).status, 200);
  assert.equal((await people.stranger.go(person)).status, 404);
});

test('all of it is there in Hindi', async () => {
  const browser = await signedIn(people.sho.officer);
  await browser.go('/?lang=hi');
  for (const path of ['/', casePath, `/entries/${fir}`, `/entries/${fir}/receipt`, '/forms', '/forms/fir', '/cases', '/registers', '/search?q=Budhram', '/offices']) {
    const page = await browser.go(path);
    assert.equal(page.status, 200, path);
    assert.match(page.html, /<html lang="hi">/, path);
    assert.match(page.html.match(/<h1[^>]*>(.*?)<\/h1>/s)[1], /[\u0900-\u097F]/, `${path} has a Hindi heading`);
  }
  const refused = await (await browser.go('/forms/general_diary')).submit({ _continue: '1' });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /” भरें/);
});

// ---- what is not accepted ----

test('a form without its token, or sent from another site, records nothing', async () => {
  const { sho } = people;
  const page = await sho.go('/forms/general_diary');
  const { action, fields } = page.form();
  const full = { ...fields, 'diary.kind': 'information', 'diary.happened_at': 't', 'diary.subject': 'Forged', 'diary.particulars': 'Forged.', _continue: '1' };
  const cookie = Object.entries(sho.cookies).map((pair) => pair.join('=')).join('; ');
  const before = await sizeOf();
  const without = { ...full };
  delete without._csrf;
  const send = (body, headers = {}) => fetch(server.url + action, { method: 'POST', redirect: 'manual', headers: { cookie, ...headers }, body: new URLSearchParams(body) });
  assert.equal((await send(without)).status, 403);
  assert.equal((await send({ ...full, _csrf: people.io.cookies.panji ?? 'x' })).status, 403);
  const theirs = (await people.io.go('/forms/general_diary')).form().fields._csrf;
  assert.equal((await send({ ...full, _csrf: theirs })).status, 403, "another officer's token is not ours");
  assert.match((await send(full)).headers.get('location'), /\/sign$/);
  const sign = await sho.go(`/drafts/${action.split('/')[2]}/sign`);
  const signature = { ...sign.form().fields, _record: '1' };
  const signSend = (body) => fetch(server.url + sign.form().action, { method: 'POST', redirect: 'manual', headers: { cookie }, body: new URLSearchParams(body) });
  assert.equal((await signSend({ ...signature, _csrf: theirs })).status, 403);
  assert.equal((await signSend({ ...signature, _csrf: '' })).status, 403);
  assert.equal(await sizeOf(), before);
});

test('after signing out the cookie opens nothing', async () => {
  const browser = await signedIn(people.io.officer);
  const cookies = { ...browser.cookies };
  const page = await browser.go('/');
  const token = page.html.match(/name="_csrf" value="([^"]*)"/)[1];
  await browser.go('/sign-out', { method: 'POST', body: new URLSearchParams({ _csrf: token }) });
  browser.cookies = cookies;
  assert.match((await browser.go('/')).path, /^\/sign-in/);
});
