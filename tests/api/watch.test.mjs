// Standing watches: whoever looks for a person, a phone or a vehicle on a case is told of every new entry that matches, in any
// script, with reasons, until the last day; and of nobody he may not know.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dateText, minutesAgo } from './bodies.mjs';
import { moveClock, now } from './clock.mjs';
import { PANJI, startServer } from './server.mjs';
import { World } from './world.mjs';

let server, world, sho, stranger, constable, doctor, sp, fir;

before(async () => {
  server = await startServer();
  world = new World(server);
  sho = await world.desk('sho');
  stranger = await world.desk('sho', world.otherStation);
  constable = await world.desk('constable');
  doctor = await world.desk('doctor');
  sp = await world.desk('sp');
  fir = await world.fir();
});
after(() => server.stop());

const day = (days) => dateText(now() + days * 86400e3);
const whatOf = (watched) => (watched.person ? 'person' : watched.phones && !watched.name ? 'phone' : watched.vehicles && !watched.name ? 'vehicle' : 'name');
const said = (watched, rest = {}) => ({ watch: { purpose: 'investigation', reason: 'To find the man who fled', what: whatOf(watched), until: day(30), ...rest }, watched });
const watch = (watched, rest = {}, desk = sho, on = fir) => desk.file('watch', said(watched, rest), { case: on.id });
const end = (id, desk = sho) => desk.file('watch_end', { end: { watch: id, reason: 'He was found at home' } }, { case: fir.id });
const list = async (desk = sho, query = '') => {
  const answer = await desk.get(`/api/v1/watches${query}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json.watches;
};
const told = async (id, desk = sho) => (await list(desk)).find((one) => one.id === id)?.matches ?? [];
const entriesOf = async (id, desk) => (await told(id, desk)).map((match) => match.entry);
const codes = (match) => match.reasons.map(({ code }) => code);
const accused = (who, desk = sho, more = {}) => world.fir({ accused: [{ who }], ...more }, desk);
const arrested = (there) => there.sho.file('arrest', { arrest: { arrested_at: minutesAgo(0), diary: there.diary }, accused: { who: { ref: there.accused } } }, { case: there.id });
const refusal = async (body, desk = sho, on = fir, form = 'watch') => {
  const answer = await desk.send(form, body, { case: on.id });
  return [answer.status, answer.json.code ?? answer.json.problems?.[0]?.code];
};

test('a man is found in another script by the next request, with reasons in both languages, and what came before is not told', async () => {
  const man = { name: 'Phaguram Kenwat', relation: 'father', relative_name: 'Bisahu Kenwat', gender: 'male', age_kind: 'age', age_years: 41 };
  await accused(man);
  const kept = await watch({ name: 'फागूराम केंवट', relation: 'father', relative_name: 'बिसाहू केंवट', gender: 'male', age_from: 38, age_to: 44 });
  assert.deepEqual(await told(kept.id), []);
  const there = await accused(man);
  const [match, ...more] = await told(kept.id);
  assert.deepEqual(more, []);
  assert.equal(match.entry, there.id);
  assert.equal(match.form, 'fir');
  assert.equal(match.person.id, there.accused);
  assert.ok(match.likeness >= 80, `${match.likeness}`);
  assert.ok(codes(match).includes('script') && codes(match).includes('age') && codes(match).includes('sex'), codes(match).join());
  for (const { text } of match.reasons) assert.ok(/[a-z]/i.test(text.en) && /[\u0900-\u097f]/.test(text.hi), JSON.stringify(text));
  assert.ok(!/probab|namesake|score/.test(JSON.stringify(match)), 'numbers that count hidden people stay inside');
  // Another father, another sex, another age is another man.
  for (const other of [{ ...man, relative_name: 'Dukalu Sahu' }, { ...man, gender: 'female' }, { ...man, age_years: 71 }]) await accused(other);
  assert.deepEqual(await entriesOf(kept.id), [there.id]);
});

test('a phone is told wherever it stands, and in every later entry that names its owner', async () => {
  const kept = await watch({ phones: ['+919300012345'] });
  const there = await accused({ name: 'Santram Baghel', phones: ['+919300012345'] });
  await accused({ name: 'Santram Baghel', phones: ['+919300012346'] });
  assert.deepEqual(await entriesOf(kept.id), [there.id]);
  assert.deepEqual(codes((await told(kept.id))[0]), ['phone']);
  const arrest = await arrested(there);
  assert.deepEqual(await entriesOf(kept.id), [arrest.id, there.id]);
  const diary = await world.diary(sho, { informant_phone: '+919300012345' });
  assert.deepEqual(await entriesOf(kept.id), [diary.id, arrest.id, there.id]);
});

test('a vehicle is told with the entry it stands in, once, whoever is named beside it, and where nobody is', async () => {
  const kept = await watch({ vehicles: ['CG04MN7788'] });
  const car = { item: { category: 'vehicle', type: 'car', description: 'White car', vehicle: { registration: 'CG04MN7788' } } };
  const diary = await world.diary(sho);
  const found = await sho.file('unclaimed_property', { unclaimed: { diary: diary.id, found_at: minutesAgo(1), perishable: false }, items: [car] });
  const there = await accused({ name: 'Dhansai Painkra' });
  const seizure = await sho.file('seizure', { seizure: { seized_at: minutesAgo(0), diary: there.diary }, items: [car] }, { case: there.id });
  assert.deepEqual(await entriesOf(kept.id), [seizure.id, found.id]);
  for (const match of await told(kept.id)) assert.deepEqual(codes(match), ['vehicle']);
});

test('a person of the register is told by every entry that names him, and by those of whom officers decide he is the same', async () => {
  const man = await accused({ name: 'Tekram Yadu' });
  const kept = await watch({ person: man.accused });
  const arrest = await arrested(man);
  assert.deepEqual(await entriesOf(kept.id), [arrest.id]);
  assert.deepEqual(codes((await told(kept.id))[0]), ['person']);
  const other = await accused({ name: 'Teku' });
  assert.deepEqual(await entriesOf(kept.id), [arrest.id]);
  const decision = await sho.file('person_link', { link: { first: man.accused, second: other.accused, decision: 'same', reason: 'The finger prints agree' } });
  assert.deepEqual(await entriesOf(kept.id), [other.id, arrest.id]);
  await sho.file('person_link_end', { end: { decision: decision.id, reason: 'The prints were of another' } });
  assert.deepEqual(await entriesOf(kept.id), [arrest.id]);
});

test('a watch says what for, ends in time and belongs to the office of the case', async () => {
  const man = { name: 'Kejuram Sidar' };
  const bare = (body) => sho.client.file('watch', body, { case: fir.id });
  const paths = (answer) => answer.json.problems.map(({ path }) => path);
  const without = await bare({ watch: { reason: 'To find the man who fled', what: 'name', until: day(9) }, watched: man });
  assert.deepEqual([without.status, paths(without)], [422, ['watch.purpose']]);
  const silent = await bare({ watch: { purpose: 'investigation', what: 'name', until: day(9) }, watched: man });
  assert.deepEqual([silent.status, paths(silent)], [422, ['watch.reason']]);
  assert.equal((await refusal(said(man, { until: day(-1) })))[0], 422);
  assert.deepEqual(await refusal(said(man, { until: day(91) })), [422, 'watch_too_long']);
  for (const [what, path] of [['name', 'watched.name'], ['person', 'watched.person'], ['phone', 'watched.phones'], ['vehicle', 'watched.vehicles']])
    assert.deepEqual(paths(await bare(said({ gender: 'male' }, { what }))), [path]);
  assert.deepEqual(await refusal(said({ ...man, age_from: 40, age_to: 30 })), [422, 'watch_ages']);
  assert.deepEqual(await refusal(said({ person: '01931f0c-7c00-7000-8000-000000000000.1' })), [422, 'watch_person_unknown']);
  assert.deepEqual(await refusal(said(man), stranger), [422, 'case_unknown']);
  assert.equal((await refusal(said(man), constable))[0], 403);
  assert.equal((await refusal(said(man), doctor))[0], 403);
  assert.equal((await refusal(said(man), sp))[0], 201, 'who stands above the station');
});

test('a hidden person is refused like one who is not there', async () => {
  const secret = await world.fir({ offences: [{ offence: 'BNS 64(1)' }], victims: [{ who: { name: 'Sukwaro Kanwar', gender: 'female' } }] }, stranger);
  const victim = await world.person(secret.id, 'victim', stranger);
  assert.deepEqual(await refusal(said({ person: victim })), [422, 'watch_person_unknown']);
});

test('withdrawn early it finds no more, keeps what it found, and ends once', async () => {
  const kept = await watch({ name: 'Lalaram Patel', relative_name: 'Kunjram Patel' });
  const man = { name: 'Lalaram Patel', relation: 'father', relative_name: 'Kunjram Patel' };
  const first = await accused(man);
  await end(kept.id);
  await accused(man);
  assert.deepEqual(await entriesOf(kept.id), [first.id]);
  assert.equal((await list()).find((one) => one.id === kept.id).runs, false);
  const again = await sho.send('watch_end', { end: { watch: kept.id, reason: 'Ended a second time' } }, { case: fir.id });
  assert.deepEqual([again.status, again.json.problems[0].code], [409, 'watch_ended']);
  const elsewhere = await world.fir();
  const other = await watch({ name: 'Lalaram Patel' });
  const wrong = await sho.send('watch_end', { end: { watch: other.id, reason: 'Filed on another case' } }, { case: elsewhere.id });
  assert.deepEqual([wrong.status, wrong.json.problems[0].code], [409, 'watch_ended']);
});

test('another office is told of nothing; elsewhere only that there is an accused, with the office to ask', async () => {
  const man = { name: 'Bhuneshwar Chandrakar', relation: 'father', relative_name: 'Jethuram Chandrakar', phones: ['+919300077001'] };
  const kept = await watch({ name: man.name, relative_name: man.relative_name, phones: man.phones });
  const there = await accused(man, stranger);
  await stranger.file('interrogation', { person: { who: { ref: there.accused } } }, { case: there.id }); // the search shows nothing of it either
  const matches = await told(kept.id);
  assert.deepEqual(matches.map(({ elsewhere, entry, form, office }) => [elsewhere, entry, form, office]), [[true, null, null, world.otherStation]]);
  assert.ok(codes(matches[0]).includes('exact'));
  await arrested(there);
  assert.equal((await told(kept.id)).length, 2, 'how he stands there changed');
  assert.ok(!JSON.stringify(matches).includes(there.diary));
  assert.equal((await sho.get(`/api/v1/cases/${there.id}`)).status, 404);
  for (const desk of [stranger, doctor]) {
    assert.deepEqual(await told(kept.id, desk), []);
    assert.ok(!(await list(desk)).some((one) => one.id === kept.id));
    assert.deepEqual(await list(desk, `?case=${fir.id}`), []);
    assert.equal((await desk.get(`/api/v1/watches/${kept.id}/matches/${matches[0].id}`)).status, 404);
    assert.equal((await desk.get(`/api/v1/entries/${kept.id}`)).status, 404);
  }
  // The watched man's own case says nothing of the watch.
  assert.ok(!JSON.stringify((await stranger.get(`/api/v1/cases/${there.id}`)).json).includes(kept.id));
  const found = await stranger.get(`/api/v1/people?${new URLSearchParams({ name: man.name })}`);
  assert.ok(!JSON.stringify(found.json).includes(fir.id));
});

test('victims, children and sealed people are in no match of those who may not see them, nor countable', async () => {
  const kept = await watch({ name: 'Phulbasan Netam', phones: ['+919300088001'], vehicles: ['CG04PQ1122'] });
  const before = (await list()).length;
  const who = { name: 'Phulbasan Netam', gender: 'female', phones: ['+919300088001'] };
  const rape = { offences: [{ offence: 'BNS 64(1)' }], victims: [{ who }] };
  await world.fir(rape, stranger);
  await world.fir({ victims: [{ who: { ...who, age_kind: 'age', age_years: 9 } }] }, stranger);
  await world.fir({ complainant: { who } }, stranger);
  await world.fir({ ...rape, victims: [], accused: [{ who }] }, stranger);
  assert.deepEqual(await told(kept.id), []);
  assert.equal((await list()).length, before);
  const silence = JSON.stringify((await list()).find((one) => one.id === kept.id));
  await world.fir(rape, stranger);
  assert.equal(JSON.stringify((await list()).find((one) => one.id === kept.id)), silence);
  // At home the officer who may read the name is told, and the constable beside him is not.
  const here = await world.fir(rape);
  assert.deepEqual(await entriesOf(kept.id), [here.id]);
  assert.deepEqual(await told(kept.id, constable), []);
  assert.equal((await list(constable)).find((one) => one.id === kept.id).fresh, 0);
});

test('a correction brings a match, and takes one away', async () => {
  const kept = await watch({ name: 'Ganeshram Uraon', phones: ['+919300099001'] });
  const there = await accused({ name: 'Mahesh Toppo', phones: ['+919300099002'] });
  assert.deepEqual(await told(kept.id), []);
  const correct = (path, value) => sho.file('correction', { correction: { entry: there.id }, changes: [{ path, value }] }, { case: there.id });
  const first = await correct('accused.0.who.name', 'Ganesh Ram Uraon');
  assert.deepEqual((await told(kept.id)).map(({ entry }) => entry), [first.id, there.id]);
  await correct('accused.0.who.name', 'Mahesh Toppo');
  assert.deepEqual(await told(kept.id), []);
});

test('the entries of the own case are no news', async () => {
  const own = await world.fir({ accused: [{ who: { name: 'Sanat Kumar Ratre' } }] });
  const kept = await watch({ name: 'Sanat Kumar Ratre', person: own.accused }, {}, sho, own);
  await arrested(own);
  assert.deepEqual(await told(kept.id), []);
});

test('opening is written into the log of searches, and takes the match off My day', async () => {
  const kept = await watch({ name: 'Hemlal Gaikwad', relative_name: 'Sukhru Gaikwad' });
  const man = { name: 'हेमलाल गायकवाड', relation: 'father', relative_name: 'सुखरू गायकवाड' };
  const there = await accused(man), other = await accused(man, stranger);
  const browser = server.browser();
  await browser.signIn(sho.officer);
  const today = await browser.go('/');
  assert.ok(today.text.includes('Matches of watches') && today.text.includes('Hemlal Gaikwad') && today.text.includes('in another script'), today.text);
  assert.ok(today.text.includes('ask there'));
  const hindi = await browser.go('/?lang=hi');
  assert.ok(hindi.text.includes('निगरानी में मिले') && hindi.text.includes('दूसरी लिपि में'));
  await browser.go('/?lang=en');
  const [far, near] = await told(kept.id);
  assert.deepEqual([far.elsewhere, near.entry], [true, there.id]);
  const opened = await browser.go(`/watches/${kept.id}/matches/${near.id}`);
  assert.equal(opened.path, `/entries/${there.id}`);
  const person = await browser.go(`/watches/${kept.id}/matches/${far.id}`);
  assert.ok(person.path.startsWith(`/people/${other.accused}?search=`) && person.status === 200);
  assert.ok(person.text.includes('हेमलाल गायकवाड'));
  const [second, first] = (await sho.get('/api/v1/searches')).json.searches;
  assert.deepEqual([first.kind, first.scope, first.why, first.reason, first.query.watch], ['watch', 'own', 'investigation', 'To find the man who fled', kept.id]);
  assert.deepEqual([second.scope, second.opened.map(({ person: id }) => id).includes(other.accused)], ['wide', true]);
  assert.deepEqual((await told(kept.id)).map(({ opened_by: by }) => by), [sho.officer.officer, sho.officer.officer]);
  assert.ok(!(await browser.go('/')).text.includes('Hemlal Gaikwad'));
  assert.ok((await browser.go('/watches')).text.includes('Hemlal Gaikwad'));
  assert.equal((await browser.go(`/watches/${kept.id}/matches/0000000000000000`)).status, 404);
});

test('person, search and case lead to a watch with what is known filled in', async () => {
  const man = await accused({ name: 'Chaitram Verma', relation: 'father', relative_name: 'Hiralal Verma', gender: 'male' });
  const browser = server.browser();
  await browser.signIn(sho.officer);
  const link = (page, start) => page.html.match(new RegExp(`href="(${start}[^"]*)"`))?.[1].replaceAll('&amp;', '&');
  const on = async (from, about, id) => {
    const page = await from.submit({}, '/watches/new');
    assert.equal(page.path, '/watches/new');
    assert.ok(!/(href|action)="[^"]*watch(ed)?\./.test(from.html + page.html), 'whom one watches stands in no address');
    for (const [name, value] of Object.entries(about)) assert.equal(page.form().fields[name], value, name);
    const [, draft] = page.html.match(new RegExp(`<button[^>]*value="${id}"[^>]*formaction="([^"]*)"`));
    const opened = await browser.go(draft, { method: 'POST', body: new URLSearchParams({ ...page.form().fields, _case: id }) });
    assert.equal(opened.path, draft);
    return opened;
  };
  const about = { 'watch.what': 'person', 'watched.person': man.accused, 'watched.name': 'Chaitram Verma', 'watched.relation': 'father', 'watched.relative_name': 'Hiralal Verma', 'watched.gender': 'male' };
  const { fields } = (await on(await browser.go(`/people/${man.accused}`), about, fir.id)).form();
  for (const [name, value] of Object.entries(about)) assert.equal(fields[name], value, name);
  const searched = await browser.go('/search?phone=9300077001');
  const phone = await on(searched, { 'watch.what': 'phone', 'watched.phones.0': '9300077001' }, man.id);
  assert.ok(phone.html.includes('9300077001') && phone.text.includes(man.number), 'on the case that was chosen');
  assert.equal((await browser.go('/watches/new', { method: 'POST', body: new URLSearchParams({ 'watched.name': 'Chaitram' }) })).status, 403, 'not without the token of a form');
  assert.ok(link(await browser.go(`/cases/${fir.id}?show=people`), '/forms/watch'));
});

test('matches are the same after a restart, after the index was made anew, and when the file beside it is lost or torn', async () => {
  const shape = async () => JSON.stringify(await list());
  const before = await shape();
  assert.ok(before.includes('"script"') && before.includes('"vehicle"'));
  await server.restart();
  assert.equal(await shape(), before);
  await server.stop({ keep: true });
  assert.doesNotThrow(() => execFileSync(PANJI, ['verify', '--data', server.data]));
  execFileSync(PANJI, ['rebuild', '--data', server.data]);
  await server.restart();
  assert.equal(await shape(), before);
  const folder = join(server.data, 'people');
  await server.stop({ keep: true });
  for (const name of readdirSync(folder).filter((one) => one.startsWith('watches.db'))) rmSync(join(folder, name));
  await server.restart();
  assert.equal(await shape(), before);
  await server.stop({ keep: true });
  writeFileSync(join(folder, 'watches.db'), 'torn');
  await server.restart();
  assert.equal(await shape(), before);
});

test('an old register brought in by the importer is looked at like everything else', async () => {
  const kept = await watch({ name: 'Thanuram Sonkar' });
  const file = join(server.folder, 'old.csv'), map = join(server.folder, 'old.map');
  writeFileSync(file, 'Station,No,Year,Date,Sections,Accused\nSimga,7,2019,12/03/2019,379 IPC,Thanu Ram Sonkar\n');
  writeFileSync(map, ['source | Old registers', 'column unit | Station', 'column number | No', 'column year | Year', 'column registered | Date',
    'column sections | Sections', 'column accused | Accused', `unit ${world.station} | Simga`].join('\n') + '\n');
  await server.stop({ keep: true });
  const done = JSON.parse(execFileSync(PANJI, ['import', 'firs', file, '--map', map, '--data', server.data, '--officer', sho.officer.officer, '--json'],
    { env: { ...process.env, PANJI_PASSWORD: sho.officer.password }, encoding: 'utf8' }));
  assert.equal(done.new, 1, JSON.stringify(done));
  await server.restart();
  const [match] = await told(kept.id);
  assert.deepEqual([match.form, match.number], ['fir_legacy', `${world.station}/7/2019`]);
});

test('after its last day it finds nothing more, without any entry', async () => {
  const man = { name: 'Jaggu Bhoi', relation: 'father', relative_name: 'Mangal Bhoi' };
  const kept = await watch({ name: man.name, relative_name: man.relative_name }, { until: day(1) });
  const first = await accused(man);
  moveClock(2 * 86400);
  world.desks.clear();
  sho = await world.desk('sho');
  await accused(man);
  assert.deepEqual(await entriesOf(kept.id), [first.id]);
  const own = (await list()).find((one) => one.id === kept.id);
  assert.deepEqual([own.runs, own.until], [false, dateText(now() - 86400e3)]);
});
