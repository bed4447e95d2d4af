// The door attacked: guessing passwords, old and foreign sessions, malformed and oversized requests, paths that lead
// outside, clients that dawdle. Whatever arrives, the answer is a plain refusal and the server goes on.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { moveClock } from './clock.mjs';
import { PANJI, startServer } from './server.mjs';
import { World } from './world.mjs';

let server, world;
before(async () => {
  server = await startServer();
  world = new World(server);
});
after(async () => {
  await server?.stop();
});

const signIn = (officer, password) => server.client({}).post('/api/v1/session', { officer, password });
const spare = (place) => world.officers('constable')[place];
const whoAmI = (client) => client.get('/api/v1/tasks');
const withToken = (token) => server.client({}).send('GET', '/api/v1/tasks', undefined, { Authorization: `Bearer ${token}` });

// Bytes on the wire, and all that comes back until the server ends the connection or `until` has come.
function raw(bytes, { until = /\r\n\r\n/, pieces = 1, pause = 0, beforeLast = null, most = 15000 } = {}) {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    const end = () => { clearTimeout(timer); socket.destroy(); resolve(heard); };
    const timer = setTimeout(() => { socket.destroy(); reject(new Error(`no answer in ${most} ms: ${heard}`)); }, most);
    socket.on('data', (chunk) => { heard += chunk; if (until.test(heard)) end(); });
    socket.on('close', end);
    socket.on('error', end);
    socket.on('connect', async () => {
      const size = Math.ceil(bytes.length / pieces);
      for (let at = 0; at < bytes.length && !socket.destroyed; at += size) {
        if (beforeLast && at + size >= bytes.length) await beforeLast;
        socket.write(bytes.slice(at, at + size));
        if (pause) await new Promise((wake) => setTimeout(wake, pause));
      }
    });
  });
}

// ---- guessing ----

test('guessing is slowed: five tries free, then 1, 2, 4 … minutes, whether the officer exists or not', async () => {
  const victim = spare(0);
  for (const officer of [victim.officer, 'nobody.at.all']) {
    for (let tries = 0; tries < 5; tries++) assert.equal((await signIn(officer, `guess number ${tries}`)).json.code, 'sign_in_wrong');
    for (const minutes of [1, 2, 4]) {
      const locked = await signIn(officer, victim.password);
      assert.deepEqual([locked.status, locked.json.code], [429, 'sign_in_locked'], officer);
      assert.match(locked.json.detail, new RegExp(`closed for ${minutes} minutes`));
      moveClock(60 * minutes + 1);
      assert.equal((await signIn(officer, 'still wrong')).json.code, 'sign_in_wrong');
    }
    moveClock(8 * 60 + 1);
  }
  assert.equal((await signIn(victim.officer, victim.password)).status, 201, 'the right one opens when the wait is over');
  for (let tries = 0; tries < 4; tries++) assert.equal((await signIn(victim.officer, 'wrong again')).json.code, 'sign_in_wrong');
  assert.equal((await signIn(victim.officer, victim.password)).status, 201, 'and wipes the slate');
});

test('tries sent side by side win nothing, and a restart forgives nothing', async () => {
  const victim = spare(1);
  const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => signIn(victim.officer, `guess ${i}`)));
  assert.ok(answers.filter((answer) => answer.json.code === 'sign_in_wrong').length <= 6, 'at most the free ones and those in hand');
  await server.restart();
  assert.equal((await signIn(victim.officer, victim.password)).status, 429);
});

test('a colleague locked out locks out nobody else', async () => {
  assert.equal((await signIn(spare(2).officer, spare(2).password)).status, 201);
});

// ---- sessions ----

test('a session ends when it is not used, after a day of use, at sign-out and with a new password', async () => {
  const officer = spare(3), begin = async () => server.client(officer).signIn();
  const idle = await begin();
  moveClock(29 * 60);
  assert.equal((await whoAmI(idle)).status, 200);
  moveClock(29 * 60);
  assert.equal((await whoAmI(idle)).status, 200, 'use keeps it');
  moveClock(31 * 60);
  assert.deepEqual([(await whoAmI(idle)).status, (await whoAmI(idle)).json.code], [401, 'session_ended']);

  const busy = await begin();
  for (let minutes = 0; minutes < 12 * 60 - 25; minutes += 25) {
    moveClock(25 * 60);
    assert.equal((await whoAmI(busy)).status, 200);
  }
  moveClock(26 * 60);
  assert.equal((await whoAmI(busy)).status, 401, 'twelve hours are the end');

  const one = await begin(), other = await begin();
  assert.equal((await one.send('DELETE', '/api/v1/session')).status, 204);
  assert.deepEqual([(await whoAmI(one)).status, (await whoAmI(other)).status], [401, 200], 'each session is its own');
  await server.restart();
  assert.equal((await whoAmI(other)).status, 200, 'a restart ends none');

  const data = server.data, password = join(server.folder, 'password');
  writeFileSync(password, 'a new password of words\n');
  await server.stop({ keep: true });
  const done = spawnSync(PANJI, ['officers', '--data', data, '--password', officer.officer, '--password-file', password], { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  await server.restart();
  assert.equal((await whoAmI(other)).status, 401, 'a new password ends all');
  assert.equal((await signIn(officer.officer, officer.password)).status, 401);
  assert.equal((await signIn(officer.officer, 'a new password of words')).status, 201);
});

test('a token counts in its header alone, whole and as it was given', async () => {
  const { token } = await server.client(spare(4)).signIn();
  assert.equal((await withToken(token)).status, 200);
  const flipped = token.slice(0, -2) + (token.at(-2) === 'A' ? 'B' : 'A') + token.at(-1);
  for (const wrong of ['', 'x', token.slice(0, -1), `${token}A`, flipped, token.toLowerCase(), token.repeat(200), '../../secrets.db', "' OR 1=1 --", '%00', token.replace(/./, '\t')])
    assert.equal((await withToken(wrong)).status, 401, JSON.stringify(wrong.slice(0, 60)));
  for (const path of [`/api/v1/tasks?token=${token}`, `/api/v1/tasks?authorization=Bearer%20${token}`])
    assert.equal((await server.client({}).get(path)).status, 401);
  assert.equal((await server.client({}).send('GET', '/api/v1/tasks', undefined, { Authorization: token })).status, 401);
  assert.equal((await server.client({}).send('GET', '/api/v1/tasks', undefined, { Authorization: `Basic ${token}` })).status, 401);
});

test('the cookie of a page reads the API and changes nothing through it', async () => {
  const browser = server.browser();
  await browser.signIn(spare(4));
  const cookie = `panji=${browser.cookies.panji}`, client = server.client({}), size = await world.size();
  assert.equal((await client.send('GET', '/api/v1/tasks', undefined, { cookie })).status, 200);
  for (const [method, path, body] of [['POST', '/api/v1/entries', '{"form":"general_diary","body":{}}'], ['POST', '/api/v1/blobs', 'x'], ['DELETE', '/api/v1/session'],
    ['POST', '/api/v1/entries/01931f0c-7c00-7000-8000-000000000000/open', '{}']]) {
    const answer = await client.send(method, path, body, { cookie, 'Content-Type': 'application/json' });
    assert.equal(answer.status, 401, `${method} ${path}`);
  }
  assert.equal((await client.send('GET', '/api/v1/tasks', undefined, { cookie })).status, 200, 'it was not signed out either');
  assert.equal(await world.size(), size);
});

test('a form of one session is worth nothing in another', async () => {
  const mine = server.browser(), theirs = server.browser();
  await mine.signIn(spare(4));
  await theirs.signIn(spare(5));
  const page = await theirs.go('/forms/general_diary');
  const token = page.form().fields._csrf;
  const refused = await (await mine.go('/forms/general_diary')).submit({ _csrf: token, _continue: '1' });
  assert.equal(refused.status, 403);
  assert.equal((await mine.go('/sign-out', { method: 'POST', body: new URLSearchParams({ _csrf: token }), follow: false })).status, 403);
});

// ---- what is sent ----

test('JSON is taken whole and once, or not at all', async () => {
  const desk = await world.deskOf(spare(4));
  const good = JSON.stringify({ form: 'general_diary', body: await desk.body('general_diary') });
  const size = await world.size();
  const deep = `${'['.repeat(2000)}${']'.repeat(2000)}`;
  const wrong = {
    'a member twice': good.replace('{"form"', '{"form":"fir","form"'),
    'a member twice further in': good.replace('"kind"', '"kind":"x","kind"'),
    'cut off': good.slice(0, -1),
    'more behind it': `${good}{}`,
    'nothing': '',
    'a list': `[${good}]`,
    'null': 'null',
    'a word': '"general_diary"',
    'too deep': good.replace(/"body":.*/, `"body":${deep}}`),
    'a byte that is no UTF-8': Buffer.concat([Buffer.from(good.slice(0, -2)), Buffer.from([0xff]), Buffer.from('"}}')]),
    'a NUL': good.replace('general_diary', 'general\\u0000diary'),
    'half a surrogate': good.replace('"subject":"', '"subject":"\\ud800'),
    'a fraction': good.replace('"body"', '"seen":1.5,"body"'),
    'a number beyond all': good.replace('"body"', '"seen":123456789012345678901234567890,"body"'),
    'infinity': good.replace('"body"', '"seen":1e999,"body"'),
    'single quotes': good.replaceAll('"', "'"),
    'a comment': good.replace('{', '{/* */'),
    'a comma at the end': good.replace(/}}$/, ',}}'),
  };
  for (const [what, text] of Object.entries(wrong)) {
    const answer = await desk.client.send('POST', '/api/v1/entries', text, { 'Content-Type': 'application/json' });
    assert.ok([400, 422].includes(answer.status), `${what}: ${answer.status} ${answer.text}`);
    assert.ok(answer.json.problems[0].text.en && answer.json.problems[0].text.hi, what);
  }
  assert.equal(await world.size(), size);
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp', undefined])
    assert.equal((await desk.client.send('POST', '/api/v1/entries', good, type ? { 'Content-Type': type } : { 'Content-Type': '' })).status, 415, type);
  assert.equal((await desk.client.send('POST', '/api/v1/entries', good, { 'Content-Type': 'Application/JSON; charset=utf-8' })).status, 201);
});

test('what is too large is refused before it is held, and the limit is told', async () => {
  const desk = await world.deskOf(spare(4));
  const whole = await desk.client.file('general_diary', await desk.body('general_diary', { diary: { particulars: 'क'.repeat(600000) } }));
  assert.ok([413, 422].includes(whole.status), `${whole.status}`);
  // Announced and never sent: the answer does not wait for it.
  const told = await raw(`POST /api/v1/entries HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${desk.client.token}\r\nContent-Type: application/json\r\nContent-Length: ${(2 << 20) + 1}\r\n\r\n`,
    { until: /body_too_large/ });
  assert.match(told, /^HTTP\/1\.1 413 /);
  // Chunks without end are cut off.
  const chunk = `10000\r\n${'x'.repeat(65536)}\r\n`;
  const cut = await raw(`POST /api/v1/entries HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${desk.client.token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(60)}`);
  assert.ok(!cut.includes(' 201 '));
  const long = await raw(`GET /${'x'.repeat(60000)} HTTP/1.1\r\nHost: x\r\n\r\n`);
  assert.match(long, /^HTTP\/1\.[01] 4\d\d /);
  const headers = await raw(`GET /health HTTP/1.1\r\nHost: x\r\n${'X-A: b\r\n'.repeat(9000)}\r\n`);
  assert.match(headers, /^HTTP\/1\.[01] 4\d\d /);
});

test('a length that lies is no way around', async () => {
  for (const length of ['-1', '1e3', '0x10', '5, 6', ' ', '18446744073709551616']) {
    const answer = await raw(`POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n{"a":1}`);
    assert.ok(answer === '' || /^HTTP\/1\.[01] [45]\d\d /.test(answer), `${length}: ${answer.slice(0, 80)}`);
  }
  const both = await raw('POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n\r\n');
  assert.ok(!/HTTP\/1\.1 200/.test(both), 'no request hides behind another');
});

test('paths that lead outside lead nowhere', async () => {
  const desk = await world.deskOf(spare(4));
  const outside = ['../../node.key', '..%2f..%2fnode.key', '%2e%2e/%2e%2e/node.key', '....//node.key', '/etc/passwd', '%00', '..\\node.key', `${'a'.repeat(64)}/../../node.key`];
  for (const path of outside) {
    for (const base of ['/api/v1/blobs/', '/log/tile/', '/log/tile/0/', '/assets/', '/public/cases/', '/api/v1/forms/', '/api/v1/entries/', '/forms/', '/entries/', '/cases/']) {
      const answer = await raw(`GET ${base}${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${desk.client.token}\r\nConnection: close\r\n\r\n`, { until: /$^/ });
      assert.match(answer, /^HTTP\/1\.1 (404|400|303)/, `${base}${path}`);
      assert.ok(!/PRIVATE KEY|root:|SQLite format/.test(answer));
    }
  }
});

test('every address takes its own methods and says which; HEAD is GET without a body', async () => {
  const client = server.client({});
  for (const [path, method] of [['/api/v1/entries', 'PUT'], ['/api/v1/session', 'GET'], ['/log/checkpoint', 'POST'], ['/health', 'DELETE'], ['/api/v1/forms', 'PATCH'], ['/sign-in', 'DELETE']]) {
    const answer = await client.send(method, path);
    assert.equal(answer.status, 405, `${method} ${path}`);
    assert.ok(answer.headers.get('allow').length > 3);
  }
  assert.match(await raw('BREW /health HTTP/1.1\r\nHost: x\r\n\r\n'), /^HTTP\/1\.1 405 /);
  const head = await raw('HEAD /log/checkpoint HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', { until: /$^/ });
  const [top, rest] = head.split('\r\n\r\n');
  assert.match(top, /^HTTP\/1\.1 200 .*content-length: [1-9]/is);
  assert.equal(rest, '');
});

// ---- clients that dawdle ----

test('slow clients hold up nobody', async () => {
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  let answered = 0;
  const dawdlers = Array.from({ length: 60 }, () => raw(`POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n${' '.repeat(38)}{}`,
    { pieces: 30, beforeLast: held }).finally(() => { answered++; }));
  const client = await server.client(spare(5)).signIn();
  for (let i = 0; i < 50; i++) assert.equal((await whoAmI(client)).status, 200);
  assert.equal(answered, 0, 'fifty answers came while all sixty were still sending');
  letGo();
  for (const answer of await Promise.all(dawdlers)) assert.match(answer, /^HTTP\/1\.1 (422|400)/, 'and are answered in the end');
});

test('connections that say nothing, or leave halfway, cost nothing', async () => {
  const port = Number(new URL(server.url).port);
  const silent = Array.from({ length: 100 }, () => connect(port, '127.0.0.1'));
  for (const socket of silent) socket.on('error', () => {});
  for (let i = 0; i < 100; i++) {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('POST /api/v1/blobs HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nabc');
      socket.destroy();
    });
    socket.on('error', () => {});
  }
  const client = await server.client(spare(5)).signIn();
  assert.equal((await whoAmI(client)).status, 200);
  for (const socket of silent) socket.destroy();
  assert.equal((await client.get('/health')).status, 200);
});
