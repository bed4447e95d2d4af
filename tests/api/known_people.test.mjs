// People already known, offered while one types a person into a form, and linked instead of written again.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { startServer } from './server.mjs';
import { World } from './world.mjs';

let server, world, first, browser, draft;
const htmx = { headers: { 'HX-Request': 'true' } };
const choose = (query, init) => browser.go(`/choose/person?into=accused.0.who.ref&draft=${draft}&${new URLSearchParams(query)}`, init);

before(async () => {
  server = await startServer();
  world = new World(server);
  first = await world.fir({ accused: [{ who: { name: 'Budhram Nishad', relation: 'father', relative_name: 'Sukhlal Nishad' } }] });
  browser = server.browser();
  await browser.signIn(server.officer('sho'));
  const page = await browser.go('/forms/fir');
  draft = page.html.match(/draft=([0-9a-f-]{36})|\/drafts\/([0-9a-f-]{36})/).slice(1).find(Boolean);
  const opened = await browser.go(`/drafts/${draft}/part/accused.0?form=fir`);
  await opened.submit({ 'accused.0.who.name': 'बुधराम निषाद', _save: '1' });
});
after(() => server.stop());

test('a man of another case is offered by a name typed in the other script, with case and reasons', async () => {
  const page = await choose({ 'accused.0.who.name': 'बुधराम निषाद' }, htmx);
  assert.equal(page.status, 200);
  assert.match(page.text, /Budhram Nishad/);
  assert.ok(page.text.includes(first.number));
  assert.ok(!page.html.includes('<html'), 'a fragment, not a page');
});

test('without the script the same stands on a page that leads back, from what the draft holds', async () => {
  const page = await choose({});
  assert.match(page.text, /Budhram Nishad/);
});

test('choosing him puts the reference in and takes the typed name back', async () => {
  const page = await choose({});
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
  const asked = (name) => stranger.go(`/choose/person?into=accused.0.who.ref&draft=${own}&${new URLSearchParams({ form: 'fir', 'accused.0.who.name': name })}`, htmx);
  assert.ok(!(await asked('Budhram Nishad')).text.includes(first.number));
  assert.equal((await asked('')).text.trim(), '');
});

test('what is typed is searched for, never believed', async () => {
  for (const name of ['<script>alert(1)</script>', "' OR 1=1 --", '%_%', 'ड'.repeat(500)]) {
    const page = await choose({ 'accused.0.who.name': name }, htmx);
    assert.equal(page.status, 200, name);
    assert.ok(!page.html.includes('<script>alert'), name);
  }
});
