// The practice register: what `panji demo` makes is complete, private, marked, and lives.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { PANJI, panji, startServer } from './server.mjs';

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

test('every station has its staff, every other office its people, each with a login of his own', () => {
  const { officers } = server;
  const stations = new Set(officers.filter((o) => o.role === 'sho').map((o) => o.office));
  assert.equal(stations.size, 15);
  for (const station of stations) {
    const roles = officers.filter((o) => o.office === station).map((o) => o.role).sort();
    assert.deepEqual(roles, ['constable', 'duty_officer', 'head_constable', 'io', 'io', 'malkhana_moharrir', 'sho']);
  }
  for (const role of ['sp', 'sdpo', 'establishment', 'administrator', 'auditor', 'magistrate', 'sessions_judge', 'court_clerk',
    'prosecutor', 'prosecution_head', 'doctor', 'hospital_clerk', 'lab_reception', 'scientist', 'lab_head',
    'jail_superintendent', 'jail_clerk', 'fpb_expert'])
    assert.ok(officers.some((o) => o.role === role), role);
  assert.equal(new Set(officers.map((o) => o.officer)).size, officers.length);
  for (const o of officers) {
    assert.ok(o.name && /[\u0900-\u097f]/.test(o.name_hi), o.officer);
    assert.ok(o.password.length >= 10 && o.password !== o.officer);
  }
});

test('the passwords are kept for the owner of the folder alone', () => {
  const path = join(server.data, 'officers.json');
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(statSync(join(server.data, 'logins.txt')).mode & 0o777, 0o600);
  assert.deepEqual(JSON.parse(readFileSync(path, 'utf8')), server.officers);
});

test('one of every role signs in', async () => {
  const seen = new Set();
  for (const officer of server.officers.filter((o) => !seen.has(o.role) && seen.add(o.role)))
    await server.client(officer).signIn();
});

test('the station finds cases and work in it, and so does the superintendent', async () => {
  const sho = await server.signedIn('sho', '33302007');
  const cases = (await sho.get('/api/v1/cases')).json.cases;
  assert.ok(cases.length >= 3);
  assert.ok(new Set(cases.map((c) => c.stage)).size >= 2);
  // What the cases of the demo have come to hangs on the hour it is made; somebody of the station has work in any case.
  const io = await server.signedIn('io', '33302007');
  const work = await Promise.all([sho, io].map(async (one) => (await one.get('/api/v1/tasks')).json.tasks.length));
  assert.ok(work[0] + work[1] > 0);
  const sp = await server.signedIn('sp');
  assert.ok((await sp.get('/api/v1/cases')).json.cases.length > cases.length);
});

test('what it filed keeps every rule: the register is valid', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'panji-demo-'));
  const data = join(folder, 'node');
  panji('demo', '--data', data);
  assert.match(panji('verify', '--data', data), /valid/);
  const first = JSON.parse(panji('export', '--data', data).split('\n')[0]);
  assert.equal(first.body.node.practice, true);
  const again = spawnSync(PANJI, ['demo', '--data', data], { encoding: 'utf8' });
  assert.notEqual(again.status, 0);
  assert.match(again.stderr, /folder_taken/);
  rmSync(folder, { recursive: true });
});

test('it is quick enough to be made for every lesson', () => {
  const folder = mkdtempSync(join(tmpdir(), 'panji-demo-'));
  execFileSync(PANJI, ['demo', '--data', join(folder, 'node')], { timeout: 15000 });
  rmSync(folder, { recursive: true });
});
