// Whom a form goes to: a few offices stand there as boxes; of the hundreds of a State those chosen stand there, and others
// are found by a few letters and added, with no JavaScript.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { startServer } from './server.mjs';
import { World } from './world.mjs';
import { dateText } from './bodies.mjs';
import { now } from './clock.mjs';

let server, world, browser, path;
before(async () => {
  server = await startServer();
  world = new World(server);
  const fir = await world.fir();
  const magistrate = await world.accepted(fir, await world.chargeSheet(fir));
  browser = server.browser();
  await browser.signIn(magistrate.officer);
  await browser.go('/?lang=hi');
  path = `/forms/diary_call?case=${fir.id}`;
});
after(() => server.stop());

const boxes = (page) => [...page.html.matchAll(/<input[^>]*type="checkbox"[^>]*name="_to"[^>]*>/g)].map(([tag]) => ({
  office: tag.match(/value="([^"]*)"/)[1], chosen: /\schecked/.test(tag) }));
const chosen = (page) => boxes(page).filter((box) => box.chosen).map((box) => box.office).sort();
const picks = (page) => [...page.html.matchAll(/<button[^>]*name="_pick" value="([^"]*)"[^>]*>([^<]*)</g)].map(([, value, words]) => ({ value, words }));
// Where what is chosen goes to.
const draft = (page) => page.html.match(/action="(\/drafts\/[^"]*)"/)[1];

test('the stations of a district stand there as boxes', async () => {
  const page = await browser.go(path);
  assert.ok(boxes(page).length > 10 && boxes(page).length <= 20);
  assert.doesNotMatch(page.html, /value="office _to"/);
});

test('of many stations those are found that begin so, none but stations, and one after the other is added', async () => {
  const admin = await world.desk('administrator'), opened = dateText(now());
  for (let i = 1; i <= 12; i++)
    await admin.file('office', { office: { code: `PS-NEW-${i}`, kind: 'ps', name: `New Station ${i}`, name_hi: `नवीन थाना ${i}`,
      state: 'chhattisgarh', opened_on: opened } });
  let page = await browser.go(path);
  assert.deepEqual(boxes(page), [], 'none is chosen yet');
  const find = (words) => page.submit({ _typed: words, _find: 'office _to' });
  let found = await find('नवीन 7');
  assert.match(found.path, /^\/choose\/office\?/);
  assert.deepEqual(picks(found), [{ value: '_to=PS-NEW-7', words: 'नवीन थाना 7' }]);
  page = await found.submit({ _pick: '_to=PS-NEW-7' }, draft(found));
  assert.deepEqual(chosen(page), ['PS-NEW-7']);
  found = await find('New Station 9');
  page = await found.submit({ _pick: picks(found)[0].value }, draft(found));
  assert.deepEqual(chosen(page), ['PS-NEW-7', 'PS-NEW-9'], 'the first stays');
  page = await found.submit({ _pick: '_to=PS-NEW-9' }, draft(found));
  assert.deepEqual(chosen(page), ['PS-NEW-7', 'PS-NEW-9'], 'nobody is addressed twice');
  found = await find(world.officeOfKind(['court']));
  assert.deepEqual(picks(found), [], 'a court is no addressee of this form');
  page = await page.submit({ _to: 'PS-NEW-7', _refresh: '1' });
  assert.deepEqual(chosen(page), ['PS-NEW-7'], 'a box without its tick is one no more');
  page = await page.submit({ _to: '', _refresh: '1' });
  assert.deepEqual(boxes(page), []);
});
