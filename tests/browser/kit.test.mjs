// The kit in a real browser: its components with each state in dark and light, the keys, and that nothing of it is needed.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { startServer } from '../api/server.mjs';
import { pressAccessKey } from './keys.mjs';
import { launch, person, violations } from './people.mjs';

const PARTS = ['lists', 'tables', 'notices', 'fields', 'wrong', 'charts'].map((part) => `/kit?part=${part}`);
let server, browser, sho;

before(async () => {
  server = await startServer();
  browser = await launch();
  sho = server.officer('sho');
});
after(async () => { await browser?.close(); await server?.stop(); });

// Every visit of one person to a list of pages; each must be in order.
async function looksOver(paths, options) {
  const page = await person(browser, server, sho, options);
  const wrong = [];
  for (const path of paths) {
    await page.visit(path);
    for (const one of await violations(page)) wrong.push(`${path}: ${one}`);
    const { scroll, width } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, width: innerWidth }));
    if (scroll > width) wrong.push(`${path}: ${scroll} px wide in a window of ${width}`);
  }
  assert.deepEqual(wrong, []);
  assert.deepEqual(page.faults, []);
  await page.context().close();
}

test('the components are accessible in dark colours', () => looksOver(PARTS, { scheme: 'dark' }));
test('the components are accessible on a narrow screen, in Hindi', () => looksOver(PARTS, { width: 320, height: 640, lang: 'hi' }));

test('a stranger finds signing in and a wrong password in order', async () => {
  const page = await person(browser, server);
  assert.deepEqual(await violations(page), []);
  await page.fill('#officer', sho.officer);
  await page.fill('#password', 'not the right one');
  await page.click('main button');
  assert.deepEqual(await violations(page), []);
  assert.match(await page.title(), /^Please check:/);
  await page.context().close();
});

const focus = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.tagName);

test('keys: the skip link, search, going to a page, the list of keys', async () => {
  const page = await person(browser, server, sho);
  await page.visit('/cases');
  await page.keyboard.press('Tab');
  assert.match(await page.evaluate(() => document.activeElement.textContent), /To the content/);
  await page.keyboard.press('Enter');
  assert.equal(await focus(page), 'main');
  await page.keyboard.press('/');
  assert.equal(await focus(page), 'panji-search');
  await page.keyboard.type('g?/');
  assert.equal(await page.inputValue('#panji-search'), 'g?/', 'while typing the keys are letters');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('?');
  assert.equal(await page.evaluate(() => document.getElementById('panji-keys').open), true);
  await Promise.all([page.waitForURL('**/offices'), page.keyboard.press('g').then(() => page.keyboard.press('o'))]);
  await page.keyboard.press('/');
  await Promise.all([page.waitForURL('**/registers'), pressAccessKey(page, 'r')]);
  await page.context().close();
});

test('keys switched off stay off', async () => {
  const page = await person(browser, server, sho);
  await page.click('#panji-keys summary');
  await page.click('#panji-keys a');
  await page.visit('/cases');
  await page.keyboard.press('/');
  assert.notEqual(await focus(page), 'panji-search');
  await page.context().close();
});

test('an error takes the focus, and its link leads to the field', async () => {
  const page = await person(browser, server, sho);
  await page.visit('/kit?part=wrong');
  assert.equal(await focus(page), 'panji-errors');
  await page.click('#panji-errors a >> nth=1');
  assert.equal(await focus(page), 'kit.date');
  assert.equal(await page.getAttribute('#kit\\.date', 'aria-describedby'), 'hint-kit.date error-kit.date');
  await page.context().close();
});

test('a filter changes the list in place, and the address with it; Back undoes it', async () => {
  const page = await person(browser, server, sho);
  await page.visit('/kit?part=tables');
  await page.evaluate(() => { window.stayed = true; });
  await page.click('.filters a >> nth=1');
  await page.waitForURL('**/kit?part=tables&stage=open');
  await page.waitForSelector('.filters a[aria-current] >> text=Pending');
  assert.equal(await page.evaluate(() => window.stayed), true, 'the page was not loaded anew');
  assert.match(await page.getAttribute('#panji-language', 'href'), /stage=open/);
  await page.goBack();
  await page.waitForSelector('.filters a[aria-current] >> text=All');
  await page.context().close();
});

test('keys: who presses a filter stays at it, and goes on from there', async () => {
  const page = await person(browser, server, sho);
  await page.visit('/kit?part=tables');
  const [, open] = await page.locator('.filters a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const here = () => page.evaluate(() => document.activeElement.getAttribute('href'));
  for (let presses = 0; await here() !== open && presses < 100; presses++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.filters a[aria-current] >> text=Pending');
  assert.equal(await here(), open);
  await page.context().close();
});

test('a lost line is told in words, and that it came back', async () => {
  const page = await person(browser, server, sho);
  assert.equal(await page.textContent('#panji-line'), 'Connected');
  await page.context().setOffline(true);
  await page.waitForSelector('#panji-line.lost');
  assert.match(await page.textContent('#panji-line'), /stays here/);
  await page.context().setOffline(false);
  await page.waitForSelector('#panji-line:not(.lost)');
  await page.context().close();
});

test('minutes before the session ends the page says so, and one press keeps it', async () => {
  const page = await person(browser, server, sho);
  await page.clock.install();
  await page.visit('/cases');
  await page.clock.fastForward('26:00');
  assert.equal(await page.isVisible('#panji-time'), false);
  await page.clock.fastForward('02:00');
  await page.waitForSelector('#panji-time', { state: 'visible' });
  assert.match(await page.textContent('#panji-time'), /signed out in [23] min/);
  assert.deepEqual(await violations(page), []);
  await page.click('#panji-time button');
  await page.waitForSelector('#panji-time', { state: 'hidden' });
  await page.clock.fastForward('31:00');
  await page.waitForSelector('#panji-time', { state: 'visible' });
  assert.match(await page.textContent('#panji-time'), /session has ended/);
  await page.context().close();
});

test('leaving with something typed asks first; sending does not', async () => {
  const page = await person(browser, server, sho);
  let asked = 0;
  page.on('dialog', async (dialog) => { asked++; await dialog.accept(); });
  await page.visit('/kit?part=fields');
  await page.fill('#kit\\.name', 'x');
  await page.visit('/cases');
  assert.equal(asked, 1);
  await page.visit('/kit?part=fields');
  await page.fill('#kit\\.name', 'x');
  await page.click('form.typed > button');
  assert.equal(asked, 1);
  await page.context().close();
});

test('colours are chosen on the page and kept against those of the device', async () => {
  const page = await person(browser, server, sho, { scheme: 'dark' });
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await paper();
  await page.click('#panji-colours a >> text=light');
  const light = await paper();
  assert.notEqual(light, dark);
  await page.visit('/cases');
  assert.equal(await paper(), light);
  await page.context().close();
});

test('without script everything is there: lists, filters, folded parts, the other language', async () => {
  const page = await person(browser, server, sho, { script: false });
  await page.visit('/kit?part=tables');
  await page.click('.filters a >> nth=1');
  assert.match(page.url(), /stage=open/);
  await page.click('thead a >> nth=0');
  assert.match(page.url(), /sort=case_number/);
  assert.equal(await page.getAttribute('thead th >> nth=0', 'aria-sort'), 'ascending');
  await page.click('#panji-language');
  assert.equal(await page.getAttribute('html', 'lang'), 'hi');
  assert.match(page.url(), /sort=case_number/);
  await page.context().close();
});

test('paper is clean: no links to follow, no forms, black on white', async () => {
  const page = await person(browser, server, sho, { scheme: 'dark' });
  await page.visit('/cases');
  await page.emulateMedia({ media: 'print' });
  for (const gone of ['.places', '.find', '#panji-language', '#panji-colours']) assert.equal(await page.isVisible(gone), false, gone);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).color), 'rgb(0, 0, 0)');
  assert.equal(await page.isVisible('h1'), true);
  await page.context().close();
});
