// The disk fills while somebody writes: nothing typed is lost, the page says what happened, and once there is room again
// the same page goes on.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startServer } from '../api/server.mjs';

test('a full disk is told, and what was typed stays on the page', async (t) => {
  const server = await startServer();
  await server.stop({ keep: true });
  const disk = join(server.folder, 'disk');
  mkdirSync(disk);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'panji-test', disk]).status !== 0) {
    rmSync(server.folder, { recursive: true });
    t.skip('no right to mount');
    return;
  }
  t.after(async () => {
    await server.stop({ keep: true });
    spawnSync('umount', [disk]);
    rmSync(server.folder, { recursive: true, force: true });
  });
  cpSync(server.data, join(disk, 'node'), { recursive: true });
  server.data = join(disk, 'node');
  await server.restart();
  const browser = server.browser();
  await browser.signIn(server.officer('sho'));
  const page = await browser.go('/forms/general_diary');
  await page.submit({ 'diary.subject': 'before', _refresh: '1' });
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, 'filler'), Buffer.alloc(bavail * bsize - 4096));
  const typed = { 'diary.kind': 'information', 'diary.happened_at': 't', 'diary.subject': 'after', 'diary.particulars': 'A long story. '.repeat(1200) };
  const refused = await page.submit({ ...typed, _continue: '1' });
  assert.equal(refused.status, 507);
  assert.match(refused.text, /disk of the server is full/);
  assert.equal(refused.form().fields['diary.particulars'], typed['diary.particulars']);
  assert.equal(refused.form().fields['diary.subject'], 'after');
  const kept = await browser.go(`${page.form().action}/save`, { method: 'POST', body: new URLSearchParams({ ...page.form().fields, ...typed }) });
  assert.match(kept.text, /Not saved.*disk of the server is full/);
  rmSync(join(disk, 'filler'));
  const sign = await refused.submit({ _continue: '1' });
  assert.match(sign.path, /\/sign$/, sign.text.slice(0, 400));
  assert.match((await sign.submit({ _record: '1' })).path, /receipt$/);
});
