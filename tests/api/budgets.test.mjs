// How much a page costs a slow line: the first view with all it loads, later ones alone, as sent, compressed.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import http from 'node:http';
import { startServer } from './server.mjs';
import { draftOf, fill } from './filing.mjs';
import { World } from './world.mjs';

const FIRST = 64 << 10, LATER = 15 << 10;
let server, browser, fir, draft;

before(async () => {
  server = await startServer();
  const world = new World(server);
  fir = await world.fir();
  await world.deposited(fir);
  browser = server.browser();
  await browser.signIn(server.officer('sho'));
  const review = await fill(browser, '/forms/fir', { 'registration.kind': 'ordinary', 'accused.0.who.name': 'Budhram Nishad', 'offences.0.offence': 'BNS 303(2)' });
  draft = draftOf(review);
});
after(() => server.stop());

// The answer as it travels: head and body.
function received(path, who = browser) {
  const cookie = Object.entries(who.cookies).map((pair) => pair.join('=')).join('; ');
  return new Promise((resolve, reject) => {
    http.get(server.url + path, { headers: { cookie, 'accept-encoding': 'gzip' }, agent: false }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk) => { bytes += chunk.length; });
      answer.on('end', () => resolve({ status: answer.statusCode, bytes: bytes + answer.rawHeaders.join('    ').length }));
    }).on('error', reject);
  });
}

test('the first view, with style and script, is at most 64 KB', async () => {
  const page = await server.browser().go('/sign-in');
  const assets = [...page.html.matchAll(/(?:href|src)="(\/assets\/[^"]*)"/g)].map(([, path]) => path);
  assert.ok(assets.length >= 2, 'a style and a script at least');
  let sum = 0;
  for (const path of ['/sign-in', ...new Set(assets)]) {
    const { status, bytes } = await received(path, page.browser);
    assert.equal(status, 200, path);
    sum += bytes;
  }
  assert.ok(sum <= FIRST, `${sum} bytes`);
});

test('every later page is at most 15 KB, and loads nothing that was not there', async () => {
  const registers = (await browser.go('/registers')).html.match(/\/registers\/[a-z_]+/g);
  const forms = new Set([...(await browser.go('/forms')).html.matchAll(/"(\/forms\/[a-z_]+)/g)].map(([, path]) => path));
  const onCase = new Set([...(await browser.go(`/cases/${fir.id}`)).html.matchAll(/"(\/forms\/[a-z_]+\?case=[^"&]+)/g)].map(([, path]) => path));
  assert.ok(forms.has('/forms/fir') && onCase.size > 10, 'the forms there are');
  const parts = ['registration', 'offences', 'occurrence', 'information', 'complainant', 'accused', 'accused.0', 'contents', 'action', 'dispatch'];
  const paths = ['/', '/?show=arrived', '/?show=sent', '/forms', ...forms, ...onCase, '/drafts',
    `/drafts/${draft}`, ...parts.map((part) => `/drafts/${draft}/part/${part}`), `/drafts/${draft}/review`, `/drafts/${draft}/drop`,
    '/choose/offence?q=theft', '/choose/officer?q=a', '/choose/station?q=s', `/entries/${fir.id}`, `/entries/${fir.id}/receipt`, '/entries', '/cases',
    ...['', '?show=clocks', '?show=people', '?show=property', '?show=papers'].map((tab) => `/cases/${fir.id}${tab}`), `/people/${fir.accused}`,
    '/clocks', '/clocks/compliance', '/notices', '/search', '/search?q=Budhram', '/registers', ...new Set(registers), '/offices', '/posting', '/nowhere'];
  const before = new Set((await browser.go('/')).html.match(/\/assets\/[^"]*/g));
  const heavy = [];
  for (const lang of ['en', 'hi']) {
    await browser.go(`/?lang=${lang}`);
    for (const path of paths) {
      const { status, bytes } = await received(path);
      assert.ok(status === 200 || path === '/nowhere', `${path}: ${status}`);
      if (bytes > LATER) heavy.push(`${path} (${lang}): ${bytes}`);
    }
  }
  for (const path of ['/forms/fir', `/cases/${fir.id}`, '/clocks', '/search?q=Budhram'])
    for (const asset of (await browser.go(path)).html.match(/\/assets\/[^"]*/g)) assert.ok(before.has(asset), `${path} loads ${asset}`);
  assert.deepEqual(heavy, []);
});
