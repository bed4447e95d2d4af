// What changed behind the program's back is found: one flipped byte anywhere, rows changed by somebody with SQLite, and rows
// changed by somebody who knows the page checksums as well.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readdirSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { smallestBody } from '../api/bodies.mjs';
import { firSaid } from '../api/world.mjs';
import { makePlace, seeded } from './node.mjs';

const PAGE = 4096;
const random = seeded(Number(process.env.PANJI_TEST_SEED ?? 7));
let place, node, fir;
before(async () => {
  place = makePlace();
  node = place.copy();
  await node.serve();
  fir = await fileCase(node);
  assert.equal((await (await node.signedIn('sho')).get('/api/v1/people?name=Sunita')).status, 200);
  assert.equal(await node.end(), 0);
  // Pages that are free must be proved too.
  node.tamper('sums', 'CREATE TABLE filler(data BLOB); INSERT INTO filler VALUES (zeroblob(50000)); DROP TABLE filler');
  assert.equal(node.verify().valid, true);
});
after(() => place?.drop());

// A case with an IO, an accused, a thing in the malkhana, a report sent to court, a masked field opened, files.
async function fileCase(on) {
  const sho = await on.signedIn('sho');
  const file = async (form, said, rest = {}) => {
    const schema = (await sho.get(`/api/v1/forms/${form}`)).json;
    const known = { officer: () => sho.officer.officer, office: () => on.officer('magistrate').office };
    const answer = await sho.file(form, smallestBody(schema, said, known), rest);
    assert.equal(answer.status, 201, answer.text);
    return answer.json;
  };
  const files = [];
  for (let i = 0; i < 8; i++)
    files.push((await sho.send('POST', '/api/v1/blobs', Buffer.alloc(500 + 3000 * i, `page ${i} `), { 'Content-Type': 'application/octet-stream' })).json.sha256);
  const diary = await file('general_diary', { diary: { kind: 'complaint', files } });
  for (let i = 0; i < 60; i++) await file('general_diary', { diary: { kind: 'complaint' } });
  const caught = await file('general_diary', { diary: { kind: 'complaint' } });
  const opened = await file('fir', firSaid(diary.id, sho.officer.officer));
  const onCase = { case: opened.id };
  await file('seizure', { earlier: { diary: caught.id, reason: 'Found with him by the villagers' } }, onCase);
  const seen = (await sho.get(`/api/v1/cases/${opened.id}`)).json;
  await file('malkhana_deposit', { items: [{ item: { ref: seen.property[0].id } }] }, onCase);
  await file('case_diary', {}, onCase);
  const accused = { ref: seen.parties.find((party) => party.role === 'accused').person };
  await file('final_report', { report: { kind: 'charge_sheet', court: on.officer('magistrate').office }, offences: [{ offence: 'BNS 303(2)' }],
    accused: [{ who: accused, offences: ['BNS 303(2)'] }] }, onCase);
  return opened;
}

// ---- one byte ----

function flip(file, offset) {
  const fd = openSync(file, 'r+'), byte = Buffer.alloc(1);
  readSync(fd, byte, 0, 1, offset);
  const flipped = Buffer.from([byte[0] ^ (1 << random.below(8))]);
  writeSync(fd, flipped, 0, 1, offset);
  closeSync(fd);
  return () => {
    const again = openSync(file, 'r+');
    writeSync(again, byte, 0, 1, offset);
    closeSync(again);
  };
}

// Flips a byte at each offset in turn; every time verify must not say valid.
function assertEachFound(on, name, offsets) {
  const file = join(on.data, name), escaped = [];
  for (const offset of offsets) {
    const mend = flip(file, offset);
    const report = on.verify();
    mend();
    if (report.valid !== false) escaped.push(`${offset}: ${report.code}`);
    else assert.ok(report.fault.what.length > 10 && [1, 65].includes(report.code), report.all);
  }
  assert.deepEqual(escaped, [], `${escaped.length} of ${offsets.length} flips in ${name} were not found`);
  assert.equal(on.verify().valid, true, 'mended, it is valid again');
}

const pagesOf = (on, name) => statSync(join(on.data, name)).size / PAGE;

test('a flipped byte in any page of the register is found', () => {
  const pages = pagesOf(node, 'panji.db');
  assert.ok(Number.isInteger(pages) && pages > 100);
  const step = Math.max(1, Math.floor(pages / 300)); // every page of a small register
  const offsets = [];
  for (let page = random.below(step); page < pages; page += step) offsets.push(page * PAGE + random.below(PAGE));
  // The first bytes of the file, and the checksum itself.
  offsets.push(0, 18, 24, 28, 31, 44, 99, PAGE - 8, PAGE - 1, (pages - 1) * PAGE, pages * PAGE - 1);
  const [[free]] = node.tamper('sums', 'PRAGMA freelist_count');
  assert.ok(Number(free) > 5, 'there are free pages to damage');
  assertEachFound(node, 'panji.db', offsets);
});

for (const [name, what] of [['secrets.db', 'passwords and sessions'], ['searches.db', 'the log of who searched for whom'],
  ['drafts.db', 'what is begun and not yet filed']]) {
  test(`a flipped byte in any page of ${what} is found`, () => {
    const pages = pagesOf(node, name);
    assert.ok(pages > 0);
    assertEachFound(node, name, Array.from({ length: pages }, (_, page) => page * PAGE + random.below(PAGE)));
  });
}

test('a flipped byte in any stored file is found', () => {
  let count = 0;
  for (const inner of readdirSync(join(node.data, 'blobs')))
    for (const name of readdirSync(join(node.data, 'blobs', inner))) {
      const file = join('blobs', inner, name), size = statSync(join(node.data, file)).size;
      assertEachFound(node, file, [0, size - 1, random.below(size)]);
      count++;
    }
  assert.equal(count, 8 + 1, 'eight papers of this test and the recording that practice files');
});

test('a flipped byte of the published checkpoint is found', () => {
  const size = statSync(join(node.data, 'checkpoint')).size;
  assertEachFound(node, 'checkpoint', Array.from({ length: 12 }, (_, i) => Math.floor((size - 1) * i / 11)));
});

test('a flipped byte in the log of a killed server is found', async () => {
  const killed = place.copy(node.data);
  await killed.serve();
  const sho = await killed.signedIn('sho');
  const body = smallestBody((await sho.get('/api/v1/forms/general_diary')).json, { diary: { kind: 'complaint' } });
  for (let i = 0; i < 4; i++) assert.equal((await sho.file('general_diary', body)).status, 201);
  await killed.end('SIGKILL');
  assert.equal(killed.verify().valid, true);
  const log = join(killed.data, 'panji.db-wal');
  const whole = (statSync(log).size - 32) / (PAGE + 24);
  assert.ok(Number.isInteger(whole) && whole > 4);
  const offsets = [0, 9, 25];
  for (let frame = 0; frame < whole; frame++) offsets.push(32 + frame * (PAGE + 24) + random.below(PAGE + 24));
  offsets.push(32 + (PAGE + 24) * (whole - 1) + 4, statSync(log).size - 1); // the last commit's mark, the last byte
  const step = Math.max(1, Math.floor(offsets.length / 40));
  assertEachFound(killed, 'panji.db-wal', offsets.filter((_, i) => i < 3 || i % step === 0));
});

// ---- rows ----

const seqOf = (on, id) => Number(on.tamper('sums', `SELECT seq FROM entry WHERE id = '${id}'`)[0][0]);
const text = (column, from, to) => `CAST(replace(CAST(${column} AS TEXT), '${from}', '${to}') AS BLOB)`;

// One change to a copy; verify names the entry when `seq` is given.
function assertFound(how, sql, { seq, words } = {}) {
  const copy = place.copy(node.data);
  copy.tamper(how, typeof sql === 'function' ? sql(copy) : sql);
  const report = copy.verify();
  assert.equal(report.valid, false, `${how}: ${sql}: ${report.all}`);
  if (seq !== undefined) assert.equal(report.fault.seq, seq, `${sql}: ${report.all}`);
  if (words) assert.match(report.fault.what, words, sql);
  rmSync(copy.data, { recursive: true });
}

test('whoever changes a row with plain SQLite leaves a page without its checksum', () => {
  const seq = seqOf(node, fir.id);
  for (const sql of [
    `UPDATE entry SET body = ${text('body', 'Budhram', 'Chhotu')} WHERE seq = ${seq}`,
    `UPDATE entry_index SET filed_at = filed_at - 86400000 WHERE seq = ${seq}`,
    `UPDATE entry_index SET number = '0099/2026' WHERE seq = ${seq}`,
    `DELETE FROM entry WHERE seq = ${seq}`,
  ]) assertFound('plain', sql, { words: /page [0-9]+ of panji\.db is damaged/ });
});

test('with right checksums a changed entry is still found, and named', () => {
  const seq = seqOf(node, fir.id), filedAt = JSON.parse(node.tamper('sums', `SELECT envelope FROM entry WHERE seq = ${seq}`).join('|')).filed_at;
  for (const sql of [
    `UPDATE entry SET body = ${text('body', 'Budhram', 'Chhotu')} WHERE seq = ${seq}`,
    `UPDATE entry SET envelope = ${text('envelope', filedAt, filedAt - 86400000)} WHERE seq = ${seq}`,
    `UPDATE entry SET envelope = ${text('envelope', '0001/', '0002/')} WHERE seq = ${seq}`,
    `UPDATE entry SET envelope = ${text('envelope', '"officer":"sho', '"officer":"sh0')} WHERE seq = ${seq}`,
    `UPDATE entry SET salt = randomblob(16) WHERE seq = ${seq}`,
    `UPDATE entry SET leaf = randomblob(32) WHERE seq = ${seq}`,
    `UPDATE entry SET id = replace(id, substr(id, -1), 'x') WHERE seq = ${seq}`,
    `UPDATE entry SET body = NULL WHERE seq = ${seq}`,
    `UPDATE entry SET (body, salt) = (SELECT body, salt FROM entry WHERE seq = ${seq - 1}) WHERE seq = ${seq}`,
    `DELETE FROM entry WHERE seq = ${seq}`,
  ]) assertFound('sums', sql, { seq });
  assertFound('sums', `UPDATE entry SET seq = -seq WHERE seq = ${seq}; UPDATE entry SET seq = ${seq} WHERE seq = ${seq + 1};`
    + `UPDATE entry SET seq = ${seq + 1} WHERE seq = -${seq}`);
});

test('the log cannot be cut, forked or stretched', () => {
  const last = Number(node.tamper('sums', 'SELECT max(seq) FROM entry')[0][0]);
  for (const sql of [
    `DELETE FROM entry WHERE seq = ${last}`,
    `DELETE FROM entry WHERE seq = ${last}; DELETE FROM checkpoint WHERE size = ${last + 1}`,
    `INSERT INTO entry(seq, id, leaf, salt, envelope, body) SELECT seq + 1, replace(id, '-7', '-8'), leaf, salt, envelope, body FROM entry WHERE seq = ${last}`,
    `DELETE FROM checkpoint WHERE size = ${last + 1}`,
    `UPDATE checkpoint SET note = replace(note, substr(note, instr(note, x'0a') + 8, 4), 'AAAA') WHERE size = ${last + 1}`,
    `UPDATE checkpoint SET size = size + 1 WHERE size = ${last + 1}`,
    `UPDATE node SET key = replace(key, substr(key, -6), 'AAAAAA')`,
    `UPDATE node SET name = 'another.example'`,
    'DELETE FROM tree_hash',
    'UPDATE tree_hash SET hash = randomblob(32)',
    'INSERT INTO tree_hash(level, number, hash) VALUES (3, 0, randomblob(32))',
  ]) assertFound('sums', sql);
});

test('every view is proved: a row gone, doubled or changed in any table is found', () => {
  const own = new Set(['entry', 'tree_hash', 'checkpoint', 'node', 'form_text']);
  const tables = node.tamper('sums', "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'").flat().filter((name) => !own.has(name));
  assert.ok(tables.length > 15, tables.join());
  let filled = 0;
  for (const table of tables) {
    const [[count]] = node.tamper('sums', `SELECT count(*) FROM ${table}`);
    if (Number(count) === 0) continue;
    filled++;
    const key = node.tamper('sums', `SELECT name FROM pragma_table_info('${table}') ORDER BY pk, cid`).flat();
    const [[unique]] = node.tamper('sums', `SELECT coalesce(group_concat(name), 'rowid') FROM pragma_table_info('${table}') WHERE pk > 0`);
    const last = `(${unique}) = (SELECT ${unique} FROM ${table} ORDER BY ${unique} LIMIT 1 OFFSET ${count - 1})`;
    assertFound('sums', `DELETE FROM ${table} WHERE ${last}`, { words: new RegExp(`view|table|${table}`) });
    const types = Object.fromEntries(node.tamper('sums', `SELECT name, type FROM pragma_table_info('${table}')`));
    const column = key[0];
    assertFound('sums', types[column] === 'INTEGER'
      ? `UPDATE ${table} SET ${column} = coalesce(${column}, 0) + 1000000007 WHERE ${last}`
      : `UPDATE ${table} SET ${column} = coalesce(${column}, '') || 'x' WHERE ${last}`);
  }
  assert.ok(filled > 12, `${filled} tables hold something to prove`);
});

test('the dates an auditor would look for cannot be put back', () => {
  // In the views alone; in the views and in the envelope; with a leaf that fits the envelope.
  const seq = seqOf(node, fir.id), earlier = 3 * 86400000;
  const [envelope] = node.tamper('sums', `SELECT envelope FROM entry WHERE seq = ${seq}`).map((columns) => columns.join('|'));
  const filedAt = JSON.parse(envelope).filed_at;
  const index = `UPDATE entry_index SET filed_at = filed_at - ${earlier} WHERE seq = ${seq}; UPDATE case_file SET opened_at = opened_at - ${earlier} WHERE opened_seq = ${seq}`;
  const inside = `UPDATE entry SET envelope = ${text('envelope', filedAt, filedAt - earlier)} WHERE seq = ${seq}`;
  assertFound('sums', index, { words: /entry_index|case_file/ });
  assertFound('sums', `${index}; ${inside}`, { seq });
});

test('a trigger or view that somebody slipped into the database is found', () => {
  assertFound('sums', 'CREATE TRIGGER quiet AFTER INSERT ON entry_index BEGIN UPDATE case_file SET sensitive = 0; END', { words: /quiet/ });
  assertFound('sums', 'CREATE VIEW cases AS SELECT * FROM case_file', { words: /trigger or view/ });
});

test('verify changes nothing in the folder it proves', async () => {
  const killed = place.copy(node.data);
  await killed.serve();
  await killed.signedIn('sho');
  await killed.end('SIGKILL');
  const kept = () => Object.fromEntries(readdirSync(killed.data).filter((name) => statSync(join(killed.data, name)).isFile() && !name.endsWith('-shm'))
    .map((name) => [name, createHash('sha256').update(readFileSync(join(killed.data, name))).digest('hex')]));
  const before = kept();
  assert.ok('panji.db-wal' in before || 'secrets.db-wal' in before, Object.keys(before).join());
  assert.equal(killed.verify().valid, true);
  assert.deepEqual(kept(), before);
});

test('the text of a form is kept as it was', () => {
  assertFound('sums', "UPDATE form_text SET text = replace(text, 'required', '') WHERE name = 'fir'");
});

test('an erased body is told, and is no quiet way to lose a record', () => {
  const copy = place.copy(node.data);
  copy.tamper('sums', `UPDATE entry SET body = NULL, salt = NULL WHERE seq = ${seqOf(node, fir.id)}`);
  const report = copy.verify();
  assert.equal(report.valid, false, report.all);
});
