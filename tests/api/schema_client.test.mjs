// A program that knows nothing but /openapi.json and the schemas files every form there is: once with only what is
// required, once with every field filled.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { startServer } from './server.mjs';
import { SchemaClient } from './schema_client.mjs';
import { faultsOf } from './json_schema.mjs';

let server, client;
before(async () => {
  server = await startServer();
  client = await new SchemaClient(server).start();
});
after(() => server.stop());

// Files each form; what could not be filed, in words.
// These name persons by ids that only the search of people gives, not a schema; people_links.test.mjs files them.
const namesPersons = new Set(['person_link', 'person_link_end']);

async function fileAll() {
  const failures = [];
  for (const name of client.forms.filter((form) => client.fileable(form) && !namesPersons.has(form))) {
    try {
      const receipt = await client.fileForm(name);
      assert.match(receipt.id, /^[0-9a-f-]{36}$/);
    } catch (error) {
      failures.push(error.message);
    }
  }
  return failures;
}

// What was accepted must be what the schema allows: as it was sent, and as the register gives it back.
async function faultsOfAll() {
  const faults = [];
  for (const { form, id, body, actor } of client.sent) {
    const schema = client.schema(form);
    for (const fault of faultsOf(schema, body)) faults.push(`${form} as sent ${fault}`);
    const answer = await actor.client.get(`/api/v1/entries/${id}`);
    if (answer.status === 404 && schema['x-panji-opens']) continue; // an administrator brings old cases in and sees none
    assert.equal(answer.status, 200, `${actor.officer} reads the ${form} he filed`);
    if (answer.json.masked.length > 0 || JSON.stringify(answer.json.body).includes('••')) continue;
    for (const fault of faultsOf(schema, answer.json.body)) faults.push(`${form} as kept ${fault}`);
  }
  return faults;
}

for (const [words, full] of [['only what is required', false], ['every field filled', true]]) {
  test(`every form can be filed by a client that reads only schemas, ${words}`, async () => {
    client.full = full;
    client.sent = [];
    assert.ok(client.forms.length > 100, 'the list of forms is there');
    const failures = await fileAll();
    assert.equal(failures.length, 0, `${failures.length} forms:\n${failures.join('\n')}`);
    const faults = await faultsOfAll();
    assert.equal(faults.length, 0, `${faults.length} faults:\n${faults.slice(0, 20).join('\n')}`);
  });
}

test('a form that nobody may file founded the register, and is refused', async () => {
  const founding = client.forms.filter((form) => !client.fileable(form));
  assert.equal(founding.length, 1);
  for (const actor of client.actors.slice(0, 3)) {
    const answer = await actor.client.file(founding[0], { node: { name: 'other.example', practice: true, founder: actor.officer } });
    assert.equal(answer.status, 403);
  }
});

test('the client names no form', async () => {
  const source = ['schema_client.mjs', 'schema_body.mjs'].map((name) => readFileSync(new URL(name, import.meta.url), 'utf8')).join('');
  const types = ['office', 'officer']; // names of field types too
  const { forms } = await (await fetch(`${server.url}/api/v1/forms`)).json();
  for (const { name } of forms.filter((form) => !types.includes(form.name)))
    assert.doesNotMatch(source, new RegExp(`['"\`]${name}['"\`]`), name);
});
