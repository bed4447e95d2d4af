// Missing people against found people and unidentified bodies: ranked, with reasons in both languages, from the moment of
// filing until somebody is traced, and telling nobody of a person he may not know.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { minutesAgo } from './bodies.mjs';
import { startServer } from './server.mjs';
import { World } from './world.mjs';

let server, world, sho, stranger, doctor;

before(async () => {
  server = await startServer();
  world = new World(server);
  sho = await world.desk('sho');
  stranger = await world.desk('sho', world.otherStation);
  doctor = await world.desk('doctor');
});
after(() => server.stop());

const DAY = 24 * 60;
const WIDE = { why: 'investigation', reason: 'To find the missing woman' };
const LOOKS = { height_from: 152, height_to: 156, build: 'thin', complexion: 'dark', marks: [{ kind: 'mole', body_part: 'face' }] };
const WOMAN = { name: 'Kunti Bai Dhruw', gender: 'female', age_kind: 'age', age_years: 34 };

async function missing(desk, who = WOMAN, rest = {}) {
  const diary = await world.diary(desk);
  return desk.file('missing_person', {
    report: { diary: diary.id, sensitive: false }, person: { who, features: LOOKS },
    missing: { details: { last_seen_at: minutesAgo(3 * DAY), reported_at: minutesAgo(2 * DAY), last_seen_place: { village: 'Palari', district: 'Balodabazar' } } }, ...rest,
  });
}
async function found(desk, who, rest = {}, features = LOOKS) {
  const diary = await world.diary(desk);
  return desk.file('found_person', {
    found: { diary: diary.id, found_at: minutesAgo(DAY), child: false, place: { district: 'Balodabazar' }, ...rest }, person: { who, features },
  });
}
async function body(desk, who, features = LOOKS) {
  const fir = await world.fir({}, desk);
  await desk.file('unidentified_body', {
    found: { found_at: minutesAgo(DAY), place: { district: 'Balodabazar' } }, body: { who, features },
    record: { fingerprint: true, photographed: true, dna: true },
  }, { case: fir.id });
  return fir;
}
const ask = async (desk, id, query = {}, status = 200) => {
  const answer = await desk.get(`/api/v1/cases/${id}/matches?${new URLSearchParams(query)}`);
  assert.equal(answer.status, status, answer.text);
  return answer.json;
};
const casesIn = (answer) => answer.persons.flatMap(({ matches }) => matches.map(({ person }) => person.cases[0].case));

test('whoever fits is listed from both sides, the likest first, with reasons; who does not fit is not', async () => {
  const lost = await missing(sho);
  const same = await found(sho, { ...WOMAN, name: 'Kuntee Bai Dhruv' });
  const dead = await body(sho, { name: 'Unknown', gender: 'female', age_kind: 'range', age_from: 30, age_to: 40 });
  const man = await found(sho, { ...WOMAN, name: 'Unknown', gender: 'male' });
  const old = await found(sho, { ...WOMAN, name: 'Unknown', age_years: 71 }, {}, { height_from: 170, height_to: 172 });
  const before = await found(sho, { ...WOMAN, name: 'Kunti Bai Dhruw' }, { found_at: minutesAgo(20 * DAY) });
  const answer = await ask(sho, lost.id);
  assert.equal(answer.persons[0].side, 'missing');
  assert.deepEqual(casesIn(answer), [same.id, dead.id], `not ${man.id}, ${old.id}, ${before.id}`);
  const [first, second] = answer.persons[0].matches;
  assert.deepEqual([first.side, second.side], ['found', 'body']);
  assert.ok(first.points > second.points);
  const codes = new Map(first.reasons.map(({ code, verdict }) => [code, verdict]));
  for (const what of ['sex', 'age', 'height', 'date', 'place', 'build', 'complexion', 'mark']) assert.equal(codes.get(what), 'agrees', what);
  assert.ok(['agrees', 'nearly'].includes(codes.get('name')));
  assert.ok(!second.reasons.some(({ code }) => code === 'name'), 'the dead has no name');
  for (const { text } of first.reasons) assert.ok(text.en && /[\u0900-\u097f]/.test(text.hi), JSON.stringify(text));
  assert.ok(casesIn(await ask(sho, same.id)).includes(lost.id), 'from the found');
  assert.ok(casesIn(await ask(sho, dead.id)).includes(lost.id), 'from the dead');
});

test('a correction counts at once, and who was handed over is put to nobody again', async () => {
  const who = { name: 'Phuleshwari Netam', gender: 'female', age_kind: 'age', age_years: 20 };
  const lost = await missing(sho, who);
  const girl = await found(sho, who);
  assert.ok(casesIn(await ask(sho, lost.id)).includes(girl.id));
  const reasons = async () => (await ask(sho, lost.id)).persons[0].matches.find(({ person }) => person.cases[0].case === girl.id).reasons.find(({ code }) => code === 'height').verdict;
  assert.equal(await reasons(), 'agrees');
  await sho.file('correction', { correction: { entry: girl.id }, changes: [{ path: 'person.features.height_from', value: '159' }, { path: 'person.features.height_to', value: '159' }] }, { case: girl.id });
  assert.equal(await reasons(), 'nearly');
  const person = await world.person(girl.id, 'found', sho);
  await sho.file('found_person_handed', { handed: { at: minutesAgo(0), matched: lost.id, ends: true }, person: { who: { ref: person } } }, { case: girl.id });
  assert.ok(!casesIn(await ask(sho, lost.id)).includes(girl.id));
  assert.deepEqual((await ask(sho, girl.id)).persons, []);
});

test("another station's people take a purpose, sensitive and covered ones are never told, and a case stays closed", async () => {
  const who = { name: 'Sukwaro Bai Kanwar', gender: 'female', age_kind: 'age', age_years: 45 };
  const lost = await missing(sho, who);
  const there = await found(stranger, who);
  const sealed = await found(stranger, who, { child: true });
  assert.ok(!casesIn(await ask(sho, lost.id)).includes(there.id), 'without a purpose');
  const wide = await ask(sho, lost.id, WIDE);
  const match = wide.persons[0].matches.find(({ person }) => person.cases[0].case === there.id);
  assert.ok(match.person.cases[0].elsewhere);
  assert.ok(!JSON.stringify(wide).includes(sealed.id), 'a sensitive case');
  assert.equal((await sho.get(`/api/v1/cases/${there.id}`)).status, 404);
  const log = (await sho.get('/api/v1/searches')).json.searches[0];
  assert.deepEqual([log.kind, log.why, log.scope], ['matches', 'investigation', 'wide']);
  for (const desk of [stranger, doctor]) await ask(desk, lost.id, WIDE, 404);
  await ask(sho, lost.id, { scope: 'wide' }, 422);
  await ask(sho, lost.id, { why: 'curiosity' }, 422);
});

test('the page of the case leads to them, in both languages', async () => {
  const who = { name: 'Jethiya Bai Sori', gender: 'female', age_kind: 'age', age_years: 60 };
  const lost = await missing(sho, who);
  await found(sho, who);
  const browser = server.browser();
  await browser.signIn(sho.officer);
  const page = await browser.go(`/cases/${lost.id}/matches`);
  assert.equal(page.status, 200);
  assert.ok(page.text.includes('The name agrees'));
  assert.ok((await browser.go(`/cases/${lost.id}/matches?lang=hi`)).text.includes('नाम मेल खाता है'));
});
