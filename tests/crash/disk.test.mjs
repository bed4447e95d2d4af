// The disk fills while the server runs. Filing answers 507 and says so, reading goes on, nothing acknowledged is lost, and as
// soon as there is room again filing goes on in the same process.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { smallestBody } from '../api/bodies.mjs';
import { makePlace } from './node.mjs';

const SIZE_MB = 24;
let place, disk, mounted;
before(() => {
  place = makePlace();
  disk = join(place.folder, 'disk');
  mkdirSync(disk);
  mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m`, 'panji-test', disk]).status === 0;
});
after(() => {
  if (mounted) spawnSync('umount', [disk]);
  place?.drop();
});

async function writer(node) {
  const client = await node.signedIn('sho');
  const schema = (await client.get('/api/v1/forms/general_diary')).json;
  const body = smallestBody(schema, { diary: { kind: 'complaint', particulars: 'A long story. '.repeat(1200) } });
  const load = { client, acknowledged: [], file: () => load.client.file('general_diary', body) };
  return load;
}

// Files until a refusal that is no 201; the refusal.
async function fileUntilRefused(load, max = 20000) {
  for (let i = 0; i < max; i++) {
    const answer = await load.file();
    if (answer.status !== 201) return answer;
    load.acknowledged.push(answer.json);
  }
  return assert.fail('the disk never filled');
}

async function assertReadable(load) {
  for (const receipt of load.acknowledged) {
    const entry = await load.client.get(`/api/v1/entries/${receipt.id}`);
    assert.deepEqual([entry.status, entry.json?.leaf, entry.json?.number], [200, receipt.leaf, receipt.number]);
  }
}

function assertGapless(load) {
  const first = Number(load.acknowledged[0].number);
  assert.deepEqual(load.acknowledged.map((receipt) => Number(receipt.number)), load.acknowledged.map((_, i) => first + i),
    'the refused ones took no number');
}

function assertFull(answer) {
  assert.equal(answer.status, 507, answer.text);
  assert.equal(answer.json.code, 'disk_full');
  assert.ok(answer.json.problems[0].text.hi.includes('डिस्क'));
}

test('a full disk refuses in words, loses nothing, and filing goes on when there is room', async (t) => {
  if (!mounted) return t.skip('only root may mount a small disk');
  const ballast = join(disk, 'ballast');
  const node = place.copy(undefined, join(disk, 'node'));
  await node.serve();
  const load = await writer(node);
  for (let i = 0; i < 20; i++) load.acknowledged.push((await load.file()).json);
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - (2 << 20))));

  assertFull(await fileUntilRefused(load));
  assertFull(await load.file());
  const blob = await load.client.send('POST', '/api/v1/blobs', Buffer.alloc(3 << 20, 7), { 'Content-Type': 'application/octet-stream' });
  assertFull(blob);
  await assertReadable(load);
  assert.equal((await load.client.get('/api/v1/cases')).status, 200);

  rmSync(ballast);
  const freed = await load.file();
  assert.equal(freed.status, 201, freed.text);
  load.acknowledged.push(freed.json);
  assertGapless(load);
  await assertReadable(load);
  assert.equal(await node.end(), 0);
  const report = node.verify();
  assert.equal(report.valid, true, report.all);

  // Killed while the disk is full, it starts again and has everything.
  await node.serve();
  const room = statfsSync(disk);
  writeFileSync(ballast, Buffer.alloc(Math.max(0, room.bavail * room.bsize - (1 << 20))));
  load.client = await node.signedIn('sho');
  assertFull(await fileUntilRefused(load));
  await node.end('SIGKILL');
  rmSync(ballast);
  await node.serve();
  load.client = await node.signedIn('sho');
  await assertReadable(load);
  assert.equal(await node.end(), 0);
  assert.equal(node.verify().valid, true);
});

test('a quota is told like a full disk, and lifting it is enough', async () => {
  const node = place.copy();
  const limit = statSync(join(node.data, 'panji.db')).size + (1 << 20);
  await node.serve(`trap '' XFSZ; ulimit -S -f ${Math.ceil(limit / 512)}`); // files of more than a megabyte above today's
  const load = await writer(node);
  assertFull(await fileUntilRefused(load));
  const blob = await load.client.send('POST', '/api/v1/blobs', Buffer.alloc(limit + 1, 7), { 'Content-Type': 'application/octet-stream' });
  assertFull(blob);
  await assertReadable(load);
  assert.equal(spawnSync('prlimit', ['--pid', String(node.child.pid), '--fsize=unlimited']).status, 0);
  const lifted = await load.file();
  assert.equal(lifted.status, 201, lifted.text);
  load.acknowledged.push(lifted.json);
  assertGapless(load);
  assert.equal(await node.end(), 0);
  const report = node.verify();
  assert.equal(report.valid, true, report.all);
});
