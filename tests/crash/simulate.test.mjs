// A quiet year of the practice district: proved, its views thrown away and made anew, and proved again.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dateText } from '../api/bodies.mjs';
import { now } from '../api/clock.mjs';
import { makePlace } from './node.mjs';

let place;
before(() => { place = makePlace('--since', dateText(now() - 366 * 86400e3)); });
after(() => place?.drop());

test('after a simulated year a rebuild makes the same views, row for row', { timeout: 120e3 }, (t) => {
  const node = place.copy();
  const began = Date.now();
  const done = node.run('simulate', '--months', '12', '--seed', '1', '--cases-per-month', '40', '--diary', '1');
  assert.equal(done.code, 0, done.all);
  const first = node.verify();
  assert.equal(first.valid, true, first.all);
  assert.ok(first.entries > 2000, `${first.entries} entries`);
  const before = readFileSync(join(node.data, 'checkpoint'), 'utf8');
  const rebuilt = node.run('rebuild');
  assert.equal(rebuilt.code, 0, rebuilt.all);
  const second = node.verify();
  assert.deepEqual([second.valid, second.entries], [true, first.entries], second.all);
  assert.equal(readFileSync(join(node.data, 'checkpoint'), 'utf8'), before, 'a rebuild signs nothing');
  t.diagnostic(`${first.entries} entries in ${Date.now() - began} ms`);
});
