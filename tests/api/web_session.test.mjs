// Signing in: who gets in, what a stranger learns, and what a page of another site can do with somebody's session.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { now } from './clock.mjs';
import { cookiesSet, startServer } from './server.mjs';

let server, sho;
before(async () => { server = await startServer(); sho = server.officer('sho'); });
after(() => server.stop());

test('a right password gives a token, the postings and the time it ends', async () => {
  const answer = await server.client(sho).post('/api/v1/session', { officer: sho.officer, password: sho.password });
  assert.equal(answer.status, 201);
  assert.equal(answer.json.officer, sho.officer);
  assert.equal(answer.json.office, sho.office);
  assert.equal(answer.json.role, 'sho');
  assert.ok(answer.json.postings.some((posting) => posting.office === sho.office));
  assert.ok(Date.parse(answer.json.expires_at) > now());
});

test('a wrong password and an unknown officer sound the same', async () => {
  const wrong = await server.client(sho).post('/api/v1/session', { officer: sho.officer, password: 'not the password' });
  const unknown = await server.client(sho).post('/api/v1/session', { officer: 'nobody-here', password: 'not the password' });
  for (const answer of [wrong, unknown]) {
    assert.equal(answer.status, 401);
    assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  }
  const { instance: one, ...first } = wrong.json;
  const { instance: other, ...second } = unknown.json;
  assert.notEqual(one, other);
  assert.deepEqual(first, second);
});

test('an office one is not posted to cannot be chosen', async () => {
  const elsewhere = server.officers.find((officer) => officer.office !== sho.office).office;
  const answer = await server.client(sho).post('/api/v1/session',
    { officer: sho.officer, password: sho.password, office: elsewhere });
  assert.equal(answer.status, 422);
  assert.equal(answer.json.problems[0].path, 'office');
});

test('signing out ends the token', async () => {
  const client = await server.client(sho).signIn();
  assert.equal((await client.get('/api/v1/tasks')).status, 200);
  assert.equal((await client.send('DELETE', '/api/v1/session')).status, 204);
  const after = await client.get('/api/v1/tasks');
  assert.equal(after.status, 401);
  assert.equal(after.json.code, 'session_ended');
});

test('without a token nothing of a record is told', async () => {
  const stranger = server.client(sho);
  for (const path of ['/api/v1/tasks', '/api/v1/cases', '/api/v1/entries', '/api/v1/people?name=ram',
    `/api/v1/blobs/${'0'.repeat(64)}`]) {
    const answer = await stranger.get(path);
    assert.equal(answer.status, 401, path);
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
  }
  assert.equal((await stranger.file('general_diary', {})).status, 401);
});

test('the cookie of a page cannot be read by scripts or sent from elsewhere', async () => {
  const browser = server.browser();
  const page = await browser.go('/sign-in');
  const answer = await page.submit({ officer: sho.officer, password: sho.password }, undefined, { follow: false });
  assert.equal(answer.status, 303);
  const cookie = cookiesSet(answer).find((line) => line.startsWith('panji='));
  assert.match(cookie, /; HttpOnly/);
  assert.match(cookie, /; SameSite=Strict/);
  assert.match(cookie, /; Path=\//);
});

test('a cookie alone files nothing: not by a page without its token, not through the API', async () => {
  const browser = server.browser();
  await browser.signIn(sho);
  const page = await browser.go('/posting');
  assert.equal((await page.submit({ _csrf: '' })).status, 403);
  assert.equal((await page.submit({ _csrf: 'x'.repeat(32) })).status, 403);
  const api = await browser.go('/api/v1/entries',
    { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } });
  assert.equal(api.status, 401);
});

test('signing in from a page of another site is refused', async () => {
  const page = await server.browser().go('/sign-in');
  const answer = await page.submit({ officer: sho.officer, password: sho.password }, undefined,
    { headers: { 'Sec-Fetch-Site': 'cross-site' } });
  assert.equal(answer.status, 403);
  assert.equal(answer.browser.cookies.panji, undefined);
});

test('one is never sent on to another site after signing in', async () => {
  for (const back of ['//example.org/', 'https://example.org/', '/\\example.org']) {
    const page = await server.browser().go(`/sign-in?return=${encodeURIComponent(back)}`);
    const answer = await page.submit({ officer: sho.officer, password: sho.password }, undefined, { follow: false });
    assert.equal(answer.headers.get('location'), '/', back);
  }
});

test('after five wrong passwords the login is closed, the right one too', async () => {
  const victim = server.officer('constable');
  const client = server.client(victim);
  let answer;
  for (let i = 0; i < 6; i++)
    answer = await client.post('/api/v1/session', { officer: victim.officer, password: `wrong number ${i}` });
  assert.equal(answer.status, 429);
  answer = await client.post('/api/v1/session', { officer: victim.officer, password: victim.password });
  assert.equal(answer.status, 429);
});

test('the log names officers by id and holds nothing that was typed', async () => {
  const client = await server.client(sho).signIn();
  await client.get('/api/v1/people?name=Sunita%20Dhruw');
  assert.match(server.log, new RegExp(`officer=${sho.officer}`));
  assert.doesNotMatch(server.log, /Sunita|Dhruw/);
  assert.ok(!server.log.includes(sho.password));
  assert.ok(!server.log.includes(client.token));
});
