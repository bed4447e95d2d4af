// kill -9 at random moments while sixteen clients file. Whatever was acknowledged is there afterwards, at the same place,
// with the same number and hash; what was not may be sent again under its id and is filed once; numbers have no holes;
// and whoever an acknowledged FIR names is found by the search.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { smallestBody } from '../api/bodies.mjs';
import { now } from '../api/clock.mjs';
import { firSaid } from '../api/world.mjs';
import { makePlace, seeded } from './node.mjs';

const KILLS = 50, CLIENTS = 16, SOUGHT = 12, VERIFY_EVERY = 10, LOAD_MS = [20, 320];
const seed = Number(process.env.PANJI_TEST_SEED ?? 20261122);
const random = seeded(seed);
let place, node;
before(() => {
  place = makePlace();
  node = place.copy();
});
after(() => place?.drop());

// A UUIDv7 of now, chosen by the client so that it can send again.
function newId() {
  const hex = now().toString(16).padStart(12, '0');
  const rest = Array.from({ length: 18 }, () => random.below(16).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
}

// A name nobody else bears, from the id of the FIR that names him.
const SYLLABLES = ['ba', 'de', 'gi', 'ko', 'lu', 'ma', 'ne', 'pi', 'ra', 'so', 'tu', 'va', 'ye', 'ji', 'ha', 'du'];
const wordOf = (hex) => [...hex].map((digit) => SYLLABLES[parseInt(digit, 16)]).join('');
const nameOf = (id) => `${wordOf(id.slice(-8, -4))} ${wordOf(id.slice(-4))}`;

class Load {
  constructor() {
    this.acknowledged = new Map(); // id → receipt
    this.open = new Map();         // id → what was sent and not answered
    this.blobs = new Set();
    this.firs = [];                // acknowledged and not sought yet
  }

  async begin(client) {
    this.client = client;
    const schema = async (form) => (await client.get(`/api/v1/forms/${form}`)).json;
    const officer = client.officer.officer;
    this.diary = smallestBody(await schema('general_diary'), { diary: { kind: 'complaint' } });
    const first = await client.file('general_diary', this.diary);
    this.acknowledged.set(first.json.id, first.json);
    this.fir = smallestBody(await schema('fir'), firSaid(first.json.id, officer), { officer: () => officer });
  }

  async send(id, form, body) {
    this.open.set(id, [form, body]);
    const answer = await this.client.file(form, body, { id });
    assert.equal(answer.status, 201, answer.text);
    this.open.delete(id);
    this.acknowledged.set(id, answer.json);
  }

  async sendFir(id) {
    await this.send(id, 'fir', { ...this.fir, accused: [{ who: { name: nameOf(id) } }] });
    this.firs.push(id);
  }

  async upload() {
    const bytes = Buffer.from(`${newId()}\n`.repeat(1 + random.below(3000)));
    const answer = await this.client.send('POST', '/api/v1/blobs', bytes, { 'Content-Type': 'application/octet-stream' });
    assert.equal(answer.status, 201, answer.text);
    assert.equal(answer.json.sha256, createHash('sha256').update(bytes).digest('hex'));
    this.blobs.add(answer.json.sha256);
    return answer.json.sha256;
  }

  // One client until the server is gone. A refusal is a failure of the test; a broken connection is the end.
  async work() {
    for (;;) {
      try {
        const dice = random.below(10);
        if (dice < 5) await this.send(newId(), 'general_diary', this.diary);
        else if (dice < 9) await this.sendFir(newId());
        else await this.send(newId(), 'general_diary', { diary: { ...this.diary.diary, files: [await this.upload()] } });
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
        return;
      }
    }
  }

  // What no answer came for is sent again, twice: it is filed once.
  async again() {
    await Promise.all([...this.open].map(async ([id, [form, body]]) => {
      await this.send(id, form, body);
      const twice = await this.client.file(form, body, { id });
      assert.deepEqual(twice.json, this.acknowledged.get(id));
    }));
  }
}

async function assertAllThere(load) {
  const ids = [...load.acknowledged.keys()];
  const reader = async (part) => {
    for (let i = part; i < ids.length; i += CLIENTS) {
      const receipt = load.acknowledged.get(ids[i]), entry = (await load.client.get(`/api/v1/entries/${ids[i]}`)).json;
      assert.ok(entry, `entry ${receipt.seq} is gone`);
      assert.deepEqual([entry.seq, entry.number, entry.leaf, entry.filed_at], [receipt.seq, receipt.number, receipt.leaf, receipt.filed_at]);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, part) => reader(part)));
  for (const sha256 of load.blobs) {
    const answer = await fetch(`${node.url}/api/v1/blobs/${sha256}`, { headers: { Authorization: `Bearer ${load.client.token}` } });
    const bytes = Buffer.from(await answer.arrayBuffer());
    assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256);
  }
}

// Right after the start: of what was acknowledged since the last time some, the newest among them.
async function assertFound(load) {
  const sought = load.firs.splice(0).reverse().filter((_, i) => i < SOUGHT / 2 || random.below(10) === 0).slice(0, SOUGHT);
  for (const id of sought) {
    const { people, index } = (await load.client.get(`/api/v1/people?name=${encodeURIComponent(nameOf(id))}`)).json;
    assert.deepEqual(index, { building: false, behind: 0 });
    assert.ok(people.some((one) => one.name === nameOf(id) && one.cases.some((c) => c.case === id)), `${nameOf(id)} of ${id} is not found`);
  }
}

// Every number the station gave, as the register lists them.
async function assertGapless(load, form) {
  const numbers = [];
  for (let after = ''; ;) {
    const { entries, next } = (await load.client.get(`/api/v1/entries?form=${form}&limit=200${after}`)).json;
    for (const row of entries) numbers.push(`${form === 'general_diary' ? row.filed_at.slice(0, 10) : ''} ${row.number}`);
    if (next === null) break;
    after = `&after=${next}`;
  }
  const days = new Map();
  for (const number of numbers.reverse()) {
    const day = number.replace(/ \d+/, ''), serial = Number(number.match(/ (\d+)/)[1]);
    assert.equal(serial, (days.get(day) ?? 0) + 1, `${form} ${number} follows ${days.get(day)}`);
    days.set(day, serial);
  }
  return numbers.length;
}

test(`killed ${KILLS} times (seed ${seed})`, { timeout: 240e3 }, async (t) => {
  const load = new Load();
  await node.serve();
  await load.begin(await node.signedIn('sho'));
  for (let round = 1; round <= KILLS; round++) {
    const clients = Array.from({ length: CLIENTS }, () => load.work());
    const [least, most] = LOAD_MS;
    await new Promise((resolve) => setTimeout(resolve, least + random.below(most - least)));
    await node.end('SIGKILL');
    await Promise.all(clients);
    if (round % VERIFY_EVERY === 0) {
      const report = node.verify();
      assert.equal(report.valid, true, `after kill ${round}: ${report.all}`);
    }
    await node.serve(); // by itself, without repair
    await load.again();
    await assertFound(load);
    if (round % VERIFY_EVERY === 0) await assertAllThere(load);
  }
  const firs = await assertGapless(load, 'fir'), diaries = await assertGapless(load, 'general_diary');
  assert.equal(await node.end(), 0);
  const report = node.verify();
  assert.equal(report.valid, true, report.all);
  t.diagnostic(`${load.acknowledged.size} acknowledged, ${firs} FIRs, ${diaries} diary entries, ${load.blobs.size} files, ${report.entries} entries`);
});
