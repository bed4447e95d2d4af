// Decisions of officers that two persons of the register are one, or are not: recorded with who and why, undoable, and
// telling nobody of a person he may not know.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { PANJI, startServer } from './server.mjs';
import { World } from './world.mjs';

let server, world, sho, stranger, constable, sp, clerk, doctor;

before(async () => {
  server = await startServer();
  world = new World(server);
  ({ sho, stranger, constable, sp, clerk, doctor } = await world.desksOfSearch());
});
after(() => server.stop());

const REASON = 'The finger prints of both agree';
const WIDE = { why: 'investigation', reason: 'Theft at Simga' };
const link = (first, second, decision = 'same', reason = REASON) => ({ link: { first, second, decision, reason } });
const decide = (desk, first, second, decision) => desk.file('person_link', link(first, second, decision));
const undo = (desk, decision) => desk.file('person_link_end', { end: { decision, reason: 'The prints were of another' } });
const ask = async (desk, query) => {
  const answer = await desk.get(`/api/v1/people?${new URLSearchParams(query)}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
};
const grouped = async (desk, query, id) => (await ask(desk, query)).people.find((one) => one.ids.includes(id));
const person = async (desk, id, search = 0) => (await desk.get(`/api/v1/people/${id}?search=${search}`)).json;
const accused = async (name, desk, said = {}) => (await world.fir({ accused: [{ who: { name } }], ...said }, desk)).accused;
const caseOf = (id) => id.split('.')[0];
const code = async (desk, form, body) => {
  const answer = await desk.send(form, body);
  return [answer.status, answer.json.code ?? answer.json.problems?.[0]?.code];
};

test('one person by decision: one page with all his cases, one group in the search, with who and why', async () => {
  const [a, b] = [await accused('Gaindlal Dhruw'), await accused('Santosh Alias Kariya')];
  assert.equal((await person(sho, a)).tied, 'reference');
  const decision = await decide(sho, a, b);
  for (const id of [a, b]) {
    const one = await person(sho, id);
    assert.equal(one.tied, 'decided');
    assert.deepEqual([...one.ids].sort(), [a, b].sort());
    assert.deepEqual(one.cases.map((c) => c.case).sort(), [caseOf(a), caseOf(b)].sort());
    assert.deepEqual(new Set(one.entries.map((entry) => entry.case)), new Set([caseOf(a), caseOf(b)]));
    assert.deepEqual(one.links.map(({ entry, decision: what, reason, officer, office }) => [entry, what, reason, officer, office]),
      [[decision.id, 'same', REASON, sho.officer.officer, world.station]]);
  }
  // Found by either name, he is one.
  for (const name of ['Gaindlal Dhruw', 'Santosh Kariya']) {
    const one = await grouped(sho, { name }, a);
    assert.deepEqual([...one.ids].sort(), [a, b].sort(), name);
    assert.equal(one.tied, 'decided');
  }
});

test('what was undone parts them again, and stands in the register', async () => {
  const [a, b] = [await accused('Phulchand Netam'), await accused('Phulchand Netam')];
  const decision = await decide(sho, a, b);
  const end = await undo(sho, decision.id);
  const one = await person(sho, a);
  assert.deepEqual([one.tied, one.ids, one.links], ['reference', [a], []]);
  assert.equal((await sho.get(`/api/v1/entries/${decision.id}`)).status, 200);
  assert.equal((await sho.get(`/api/v1/entries/${end.id}`)).json.body.end.reason, 'The prints were of another');
  assert.deepEqual(await code(sho, 'person_link_end', { end: { decision: decision.id, reason: 'Undone a second time' } }), [409, 'person_link_undone']);
  await decide(sho, a, b, 'not_same');
  assert.deepEqual((await person(sho, a)).ids, [a]);
  assert.deepEqual((await ask(sho, { name: 'Phulchand Netam' })).people.filter(({ ids }) => ids.includes(a) && ids.includes(b)), [], 'not even as likely the same');
});

test('decisions chain, and undoing one parts only there', async () => {
  const [a, b, c] = [await accused('Itwari Komra'), await accused('Budhwari Komra'), await accused('Sukhwari Komra')];
  await decide(sho, a, b);
  const second = await decide(sho, b, c);
  assert.deepEqual([...(await person(sho, a)).ids].sort(), [a, b, c].sort());
  assert.deepEqual([...(await person(sho, c)).ids].sort(), [a, b, c].sort());
  await undo(sho, second.id);
  assert.deepEqual([...(await person(sho, a)).ids].sort(), [a, b].sort());
  assert.deepEqual((await person(sho, c)).ids, [c]);
});

test('each decides only about persons he may know, once, and with a reason', async () => {
  const [a, b] = [await accused('Mangluram Baghel'), await accused('Mangalu Baghel')];
  const complainant = await world.person(caseOf(a), 'complainant');
  const nobody = '019aa000-0000-7000-8000-000000000000.1';
  assert.deepEqual(await code(sho, 'person_link', link(a, a)), [422, 'person_link_itself']);
  assert.deepEqual(await code(sho, 'person_link', link(a, nobody)), [422, 'person_link_unknown']);
  assert.deepEqual(await code(stranger, 'person_link', link(a, complainant)), [422, 'person_link_unknown'], 'in the words of one who is not there');
  assert.deepEqual((await code(sho, 'person_link', link(a, b, 'same', 'short')))[0], 422);
  assert.deepEqual((await code(sho, 'person_link', link(a, "' OR 1=1 --")))[0], 422);
  for (const desk of [constable, clerk, doctor]) assert.equal((await code(desk, 'person_link', link(a, b)))[0], 403, desk.officer.role);
  await decide(sho, a, b);
  for (const decision of ['same', 'not_same'])
    assert.deepEqual(await code(sho, 'person_link', link(b, a, decision)), [409, 'person_link_decided']);
});

test('another station decides about the accused it finds; only its own line undoes', async () => {
  const [here, there] = [await accused('Chamru Uraon'), await accused('Chamru Oraon', stranger)];
  const decision = await decide(stranger, there, here);
  const own = await person(stranger, there);
  assert.deepEqual([own.ids, own.cases.length, own.links], [[there], 1, []], 'without a purpose the other case stays unknown');
  const wide = await ask(stranger, { name: 'Chamru Oraon', ...WIDE });
  const one = wide.people.find(({ ids }) => ids.includes(there));
  assert.deepEqual([...one.ids].sort(), [here, there].sort());
  assert.deepEqual(one.cases.filter((c) => c.elsewhere).map((c) => c.case), [caseOf(here)]);
  // The other station sees its own man, and nothing of a decision about somebody it does not know.
  const his = await person(sho, here);
  assert.deepEqual([his.ids, his.links], [[here], []]);
  assert.notEqual((await code(sho, 'person_link_end', { end: { decision: decision.id, reason: 'Not for this station' } }))[0], 201);
  // The SP above both sees both and why, and undoes.
  const above = await person(sp, here);
  assert.deepEqual([...above.ids].sort(), [here, there].sort());
  assert.deepEqual(above.links.map(({ reason, office }) => [reason, office]), [[REASON, world.otherStation]]);
  await undo(sp, decision.id);
  assert.deepEqual((await person(sp, here)).ids, [here]);
});

test('who is hidden ties nobody: those known only through him stay apart', async () => {
  const [a, c] = [await accused('Dukalu Mandavi', stranger), await accused('Dukalha Mandavi', stranger)];
  const secret = await world.fir({ offences: [{ offence: 'BNS 64(1)' }], victims: [{ who: { name: 'Bisahin Mandavi', gender: 'female' } }], accused: [{ who: { name: 'Dukal Mandavi' } }] });
  await decide(sp, a, secret.accused);
  await decide(sp, secret.accused, c);
  assert.deepEqual([...(await person(sp, a)).ids].sort(), [a, c, secret.accused].sort());
  const strip = async () => JSON.stringify((await ask(stranger, { name: 'Dukalu Mandavi', ...WIDE })).people.map(({ ids, cases, tied }) => [ids, cases, tied]));
  assert.ok(!(await strip()).includes(secret.accused));
  const one = await person(stranger, a);
  assert.deepEqual([one.ids, one.tied, one.links], [[a], 'reference', []]);
  assert.deepEqual(await code(stranger, 'person_link', link(a, secret.accused)), [422, 'person_link_unknown'], 'not even that it is decided');
});

test('the page of a person shows what was decided, and decides and undoes', async () => {
  const [a, b] = [await accused('Jhaduram Yadu'), await accused('Jhadu Yadu')];
  const browser = server.browser();
  await browser.signIn(sho.officer);
  await decide(sho, a, b);
  const page = await browser.go(`/people/${a}`);
  assert.equal(page.status, 200);
  assert.ok(page.html.includes(`/cases/${caseOf(b)}`) && page.text.includes(REASON));
  assert.ok((await browser.go(`/people/${a}?lang=hi`)).text.includes('अधिकारी के निर्णय से'));
  const refused = await page.submit({ reason: 'no' }, '/links');
  assert.equal(refused.status, 422, 'too short a reason');
  assert.ok(refused.html.includes('value="no"'), 'what was typed is kept');
  assert.equal((await person(sho, a)).ids.length, 2);
  const undone = await refused.submit({ reason: 'The prints were of another' }, '/links');
  assert.equal(undone.status, 200);
  assert.deepEqual((await person(sho, a)).ids, [a]);
});

// ---- whom to decide about ----

const queue = async (desk, query = {}, status = 200) => {
  const answer = await desk.get(`/api/v1/people/duplicates?${new URLSearchParams(query)}`);
  assert.equal(answer.status, status, answer.text);
  return answer.json;
};
const pairOf = ({ pairs }, a, b) => pairs.find(({ first, second }) => [first, second].some(({ ids }) => ids.includes(a)) && [first, second].some(({ ids }) => ids.includes(b)));
const KOSLE = { name: 'Bhuneshwar Kosle', relation: 'father', relative_name: 'Sadhram Kosle', gender: 'male', age_kind: 'age', age_years: 31 };
const suspect = async (said, desk, rest) => (await world.fir({ accused: [{ who: { ...KOSLE, ...said } }], ...rest }, desk)).accused;

test('the queue lists who may be one, at once and with reasons; what does not fit is not in it', async () => {
  const a = await suspect({});
  const b = await suspect({ name: 'Bhuneswar Kosley', relative_name: 'Sadh Ram Kosle' });
  const son = await suspect({ relative_name: 'Bhagwat Kosle' }), woman = await suspect({ gender: 'female' }), old = await suspect({ age_years: 67 });
  const seen = await queue(sho);
  const pair = pairOf(seen, a, b);
  assert.ok(pair, JSON.stringify(seen.pairs.map(({ first, second }) => [first.name, second.name])));
  assert.ok(pair.second.reasons.some(({ relative }) => relative) && pair.second.reasons.every(({ text }) => text.en && text.hi));
  for (const other of [son, woman, old]) assert.equal(pairOf(seen, a, other), undefined);
  assert.equal(seen.pairs.filter((one) => pairOf({ pairs: [one] }, a, b)).length, 1, 'once, not from either side');
});

test('the same document or phone is a reason whatever the name; two of one case are not asked about', async () => {
  const a = await suspect({ name: 'Kejau Ram', relative_name: undefined, relation: undefined, phones: ['+919755500011'] });
  const b = await suspect({ name: 'Dashrath Satnami', relative_name: undefined, relation: undefined, phones: ['+919755500011'] });
  assert.equal(pairOf(await queue(sho), a, b)?.second.by, 'phone');
  const both = await world.fir({ accused: [{ who: { ...KOSLE, name: 'Tihar Kosle' } }, { who: { ...KOSLE, name: 'Tihar Kosle' } }] });
  const { parties } = (await sho.get(`/api/v1/cases/${both.id}`)).json;
  const [one, two] = parties.filter(({ role }) => role === 'accused').map(({ person: id }) => id);
  assert.equal(pairOf(await queue(sho), one, two), undefined);
});

test('a decision either way takes the pair out; undone, it waits again', async () => {
  for (const decision of ['same', 'not_same']) {
    const name = decision === 'same' ? 'Ramdayal Tandan' : 'Shivdayal Tandan';
    const [a, b] = [await suspect({ name }), await suspect({ name })];
    assert.ok(pairOf(await queue(sho), a, b), name);
    const filed = await decide(sho, a, b, decision);
    const after = await queue(sho);
    assert.ok(!after.pairs.some(({ first, second }) => first.ids.includes(a) && second.ids.includes(b)), decision);
    await world.fir({ accused: [{ who: { ref: a } }] });
    assert.equal((await queue(sho)).pairs.filter(({ first, second }) => (first.ids.includes(a) && second.ids.includes(b)) || (first.ids.includes(b) && second.ids.includes(a))).length, 0, 'nor with the next case');
    await undo(sho, filed.id);
    assert.ok(pairOf(await queue(sho), a, b), 'undone');
  }
});

test('whom one may not know is not in the queue; elsewhere takes a purpose, which is written down', async () => {
  const here = await suspect({ name: 'Lakhanlal Gilhare' });
  const there = await suspect({ name: 'Lakhan Lal Gilhare' }, stranger);
  const hidden = await suspect({ name: 'Lakhanlal Gilhare' }, sho, { offences: [{ offence: 'BNS 64(1)' }], victims: [{ who: { name: 'Sonkuwar', gender: 'female' } }] });
  assert.equal(pairOf(await queue(stranger), here, there), undefined, 'without a purpose');
  const wide = await queue(stranger, WIDE);
  assert.ok(pairOf(wide, here, there));
  assert.ok(!JSON.stringify(wide).includes(hidden), 'a sensitive case never');
  const log = (await stranger.get('/api/v1/searches')).json.searches.find((row) => row.id === wide.search);
  assert.deepEqual([log.kind, log.why, log.scope, log.shown], ['duplicates', 'investigation', 'wide', wide.pairs.length]);
  assert.equal((await queue(stranger, { office: world.station }, 403)).code, 'not_allowed', "another office's queue");
  assert.ok(pairOf(await queue(sp, { office: world.station, ...WIDE }), here, hidden), 'the line above sees it');
  await queue(stranger, { scope: 'wide' }, 422);
  assert.deepEqual((await queue(doctor)).pairs, []);
});

test('the page of the queue decides with a reason, and keeps what was typed when refused', async () => {
  const [a, b] = [await suspect({ name: 'Punaram Markam' }), await suspect({ name: 'Punaram Markam' })];
  const browser = server.browser();
  await browser.signIn(sho.officer);
  assert.ok((await browser.go('/search')).html.includes('href="/duplicates"'), 'the search leads to it');
  const page = await browser.go('/duplicates');
  assert.ok(page.text.includes('Punaram Markam — Punaram Markam'));
  const { first, second } = page.form('/links').fields; // the newest pair
  assert.deepEqual([first, second].sort(), [a, b].sort());
  const refused = await page.submit({ decision: 'not_same', reason: '' }, '/links');
  assert.equal(refused.status, 422);
  const done = await page.submit({ decision: 'not_same', reason: 'Brothers-in-law; both were shown to the witness' }, '/links');
  assert.equal(done.path, '/duplicates');
  assert.ok(!done.text.includes('Punaram Markam — Punaram Markam'));
  assert.equal((await person(sho, a)).links[0].decision, 'not_same');
});

test('the register proves itself and makes the same views again', async () => {
  await server.stop({ keep: true });
  assert.doesNotThrow(() => execFileSync(PANJI, ['verify', '--data', server.data]));
  await server.restart();
});
