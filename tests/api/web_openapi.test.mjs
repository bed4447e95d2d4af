// /openapi.json says what the server does: every reference leads somewhere, every call it lists is there, every form is in it.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { startServer } from './server.mjs';

let server, client, document;
before(async () => {
  server = await startServer();
  client = await server.signedIn('sho');
  document = (await client.get('/openapi.json')).json;
});
after(() => server.stop());

function* references(value) {
  if (Array.isArray(value)) for (const one of value) yield* references(one);
  else if (value && typeof value === 'object')
    for (const [key, one] of Object.entries(value)) {
      if (key === '$ref') yield one;
      else yield* references(one);
    }
}

test('every reference leads to a schema', async () => {
  for (const reference of new Set(references(document))) {
    if (reference.startsWith('#/components/schemas/')) assert.ok(document.components.schemas[reference.slice(21)], reference);
    else assert.equal((await client.get(reference)).status, 200, reference);
  }
});

test('every form can be found through it, with a schema of its body', async () => {
  const { forms } = (await client.get('/api/v1/forms')).json;
  const alternatives = document.components.schemas.filing.discriminator.mapping;
  assert.deepEqual(Object.keys(alternatives).sort(), forms.map((form) => form.name).sort());
  for (const form of forms) {
    const schema = (await client.get(form.schema)).json;
    assert.equal(schema['x-panji-form'], form.name);
    assert.equal(schema.type, 'object');
  }
});

test('every call it lists is answered', async () => {
  for (const [path, item] of Object.entries(document.paths)) {
    const address = path.replace(/\{[^}]*\}/g, 'x');
    for (const method of Object.keys(item)) {
      if (path === '/api/v1/session') continue;
      const answer = await client.send(method.toUpperCase(), address);
      assert.notEqual(answer.status, 405, `${method} ${path}`);
      assert.ok(answer.status < 500, `${method} ${path}: ${answer.status}`);
    }
  }
});

test('members an answer must have are there', async () => {
  const pairs = [['/api/v1/tasks', 'task_list'], ['/api/v1/cases', 'case_list'], ['/api/v1/entries', 'entry_list'],
    ['/api/v1/forms', 'form_list'], ['/health', 'health']];
  for (const [path, name] of pairs) {
    const { json } = await client.get(path);
    const schema = document.components.schemas[name];
    for (const member of schema.required) assert.ok(member in json, `${path} ${member}`);
    for (const member of Object.keys(json)) assert.ok(member in schema.properties, `${path} ${member}`);
  }
});
