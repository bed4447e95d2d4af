// What every page carries and how it travels: assets that a browser keeps, small answers, what a slow line has to bear.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { startServer } from './server.mjs';

let server, sho, browser;
before(async () => { server = await startServer(); sho = server.officer('sho'); browser = server.browser(); await browser.signIn(sho); });
after(() => server.stop());

// As it is on the wire: nothing decompressed.
function wire(path, headers = {}) {
  return new Promise((resolve, reject) => {
    const call = request(server.url + path, { headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    });
    call.on('error', reject);
    call.end();
  });
}
const cookies = () => Object.entries(browser.cookies).map((pair) => pair.join('=')).join('; ');
const page = (path, encoding = 'gzip') => wire(path, { cookie: cookies(), 'accept-encoding': encoding });
const assetsOf = (html) => [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((found) => found[1]);

test('assets are named by their bytes and kept for ever', async () => {
  const paths = assetsOf((await browser.go('/')).html);
  assert.deepEqual(paths.map((path) => path.split('/').pop()).sort(), ['htmx.js', 'panji.css', 'panji.js', 'panji.svg']);
  for (const path of paths) {
    const answer = await wire(path);
    assert.equal(answer.status, 200, path);
    assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(answer.headers['set-cookie'], undefined);
    const small = await wire(path, { 'accept-encoding': 'gzip' });
    if (small.headers['content-encoding']) assert.deepEqual(gunzipSync(small.body), answer.body, path);
    assert.equal(small.headers.vary, 'Accept-Encoding');
  }
});

test('a page older than the program still finds its sheet, but does not keep it', async () => {
  const [path] = assetsOf((await browser.go('/')).html);
  const old = await wire(path.replace(/assets\/[0-9a-f]+/, 'assets/000000000000'));
  assert.equal(old.status, 200);
  assert.equal(old.headers['cache-control'], 'no-cache');
  assert.equal((await wire('/assets/000000000000/node.key')).status, 404);
  assert.equal((await wire('/assets/000000000000/..%2Fpanji.css')).status, 404);
});

test('a page is compressed only for those who take it', async () => {
  const plain = await page('/', '');
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(plain.headers.vary, 'Accept-Encoding');
  for (const taken of ['gzip', 'br, GZIP;q=0.5', 'deflate , gzip', '*']) {
    const small = await page('/', taken);
    assert.equal(small.headers['content-encoding'], 'gzip', taken);
    assert.equal(Number(small.headers['content-length']), small.body.length);
    assert.ok(small.body.length < plain.body.length / 2);
    assert.match(gunzipSync(small.body).toString(), /<\/html>$/);
  }
  for (const refused of ['gzip;q=0', 'br', 'gzip;q=0.000, br', 'xgzip', 'deflate, gzip; q=0'])
    assert.equal((await page('/', refused)).headers['content-encoding'], undefined, refused);
});

test('what is no text is left as it is', async () => {
  const tile = await wire('/log/tile/0/000', { 'accept-encoding': 'gzip' });
  assert.equal(tile.headers['content-encoding'], undefined);
});

test('a first view is at most 64 KB, every later one at most 15 KB', async () => {
  const diary = await browser.go('/forms/general_diary');
  await diary.submit({ 'diary.kind': 'information', 'diary.happened_at': 't', 'diary.subject': 'Theft', 'diary.particulars': 'Told.', _record: '1' });
  const first = await page('/');
  let sum = first.body.length;
  for (const path of assetsOf(gunzipSync(first.body).toString())) sum += (await wire(path, { 'accept-encoding': 'gzip' })).body.length;
  assert.ok(sum <= 64 * 1024, `first view: ${sum} bytes`);
  for (const path of ['/', '/forms', '/forms/general_diary', '/cases', '/registers', '/search?q=1', '/offices', `/offices/${sho.office}`]) {
    for (const lang of ['en', 'hi']) {
      const { length } = (await page(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)).body;
      assert.ok(length <= 15 * 1024, `${path} in ${lang}: ${length} bytes`);
    }
  }
});

test('the policy lets nothing of a page run that is not a file of ours', async () => {
  const answer = await browser.go('/');
  const policy = answer.headers.get('content-security-policy');
  for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"])
    assert.ok(policy.includes(rule), rule);
  assert.doesNotMatch(policy, /unsafe|data:|\*|http/);
  for (const [tag] of answer.html.matchAll(/<script[^>]*>/g)) assert.match(tag, /^<script src="\/assets\/[0-9a-f]{12}\/[a-z.]+" defer>$/);
});

test('language, colours and keys are chosen once and stay; other values change nothing', async () => {
  const own = server.browser();
  await own.signIn(sho);
  const dark = await own.go('/cases?theme=dark&stage=investigation');
  assert.match(dark.html, /<html lang="en" class="dark">/);
  assert.match((await own.go('/')).html, /class="dark"/);
  assert.match((await own.go('/?theme=device')).html, /<html lang="en">/);
  assert.match((await own.go('/?theme="><script>')).html, /<html lang="en">/);
  assert.match((await own.go('/?keys=off')).html, /<body data-keys="off"/);
  assert.match((await own.go('/')).html, /<body data-keys="off"/);
  assert.doesNotMatch((await own.go('/?keys=on')).html, /data-keys/);
  const hindi = await own.go('/cases?stage=investigation&after=7&lang=hi');
  const back = hindi.html.match(/<a href="([^"]*)" lang="en"/)[1];
  assert.equal(back, '/cases?stage=investigation&amp;lang=en', 'the same list in the other language, from its beginning');
});

test('who works where in which role stands on every page, and that the register is for practice', async () => {
  const answer = await browser.go('/offices');
  for (const words of [sho.name, 'Station house officer', 'Practice register']) assert.ok(answer.text.includes(words), words);
  const hindi = await browser.go('/offices?lang=hi');
  assert.ok(hindi.text.includes('अभ्यास पंजी'));
  await browser.go('/offices?lang=en');
});

test('the script may ask that the session goes on; a stranger is not told it does', async () => {
  assert.equal((await wire('/session', { cookie: cookies() })).status, 204);
  assert.equal((await wire('/session')).status, 303);
});
