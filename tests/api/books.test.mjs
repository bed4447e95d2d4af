// The registers of an office in the form of the books they replace: whose books they are, what stands in them, and that they
// tell nobody more than the entries themselves do.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { startServer } from './server.mjs';
import { minutesAgo } from './bodies.mjs';
import { World } from './world.mjs';

let server, world, fir, sho;
const browsers = new Map();

before(async () => {
  server = await startServer();
  world = new World(server);
  fir = await world.fir();
  sho = await at('sho', world.station);
});
after(() => server.stop());

async function at(role, office) {
  const officer = world.officers(role, office)[0];
  if (!browsers.has(officer.officer)) {
    const browser = server.browser();
    await browser.signIn(officer);
    browsers.set(officer.officer, browser);
  }
  return browsers.get(officer.officer);
}

// The rows of the first table of a page: an array of texts each.
const rows = (page) => [...page.html.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].slice(1)
  .map(([, row]) => [...row.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gs)].map(([, cell]) => cell.replace(/<[^>]*>/g, '').trim()));
const book = async (browser, name, query = '') => {
  const page = await browser.go(`/registers/${name}${query}`);
  assert.equal(page.status, 200, page.text.slice(0, 300));
  return page;
};

const nameOf = async (office) => (await sho.go(`/offices/${office}`)).html.match(/<h1>(.*?)<\/h1>/)[1];

test('each kind of office has its own shelf', async () => {
  const shelf = async (role, office) => (await (await at(role, office)).go('/registers')).html;
  const station = await shelf('sho', world.station), court = await shelf('magistrate'), prison = await shelf('jail_superintendent');
  for (const name of ['diary', 'fir', 'arrest', 'malkhana', 'missing', 'unnatural_death', 'process', 'crime'])
    assert.ok(station.includes(`/registers/${name}?`), name);
  assert.ok(court.includes('/registers/cause_list?') && !court.includes('/registers/malkhana?'));
  assert.ok(prison.includes('/registers/prison_roll?') && !prison.includes('/registers/cause_list?'));
});

test('the FIR book shows number, sections, people and stage; the diary its entry', async () => {
  const [row] = rows(await book(sho, 'fir'));
  assert.equal(row[0], fir.number);
  assert.ok(row.some((cell) => cell.includes('303(2)')));
  assert.ok(row.includes('Ramkali Sahu') && row.includes('Budhram Nishad'));
  assert.ok(rows(await book(sho, 'diary')).length >= 1);
});

test('the prison roll names who was admitted, though the arrest that named him first is not for prisons', async () => {
  const onCase = { case: fir.id }, prison = world.officeOfKind(['prison']), court = world.officeOfKind(['court']);
  const diary = await fir.sho.file('general_diary', {});
  const arrest = await fir.sho.file('arrest', { arrest: { kind: 'arrested_forwarded', arrested_at: minutesAgo(0), diary: diary.id }, accused: { who: { name: 'Mohan Verma' } } }, onCase);
  const accused = { ref: (await fir.sho.get(`/api/v1/cases/${fir.id}`)).json.parties.find((one) => one.name === 'Mohan Verma').person };
  const paper = await fir.sho.file('case_diary', {}, onCase);
  const request = await fir.sho.file('remand_request', { remand: { court, diary: paper.id }, accused: [{ who: accused, arrest: arrest.id }] }, onCase);
  const magistrate = await world.desk('magistrate', court);
  const order = await magistrate.file('remand_order', { remand: { request: request.id, decision: 'granted', custody: 'judicial', admits: true, place: prison },
    accused: [{ who: accused }] }, { ...onCase, to: [prison] });
  const jail = await world.desk('jail_superintendent');
  await jail.file('prison_admission', { admission: { basis: 'remand', order: order.id, category: 'remand' }, prisoner: { who: accused } }, onCase);
  assert.equal((await jail.client.get(`/api/v1/entries/${arrest.id}`)).status, 404);
  const [row] = rows(await book(await at('jail_superintendent', prison), 'prison_roll'));
  assert.ok(row.includes('Mohan Verma'), row.join(' | '));
  assert.ok(row.includes(`${fir.number}, ${await nameOf(world.station)}`), 'whose number it is');
  assert.equal(row.at(-1), 'Judicial custody', 'what became of him, not of everybody on the case');
});

test('a thing stands in the malkhana book from its deposit until it moves out', async () => {
  const thing = await world.deposited(fir);
  const standing = async (name) => (await book(sho, name)).html.includes(`/property/${thing}`);
  assert.ok(await standing('malkhana'));
  assert.ok(!await standing('malkhana_out'));
  await fir.sho.file('malkhana_movement', { items: [{ item: { ref: thing } }] }, { case: fir.id });
  assert.ok(!await standing('malkhana'));
  assert.ok(await standing('malkhana_out'));
});

test('the malkhana book says under which number, where and how much, of each thing by itself; what came last stands first', async () => {
  const onCase = { case: fir.id }, moharrir = await world.desk('malkhana_moharrir');
  const item = (description, quantity, unit) => ({ item: { category: 'liquor', description, quantity, unit }, photographed: true });
  const seizure = await fir.sho.file('seizure', { seizure: { seized_at: minutesAgo(0), diary: fir.diary }, items: [item('First box', '12.5', 'litre'), item('Second box', '3', 'number')] }, onCase);
  const [first, second] = (await fir.sho.get(`/api/v1/cases/${fir.id}`)).json.property.filter(({ description }) => /box$/.test(description)).map(({ id }) => id);
  const one = { category: 'weapon', description: 'Stick found later' };
  const deposit = await moharrir.file('malkhana_deposit', { deposit: { seizure: seizure.id }, items: [
    { item: { ref: second }, place: 'weapons', rack: 'A-7' }, { item: { ref: first }, place: 'narcotics', rack: 'B-2' }] }, onCase);
  const later = await moharrir.file('malkhana_deposit', { items: [{ item: one, place: 'valuables' }] }, onCase);
  const top = async (name) => rows(await book(sho, name)).slice(0, 3).map((row) => row.slice(0, -1).join(' | '));
  assert.deepEqual(await top('malkhana'), [
    `${later.number} | Stick found later |  | C: cash, documents, jewellery, other |  | Weapon that is not a firearm | ${fir.number}`,
    `${deposit.number} | Second box | 3 Number | B: weapons | A-7 | Liquor | ${fir.number}`,
    `${deposit.number} | First box | 12.5 Litre | A: narcotics and excise | B-2 | Liquor | ${fir.number}`]);
  assert.ok((await book(sho, 'malkhana')).html.includes(`href="/entries/${deposit.id}">${deposit.number}</a>`));

  await moharrir.file('malkhana_movement', { movement: { purpose: 'court', office: world.officeOfKind(['court']) }, items: [{ item: { ref: first } }] }, onCase);
  const [out] = rows(await book(sho, 'malkhana_out'));
  assert.deepEqual([out[0], out[1], out[4]], [deposit.number, 'First box', await nameOf(world.officeOfKind(['court']))]);
  await moharrir.file('malkhana_receive', { items: [{ item: { ref: first }, place: 'vehicles', rack: 'Yard' }] }, onCase);
  assert.equal((await top('malkhana'))[0], `${deposit.number} | First box | 12.5 Litre | D: vehicles | Yard | Liquor | ${fir.number}`, 'back under its old number, in its new place');
});

test('what went back to its owner stands in the malkhana no more', async () => {
  const thing = await world.deposited(fir), standing = async (name) => (await book(sho, name)).html.includes(`/property/${thing}`);
  await (await world.desk('malkhana_moharrir')).file('malkhana_return', { return: { kind: 'final' }, items: [{ item: { ref: thing } }] }, { case: fir.id });
  assert.deepEqual([await standing('malkhana'), await standing('malkhana_out'), await standing('malkhana_closed')], [false, false, true]);
});

test('a cause list shows the day the court gave', async () => {
  const other = await world.fir();
  const magistrate = await world.accepted(other, await world.chargeSheet(other));
  await magistrate.file('hearing', { hearing: { next_date: '2027-03-15', next_purpose: 'charge' } }, { case: other.id });
  const court = await at('magistrate', magistrate.officer.office);
  const listed = rows(await book(court, 'cause_list', '?day=2027-03-15'));
  assert.deepEqual(listed.map((row) => row[1]), [`${other.number}, ${await nameOf(world.station)}`], 'each station has such a number');
  await magistrate.file('charge', { charge: { next_date: '2027-04-05', next_purpose: 'prosecution_evidence' } }, { case: other.id });
  assert.match(rows(await book(court, 'cause_list', '?day=2027-04-05'))[0].join(' | '), /Prosecution evidence/);
  assert.equal(rows(await book(court, 'cause_list', '?day=2027-03-16')).length, 0);
  assert.equal(rows(await book(sho, 'cause_list', `?office=${world.station}`)).length, 0);
});

test('the queue of a laboratory holds what is not answered yet, by division, whether it was taken in or not', async () => {
  const onCase = { case: fir.id }, laboratory = world.officeOfKind(['laboratory']);
  const knife = { ref: await world.deposited(fir) };
  const forwarding = await fir.sho.file('laboratory_forwarding', { forwarding: { laboratory, division: 'serology' }, parcels: [{ item: knife }] }, onCase);
  const head = await at('lab_head', laboratory), reception = await world.desk('lab_reception', laboratory);
  const waits = async (query) => (await book(head, 'laboratory_queue', query)).html.includes(`/entries/${forwarding.id}"`);
  assert.ok(await waits('') && await waits('?code=serology'));
  assert.ok(!await waits('?code=ballistics'));
  await reception.file('laboratory_acceptance', { acceptance: { forwarding: forwarding.id, parcels_told: 1, parcels_found: 1 },
    parcels: [{ item: knife, seal: 'intact', seal_matches: true, division: 'serology' }] }, onCase);
  assert.ok(await waits(''), 'taken in is not answered');
  const scientist = await world.desk('scientist', laboratory);
  await scientist.file('laboratory_report', { report: { forwarding: forwarding.id, kind: 'final', division: 'serology' }, results: [{ item: knife, result: 'positive' }] }, { ...onCase, to: [world.station] });
  assert.ok(!await waits(''));
  const received = async (query) => (await book(head, 'laboratory_in', query)).html.includes(`/entries/${forwarding.id}"`);
  assert.ok(await received('') && !await received('?open=answer'));
});

test('what waits stands as it is to be done, the more urgent first, then the older; the register itself stands newest first', async () => {
  const laboratory = world.officeOfKind(['laboratory']), head = await at('lab_head', laboratory);
  const sent = {};
  const send = async (name, urgency) => {
    const forwarding = { laboratory, division: 'toxicology', urgency, ...(urgency === 'ordinary' ? {} : { urgency_reason: 'Bail is being heard' }) };
    sent[name] = (await fir.sho.file('laboratory_forwarding', { forwarding, parcels: [{ item: { ref: await world.deposited(fir) } }] }, { case: fir.id })).id;
  };
  for (const [name, urgency] of [['a', 'ordinary'], ['b', 'urgent'], ['c', 'statutory'], ['d', 'ordinary'], ['e', 'urgent'], ['f', 'statutory']]) await send(name, urgency);
  const order = async (name, query = '') => {
    const { html } = await book(head, name, `?code=toxicology${query}`);
    return Object.entries(sent).map(([key, id]) => [html.indexOf(`/entries/${id}"`), key]).filter(([place]) => place >= 0).sort(([a], [b]) => a - b).map(([, key]) => key).join('');
  };
  assert.equal(await order('laboratory_queue'), 'cfbead');
  assert.equal(await order('laboratory_in', '&open=answer'), 'cfbead');
  assert.equal(await order('laboratory_in', '&open=yes'), 'cfbead');
  assert.equal(await order('laboratory_in'), 'fedcba', 'the register replaces a book');
  const day = (await head.go('/?show=arrived')).html, at_day = (key) => day.indexOf(`/entries/${sent[key]}"`);
  assert.ok(at_day('c') > 0 && at_day('c') < at_day('b') && at_day('b') < at_day('a') && at_day('a') < at_day('d'));
  await fir.sho.file('correction', { correction: { entry: sent.a, reason: 'The limit was overlooked' }, changes: [
    { path: 'forwarding.urgency', value: 'statutory' }, { path: 'forwarding.urgency_reason', value: 'A statutory time runs' }] }, { case: fir.id });
  assert.equal(await order('laboratory_queue'), 'acfbed', 'a correction moves it');
});

test('a long queue goes on in the same order, every row once', async () => {
  const laboratory = world.officeOfKind(['laboratory']), head = await at('lab_head', laboratory), wanted = { statutory: [], ordinary: [] };
  for (let i = 0; i < 28; i++) {
    const urgency = i % 2 ? 'statutory' : 'ordinary', reason = i % 2 ? { urgency_reason: 'Remand ends' } : {};
    wanted[urgency].push((await fir.sho.file('laboratory_forwarding', { forwarding: { laboratory, division: 'physics', urgency, ...reason },
      parcels: [{ item: { ref: await world.deposited(fir) } }] }, { case: fir.id })).id);
  }
  const seen = [];
  for (let path = '/registers/laboratory_queue?code=physics'; path;) {
    const { html } = await head.go(path);
    seen.push(...[...html.matchAll(/<tr[^>]*>.*?\/entries\/([0-9a-f-]{36})"/gs)].map(([, id]) => id));
    const next = html.match(/href="([^"]*)" rel="next"/)?.[1].replaceAll('&amp;', '&');
    path = next && new URL(next, 'http://x/registers/laboratory_queue').pathname + new URL(next, 'http://x/registers/laboratory_queue').search;
  }
  assert.deepEqual(seen, [...wanted.statutory, ...wanted.ordinary]);
});

test('of many kinds the one that is shown stands on the line, the others are folded', async () => {
  const page = await book(sho, 'diary', '?code=patrol');
  assert.match(page.html, /<summary>Kind: Patrol<\/summary>/);
  assert.ok(page.html.includes('code=arrest'));
  assert.ok(!(await book(await at('jail_superintendent'), 'prison_roll')).html.includes('<summary>Category'));
});

test('what came in says to which case it belongs; no column says the same of every paper', async () => {
  const laboratory = world.officeOfKind(['laboratory']), thing = { ref: await world.deposited(fir) };
  await fir.sho.file('laboratory_forwarding', { forwarding: { laboratory, division: 'dna' }, parcels: [{ item: thing }] }, { case: fir.id });
  const page = await (await at('lab_head', laboratory)).go('/?show=arrived');
  const headings = [...page.html.matchAll(/<th scope="col"[^>]*>(.*?)<\/th>/g)].map(([, words]) => words);
  assert.deepEqual(headings, ['Form', 'Case', 'From', 'Recorded at', 'Received']);
  assert.equal(rows(page)[0][1], `${fir.number}, ${await nameOf(world.station)}`);
  assert.ok(!(await sho.go('/cases')).html.includes('>Office</th>'), 'a station need not read its name in every row');
});

test('forms are listed as one looks them up', async () => {
  for (const lang of ['en', 'hi']) {
    const names = [...(await sho.go(`/forms?lang=${lang}`)).html.matchAll(/href="\/forms\/[a-z_]+">(.*?)<\/a>/g)].map(([, name]) => name);
    assert.ok(names.length > 10);
    assert.deepEqual(names, [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  }
  await sho.go('/forms?lang=en');
});

test('a book is narrowed by a code and by days', async () => {
  await (await world.desk('sho')).file('general_diary', { diary: { kind: 'patrol' } });
  const all = rows(await book(sho, 'diary')), patrols = rows(await book(sho, 'diary', '?code=patrol'));
  assert.ok(patrols.length >= 1 && patrols.length < all.length);
  assert.equal(rows(await book(sho, 'diary', '?to=2020-01-01')).length, 0);
  const wrong = await sho.go('/registers/diary?from=notaday');
  assert.equal(wrong.status, 422);
});

test('a long book goes on, every row once', async () => {
  const desk = await world.desk('sho');
  for (let i = 0; i < 30; i++) await desk.file('general_diary', { diary: { kind: 'patrol', subject: `Round ${i}` } });
  const seen = [];
  for (let path = '/registers/diary?code=patrol'; path;) {
    const page = await sho.go(path);
    seen.push(...rows(page).map((row) => row.slice(0, 2).join(' '))); // numbers begin anew each day
    const next = page.html.match(/href="([^"]*after=[^"]*)"/g)?.map((link) => link.slice(6, -1).replaceAll('&amp;', '&')).at(-1);
    path = next && !seen.pages?.includes(next) ? (next.startsWith('?') ? `/registers/diary${next}` : next) : null;
    (seen.pages ??= []).push(next);
  }
  assert.ok(seen.length >= 31);
  assert.equal(new Set(seen).size, seen.length);
});

test('another station sees nothing of it, and no book tells that there is something', async () => {
  const stranger = await at('sho', world.otherStation);
  for (const name of ['fir', 'arrest', 'malkhana', 'seizure']) {
    const page = await book(stranger, name, `?office=${world.station}`);
    assert.equal(rows(page).length, 0, name);
    assert.ok(!page.html.includes('after='), name);
  }
  assert.equal((await stranger.go('/registers/no_such_book')).status, 404);
  assert.equal((await stranger.go('/registers/fir?office=NOWHERE')).status, 404);
});

test('the victim of a sexual offence is not named in a book to one who may not know her', async () => {
  const said = { offences: [{ offence: 'BNS 64(1)' }], complainant: { who: { name: 'Sukhmati Dhruw' } },
    victims: [{ who: { name: 'Sukhmati Dhruw' } }] };
  const hidden = await world.fir(said);
  const constable = await at('constable', world.station);
  const page = await book(constable, 'fir');
  assert.ok(!page.html.includes('Sukhmati'));
  assert.ok((await book(sho, 'fir')).html.includes(hidden.number));
});
