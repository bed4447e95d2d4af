// The whole life of one case over HTTP, from the station's diary to the appeal, through every pillar. Each step is filed by
// the officer whose work it is, with his own session; persons and things are named once and referred to ever after. The
// chapters are told in the order of their import; here stands what they come to.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { moveClock } from './clock.mjs';
import { begin, end, HOUR, life, paper, person, server, sizeBefore, who, world } from './life_case.mjs';
import './life_station.mjs';
import './life_custody.mjs';
import './life_court.mjs';
import { PANJI, panji } from './server.mjs';

before(begin);
after(end);

// ---- what it comes to ----

test('nobody and nothing was typed twice', async () => {
  const { parties, property } = await life.seen();
  const ids = new Map(parties.map((party) => [party.person, party.name]));
  assert.equal(new Set(ids.values()).size, ids.size, `every name once: ${[...ids.values()]}`);
  assert.deepEqual([...ids.values()].sort(), ['Budhram Nishad', 'Dhaniram Yadav', 'Itwari Kashyap', 'Ramkali Sahu', 'Sonu Sahu']
    .concat([...ids.values()].filter((name) => name.startsWith('Written'))).sort());
  assert.equal(property.length, 2);
  const roles = parties.filter((party) => party.person === person.complainant).map((party) => party.role).sort();
  assert.deepEqual(roles, ['complainant', 'noticed', 'owner', 'receiver', 'witness']);
});

test('a name that is covered is opened for a stated purpose, and the opening is recorded', async () => {
  const path = `/api/v1/entries/${paper.fir.id}`;
  const covered = (await who.head_constable.get(path)).json;
  assert.equal(covered.body.complainant.who.name, '••••');
  assert.ok(covered.masked.includes('complainant.who'));
  const refused = await who.head_constable.client.post(`${path}/open`, { path: 'complainant.who', purpose: 'investigation' });
  assert.equal(refused.status, 422);
  const opened = await who.head_constable.client.post(`${path}/open`, { path: 'complainant.who', purpose: 'service_of_process', reason: 'To bring her the notice' });
  assert.equal(opened.status, 201);
  assert.equal(opened.json.value.name, 'Ramkali Sahu');
  assert.equal((await who.head_constable.get(path)).json.body.complainant.who.name, 'Ramkali Sahu');

  const log = (await who.sho.get('/api/v1/entries?form=confidential_opening')).json.entries;
  assert.equal(log[0].officer, who.head_constable.officer.officer);
  const entry = (await who.sho.get(`/api/v1/entries/${log[0].id}`)).json;
  assert.deepEqual(entry.body.opening, { entry: paper.fir.id, path: 'complainant.who', purpose: 'service_of_process', reason: 'To bring her the notice' });
  await life.hidden(who.stranger, `/api/v1/entries/${log[0].id}`);
  const other = await who.jail_clerk.client.post(`${path}/open`, { path: 'complainant.who', purpose: 'investigation', reason: 'Only to know' });
  assert.equal(other.status, 403);
});

test('the public sees the case after a day, without a name', async () => {
  const page = () => fetch(`${server.url}/public/cases/${life.id}`);
  assert.equal((await page()).status, 404);
  moveClock(25 * HOUR);
  const answer = await page();
  assert.equal(answer.status, 200);
  const html = await answer.text();
  assert.ok(html.includes(paper.fir.number));
  for (const name of ['Ramkali', 'Budhram', 'Sonu', 'Simga', person.accused]) assert.ok(!html.includes(name), `${name} is not public`);
});

test('every step is proved by a program that shares no code with the server', async () => {
  const key = join(server.folder, 'key'), file = join(server.folder, 'proof');
  writeFileSync(key, await (await fetch(`${server.url}/log/key`)).text());
  const check = join(dirname(PANJI), 'panji-check');
  for (const step of life.steps) {
    await step.desk.client.signIn(); // a day has passed
    const proof = await step.desk.get(`/api/v1/entries/${step.id}/proof`);
    assert.equal(proof.status, 200, step.form);
    writeFileSync(file, proof.text);
    const said = JSON.parse(execFileSync(check, [file, '--key', key, '--json'], { encoding: 'utf8' }));
    assert.equal(said.valid, true, step.form);
  }
  assert.ok(await world.size() >= sizeBefore + life.steps.length + 1, 'the register grew by every step and the opening');
});

test('the register is whole, its views can be made anew, and it is whole again', async () => {
  const before = await world.size();
  await server.stop({ keep: true });
  panji('verify', '--data', server.data);
  panji('rebuild', '--data', server.data);
  panji('verify', '--data', server.data);
  await server.restart();
  assert.equal(await world.size(), before);
});
