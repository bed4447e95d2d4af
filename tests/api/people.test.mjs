// The search of people: one person under every spelling, by whoever may know of him, for a purpose where the law wants
// one, and not by a word, a number or a moment more.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { minutesAgo } from './bodies.mjs';
import { PANJI, startServer } from './server.mjs';
import { World } from './world.mjs';

const RAM = {
  name: 'रामकुमार साहू', name_other: 'Ramkumar Sahu', aliases: ['Kallu'], relation: 'father', relative_name: 'श्यामलाल साहू', gender: 'male',
  age_kind: 'age', age_years: 34, phones: ['+919812345678'], documents: [{ kind: 'voter', number: 'ABC 1234567' }],
};
let server, world, sho, stranger, constable, sp, clerk, doctor, ram, fir;

before(async () => {
  server = await startServer();
  world = new World(server);
  ({ sho, stranger, constable, sp, clerk, doctor } = await world.desksOfSearch());
  fir = await world.fir({ accused: [{ who: RAM }] });
  ram = fir.accused;
});
after(() => server.stop());

const ask = async (desk, query, status = 200) => {
  const answer = await desk.get(`/api/v1/people?${new URLSearchParams(query)}`);
  assert.equal(answer.status, status, answer.text);
  return answer.json;
};
const ids = (answer) => answer.people.flatMap((one) => one.ids);
const finds = async (desk, query) => ids(await ask(desk, query));
const WIDE = { why: 'investigation', reason: 'Theft at Simga' };

// ---- finding ----

test('he is found by the very next request, in any script and spelling', async () => {
  for (const name of ['रामकुमार साहू', 'Ramkumar Sahu', 'Ram Kumar Sahu', 'राम कुमार साहू', 'Sahu Ramkumar', 'Raamkumar Saahu', 'রামকুমার সাহু',
    'رامکمار ساہو', 'R Sahu', 'Kallu', 'Shri Ramkumar Sahu S/o Shyamlal']) {
    const found = await ask(sho, { name });
    const first = name === 'R Sahu' ? found.people.find((one) => one.ids.includes(ram)) : found.people[0]; // one letter fits others too
    assert.ok(first?.ids.includes(ram), `${name} finds ${JSON.stringify(found.people[0]?.name)}`);
  }
});

test('each answer says why, in both languages, and in which case', async () => {
  const { people: [one] } = await ask(sho, { name: 'Ramkumar Shahu', relative: 'Shyamlal', age: '34', sex: 'male' });
  assert.equal(one.id, ram);
  assert.equal(one.by, 'name');
  assert.equal(one.tied, 'reference');
  assert.ok(one.likeness > 80 && one.likeness < 100);
  assert.equal(one.reasons.find(({ asked }) => asked === 'ramkumar').code, 'exact');
  assert.ok(one.reasons.some(({ relative }) => relative));
  assert.deepEqual(one.reasons.filter(({ verdict }) => verdict).map(({ code, verdict }) => [code, verdict]), [['sex', 'agrees'], ['age', 'agrees']]);
  for (const { text } of one.reasons) assert.ok(text.en && /[\u0900-\u097f]/.test(text.hi), JSON.stringify(text));
  assert.deepEqual(one.cases.map((c) => [c.case, c.roles.map(({ role }) => role), c.elsewhere]), [[fir.id, ['accused'], false]]);
});

test("the father's name decides between namesakes", async () => {
  const other = await world.fir({ accused: [{ who: { ...RAM, relative_name: 'भोलाराम साहू', phones: undefined, documents: undefined, aliases: undefined } }] });
  assert.equal((await finds(sho, { name: 'Ramkumar Sahu', relative: 'Bholaram' }))[0], other.accused);
  const both = await finds(sho, { name: 'Ramkumar Sahu', relative: 'Shyamlal' });
  assert.equal(both[0], ram);
  assert.ok(both.includes(other.accused), 'the other stands below and is not hidden');
  for (const one of [ram, other.accused]) assert.ok((await finds(sho, { name: 'Ramkumar Sahu', limit: '20' })).includes(one), 'by the name alone both');
});

test('a name is found while it is still being typed', async () => {
  const { accused } = await world.fir({ accused: [{ who: { name: 'Budhram Nishad', name_other: 'बुधराम निषाद' } }] });
  for (const name of ['Budh nish', 'Budhram nish', 'बुध निष']) assert.ok((await finds(sho, { name })).includes(accused), name);
  const one = (await ask(sho, { name: 'Budh nish' })).people.find(({ id }) => id === accused);
  assert.deepEqual(one.reasons.map(({ code }) => code), ['begins', 'begins']);
  assert.ok(one.likeness < 80);
});

test("initials and the father's name find a man whose surname was not asked, before and after the index is on the disk", async () => {
  const { accused } = await world.fir({ accused: [{ who: { name: 'Tikeshwar Jagdish Painkra', relation: 'father', relative_name: 'Ghasiya Painkra' } }] });
  const said = async () => {
    for (const query of [{ name: 'T J', relative: 'Ghasiya' }, { name: 'T. J. Painkra' }, { name: 'TJ s/o Ghasiya' }, { name: 'टी जे', relative: 'घसिया' }])
      assert.ok((await finds(sho, query)).includes(accused), JSON.stringify(query));
    const { people: [one] } = await ask(sho, { name: 'T J', relative: 'Ghasiya' });
    assert.deepEqual(one.reasons.filter(({ relative, asked }) => asked && !relative).map(({ code }) => code), ['initial', 'initial']);
    assert.ok(one.likeness < 55, 'and are not taken for a likeness that would be offered while typing');
  };
  await said();
  await server.restart();
  await said();
});

test('a phone, a document and an FIR number answer exactly', async () => {
  const number = (await sho.get(`/api/v1/cases/${fir.id}`)).json.number;
  for (const [query, by] of [[{ phone: '98123 45678' }, 'phone'], [{ identity: 'abc-1234567' }, 'identity'], [{ fir: number }, 'fir'], [{ q: '+91 9812345678' }, 'phone'], [{ q: 'ABC1234567' }, 'identity']]) {
    const found = await ask(sho, query);
    const one = found.people.find((person) => person.ids.includes(ram));
    assert.equal(one?.by, by, JSON.stringify(query));
  }
  assert.deepEqual(await finds(sho, { phone: '9812345679' }), []);
});

test('what is asked for strictly leaves out what speaks against it, and only then', async () => {
  assert.ok((await finds(sho, { name: 'Ramkumar Sahu', sex: 'female', age: '60-70' })).includes(ram));
  assert.ok(!(await finds(sho, { name: 'Ramkumar Sahu', sex: 'female', strict: 'yes' })).includes(ram));
  assert.ok(!(await finds(sho, { name: 'Ramkumar Sahu', role: 'victim', strict: 'yes' })).includes(ram));
  assert.ok((await finds(sho, { name: 'Ramkumar Sahu', role: 'accused', age: '30-40', strict: 'yes' })).includes(ram));
});

test('naming him by reference adds a case and no second person; another name finds him too', async () => {
  const again = await world.fir({ accused: [{ who: { ref: ram, name: 'Ramesh Sahu' } }] });
  for (const name of ['Ramesh Sahu', 'Ramkumar Sahu']) {
    const found = (await ask(sho, { name })).people.filter((one) => one.ids.includes(ram));
    assert.equal(found.length, 1, name);
    assert.deepEqual(found[0].cases.map((one) => one.case).sort(), [fir.id, again.id].sort());
  }
  await sho.file('correction', { correction: { entry: again.id }, changes: [{ path: 'accused.0.who.name', value: 'Ramkumar Sahu' }] }, { case: again.id });
  assert.ok(!(await ask(sho, { name: 'Ramesh Sahu' })).people.some((one) => one.reasons.filter(({ code }) => code === 'exact').length > 1), 'what was struck out finds nobody');
});

test('who is only named in a diary entry is found too', async () => {
  const entry = await sho.file('general_diary', { diary: { kind: 'information', subject: 'Stranger seen' }, persons: [{ who: { name: 'Bisahu Ram Dhritlahare' } }] });
  const { people: [one] } = await ask(sho, { name: 'Bisahu Dhritlahre' });
  assert.equal(one.cases[0].case, null);
  assert.equal(one.cases[0].entry, entry.id);
  assert.ok(!(await finds(stranger, { name: 'Bisahu Ram Dhritlahare', ...WIDE })).includes(one.id), 'the station diary is not for other stations');
});

test('hostile questions are answered like any other', async () => {
  for (const name of ['%', "' OR 1=1 --", '\u200d\u200c\u200d', 'र'.repeat(3000), '😀😀', 'ram '.repeat(500), 'ᚠᚢᚦ', '्््', '<script>alert(1)</script>', 'null', '{"a":1}']) {
    const answer = await sho.get(`/api/v1/people?${new URLSearchParams({ name })}`);
    assert.ok([200, 400].includes(answer.status), `${name.slice(0, 20)}: ${answer.status}`);
  }
  for (const query of [{}, { name: 'r' }, { name: 'Ram', age: 'old' }, { name: 'Ram', age: '40-30' }, { name: 'Ram', district: 'Nowhere' }, { name: 'Ram', scope: 'all' }])
    assert.equal((await ask(sho, query, 400)).code, 'query_wrong');
  for (const query of [{ name: 'Ram', sex: 'x' }, { name: 'Ram', why: 'curiosity' }, { name: 'Ram', station: '0' }])
    assert.equal((await ask(sho, query, 422)).problems.length, 1);
});

// ---- who may see what ----

test('beyond his own cases nobody is shown without a purpose, and the purpose is recorded', async () => {
  const own = await ask(stranger, { name: 'Ramkumar Sahu' });
  assert.deepEqual([ids(own).includes(ram), own.scope, own.elsewhere], [false, 'own', 'purpose']);
  assert.ok(own.people.every((one) => one.cases.every((c) => !c.elsewhere)));
  assert.equal((await ask(stranger, { name: 'Ramkumar Sahu', scope: 'wide' }, 422)).code, 'purpose_needed');
  const wide = await ask(stranger, { name: 'Ramkumar Sahu', ...WIDE });
  const one = wide.people.find((person) => person.ids.includes(ram));
  assert.equal(wide.scope, 'wide');
  const shown = one.cases.find((c) => c.case === fir.id);
  assert.deepEqual([shown.elsewhere, shown.roles.map(({ role }) => role)], [true, ['accused']]);
  assert.equal((await stranger.get(`/api/v1/cases/${fir.id}`)).status, 404, 'the case itself stays closed');
  assert.equal((await stranger.get(`/api/v1/people/${ram}`)).status, 404, 'and so does he, but for this search');
  const person = await stranger.get(`/api/v1/people/${ram}?search=${wide.search}`);
  assert.equal(person.status, 200);
  assert.deepEqual(person.json.entries, [], 'none of its papers');
  assert.equal((await (await world.desk('sho', world.officers('sho')[2].office)).get(`/api/v1/people/${ram}?search=${wide.search}`)).status, 404, "another's search opens nothing");

  const log = (await stranger.get('/api/v1/searches')).json.searches.find((row) => row.id === wide.search);
  assert.deepEqual([log.officer, log.office, log.role, log.scope, log.why, log.reason, log.query.name, log.shown > 0],
    [stranger.officer.officer, stranger.officer.office, 'sho', 'wide', 'investigation', 'Theft at Simga', 'Ramkumar Sahu', true]);
  assert.deepEqual(log.opened.map((row) => row.person), [ram]);
});

test('a court asks no purpose, a hospital sees its own only', async () => {
  const found = await ask(clerk, { name: 'Ramkumar Sahu' });
  assert.deepEqual([found.elsewhere, found.scope, ids(found).includes(ram)], ['open', 'wide', true]);
  const own = await ask(doctor, { name: 'Ramkumar Sahu', why: 'medical' });
  assert.deepEqual([own.people, own.scope, own.elsewhere], [[], 'own', 'never']);
  assert.equal((await ask(doctor, { name: 'Ramkumar Sahu', scope: 'wide', why: 'medical' }, 403)).code, 'not_allowed');
});

test('elsewhere only accused, missing and found people are shown: no complainant, witness or victim', async () => {
  await world.fir({ complainant: { who: { name: 'Ghasnin Ujjainwar' } } });
  assert.equal((await ask(sho, { name: 'Ghasnin Ujjainwar' })).people.length, 1);
  for (const desk of [stranger, clerk]) assert.deepEqual(await finds(desk, { name: 'Ghasnin Ujjainwar', ...WIDE }), []);
});

test('a district is evidence: named as people name it, or by its number; strictly asked it leaves out', async () => {
  const said = async (query) => (await ask(sho, { name: 'Ramkumar Sahu', ...query })).people.find((one) => one.ids.includes(ram));
  const verdict = (one) => one.reasons.find(({ code }) => code === 'district')?.verdict;
  assert.equal(verdict(await said({ district: 'Baloda Bazar' })), 'agrees');
  assert.equal(verdict(await said({ district: 'Raipur' })), 'differs');
  assert.ok(await said({ district: 'Baloda Bazar', strict: 'yes' }));
  assert.equal(await said({ district: 'Raipur', strict: 'yes' }), undefined);
});

test('a phone leads only where the field may be read', async () => {
  const secret = await world.fir({ complainant: { who: { name: 'Parvati Dewangan', phones: ['+919700000001'] } } });
  assert.equal((await ask(sho, { phone: '9700000001' })).people.length, 1);
  assert.deepEqual(await finds(stranger, { phone: '9700000001', ...WIDE }), []);
  assert.ok((await finds(sho, { name: 'Parvati Dewangan', phone: '9700000001' })).length > 0, secret.id);
  // With a name that does find, the answer is the same whether or not the number belongs to him.
  const without = await ask(stranger, { name: 'Ramkumar Sahu', phone: '9700000009', ...WIDE });
  const with_ = await ask(stranger, { name: 'Ramkumar Sahu', phone: '9700000001', ...WIDE });
  assert.deepEqual(with_.people, without.people);
});

// The names of victims, children and sealed people, and what else is asked of them.
const HIDDEN = ['Kunwarmati Phulera', 'Jhunki Phulera', 'Sukhdas Phulera'];

test('victims, children and sealed people are in no answer of those who may not see them', async () => {
  await world.fir({ offences: [{ offence: 'BNS 64(1)' }], victims: [{ who: { name: HIDDEN[0], gender: 'female', age_kind: 'age', age_years: 25 } }], accused: [{ who: { name: HIDDEN[2] } }], complainant: { who: { name: 'Anjor Das' } } });
  await world.fir({ victims: [{ who: { name: HIDDEN[1], age_kind: 'age', age_years: 9 } }] });
  for (const name of HIDDEN) {
    assert.ok((await ask(sho, { name })).people.some((one) => one.name === name), `${name} for the station itself`);
    for (const desk of [stranger, constable, clerk, doctor])
      for (const query of [{ name }, { name, ...WIDE }, { name: name.split(' ')[0], ...WIDE }]) {
        const { people } = await ask(desk, { ...query, limit: '20' });
        const secret = desk === constable ? HIDDEN.slice(0, 2) : HIDDEN; // the accused is of his own station's case
        for (const one of people) assert.ok(!secret.includes(one.name), `${desk.officer.role} reads ${one.name}`);
      }
  }
});

test('hidden people cannot be counted: the answer is the same whether there are none or many', async () => {
  // Names alike; the visible ones stand among hidden ones that match better.
  const visible = [];
  for (let i = 0; i < 3; i++) visible.push((await world.fir({ accused: [{ who: { name: 'Tijauram Kosariya' } }] }, stranger)).accused);
  const query = { name: 'Tijauram Kosriya', limit: '2', ...WIDE };
  const strip = ({ people, scope, elsewhere, index }) => JSON.stringify({ people, scope, elsewhere, index });
  const before = strip(await ask(stranger, query));
  for (let i = 0; i < 20; i++)
    await world.fir({ offences: [{ offence: 'BNS 64(1)' }], victims: [{ who: { name: 'Tijauram Kosriya', gender: 'female' } }], accused: [{ who: { name: 'Tijauram Kosriya' } }] });
  const after = await ask(stranger, query);
  assert.equal(strip(after), before, 'two are shown, the same ones with the same reasons');
  assert.equal(after.people.length, 2, 'the limit is filled from those who may be seen');
  for (const key of ['total', 'count', 'more', 'next', 'rank', 'score', 'probability', 'namesakes']) assert.ok(!JSON.stringify(after).includes(`"${key}"`), key);
  const log = (await stranger.get('/api/v1/searches')).json.searches.find((row) => row.id === after.search);
  assert.equal(log.shown, 2, 'the log knows what was shown, not what was hidden');
});

test('three who may be seen are found among two hundred hidden namesakes, as if those were not there', async () => {
  const query = { name: 'Budhlal Katakwar', limit: '20', ...WIDE };
  const visible = [];
  for (let i = 0; i < 3; i++) visible.push((await world.fir({ accused: [{ who: { name: 'Budhlal Katakwar', relation: 'father', relative_name: ['Amru', 'Bisal', 'Chait'][i] } }] }, stranger)).accused);
  const own = { name: query.name, limit: '20' };
  const strip = ({ people }) => JSON.stringify(people);
  const [alone, ownAlone] = [strip(await ask(stranger, query)), strip(await ask(stranger, own))];
  const hidden = Array.from({ length: 20 }, () => ({ who: { name: 'Budhlal Katakwar' } }));
  for (let i = 0; i < 10; i++) await world.fir({ offences: [{ offence: 'BNS 64(1)' }], victims: [{ who: { name: 'Budhlal Katakwar', gender: 'male' } }], accused: hidden });
  assert.ok((await finds(sho, own)).length > 10, 'their own station finds them');
  assert.deepEqual((await finds(stranger, query)).filter((id) => visible.includes(id)).sort(), [...visible].sort());
  assert.equal(strip(await ask(stranger, query)), alone);
  assert.equal(strip(await ask(stranger, own)), ownAlone);
});

// ---- while typing ----

test('known people are offered while a form is filled, and naming one is a link', async () => {
  const likely = async (desk, query) => (await desk.get(`/api/v1/people/likely?${new URLSearchParams(query)}`));
  const offered = await likely(sho, { form: 'arrest', case: fir.id, name: 'Ram Kumar Sahu', relative: 'Shyamlal', age: '34' });
  assert.equal(offered.status, 200, offered.text);
  assert.ok(offered.json.people.length <= 5);
  assert.equal(offered.json.people[0].id, ram);
  assert.ok(offered.json.people[0].reasons.length > 0);
  const other = await world.fir({ accused: [{ who: { ref: offered.json.people[0].id } }] });
  assert.equal(other.accused, ram);
  assert.ok(!ids((await likely(stranger, { form: 'arrest', name: 'Ramkumar Sahu', ...WIDE })).json).includes(ram), 'whom he may not name is not offered');
  assert.equal((await likely(sho, { form: 'no_such', name: 'Ramkumar Sahu' })).status, 404);
  const { searches } = (await sho.get('/api/v1/searches?limit=20')).json;
  assert.ok(searches.some((row) => row.kind === 'likely' && row.reason === 'form arrest'));
});

// ---- the log ----

test('the log is for oneself and for those above, and for nobody else', async () => {
  const { search } = await ask(constable, { name: 'Ramkumar Sahu' });
  const reads = async (desk) => (await desk.get('/api/v1/searches?limit=200')).json.searches.some((row) => row.id === search);
  assert.equal(await reads(constable), true);
  assert.equal(await reads(sho), true, 'the SHO of his station');
  assert.equal(await reads(sp), true, 'the SP above it');
  for (const desk of [stranger, clerk, doctor, await world.desk('head_constable')]) assert.equal(await reads(desk), false, desk.officer.role);
  const mine = (await sp.get(`/api/v1/searches?officer=${constable.officer.officer}&limit=1`)).json;
  assert.deepEqual([mine.searches.length, mine.searches[0].officer], [1, constable.officer.officer]);
});

test('nothing of what was searched reaches the log of the server', () => {
  for (const word of ['Ramkumar', 'Sahu', 'Phulera', '9812345678', 'Kosriya']) assert.ok(!server.log.includes(word), word);
});

// ---- the pages ----

test('one box finds numbers and names; the page of a person shows his cases and papers', async () => {
  const browser = server.browser();
  await browser.signIn(sho.officer);
  const number = (await sho.get(`/api/v1/cases/${fir.id}`)).json.number;
  for (const q of ['Ramkumar Sahu', '9812345678', 'ABC1234567', number]) {
    const page = await browser.go(`/search?q=${encodeURIComponent(q)}`);
    assert.equal(page.status, 200);
    assert.ok(page.html.includes(`/cases/${fir.id}`), `${q}: ${page.text.slice(0, 400)}`);
  }
  const page = await browser.go('/search?q=Ramkumar%20Sahu');
  const link = page.html.match(new RegExp(`/people/${ram.replace('.', '\\.')}\\?search=\\d+`))[0];
  const person = await browser.go(link);
  assert.equal(person.status, 200);
  assert.ok(person.html.includes(`/cases/${fir.id}`) && person.html.includes(`/entries/${fir.id}`));
  assert.ok((await browser.go('/search?q=Ramkumar%20Sahu&lang=hi')).text.includes('लिखा है'), 'reasons in Hindi');
  const other = server.browser();
  await other.signIn(stranger.officer);
  assert.ok(!(await other.go('/search?q=Ramkumar%20Sahu')).html.includes(ram));
  const wide = await other.go('/search?q=Ramkumar%20Sahu&why=investigation');
  assert.ok(wide.html.includes(ram) && !wide.html.includes(`/cases/${fir.id}`), 'his name, without a way into the case');
});

// ---- the index ----

// Whom an answer names for certain: what is only a little like the name may come and go with the index.
const surely = ({ people }) => people.filter((one) => one.likeness >= 75).map((one) => one.id).sort();
const QUERIES = [{ name: 'Ramkumar Sahu' }, { name: 'रामकुमार साहू', relative: 'श्यामलाल' }, { phone: '9812345678' }, { name: 'Tijauram Kosriya' }, { name: 'Bisahu Dhritlahare' }];
const folder = () => join(server.data, 'people');

async function answers() {
  world = new World(server);
  const desk = await world.desk('sho');
  return Promise.all(QUERIES.map((query) => ask(desk, { ...query, limit: '20' })));
}

test('the same people after a restart, a rebuild, and from an index that is gone, torn or of another register', async () => {
  const first = (await answers()).map(surely);
  assert.ok(first.every((found) => found.length > 0));
  await server.restart();
  assert.deepEqual((await answers()).map(surely), first, 'restarted');
  const damage = {
    gone: () => rmSync(folder(), { recursive: true }),
    torn: () => {
      const segment = readdirSync(folder()).find((name) => name.endsWith('.people'));
      const bytes = readFileSync(join(folder(), segment));
      bytes[Math.floor(bytes.length / 2)] ^= 0x40;
      writeFileSync(join(folder(), segment), bytes);
    },
    cut: () => writeFileSync(join(folder(), 'people.manifest'), readFileSync(join(folder(), 'people.manifest')).subarray(0, 100)),
    foreign: () => writeFileSync(join(folder(), 'register'), '0'.repeat(64)),
    rebuilt: () => execFileSync(PANJI, ['rebuild', '--search', '--data', server.data]),
    'rebuilt with the views': () => execFileSync(PANJI, ['rebuild', '--data', server.data]),
  };
  let whole;
  for (const [what, harm] of Object.entries(damage)) {
    await server.stop({ keep: true });
    harm();
    await server.restart();
    const now = await answers();
    assert.deepEqual(now.map(surely), first, what);
    whole ??= now.map(({ people }) => people);
    assert.deepEqual(now.map(({ people }) => people), whole, `${what}: word for word as any index made anew`);
  }
});

test('the command line finds the same people and writes the search down', async () => {
  await server.stop({ keep: true });
  const out = JSON.parse(execFileSync(PANJI, ['search', 'Ramkumar Sahu', '--father', 'Shyamlal', '--why', 'Test of the search', '--data', server.data, '--json'], { encoding: 'utf8' }));
  assert.equal(out.people[0].id, ram);
  assert.match(execFileSync(PANJI, ['search', 'Zzyzx', '--data', server.data], { encoding: 'utf8' }), /nobody/);
  await server.restart();
});
