// An FIR registered over a line of 30 KB a second that answers after 300 ms, from signing in to the receipt: how many bytes
// come, how long one waits for pages, and that nothing comes twice.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { startServer } from '../api/server.mjs';
import { World, firSaid } from '../api/world.mjs';
import { smallestBody } from '../api/bodies.mjs';
import { MouseHand } from './hand.mjs';
import { launch, person } from './people.mjs';

const LATENCY_MS = 300, BYTES_A_SECOND = 30 << 10;
const BYTES_MAX = 160 << 10, WAITED_MAX_MS = 30e3;
let server, browser;
before(async () => {
  server = await startServer();
  browser = await launch();
});
after(async () => { await browser?.close(); await server?.stop(); });

test('an FIR is registered over a slow line', async (run) => {
  const world = new World(server);
  const sho = await world.desk('sho');
  const diary = await world.diary(sho);
  const page = await person(browser, server);
  const line = await page.context().newCDPSession(page);
  const loads = new Map();
  line.on('Network.requestWillBeSent', ({ requestId, request, type, redirectResponse }) => {
    const before = loads.get(requestId); /* an answer that leads on is one more to wait for */
    if (redirectResponse) before.answers++;
    else loads.set(requestId, { path: new URL(request.url).pathname, type, answers: 1, bytes: 0 });
  });
  line.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const load = loads.get(requestId); /* none: what the blank page asked for before the counting began */
    if (load) load.bytes = encodedDataLength;
  });
  await line.send('Network.enable');
  await line.send('Network.emulateNetworkConditions', { offline: false, latency: LATENCY_MS, downloadThroughput: BYTES_A_SECOND, uploadThroughput: BYTES_A_SECOND });
  const hand = new MouseHand(page);
  await hand.signIn(sho.officer);
  const said = firSaid(diary.id, sho.officer.officer, { privacy: { sensitive: false } });
  const body = smallestBody(await world.schema('fir'), said, { office: (kinds) => world.officeOfKind(kinds), officer: () => sho.officer.officer });
  await hand.open('fir');
  const id = await hand.file('fir', body);
  const seen = await sho.get(`/api/v1/cases/${id}`);
  assert.equal(seen.json.kind, 'fir');
  assert.deepEqual(page.faults, []);
  const came = [...loads.values()].filter(({ bytes }) => bytes > 0); /* the rest was in the browser's store */
  const received = came.reduce((sum, { bytes }) => sum + bytes, 0);
  run.diagnostic(`${came.length} answers, ${received} bytes`);
  assert.ok(received > 0 && received <= BYTES_MAX, `${received} bytes`);
  const waited = came.filter(({ type }) => type === 'Document')
    .reduce((sum, { answers, bytes }) => sum + answers * LATENCY_MS + bytes / BYTES_A_SECOND * 1000, 0);
  assert.ok(waited <= WAITED_MAX_MS, `${Math.round(waited / 1000)} seconds of waiting for pages`);
  const assets = came.filter(({ path }) => path.startsWith('/assets/')).map(({ path }) => path);
  assert.deepEqual(assets, [...new Set(assets)], 'style and script come once');
});
