// Every form there is, with every field filled, prints for the officer who filed it; and what he typed stands on the paper.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { SchemaClient } from './schema_client.mjs';
import { startServer } from './server.mjs';

let server, client;
before(async () => {
  server = await startServer();
  client = await new SchemaClient(server).start();
});
after(() => server?.stop());

// The texts of a body that a reader would look for; signs and blanks apart, for lines break where they must.
function* texts(value) {
  if (typeof value === 'string') yield value;
  else if (value && typeof value === 'object') for (const one of Object.values(value)) yield* texts(one);
}
const letters = (text) => text.replace(/[^\p{L}\p{N}]/gu, '');

// These name persons by ids that only the search of people gives, not a schema.
const namesPersons = new Set(['person_link', 'person_link_end']);

async function paperOf({ id, actor }, query) {
  const answer = await fetch(`${server.url}/api/v1/entries/${id}.pdf${query}`, { headers: { Authorization: `Bearer ${actor.client.token}` } });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, bytes };
}

test('every form prints with every field filled, and nothing typed is missing', async () => {
  client.full = true;
  client.sent = [];
  for (const name of client.forms.filter((form) => client.fileable(form) && !namesPersons.has(form))) await client.fileForm(name);
  const papers = new Map(client.sent.map((sent) => [sent.form, sent])); // the last of each form: the one asked for
  assert.ok(papers.size > 100);
  for (const [form, sent] of papers) {
    const read = await sent.actor.client.get(`/api/v1/entries/${sent.id}`);
    if (read.status === 404 && client.schema(form)['x-panji-opens']) continue; // an administrator sees no case he brings in
    const { status, bytes } = await paperOf(sent, '?lang=en');
    assert.equal(status, 200, `${form}: ${bytes.toString().slice(0, 300)}`);
    const text = letters(spawnSync('pdftotext', ['-raw', '-', '-'], { input: bytes, encoding: 'utf8', maxBuffer: 64 << 20 }).stdout);
    for (const typed of texts(read.json.body)) {
      if (typed.length < 25 || /^[0-9a-f-]{30,}/.test(typed) || /^\d{4}-\d\d-\d\d/.test(typed)) continue; // ids, hashes, times are told in words
      assert.ok(text.includes(letters(typed).slice(0, 12)), `${form}: "${typed.slice(0, 60)}" is not on the paper`);
    }
  }
});
