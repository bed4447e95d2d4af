// People already known, offered while one types a person into a form, and linked instead of written again.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { startServer } from './server.mjs';
import { World } from './world.mjs';

let server, world, first, browser, draft, token;
const htmx = { headers: { 'HX-Request': 'true' } };
const address = (id) => `/choose/person?into=accused.0.who.ref&draft=${id}`;
// As the script sends what is typed: in the body, with the token of the form.
const send = (from, csrf, path, body) => from.go(path, { method: 'POST', body: new URLSearchParams({ _csrf: csrf, ...body }), ...htmx });
const choose = (body) => send(browser, token, address(draft), body);
const tokenOf = (page) => page.html.match(/name="_csrf" value="([^"]+)"/)[1];

before(async () => {
  server = await startServer();
  world = new World(server);
  first = await world.fir({ accused: [{ who: { name: 'Budhram Nishad', relation: 'father', relative_name: 'Sukhlal Nishad' } }] });
  browser = server.browser();
  await browser.signIn(server.officer('sho'));
  const page = await browser.go('/forms/fir');
  draft = page.html.match(/draft=([0-9a-f-]{36})|\/drafts\/([0-9a-f-]{36})/).slice(1).find(Boolean);
  const opened = await browser.go(`/drafts/${draft}/part/accused.0?form=fir`);
  token = tokenOf(opened);
  await opened.submit({ 'accused.0.who.name': 'बुधराम निषाद', _save: '1' });
});
after(() => server.stop());

test('a man of another case is offered by a name typed in the other script, with case and reasons', async () => {
  const page = await choose({ 'accused.0.who.name': 'बुधराम निषाद' });
  assert.equal(page.status, 200);
  assert.match(page.text, /Budhram Nishad/);
  assert.ok(page.text.includes(first.number));
  assert.ok(!page.html.includes('<html'), 'a fragment, not a page');
});

test('without the script the same stands on a page that leads back, from what the draft holds', async () => {
  const page = await browser.go(address(draft));
  assert.match(page.text, /Budhram Nishad/);
});

test('choosing him puts the reference in and takes the typed name back', async () => {
  const page = await browser.go(address(draft));
  const pick = page.html.match(/name="_pick" value="([^"]*accused\.0\.who\.ref=[^"]*)"/)[1].replaceAll('&amp;', '&');
  assert.match(pick, /accused\.0\.who\.name=(&|$)/);
  const back = await page.submit({ _pick: pick }, page.html.match(/action="(\/drafts\/[^"]*)"/)[1]);
  assert.equal(back.status, 200);
  assert.match(back.html, new RegExp(`<option value="${first.accused}" selected`));
});

test('nobody is offered whom the officer may not name, and an empty field offers nobody', async () => {
  const stranger = server.browser();
  await stranger.signIn(world.officers('sho', world.otherStation)[0]);
  const opened = await stranger.go('/forms/fir');
  const own = opened.html.match(/draft=([0-9a-f-]{36})|\/drafts\/([0-9a-f-]{36})/).slice(1).find(Boolean);
  const asked = (name) => send(stranger, tokenOf(opened), address(own), { _form: 'fir', 'accused.0.who.name': name });
  assert.ok(!(await asked('Budhram Nishad')).text.includes(first.number));
  assert.equal((await asked('')).text.trim(), '');
});

test('what is typed is searched for, never believed', async () => {
  for (const name of ['<script>alert(1)</script>', "' OR 1=1 --", '%_%', 'ड'.repeat(500)]) {
    const page = await choose({ 'accused.0.who.name': name });
    assert.equal(page.status, 200, name);
    assert.ok(!page.html.includes('<script>alert'), name);
  }
});

test('no name stands in an address: what is asked in one finds nothing, and a POST needs the token of the form', async () => {
  const empty = await browser.go('/forms/fir');
  const other = empty.html.match(/draft=([0-9a-f-]{36})|\/drafts\/([0-9a-f-]{36})/).slice(1).find(Boolean);
  for (const init of [{}, htmx]) {
    assert.ok(!(await browser.go(`${address(other)}&form=fir&q=Budhram+Nishad`, init)).html.includes(first.number));
    const second = `${address(draft).replace('accused.0', 'accused.1')}&accused.1.who.name=Budhram+Nishad`;
    assert.ok(!(await browser.go(second, init)).html.includes(first.number));
  }
  assert.ok((await send(browser, token, address(other), { _form: 'fir', 'accused.0.who.name': 'Budhram Nishad' })).html.includes(first.number));
  for (const wrong of ['', 'x'.repeat(token.length)]) {
    const refused = await send(browser, wrong, address(draft), { 'accused.0.who.name': 'Budhram Nishad' });
    assert.equal(refused.status, 403);
    assert.ok(!refused.html.includes(first.number));
    assert.equal((await send(browser, wrong, '/read/name?from=a.name&into=a.name_other', { 'a.name': 'बुधराम' })).status, 403);
  }
  assert.equal((await browser.go('/read/name?from=a.name&into=a.name_other&a.name=x')).status, 405);
});

test('the pages ask by POST, and one looks for another name without the script the same way', async () => {
  const part = await browser.go(`/drafts/${draft}/part/accused.0?form=fir`);
  for (const what of ['/choose/person', '/read/name']) {
    assert.ok(part.html.includes(`hx-post="${what}?`), what);
    assert.ok(!part.html.includes(`hx-get="${what}`), what);
  }
  const sent = await part.submit({ 'accused.0.who.ref': '', 'accused.0.who.name': 'बुधराम निषाद', _find: 'person accused.0.who.ref', _typed: 'Budhram Nishad' });
  assert.match(sent.path, /^\/choose\/person\?/);
  assert.ok(!/Budhram|%E0/.test(sent.path), sent.path);
  assert.ok(sent.text.includes(first.number), 'by what the draft holds');
  const again = await sent.submit({ q: 'Budh nish' }, sent.html.match(/action="(\/choose\/person[^"]*)"/)[1].replaceAll('&amp;', '&'));
  assert.equal(again.status, 200);
  assert.ok(!again.path.includes('Budh'));
  assert.ok(again.text.includes(first.number));
  const proposed = await send(browser, token, '/read/name?from=a.name&into=a.name_other', { 'a.name': 'बुधराम निषाद', 'a.name_other': '' });
  assert.match(proposed.text, /Budhram Nishad/);
  assert.equal((await send(browser, token, '/read/name?from=a.name&into=a.name_other', { 'a.name': 'बुधराम', 'a.name_other': 'Budhram' })).text.trim(), '');
});
