// Drafts: what is typed is kept as one goes, for its officer in his posting alone, for two tabs at once, over a lost
// session and a restart of the server; and gone once it is filed or thrown away.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from './server.mjs';
import { draftOf, file } from './filing.mjs';

let server, sho, browser;
before(async () => {
  server = await startServer();
  sho = server.officer('sho');
  browser = server.browser();
  await browser.signIn(sho);
});
after(() => server.stop());

const nasty = `<script>alert(1)</script> "double" 'single' &amp; </textarea>`;

// What the script does while one types: the fields of the page, to the address that keeps them.
function keep(page, changes, from = page.browser) {
  const { fields } = page.form();
  return from.go(`/drafts/${draftOf(page)}/save`, { method: 'POST', body: new URLSearchParams({ ...fields, ...changes }), headers: { 'HX-Request': 'true' } });
}

test('what is typed is kept as one goes, and the page says when', async () => {
  const page = await browser.go('/forms/general_diary');
  const draft = draftOf(page);
  assert.equal((await browser.go(`/drafts/${draft}`)).status, 404, 'opening a form keeps nothing');
  const kept = await keep(page, { 'diary.subject': nasty, 'diary.happened_at': 't' });
  assert.equal(kept.status, 200);
  assert.match(kept.text, /Saved \d\d:\d\d/);
  assert.ok(!kept.html.includes('<script'));
  assert.equal(kept.headers.get('hx-trigger'), 'panji:saved');
  assert.match(kept.html, /hx-swap-oob="true"/, 'what is still missing comes along');
  const again = await browser.go(`/drafts/${draft}`);
  assert.equal(again.form().fields['diary.subject'], nasty);
  assert.match(again.form().fields['diary.happened_at'], /^\d+\/\d+\/\d{4} \d\d:\d\d/, 'what "t" meant, so that it means the same tomorrow');
  const home = await browser.go('/');
  assert.ok(home.html.includes(`href="/drafts/${draft}"`), 'it stands among what one has to do');
});

test('in Hindi it is said in Hindi, and the weekday in both', async () => {
  const other = server.browser();
  await other.signIn(sho);
  await other.go('/?lang=hi');
  const page = await other.go('/forms/general_diary');
  assert.match((await keep(page, { 'diary.subject': 'चोरी' })).text, /\d\d:\d\d पर सहेजा गया/);
  assert.match((await other.go('/read/time?x=27/3/2026%201430')).text, /शुक्रवार \(Friday\), 27 मार्च 2026, 14:30/);
  assert.match((await browser.go('/read/date?x=%E0%A5%A8%E0%A5%AD/%E0%A5%A9/2026')).text, /Friday \(शुक्रवार\), 27 Mar 2026/);
  assert.match((await browser.go('/read/time?x=soon')).text, /Not understood/);
});

test('a draft is nobody else\'s, not even at the same station', async () => {
  const page = await browser.go('/forms/general_diary');
  await keep(page, { 'diary.subject': 'mine', 'diary.secret_source': 'the milkman' });
  const draft = draftOf(page);
  const others = server.officers.filter((one) => one.officer !== sho.officer && (one.office === sho.office || one.role === 'sho')).slice(0, 4);
  for (const officer of others) {
    const other = server.browser();
    await other.signIn(officer);
    for (const step of ['', '/review', '/sign', '/part/diary', '/drop'])
      assert.equal((await other.go(`/drafts/${draft}${step}`)).status, 404, `${officer.officer} ${step}`);
    const theirs = await other.go('/forms/general_diary');
    if (theirs.status !== 200) continue;
    const { fields } = theirs.form();
    const sent = await other.go(`/drafts/${draft}`, { method: 'POST', body: new URLSearchParams({ ...fields, 'diary.subject': 'forged' }) });
    assert.equal(sent.status, 404);
    const dropped = await other.go(`/drafts/${draft}/drop`, { method: 'POST', body: new URLSearchParams({ _csrf: fields._csrf }) });
    assert.equal(dropped.status, 404);
    assert.ok(!(await other.go('/')).html.includes(draft));
    assert.ok(!sent.text.includes('milkman'));
  }
  assert.equal((await browser.go(`/drafts/${draft}`)).form().fields['diary.subject'], 'mine');
});

test('a lost session loses nothing: the page says so, and after signing in it is all there', async () => {
  const other = server.browser();
  await other.signIn(sho);
  const page = await other.go('/forms/general_diary');
  await keep(page, { 'diary.subject': 'before' });
  delete other.cookies.panji;
  const lost = await keep(page, { 'diary.subject': 'after' });
  assert.equal(lost.status, 200, 'the script puts it where the reader looks');
  assert.match(lost.text, /Not saved.*session has ended/);
  const signIn = await page.submit({ 'diary.subject': 'after', 'diary.particulars': 'long story', _continue: '1' });
  assert.equal(signIn.status, 401);
  const back = await signIn.submit({ officer: sho.officer, password: sho.password });
  assert.equal(back.status, 200);
  assert.equal(back.form().fields['diary.subject'], 'after');
  assert.equal(back.form().fields['diary.particulars'], 'long story');
});

test('somebody else who signs in on that page gets nothing of it', async () => {
  const other = server.browser();
  await other.signIn(sho);
  const page = await other.go('/forms/general_diary');
  await keep(page, { 'diary.subject': 'of the sho' });
  delete other.cookies.panji;
  const signIn = await page.submit({ 'diary.subject': 'of the sho', _continue: '1' });
  const io = server.officer('io', sho.office);
  const back = await signIn.submit({ officer: io.officer, password: io.password });
  assert.equal(back.status, 404);
  assert.equal((await browser.go(`/drafts/${draftOf(page)}`)).form().fields['diary.subject'], 'of the sho');
});

test('the server may restart in the middle', async () => {
  const page = await browser.go('/forms/general_diary');
  await keep(page, { 'diary.subject': 'half written' });
  await server.restart();
  const draft = await browser.go(`/drafts/${draftOf(page)}`);
  assert.equal(draft.form().fields['diary.subject'], 'half written');
});

test('two tabs: each keeps what it changed, the second is told of the first', async () => {
  const first = await browser.go('/forms/general_diary');
  await keep(first, { 'diary.subject': 'one' });
  const draft = draftOf(first);
  const [one, two] = [await browser.go(`/drafts/${draft}`), await browser.go(`/drafts/${draft}`)];
  assert.doesNotMatch((await keep(one, { 'diary.particulars': 'by the first tab' })).text, /another tab/);
  const told = await keep(two, { 'diary.informant': 'by the second tab' });
  assert.match(told.text, /open in another tab too/);
  const both = (await browser.go(`/drafts/${draft}`)).form().fields;
  assert.equal(both['diary.particulars'], 'by the first tab');
  assert.equal(both['diary.informant'], 'by the second tab');
});

test('two tabs that change the same: nothing is overwritten, both are shown, and one decides', async () => {
  const first = await browser.go('/forms/general_diary');
  await keep(first, { 'diary.subject': 'one' });
  const draft = draftOf(first);
  const [one, two] = [await browser.go(`/drafts/${draft}`), await browser.go(`/drafts/${draft}`)];
  await keep(one, { 'diary.subject': `first ${nasty}` });
  const clash = await two.submit({ 'diary.subject': 'second', _refresh: '1' });
  assert.equal(clash.status, 409);
  assert.equal(clash.form().fields['diary.subject'], 'second', 'what was typed here stands in the field');
  assert.ok(clash.text.includes(`first ${nasty}`), 'and what the other tab brought is told');
  assert.equal((await browser.go(`/drafts/${draft}`)).form().fields['diary.subject'], `first ${nasty}`, 'it is not overwritten');
  await clash.submit({ _refresh: '1' });
  assert.equal((await browser.go(`/drafts/${draft}`)).form().fields['diary.subject'], 'second');
});

test('who changed the draft in another tab since the words were shown signs nothing', async () => {
  const page = await browser.go('/forms/general_diary');
  const sign = await page.submit({ 'diary.kind': 'information', 'diary.happened_at': 't', 'diary.subject': 'shown', 'diary.particulars': 'Told.', _continue: '1' });
  assert.match(sign.path, /\/sign$/);
  await keep(await browser.go(`/drafts/${draftOf(page)}`), { 'diary.subject': 'not shown' });
  const again = await sign.submit({ _record: '1' });
  assert.equal(again.status, 409);
  assert.ok(again.text.includes('not shown'));
  assert.match((await again.submit({ _record: '1' })).path, /receipt$/);
});

test('once filed it is gone, from the pages and from the disk', async () => {
  const secret = 'whisper-of-the-tea-seller';
  const page = await browser.go('/forms/general_diary');
  const sign = await page.submit({ 'diary.kind': 'information', 'diary.happened_at': 't', 'diary.subject': 'x', 'diary.particulars': secret, _continue: '1' });
  const onDisk = () => ['drafts.db', 'drafts.db-wal'].some((name) => readFileSync(join(server.data, name)).includes(secret));
  assert.ok(onDisk());
  assert.match((await sign.submit({ _record: '1' })).path, /receipt$/);
  assert.ok(!onDisk());
  assert.match((await browser.go(`/drafts/${draftOf(page)}`)).path, /receipt$/, 'its address leads to what came of it');
  assert.equal((await browser.go(`/drafts/${draftOf(page)}/part/diary`)).status, 404);
  assert.ok(!(await browser.go('/drafts')).html.includes(draftOf(page)));
  assert.ok(!server.log.includes(secret), 'no log ever held it');
  assert.equal(statSync(join(server.data, 'drafts.db')).mode & 0o777, 0o600);
});

test('a draft is thrown away when one is sure', async () => {
  const page = await browser.go('/forms/general_diary');
  await keep(page, { 'diary.subject': 'never mind' });
  const ask = await browser.go(`/drafts/${draftOf(page)}/drop`);
  assert.equal((await browser.go(`/drafts/${draftOf(page)}`)).status, 200, 'asking takes nothing away');
  await ask.submit({});
  assert.equal((await browser.go(`/drafts/${draftOf(page)}`)).status, 404);
});

test('what is hostile is refused and harms nothing', async () => {
  const page = await browser.go('/forms/general_diary');
  const draft = draftOf(page);
  const large = await keep(page, { 'diary.particulars': 'x'.repeat(1_200_000) });
  assert.match(large.text, /Not saved.*more than 1 MB/);
  const odd = await keep(page, { 'diary.subject': 'fine', '__proto__.x': '1', 'no.such.field': 'junk', 'diary.persons.9999.x': 'y', _pick: '%%%', _remove: '' });
  assert.match(odd.text, /Saved/);
  assert.ok(!(await browser.go(`/drafts/${draft}`)).html.includes('junk'));
  for (const path of [`/drafts/${draft}/part/nothing`, `/drafts/${draft}/part/persons.99999`, `/drafts/${draft}/part/persons.-1`, '/drafts/not-an-id', '/choose/nothing', `/drafts/${draft}/part/diary/remove`])
    assert.equal((await browser.go(path)).status, 404, path);
  const forged = await keep(page, { 'diary.subject': 'forged', _csrf: 'wrong' });
  assert.match(forged.text, /Not saved/);
  assert.equal((await browser.go(`/drafts/${draft}`)).form().fields['diary.subject'], 'fine');
  const missing = await browser.go('/forms/no_such_form');
  assert.equal(missing.status, 404);
});

test('a draft still there of an entry that was filed leads to its receipt', async () => {
  const receipt = await file(browser, '/forms/general_diary', { 'diary.kind': 'information', 'diary.happened_at': 't', 'diary.subject': 'twice', 'diary.particulars': 'Once.' });
  const id = receipt.path.split('/')[2];
  const again = await browser.go('/forms/general_diary');
  const { fields } = again.form();
  const sent = await browser.go(`/drafts/${id}/sign`, { method: 'POST', body: new URLSearchParams({ ...fields, _record: '1' }) });
  assert.equal(sent.path, receipt.path);
});
