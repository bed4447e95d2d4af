// The door itself: sizes, kinds, methods, headers, and a quiet end.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { createHash, randomBytes } from 'node:crypto';
import { startServer } from './server.mjs';

let server, client;
before(async () => { server = await startServer(); client = await server.signedIn('sho'); });
after(() => server.stop());

test('every answer carries the headers that keep a page from doing harm', async () => {
  for (const path of ['/sign-in', '/nowhere', '/api/v1/tasks', '/log/checkpoint', '/assets/panji.css']) {
    const { headers } = await client.get(path);
    assert.match(headers.get('content-security-policy'), /default-src 'none'.*frame-ancestors 'none'/, path);
    assert.doesNotMatch(headers.get('content-security-policy'), /unsafe/);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('referrer-policy'), 'same-origin');
    assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin');
  }
  assert.equal((await client.get('/sign-in')).headers.get('cache-control'), 'no-store');
  assert.equal((await client.get('/api/v1/tasks')).headers.get('cache-control'), 'no-store');
});

test('unknown addresses are 404: JSON for programs, a page for people', async () => {
  const api = await client.get('/api/v1/nothing');
  assert.equal(api.status, 404);
  assert.equal(api.json.code, 'not_found');
  const page = await client.get('/nothing/<script>');
  assert.equal(page.status, 404);
  assert.match(page.headers.get('content-type'), /text\/html/);
  assert.ok(!page.text.includes('<script>'));
});

test('a wrong method is told which ones are right', async () => {
  const answer = await client.send('PUT', '/api/v1/entries');
  assert.equal(answer.status, 405);
  assert.deepEqual(answer.headers.get('allow').split(', ').sort(), ['GET', 'HEAD', 'OPTIONS', 'POST']);
  const options = await client.send('OPTIONS', '/api/v1/session');
  assert.equal(options.status, 204);
  assert.match(options.headers.get('allow'), /DELETE/);
});

test('HEAD says what GET would, without the body', async () => {
  const get = await client.get('/log/key');
  const head = await client.send('HEAD', '/log/key');
  assert.equal(head.status, 200);
  assert.equal(head.text, '');
  assert.equal(head.headers.get('content-length'), String(Buffer.byteLength(get.text)));
});

test('bodies of a wrong kind or size are refused', async () => {
  const type = { 'Content-Type': 'application/json' };
  assert.equal((await client.send('POST', '/api/v1/entries', '{}', { 'Content-Type': 'text/plain' })).status, 415);
  assert.equal((await client.send('POST', '/api/v1/entries', '{"form":', type)).json.code, 'json_malformed');
  assert.equal((await client.send('POST', '/api/v1/entries', '[]', type)).json.code, 'field_type');
  assert.equal((await client.send('POST', '/api/v1/entries', '{"form":"a","form":"b"}', type)).status, 400);
  const large = JSON.stringify({ form: 'general_diary', body: { text: 'x'.repeat(3 << 20) } });
  const refused = await client.send('POST', '/api/v1/entries', large, type).catch((error) => ({ status: error.cause?.code }));
  assert.ok([413, 'EPIPE', 'ECONNRESET', 'UND_ERR_SOCKET'].includes(refused.status), `${refused.status}`);
});

test('a misspelt member is told and not ignored', async () => {
  const answer = await client.post('/api/v1/entries', { form: 'general_diary', body: {}, offcie: 'x' });
  assert.equal(answer.status, 422);
  assert.equal(answer.json.problems[0].code, 'field_unknown');
  assert.equal(answer.json.problems[0].path, 'offcie');
});

test('wrong values in the address are told', async () => {
  for (const path of ['/api/v1/entries?after=-1', '/api/v1/entries?limit=many', '/api/v1/cases?from=yesterday', '/api/v1/people'])
    assert.equal((await client.get(path)).json.code, 'query_wrong', path);
});

test('a file comes back byte for byte under its hash, as a download', async () => {
  const bytes = randomBytes(3 << 20);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const stored = await client.send('POST', '/api/v1/blobs', bytes);
  assert.equal(stored.status, 201);
  assert.deepEqual(stored.json, { sha256, size: bytes.length });
  const response = await fetch(`${server.url}/api/v1/blobs/${sha256}`, { headers: { Authorization: `Bearer ${client.token}` } });
  assert.match(response.headers.get('content-disposition'), /^attachment/);
  assert.equal(Buffer.compare(Buffer.from(await response.arrayBuffer()), bytes), 0);
  assert.equal((await client.get('/api/v1/blobs/../../node.key')).status, 404);
  assert.equal((await client.get(`/api/v1/blobs/${'g'.repeat(64)}`)).status, 404);
});

test('a stranger cannot fill the disk', async () => {
  const response = await fetch(`${server.url}/api/v1/blobs`, { method: 'POST', body: randomBytes(1000) })
    .catch((error) => ({ status: error.cause?.code }));
  assert.ok([401, 'EPIPE', 'ECONNRESET', 'UND_ERR_SOCKET'].includes(response.status), `${response.status}`);
});

test('health, metrics and the checkpoint are open to all', async () => {
  const health = await (await fetch(`${server.url}/health`)).json();
  assert.equal(health.status, 'ok');
  const checkpoint = await (await fetch(`${server.url}/log/checkpoint`)).text();
  assert.equal(Number(checkpoint.split('\n')[1]), health.size);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  assert.match(metrics, new RegExp(`^panji_entries ${health.size}$`, 'm'));
  assert.match(metrics, /^panji_http_requests_total\{method="GET",route="\/health",status="2xx"\} \d+$/m);
});

test('garbage on the wire ends that connection and no other', async () => {
  await new Promise((resolve) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write('\0\xff GET nonsense\r\n\r\n'));
    socket.on('data', () => {});
    socket.on('error', resolve);
    socket.on('close', resolve);
  });
  assert.equal((await client.get('/health')).status, 200);
});

test('SIGTERM answers what was begun and ends with 0', async () => {
  const open = Array.from({ length: 20 }, () => client.get('/api/v1/forms'));
  const settled = Promise.allSettled(open);
  await Promise.race(open);
  await server.restart();
  assert.equal(server.exitCode, 0);
  for (const one of await settled) assert.equal(one.value?.status, 200);
});
