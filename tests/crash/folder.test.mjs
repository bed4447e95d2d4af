// One folder, one server; and folders that are not what they were: cut, old, missing a piece, with another's key. What
// cannot be trusted is refused at start, in words.
import assert from 'node:assert/strict';
import { copyFileSync, cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { smallestBody } from '../api/bodies.mjs';
import { makePlace } from './node.mjs';

let place, filed;
before(async () => {
  place = makePlace();
  filed = place.copy();
  await filed.serve();
  await fileSome(filed, 20, true);
  assert.equal(await filed.end(), 0);
});
after(() => place?.drop());

async function fileSome(node, count, withFile = false) {
  const client = await node.signedIn('sho');
  const schema = (await client.get('/api/v1/forms/general_diary')).json;
  const body = smallestBody(schema, { diary: { kind: 'complaint' } });
  for (let i = 0; i < count; i++) assert.equal((await client.file('general_diary', body)).status, 201);
  if (!withFile) return;
  const blob = await client.send('POST', '/api/v1/blobs', 'a scanned page', { 'Content-Type': 'application/octet-stream' });
  const answer = await client.file('general_diary', { diary: { ...body.diary, files: [blob.json.sha256] } });
  assert.equal(answer.status, 201, answer.text);
}

const inFolder = (node, name) => join(node.data, name);
const again = (from = filed) => place.copy(from.data);

// `code`: how serve must end; `words`: what it must say.
async function assertRefused(node, words, code) {
  const started = await node.serve().then(() => node.end().then(() => 'it served'), (error) => error.message);
  assert.match(started, words);
  assert.match(started, new RegExp(`ended with ${code}:`));
}

function assertInvalid(node, words) {
  const report = node.verify();
  assert.equal(report.valid, false, report.all);
  assert.match(report.fault.what, words);
  assert.ok([1, 65].includes(report.code), String(report.code));
}

test('a folder that is served takes no second server and no filing beside it', async () => {
  const node = again(), second = again();
  await node.serve();
  second.data = node.data;
  await assertRefused(second, /Another panji is using/, 75);
  assert.match(second.log, /दूसरा panji/);
  const sho = node.officer('sho'), password = join(place.folder, 'password'), body = join(place.folder, 'body.json');
  writeFileSync(password, sho.password);
  writeFileSync(body, '{}');
  const map = join(place.folder, 'map'), csv = join(place.folder, 'old.csv');
  writeFileSync(map, 'column unit | A\ncolumn number | B\ncolumn registered | C\ncolumn sections | D\n');
  writeFileSync(csv, 'A,B,C,D\n');
  const size = (await (await fetch(`${node.url}/log/checkpoint`)).text()).split('\n')[1];
  for (const words of [['file', '--officer', sho.officer, '--password-file', password, 'general_diary', body], ['rebuild'],
    ['import', '--officer', sho.officer, '--password-file', password, '--map', map, 'firs', csv],
    ['officers', '--password', sho.officer, '--password-file', password]]) {
    const done = node.run(...words);
    assert.equal(done.code, 75, `${words[0]}: ${done.all}`);
    assert.match(done.all, /Another panji is using/);
  }
  assert.equal((await (await fetch(`${node.url}/log/checkpoint`)).text()).split('\n')[1], size);
  assert.equal(await node.end(), 0);
  await node.serve(); // the lock goes with the process
  assert.equal(await node.end('SIGKILL'), 'SIGKILL');
  await node.serve();
  assert.equal(await node.end(), 0);
});

test('a database cut short is refused', async () => {
  const size = statSync(inFolder(filed, 'panji.db')).size;
  for (const left of [0, 1000, 4096, size / 2 | 0, size - 4096, size - 1]) {
    const node = again();
    truncateSync(inFolder(node, 'panji.db'), left);
    assert.notEqual(node.verify().valid, true, `cut to ${left}`);
    const started = await node.serve().then(() => node.end().then(() => 'it served'), (error) => error.message);
    assert.match(started, /panji: .{20}/s, `cut to ${left}: ${started}`);
    assert.notEqual(started, 'it served', `cut to ${left} of ${size}`);
  }
});

// A folder whose server was killed: its newest entries stand in the log of the database alone.
async function killed() {
  const node = again();
  await node.serve();
  await fileSome(node, 10);
  await node.end('SIGKILL');
  assert.ok(statSync(inFolder(node, 'panji.db-wal')).size > 8192);
  return node;
}

test('after a kill the log of the database is needed: cut or gone, entries that were published are missed', async () => {
  const node = await killed();
  assert.equal(again(node).verify().valid, true);
  const size = statSync(inFolder(node, 'panji.db-wal')).size;
  for (const left of [0, 40, size / 2 | 0, size - 5000]) {
    const cut = again(node);
    truncateSync(inFolder(cut, 'panji.db-wal'), left);
    rmSync(inFolder(cut, 'panji.db-shm'), { force: true });
    assertInvalid(cut, /missing|checkpoint/);
    await assertRefused(cut, /holds less than it has published/, 65);
  }
  const gone = again(node);
  for (const name of ['panji.db-wal', 'panji.db-shm']) rmSync(inFolder(gone, name), { force: true });
  await assertRefused(gone, /holds less than it has published/, 65);
});

test('an old backup of the database put back is refused', async () => {
  const node = again();
  copyFileSync(inFolder(filed, 'panji.db'), join(place.folder, 'backup.db'));
  await node.serve();
  await fileSome(node, 3);
  assert.equal(await node.end(), 0);
  copyFileSync(join(place.folder, 'backup.db'), inFolder(node, 'panji.db'));
  assertInvalid(node, /missing/);
  await assertRefused(node, /holds less than it has published/, 65);
});

test('two registers that went on from one backup are told apart', async () => {
  const one = again(), other = again();
  for (const node of [one, other]) {
    await node.serve();
    await fileSome(node, 2);
    assert.equal(await node.end(), 0);
  }
  copyFileSync(inFolder(one, 'checkpoint'), inFolder(other, 'checkpoint'));
  assertInvalid(other, /another root/);
  await assertRefused(other, /another past than it has published/, 65);
});

test('another key in place of the node\'s own is refused, and so is none', async () => {
  const stranger = again();
  const made = place.copy();
  rmSync(made.data, { recursive: true });
  writeFileSync(join(place.folder, 'password'), 'four plain words here');
  const done = made.run('init', '--name', 'other.example', '--places', 'Baloda Bazar', '--password-file', join(place.folder, 'password'));
  assert.equal(done.code, 0, done.all);
  copyFileSync(inFolder(made, 'node.key'), inFolder(stranger, 'node.key'));
  await assertRefused(stranger, /node\.key .* not the key of this register/, 65);
  const none = again();
  rmSync(inFolder(none, 'node.key'));
  await assertRefused(none, /node\.key .* is missing/, 65);
});

test('a missing checkpoint file is missed by verify and written anew at start', async () => {
  const node = again();
  const text = readFileSync(inFolder(node, 'checkpoint'), 'utf8');
  rmSync(inFolder(node, 'checkpoint'));
  assertInvalid(node, /file checkpoint is missing/);
  await node.serve();
  assert.equal(await node.end(), 0);
  assert.equal(readFileSync(inFolder(node, 'checkpoint'), 'utf8'), text);
  assert.equal(node.verify().valid, true);
});

test('a folder of another version says how it is brought up to this one, and nothing else reads it', async () => {
  const node = again();
  node.tamper('sums', "DROP TABLE property; CREATE TABLE property(id TEXT); UPDATE view_shape SET shape = 'older'");
  await assertRefused(node, /views_stale[^]*panji rebuild --data/, 78);
  assert.match(node.log, new RegExp(`panji rebuild --data ${node.data}`));
  assert.match(node.log, /दूसरे संस्करण/);
  for (const words of [['clocks', 'late'], ['officers'], ['show', 'x'], ['export'], ['rebuild', '--search']]) {
    const done = node.run(...words);
    assert.equal(done.code, 78, `${words}: ${done.all}`);
    assert.match(done.err, /panji rebuild --data/);
    assert.doesNotMatch(done.all, /no column|no such/);
  }
  assert.equal(node.verify().code, 78);
  assert.match(node.verify().fault.what, /panji rebuild --data/);
  const rebuilt = node.run('rebuild');
  assert.equal(rebuilt.code, 0, rebuilt.all);
  assert.equal(node.verify().valid, true);
  await node.serve();
  assert.equal((await (await node.signedIn('sho')).get('/api/v1/tasks')).status, 200);
  assert.equal(await node.end(), 0);
});

test('missing secrets are told', async () => {
  const node = again();
  for (const name of readdirSync(node.data).filter((one) => one.startsWith('secrets.db'))) rmSync(inFolder(node, name));
  assert.notEqual(node.verify().code, 0);
  await assertRefused(node, /secrets\.db/, '[0-9]+');
});

test('the log of who searched for whom cannot be thrown away unseen', () => {
  const node = again();
  for (const name of readdirSync(node.data).filter((one) => one.startsWith('searches.db'))) rmSync(inFolder(node, name));
  assertInvalid(node, /file searches\.db is missing/);
});

test('a file that an entry names and that is gone is missed; one nobody put there is found', async () => {
  const blobs = inFolder(filed, 'blobs');
  const [inner] = readdirSync(blobs), [name] = readdirSync(join(blobs, inner));
  const missing = again();
  rmSync(join(missing.data, 'blobs', inner, name));
  assertInvalid(missing, new RegExp(`${inner}${name}|${inner}/${name}`));
  const foreign = again();
  writeFileSync(join(foreign.data, 'blobs', inner, 'ff'.repeat(31)), 'not what it is called');
  assertInvalid(foreign, /content that is not its name/);
  const stray = again();
  writeFileSync(join(stray.data, 'blobs', 'notes.txt'), 'hello');
  assertInvalid(stray, /does not belong there/);
  const moved = again();
  cpSync(join(blobs, inner, name), join(moved.data, 'blobs', inner, `${name.slice(0, -1)}${name.endsWith('0') ? 1 : 0}`));
  assertInvalid(moved, /content that is not its name/);
});

test('there is no register in an empty folder, and the words say so', () => {
  const node = place.copy();
  rmSync(node.data, { recursive: true });
  for (const verb of ['verify', 'rebuild', 'serve', 'officers']) {
    const done = node.run(verb);
    assert.notEqual(done.code, 0);
    assert.match(done.all, /no register|panji\.db is missing/, verb);
    assert.equal(existsSync(node.data), false, `${verb} made the folder`);
  }
});
