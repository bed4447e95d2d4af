// A person in a browser without JavaScript: filing, mistakes, one more row, a lost session, two languages.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { startServer } from './server.mjs';
import { file } from './filing.mjs';
import { World } from './world.mjs';

let server, sho, browser;
before(async () => { server = await startServer(); sho = server.officer('sho'); browser = server.browser(); await browser.signIn(sho); });
after(() => server.stop());

const nasty = `<script>alert(1)</script> "double" 'single' &amp; </textarea>`;
const typed = {
  'diary.kind': 'information', 'diary.happened_at': 't', 'diary.subject': 'Theft of a motorcycle',
  'diary.particulars': 'Told by telephone.\nSecond line.',
};

test('a diary entry is filed from its page and shown with its number', async () => {
  const receipt = await file(browser, '/forms/general_diary', typed);
  assert.equal(receipt.status, 200);
  assert.match(receipt.path, /^\/entries\/[0-9a-f-]+\/receipt$/);
  const entry = await browser.go(receipt.path.replace('/receipt', ''));
  assert.match(entry.text, /Theft of a motorcycle/);
  assert.match(entry.html, /Told by telephone\.\r?\nSecond line\./);
});

test('a paper that another cites is told by its form and number, not by its id', async () => {
  const world = new World(server), fir = await world.fir();
  const entry = await browser.go(`/entries/${fir.id}`);
  assert.match(entry.html, new RegExp(`<a href="/entries/${fir.diary}">General diary entry \\d{3}, `));
  assert.ok(!entry.text.includes(fir.diary), 'nobody reads an id');
});

test('signing the same page twice files once', async () => {
  const sign = await (await browser.go('/forms/general_diary')).submit({ ...typed, _continue: '1' });
  const size = async () => (await (await fetch(`${server.url}/health`)).json()).size;
  const before = await size();
  const [one, two] = await Promise.all([sign.submit({ _record: '1' }), sign.submit({ _record: '1' })]);
  assert.equal(one.path, two.path);
  assert.match(one.path, /receipt$/);
  assert.equal(await size(), before + 1);
  assert.equal((await sign.submit({ _record: '1' })).path, one.path, 'and later too');
  assert.equal(await size(), before + 1);
});

test('a mistake brings the page back with all that was typed, every error on top and by its field', async () => {
  let page = await browser.go('/forms/general_diary');
  page = await page.submit({ 'diary.subject': nasty, 'diary.particulars': nasty, _continue: '1' });
  assert.equal(page.status, 422);
  const { fields } = page.form();
  assert.equal(fields['diary.subject'], nasty);
  assert.equal(fields['diary.particulars'], nasty);
  assert.ok(!page.html.includes('<script>'));
  assert.equal(page.text.match(/Fill in “Kind”/g).length, 2, 'what is missing is named, on top and by its field');
  for (const path of ['diary.kind', 'diary.happened_at']) {
    assert.ok(page.html.includes(`href="#${path}"`), path);
    assert.ok(page.html.includes(`id="error-${path}"`), path);
  }
});

test('what was typed is shown as text wherever it comes back', async () => {
  const receipt = await file(browser, '/forms/general_diary', { ...typed, 'diary.subject': nasty });
  const entry = await browser.go(receipt.path.replace('/receipt', ''));
  assert.ok(!entry.html.includes('<script>'));
  assert.ok(entry.text.includes(`<script>alert(1)</script> "double" 'single' &amp;`));
  const search = await browser.go(`/search?q=${encodeURIComponent(nasty)}`);
  assert.ok(!search.html.includes('<script>'));
});

test('one more row keeps the rows before it', async () => {
  let page = await browser.go('/forms/general_diary');
  page = await page.submit({ _add: 'persons' });
  page = await page.submit({ 'persons.0.who.name': 'Ramesh Yadav', _add: 'persons' });
  const { fields } = page.form();
  assert.equal(fields['persons.0.who.name'], 'Ramesh Yadav');
  assert.equal(fields['persons.1.who.name'], '');
  assert.equal(page.status, 200);
  page = await page.submit({ 'persons.1.who.name': 'Sita Bai', _remove: 'persons.0' });
  assert.equal(page.form().fields['persons.0.who.name'], undefined, 'a row taken away is gone');
  assert.equal(page.form().fields['persons.1.who.name'], 'Sita Bai', 'and no other');
});

test('sections are read as clerks type them', async () => {
  const first = await browser.go('/forms/fir');
  const part = first.html.match(/href="([^"]*\/part\/offences[^"]*)"/)[1].replaceAll('&amp;', '&');
  const page = await (await browser.go(part)).submit({ 'offences.0.offence': '303(2), 317(2) BNS', _refresh: '1' });
  const { fields } = page.form();
  assert.equal(fields['offences.0.offence'], 'BNS 303(2)');
  assert.equal(fields['offences.1.offence'], 'BNS 317(2)');
});

test('a file chosen on the page is stored under its hash and kept when the page comes back', async () => {
  const content = 'scan of the written report';
  const sha256 = createHash('sha256').update(content).digest('hex');
  let page = await browser.go('/forms/general_diary');
  page = await page.submit({ '_file:diary.files.0': new File([content], 'report.txt'), _continue: '1' });
  assert.equal(page.status, 422);
  assert.equal(page.form().fields['diary.files.0'], sha256);
  const receipt = await (await page.submit({ ...typed, _continue: '1' })).submit({ _record: '1' });
  const entry = await browser.go(receipt.path.replace('/receipt', ''));
  assert.ok(entry.html.includes(`/api/v1/blobs/${sha256}`));
  assert.equal((await browser.go(`/api/v1/blobs/${sha256}`)).html, content);
});

test('when the session ended meanwhile, what was typed comes back after signing in', async () => {
  const other = server.browser();
  await other.signIn(sho);
  const page = await other.go('/forms/general_diary');
  delete other.cookies.panji;
  const signIn = await page.submit({ 'diary.particulars': 'long story', _continue: '1' });
  assert.equal(signIn.status, 401);
  const wrong = await signIn.submit({ officer: sho.officer, password: 'not the right one' });
  assert.equal(wrong.status, 401);
  const again = await wrong.submit({ officer: sho.officer, password: sho.password });
  assert.equal(again.status, 200);
  assert.match(again.path, /^\/drafts\//);
  assert.equal(again.form().fields['diary.particulars'], 'long story');
  assert.match(again.text, /Saved \d\d:\d\d/);
});

test('a page whose token is old comes back with a fresh one and nothing lost', async () => {
  const page = await browser.go('/forms/general_diary');
  const back = await page.submit({ ...typed, _csrf: 'old', _continue: '1' });
  assert.equal(back.status, 403);
  assert.equal(back.form().fields['diary.subject'], typed['diary.subject']);
  assert.match((await back.submit({ _continue: '1' })).path, /\/sign$/);
});

test('Hindi is one link away and stays', async () => {
  const other = server.browser();
  await other.signIn(sho);
  const page = await other.go('/?lang=hi');
  assert.match(page.html, /<html lang="hi">/);
  assert.match(page.text, /मेरे कार्य/);
  const forms = await other.go('/forms/general_diary');
  assert.match(forms.text, /रोजनामचा/);
  assert.match((await forms.submit({ _continue: '1' })).text, /“प्रकार” भरें/);
  assert.match((await other.go('/?lang=en')).html, /<html lang="en">/);
});

test('lists, offices and search are there for whoever is posted, and ask others to sign in', async () => {
  const stranger = server.browser();
  for (const path of ['/', '/forms', '/cases', '/registers', '/search', '/offices', `/offices/${sho.office}`]) {
    assert.equal((await browser.go(path)).status, 200, path);
    assert.match((await stranger.go(path)).path, /^\/sign-in/, path);
  }
});

test('a register takes dates as people type them and says when it cannot read one', async () => {
  assert.equal((await browser.go('/registers/diary?form=general_diary&from=t&to=t')).status, 200);
  assert.equal((await browser.go('/registers/diary?from=neverday')).status, 422);
});

test('everybody has a first page, whatever his role', async () => {
  const seen = new Set();
  for (const officer of server.officers.filter((one) => !seen.has(one.role) && seen.add(one.role))) {
    const other = server.browser();
    await other.signIn(officer);
    for (const path of ['/', '/clocks', '/registers', '/cases', '/notices'])
      assert.equal((await other.go(path)).status, 200, `${officer.role} ${path}`);
  }
});

test('every form of the demo draws for those who may file it', async () => {
  for (const officer of server.officers) {
    const other = server.browser();
    await other.signIn(officer);
    const list = await other.go('/forms');
    const paths = [...list.html.matchAll(/href="(\/forms\/[a-z_]+)"/g)].map((found) => found[1]);
    for (const path of paths) assert.equal((await other.go(path)).status, 200, path);
  }
});
