// Filing and reading through the API: one answer for one id, the proof, and that nobody sees what is not theirs.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { now } from './clock.mjs';
import { startServer } from './server.mjs';

let server, sho, writer, elsewhere;
before(async () => {
  server = await startServer();
  const station = server.officer('sho');
  sho = await server.client(station).signIn();
  writer = await server.client(server.officer('head_constable', station.office)).signIn();
  elsewhere = await server.client(server.officers.find((o) => o.role === 'sho' && o.office !== station.office)).signIn();
});
after(() => server.stop());

const instant = () => new Date(now()).toISOString();
const diary = (subject = 'Patrol') => ({
  diary: { kind: 'information', happened_at: instant(), subject, particulars: 'Told at the station by telephone.' },
});

function uuid7() {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now(), 0, 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

test('an entry is filed, numbered and read back by its writer', async () => {
  const filed = await sho.file('general_diary', diary('Fire at the mill'), { at: instant() });
  assert.equal(filed.status, 201);
  assert.equal(filed.headers.get('location'), `/api/v1/entries/${filed.json.id}`);
  assert.match(filed.json.leaf, /^[0-9a-f]{64}$/);
  const entry = (await sho.get(`/api/v1/entries/${filed.json.id}`)).json;
  assert.equal(entry.body.diary.subject, 'Fire at the mill');
  assert.equal(entry.number, filed.json.number);
  assert.equal(entry.seq, filed.json.seq);
  assert.equal(entry.leaf, filed.json.leaf);
  assert.equal(entry.officer, sho.officer.officer);
  assert.equal(entry.office, sho.officer.office);
  assert.deepEqual(entry.corrections, []);
});

test('the same id again answers the same bytes and files nothing', async () => {
  const id = uuid7(), body = diary();
  const first = await sho.file('general_diary', body, { id });
  const size = (await sho.get('/health')).json.size;
  const again = await sho.file('general_diary', body, { id });
  assert.equal(first.status, 201);
  assert.equal(again.status, 201);
  assert.equal(again.text, first.text);
  assert.equal(again.headers.get('idempotent-replayed'), 'true');
  assert.equal(first.headers.get('idempotent-replayed'), null);
  assert.equal((await sho.get('/health')).json.size, size);
});

test('an id that belongs to another entry is refused', async () => {
  const id = uuid7();
  assert.equal((await sho.file('general_diary', diary('One'), { id })).status, 201);
  const other = await sho.file('general_diary', diary('Another'), { id });
  assert.equal(other.status, 409);
  assert.equal(other.json.code, 'id_used');
});

test('twenty at once with one id file once', async () => {
  const id = uuid7(), body = diary();
  const before = (await sho.get('/health')).json.size;
  const answers = await Promise.all(Array.from({ length: 20 }, () => sho.file('general_diary', body, { id })));
  assert.equal(new Set(answers.map((answer) => answer.text)).size, 1);
  assert.equal((await sho.get('/health')).json.size, before + 1);
});

test('all that is wrong is told at once, each with its place, in both languages', async () => {
  const answer = await sho.file('general_diary', { diary: { kind: 'no_such_kind', happened_at: 'soon' } });
  assert.equal(answer.status, 422);
  const paths = answer.json.problems.map((problem) => problem.path);
  for (const path of ['diary.kind', 'diary.happened_at', 'diary.subject', 'diary.particulars']) assert.ok(paths.includes(path), path);
  for (const problem of answer.json.problems) {
    assert.ok(problem.text.en && problem.text.hi && problem.next.en && problem.next.hi);
    assert.match(problem.text.hi, /[\u0900-\u097F]/);
  }
});

test('an unknown form is 404, a body that is no object is told', async () => {
  assert.equal((await sho.file('no_such_form', {})).json.code, 'form_unknown');
  assert.equal((await sho.post('/api/v1/entries', { form: 'general_diary', body: 'text' })).status, 422);
});

test('an entry has a proof against the published checkpoint', async () => {
  const { json: filed } = await sho.file('general_diary', diary());
  const proof = await sho.get(`/api/v1/entries/${filed.id}/proof`);
  assert.equal(proof.status, 200);
  assert.match(proof.headers.get('content-type'), /^text\/plain/);
  assert.match(proof.text, /^c2sp\.org\/tlog-proof@v1\n/);
  const key = (await sho.get('/log/key')).text;
  assert.ok(proof.text.includes(`— ${key.split('+')[0]} `));
});

test('another station sees neither the entry, nor its proof, nor that it is there', async () => {
  const { json: filed } = await sho.file('general_diary', diary());
  for (const path of [`/api/v1/entries/${filed.id}`, `/api/v1/entries/${filed.id}/proof`]) {
    const hidden = await elsewhere.get(path);
    const missing = await elsewhere.get(path.replace(filed.id, uuid7()));
    assert.equal(hidden.status, 404);
    assert.equal(hidden.json.code, missing.json.code);
  }
  const list = await elsewhere.get(`/api/v1/entries?office=${sho.officer.office}`);
  assert.deepEqual(list.json.entries, []);
});

test('a register is read page by page without gaps or doubles', async () => {
  for (let i = 0; i < 7; i++) await sho.file('general_diary', diary(`Row ${i}`));
  const seen = [];
  let after = '';
  do {
    const page = (await sho.get(`/api/v1/entries?form=general_diary&limit=3${after}`)).json;
    seen.push(...page.entries.map((entry) => entry.seq));
    after = page.next === null ? null : `&after=${page.next}`;
  } while (after !== null);
  const whole = (await sho.get('/api/v1/entries?form=general_diary&limit=200')).json.entries.map((entry) => entry.seq);
  assert.ok(whole.length >= 7);
  assert.deepEqual(seen, whole);
  assert.deepEqual(seen, [...new Set(seen)].sort((a, b) => b - a), 'newest first');
});

// ---- what is masked ----

const fir = (diaryId) => ({
  registration: { kind: 'ordinary' },
  privacy: { sensitive: false },
  offences: [{ offence: 'BNS 303(2)' }],
  occurrence: { known: 'exact', from: new Date(now() - 3600e3).toISOString(), place: { village: 'Lawan' } },
  information: { diary: diaryId, received_at: instant(), kind: 'oral' },
  complainant: { who: { name: 'Sunita Dhruw' } },
  witnesses: [{ who: { name: 'Kamal Patel' } }],
  protected_witnesses: [{ label: 'W1', who: { name: 'Hidden Person' } }],
  contents: { text: 'The motorcycle was taken from the front of the house.' },
  action: { kind: 'taken_up', officer: sho.officer.officer, read_over: true, copy_given: true },
});

test('a masked name is masked everywhere, and opening it is recorded with its purpose', async () => {
  const { json: cited } = await sho.file('general_diary', diary('Theft'));
  const { status, json: filed, text } = await sho.file('fir', fir(cited.id));
  assert.equal(status, 201, text);

  const path = `/api/v1/entries/${filed.id}`;
  const entry = await writer.get(path);
  assert.ok(entry.json.masked.includes('complainant.who'));
  const everywhere = [entry, await writer.get(`/api/v1/cases/${filed.case}`), await writer.get('/api/v1/people?name=sunita')];
  for (const answer of everywhere) assert.ok(!answer.text.includes('Sunita'), answer.text);

  const before = (await writer.get('/health')).json.size;
  const refused = await writer.post(`${path}/open`, { path: 'complainant.who', purpose: 'no_such_purpose', reason: 'Summons' });
  assert.equal(refused.status, 422);
  const never = await writer.post(`${path}/open`,
    { path: 'protected_witnesses.0.who', purpose: 'investigation', reason: 'To write the summons' });
  assert.equal(never.status, 403);
  assert.equal((await writer.get('/health')).json.size, before);

  const opened = await writer.post(`${path}/open`, { path: 'complainant.who', purpose: 'service_of_process', reason: 'To write the summons' });
  assert.equal(opened.status, 201, opened.text);
  assert.equal(opened.json.value.name, 'Sunita Dhruw');
  assert.equal((await writer.get('/health')).json.size, before + 1);
  assert.equal((await writer.get(path)).json.body.complainant.who.name, 'Sunita Dhruw');
});

test('a protected witness is hidden from the very officer who filed', async () => {
  const { json: cited } = await sho.file('general_diary', diary('Theft'));
  const { json: filed } = await sho.file('fir', fir(cited.id));
  for (const path of [`/api/v1/entries/${filed.id}`, `/api/v1/cases/${filed.case}`, '/api/v1/people?name=hidden'])
    assert.ok(!(await sho.get(path)).text.includes('Hidden Person'), path);
});

test('a case is on its station\'s list and on no other\'s', async () => {
  const { json: cited } = await sho.file('general_diary', diary('Theft'));
  const { json: filed } = await sho.file('fir', fir(cited.id));
  const has = async (client) => (await client.get('/api/v1/cases?limit=200')).json.cases.some((row) => row.id === filed.case);
  assert.equal(await has(sho), true);
  assert.equal(await has(elsewhere), false);
  assert.equal((await elsewhere.get(`/api/v1/cases/${filed.case}`)).status, 404);
  const { people } = (await elsewhere.get('/api/v1/people?name=kamal')).json; // practice people of that name may be its own
  assert.ok(people.every((one) => !one.ids.some((id) => id.startsWith(filed.id))));
  assert.equal((await elsewhere.get(`/people/${filed.id}.2`)).status, 404);
});

test('no case has a public page before its hours have passed', async () => {
  const { json: cited } = await sho.file('general_diary', diary('Theft'));
  const { json: filed } = await sho.file('fir', fir(cited.id));
  const young = await fetch(`${server.url}/public/cases/${filed.case}`);
  const missing = await fetch(`${server.url}/public/cases/${uuid7()}`);
  assert.equal(young.status, 404);
  assert.equal(missing.status, 404);
});
