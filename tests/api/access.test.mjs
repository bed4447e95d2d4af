// Who sees what of one case, as a table: each row an object, each column somebody who asks. A sexual offence with a child in
// conflict with the law, a witness under protection and a secret source, and with every pillar on the case.
//
//   sees    in clear                       asks   covered, and opens for a stated purpose, which is recorded
//   masked  covered, and never opened      none   not found, told exactly as what does not exist
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { minutesAgo } from './bodies.mjs';
import { startServer } from './server.mjs';
import { firSaid, World } from './world.mjs';

const ABSENT = '01931f0c-7c00-7000-8000-000000000000';
const VICTIM = 'Phoolmati Kewat', WITNESS = 'Dhaniram Patel', CHILD = 'Chhotu Satnami', SOURCE = 'The tea seller at the bus stand', PHONE = '+919812345678';
const child = { age_kind: 'age', age_years: 15 };
let server, world, ids;
before(async () => {
  server = await startServer();
  world = new World(server);
  ids = await buildCase();
});
after(() => server?.stop());

// ---- the case ----

async function buildCase() {
  const sho = await world.desk('sho'), io = await world.desk('io'), court = world.officeOfKind(['court']);
  const made = {};
  const caught = await world.diary(sho);
  const diary = await world.diary(sho);
  const fir = await sho.file('fir', firSaid(diary.id, io.officer.officer, {
    offences: [{ offence: 'BNS 64(1)' }], action: { kind: 'directed', officer: io.officer.officer }, dispatch: { court },
    complainant: { who: { name: 'Sukhmani Kewat', phones: [PHONE], documents: [{ kind: 'voter', number: 'ABC1234567' }] } },
    victims: [{ who: { name: VICTIM } }], children: [{ who: { name: CHILD, ...child } }],
    protected_witnesses: [{ label: 'W1', who: { name: WITNESS } }],
  }));
  const onCase = { case: fir.id };
  made.fir = fir.id;
  made.source = (await sho.file('general_diary', { diary: { kind: 'information', secret_source: SOURCE } }, onCase)).id;
  made.diary = (await io.file('case_diary', {}, onCase)).id;
  made.recording = (await io.file('recording', {}, onCase)).id;
  const parties = (await io.get(`/api/v1/cases/${fir.id}`)).json.parties;
  const who = (role) => ({ ref: parties.find((party) => party.role === role).person });
  const arrest = await io.file('arrest', { arrest: { kind: 'arrested_forwarded', arrested_at: minutesAgo(0), diary: diary.id },
    accused: { who: who('accused') } }, onCase);
  await io.file('seizure', { seizure: { seized_at: minutesAgo(0) } }, onCase);
  const thing = (await io.get(`/api/v1/cases/${fir.id}`)).json.property.at(-1).id;
  made.thing = thing;
  await sho.file('malkhana_deposit', { items: [{ item: { ref: thing } }] }, onCase);
  made.forwarding = (await io.file('laboratory_forwarding', { parcels: [{ item: { ref: thing } }] }, onCase)).id;
  const remand = await io.file('remand_request', { remand: { court, diary: made.diary }, accused: [{ who: who('accused'), arrest: arrest.id }] }, onCase);
  const magistrate = await world.desk('magistrate', court);
  const order = await magistrate.file('remand_order', { remand: { request: remand.id, decision: 'granted', custody: 'judicial', admits: true, place: world.officeOfKind(['prison']) },
    accused: [{ who: who('accused') }] }, { ...onCase, to: [world.officeOfKind(['prison'])] });
  made.remand = order.id;
  const jail = await world.desk('jail_superintendent');
  made.admission = (await jail.file('prison_admission', { admission: { basis: 'remand', order: order.id, category: 'remand' }, prisoner: { who: who('accused') } }, onCase)).id;
  const request = await io.file('medical_request', { request: { hospital: world.officeOfKind(['hospital']), kind: 'victim_rape' }, person: { who: who('victim') } }, onCase);
  made.medicalRequest = request.id;
  const doctor = await world.desk('doctor');
  made.mlr = (await doctor.file('medico_legal_report', { report: { request: request.id } }, { ...onCase, to: [sho.officer.office] })).id;
  await io.file('scrutiny_request', { request: { office: world.officeOfKind(['prosecution']) } }, onCase);
  made.caught = caught.id;
  const mlr = (await doctor.get(`/api/v1/entries/${made.mlr}`)).json;
  const schema = await world.schema('medico_legal_report');
  made.finding = confidentialPath(schema, mlr.body, 'medical');
  return made;
}

// The first path of a body that its form marks with the kind.
function confidentialPath(schema, body, kind, path = '') {
  for (const [name, value] of Object.entries(body)) {
    const field = schema.properties?.[name] ?? schema.items?.properties?.[name];
    const here = path ? `${path}.${name}` : name;
    if (field?.['x-panji-confidential'] === kind) return here;
    if (value && typeof value === 'object' && !Array.isArray(value) && field?.properties) {
      const found = confidentialPath(field, value, kind, here);
      if (found) return found;
    }
  }
  return undefined;
}

// ---- the table ----

const COLUMNS = {
  io: () => world.desk('io'), sho: () => world.desk('sho'), writer: () => world.desk('head_constable'), constable: () => world.desk('constable'),
  sdpo: async () => supervisor(), sp: () => world.desk('sp'), otherIo: () => world.desk('io', world.otherStation),
  otherSho: () => world.desk('sho', world.otherStation), prosecutor: () => world.desk('prosecutor'), magistrate: () => world.desk('magistrate'),
  sessions: () => world.desk('sessions_judge'), jail: () => world.desk('jail_superintendent'), jailClerk: () => world.desk('jail_clerk'),
  scientist: () => world.desk('scientist'), reception: () => world.desk('lab_reception'), doctor: () => world.desk('doctor'),
  fpb: () => world.desk('fpb_expert'), admin: () => world.desk('administrator'), establishment: () => world.desk('establishment'),
  aid: () => world.desk('legal_aid_secretary'),
};

// The sub-division the station belongs to is in the office tree, not in a name.
async function supervisor() {
  for (const officer of world.officers('sdpo')) {
    const desk = await world.deskOf(officer);
    if ((await desk.get(`/api/v1/cases/${ids.fir}`)).status === 200) return desk;
  }
  return assert.fail('no sub-division stands above the station');
}

const line = 'io sho sdpo sp prosecutor magistrate';
const TABLE = [
  // object, entry, path, what each column sees; who is in none of them finds nothing
  ['the victim of a sexual offence', 'fir', 'victims.0.who.name', VICTIM,
    { sees: line, asks: 'writer', masked: 'constable jail jailClerk' }],
  ['the complainant of it', 'fir', 'complainant.who.name', 'Sukhmani Kewat',
    { sees: line, asks: 'writer', masked: 'constable jail jailClerk' }],
  ['a child in conflict with the law', 'fir', 'children.0.who.name', CHILD,
    { sees: line, masked: 'writer constable jail jailClerk' }],
  ['a witness under protection', 'fir', 'protected_witnesses.0.who.name', WITNESS,
    { asks: 'io magistrate', masked: 'sho sdpo sp writer constable prosecutor jail jailClerk' }],
  ['a secret source', 'source', 'diary.secret_source', SOURCE,
    { asks: 'io sp', masked: 'sho sdpo writer constable' }],
  ['the findings of a doctor', 'mlr', () => ids.finding, undefined,
    { sees: `${line} doctor`, asks: 'writer', masked: 'constable' }],
  ['the case diary', 'diary', 'diary.text', undefined, { sees: 'io sho sdpo sp writer constable' }],
  ['an audio-video record', 'recording', 'recording.device', undefined, { sees: `${line} writer constable` }],
  ['the FIR as such', 'fir', 'contents.text', undefined, { sees: `${line} writer constable jail jailClerk` }],
  ['the forwarding to the laboratory', 'forwarding', 'forwarding.facts', undefined, { sees: `${line} writer constable scientist reception` }],
  ['the request to the hospital', 'medicalRequest', 'request.kind', undefined, { sees: `${line} writer constable doctor` }],
  ['the remand order', 'remand', 'remand.decision', undefined, { sees: `${line} writer constable jail jailClerk` }],
  ['the admission to prison', 'admission', 'admission.category', undefined, { sees: `${line} writer constable jail jailClerk` }],
  ['a diary entry outside the case', 'caught', 'diary.subject', undefined, { sees: 'io sho sdpo sp writer constable' }],
];

const at = (body, path) => path.split('.').reduce((value, step) => value?.[step], body);
const same = (answer) => ({ status: answer.status, ...answer.json, instance: '' });

for (const [object, entry, where, value, seen] of TABLE) {
  test(object, async () => {
    const path = typeof where === 'function' ? where() : where;
    const found = {};
    for (const [column, open] of Object.entries(COLUMNS)) {
      const desk = await open();
      const answer = await desk.get(`/api/v1/entries/${ids[entry]}`);
      if (answer.status === 404) {
        assert.deepEqual(same(answer), same(await desk.get(`/api/v1/entries/${ABSENT}`)));
        continue;
      }
      assert.equal(answer.status, 200);
      const covered = answer.json.masked.some((one) => path === one || path.startsWith(`${one}.`));
      const shown = at(answer.json.body, path);
      const clear = value === undefined ? shown !== undefined && shown !== '••••' : shown === value;
      const how = covered ? 'asks' : clear ? 'sees' : 'masked';
      if (!clear && value) assert.ok(!answer.text.includes(value), `${column} reads it elsewhere in the answer`);
      found[how] = [...found[how] ?? [], column];
    }
    const expected = Object.fromEntries(Object.entries(seen).map(([how, columns]) => [how, columns.split(' ').sort()]));
    assert.deepEqual(Object.fromEntries(Object.entries(found).map(([how, columns]) => [how, columns.sort()])), expected);
  });
}

test('the covered names stand nowhere else: not on the case, its page, in a search, in a list', async () => {
  const hidden = {
    [VICTIM]: 'writer constable otherSho jail jailClerk scientist reception sessions admin fpb aid',
    [CHILD]: 'writer constable otherSho jail jailClerk scientist reception doctor sessions admin fpb aid',
    [WITNESS]: Object.keys(COLUMNS).join(' '),
  };
  for (const [name, columns] of Object.entries(hidden)) {
    for (const column of columns.split(' ')) {
      const desk = await COLUMNS[column]();
      for (const path of [`/api/v1/cases/${ids.fir}`, `/api/v1/people?name=${encodeURIComponent(name.split(' ')[0])}`, '/api/v1/tasks', '/api/v1/entries', '/api/v1/cases'])
        assert.ok(!(await desk.get(path)).text.includes(name), `${column} reads ${name} at ${path}`);
    }
  }
  for (const column of ['constable', 'jailClerk', 'scientist']) {
    const browser = server.browser();
    await browser.signIn((await COLUMNS[column]()).officer);
    for (const path of [`/cases/${ids.fir}`, `/entries/${ids.fir}`, `/entries/${ids.source}`, '/search?q=Phoolmati', '/search?q=Dhaniram', '/', '/registers', `/forms/arrest?case=${ids.fir}`]) {
      const { html } = await browser.go(path);
      for (const name of [VICTIM, WITNESS, CHILD, SOURCE]) assert.ok(!html.includes(name), `${column} reads ${name} at ${path}`);
    }
  }
});

test('a laboratory sees its exhibits and nothing else of the case, a hospital its request', async () => {
  const scientist = await world.desk('scientist'), doctor = await world.desk('doctor');
  const forms = async (desk) => {
    const answer = await desk.get(`/api/v1/cases/${ids.fir}`);
    return answer.json.timeline.map((row) => row.form).sort();
  };
  assert.deepEqual(await forms(scientist), ['laboratory_forwarding']);
  assert.deepEqual(await forms(doctor), ['medical_request', 'medico_legal_report']);
  const property = (await scientist.get(`/api/v1/cases/${ids.fir}`)).json.property.map((thing) => thing.id);
  assert.deepEqual(property, [ids.thing]);
  assert.deepEqual((await doctor.get(`/api/v1/cases/${ids.fir}`)).json.property, []);
});

test('the case diary opens to the court that called for it, and to no other, and never to a prison', async () => {
  const magistrate = await world.desk('magistrate'), sessions = await world.desk('sessions_judge'), jail = await world.desk('jail_superintendent');
  assert.equal((await magistrate.get(`/api/v1/entries/${ids.diary}`)).status, 404);
  await magistrate.file('diary_call', {}, { case: ids.fir, to: [world.station] });
  assert.equal((await magistrate.get(`/api/v1/entries/${ids.diary}`)).status, 200);
  for (const desk of [sessions, jail, await world.desk('prosecutor'), await world.desk('scientist')])
    assert.equal((await desk.get(`/api/v1/entries/${ids.diary}`)).status, 404, desk.officer.role);
});

test('opening asks a purpose, is recorded with name and reason, and opens for that officer alone', async () => {
  const writer = await world.desk('head_constable'), sho = await world.desk('sho');
  const path = `/api/v1/entries/${ids.fir}`;
  const { json } = await writer.get(path);
  const place = json.masked.find((one) => one.startsWith('victims.0.who'));
  const purpose = (await world.schema('confidential_opening')).$defs['list.opening_purpose'].enum[0];
  const size = await world.size();
  for (const body of [{ path: place }, { path: place, purpose }, { path: place, purpose, reason: 'x' }, { path: place, purpose: 'curiosity', reason: 'I want to know' },
    { path: 'protected_witnesses.0.who', purpose, reason: 'Escort to the court' }, { path: 'children.0.who', purpose, reason: 'Escort to the court' },
    { path: 'nowhere', purpose, reason: 'Escort to the court' }]) {
    const answer = await writer.client.post(`${path}/open`, body);
    assert.ok([403, 422].includes(answer.status), JSON.stringify([body, answer.status, answer.text]));
  }
  assert.equal(await world.size(), size, 'no purpose, no opening');
  const opened = await writer.client.post(`${path}/open`, { path: place, purpose, reason: 'Summons to be served on her' });
  assert.equal(opened.status, 201, opened.text);
  assert.equal(await world.size(), size + 1, 'the opening is an entry');
  assert.equal((await writer.get(path)).json.body.victims[0].who.name, VICTIM);
  const [row] = (await sho.get('/api/v1/entries?form=confidential_opening&limit=1')).json.entries;
  const record = (await sho.get(`/api/v1/entries/${row.id}`)).json;
  assert.equal(record.officer, writer.officer.officer);
  assert.deepEqual(record.body.opening, { entry: ids.fir, path: place, purpose, reason: 'Summons to be served on her' });
  const constable = await world.desk('constable');
  assert.ok(!(await constable.get(path)).text.includes(VICTIM), 'a colleague sees nothing of it');
  // Filing the form by hand opens nothing that may not be opened.
  await constable.send('confidential_opening', { opening: { entry: ids.fir, path: place, purpose, reason: 'By the back door' } });
  assert.ok(!(await constable.get(path)).text.includes(VICTIM));
});

test('who stands outside learns nothing, in any way there is to ask', async () => {
  for (const column of ['otherIo', 'otherSho', 'sessions', 'fpb', 'aid', 'admin', 'establishment']) {
    const desk = await COLUMNS[column]();
    for (const id of [ids.fir, ids.mlr, ids.diary, ids.source, ids.forwarding]) {
      for (const path of ['/api/v1/entries/ID', '/api/v1/entries/ID/proof', '/api/v1/cases/ID'])
        assert.deepEqual(same(await desk.get(path.replace('ID', id))), same(await desk.get(path.replace('ID', ABSENT))), `${column} ${path}`);
      const open = { path: 'victims.0.who', purpose: 'investigation', reason: 'I want to know' };
      assert.deepEqual(same(await desk.client.post(`/api/v1/entries/${id}/open`, open)), same(await desk.client.post(`/api/v1/entries/${ABSENT}/open`, open)));
    }
    const citing = (id) => desk.client.post('/api/v1/entries', { form: 'correction', body: { correction: { entry: id, reason: 'Long enough a reason' }, changes: [{ path: 'contents.text', value: 'x' }] } });
    const words = async (id) => JSON.stringify((await citing(id)).json.problems).replaceAll(id, 'ID');
    assert.equal(await words(ids.fir), await words(ABSENT), `${column} cites`);
    const filing = (id) => desk.client.post('/api/v1/entries', { form: 'arrest', case: id, body: {} });
    assert.equal(JSON.stringify((await filing(ids.fir)).json.problems).replaceAll(ids.fir, 'ID'), JSON.stringify((await filing(ABSENT)).json.problems).replaceAll(ABSENT, 'ID'));
    const browser = server.browser();
    await browser.signIn(desk.officer);
    for (const [path, id] of [['/cases/ID', ids.fir], ['/entries/ID', ids.fir], ['/entries/ID/receipt', ids.fir], ['/property/ID', ids.thing], ['/people/ID', `${ids.fir}.2`]])
      assert.equal((await browser.go(path.replace('ID', id))).status, 404, `${column} ${path}`);
  }
});

test('a file is for those who may read an entry that names it', async () => {
  const sho = await world.desk('sho'), stranger = await world.desk('sho', world.otherStation);
  const content = 'statement of the victim, in her own words';
  const sha256 = await sho.upload(content);
  await sho.file('general_diary', { diary: { kind: 'information', files: [sha256] } }, { case: ids.fir });
  assert.equal((await sho.get(`/api/v1/blobs/${sha256}`)).text, content);
  assert.deepEqual(same(await stranger.get(`/api/v1/blobs/${sha256}`)), same(await stranger.get(`/api/v1/blobs/${'0'.repeat(64)}`)));
});

test('the public sees the log and no case', async () => {
  for (const path of [`/api/v1/cases/${ids.fir}`, `/api/v1/entries/${ids.fir}`, '/api/v1/people?name=Phoolmati', '/api/v1/tasks', '/api/v1/entries', `/api/v1/blobs/${'0'.repeat(64)}`])
    assert.equal((await fetch(server.url + path)).status, 401, path);
  const size = await world.size();
  const tile = await (await fetch(`${server.url}/log/tile/entries/00${Math.floor((size - 1) / 256)}.p/${size % 256 || 256}`)).text();
  assert.ok(tile.length > 0);
  for (const name of [VICTIM, WITNESS, CHILD, SOURCE, PHONE]) assert.ok(!tile.includes(name));
});
