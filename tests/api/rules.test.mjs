// Every order rule of law/rules, broken on purpose: through the API, through the page, and through the importer where its
// form can be imported. Each time the rule's own code, status and words come back in both languages and nothing is left
// behind. A rule without an attack fails the first test.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dateText, minutesAgo, timeText } from './bodies.mjs';
import { now } from './clock.mjs';
import { draftOf } from './filing.mjs';
import { attacks } from './rule_attacks.mjs';
import { begin, diaryAt, end, establish, opened, server, world } from './rule_node.mjs';
import { PANJI } from './server.mjs';
import { firSaid } from './world.mjs';

const rules = readRules();
before(begin);
after(end);

// code → [English, Hindi], status, forms, as law/rules says.
function readRules() {
  const text = readFileSync(new URL('../../law/rules', import.meta.url), 'utf8');
  return text.split('\nrule ').slice(1).map((block) => {
    const [head, ...lines] = block.split('\n');
    const [code, english, hindi] = head.split('|').map((column) => column.trim());
    const line = (word) => lines.find((one) => one.trim().startsWith(`${word} `))?.trim().slice(word.length).trim();
    return { code, words: [english, hindi], status: Number(line('status')), forms: line('forms').split(/\s+/) };
  });
}

// ---- the doors ----

const fieldsOf = (value, path = '') => Object.entries(value).flatMap(([name, inner]) => {
  const here = path ? `${path}.${name}` : name;
  if (inner !== null && typeof inner === 'object') return fieldsOf(inner, here);
  return [[here, inner === true ? 'yes' : inner === false ? 'no' : String(inner)]];
});

async function byApi(rule, attack) {
  const size = await world.size();
  const answer = await attack.desk.send(attack.form, attack.said, attack.rest);
  const problem = answer.json?.problems?.find((one) => one.code === rule.code);
  assert.ok(problem, `${attack.form}: ${answer.status} ${answer.text}`);
  assert.equal(answer.status, rule.status);
  assert.deepEqual([problem.text.en, problem.text.hi], rule.words);
  assert.ok(problem.next.en.length > 10 && problem.next.hi.length > 10, 'it says what to do next');
  assert.equal(await world.size(), size, 'nothing was left behind');
}

// What is typed is kept in the draft, whatever it is; it is refused where it would be signed.
async function byPage(rule, attack) {
  const page = attack.page ?? await opened(attack.desk, attack.form, attack.rest);
  const draft = draftOf(page);
  const [, token] = page.html.match(/name="_csrf" value="([^"]*)"/);
  const typed = Object.fromEntries(fieldsOf(await attack.desk.body(attack.form, attack.said)));
  const marks = { _csrf: token, _form: attack.form, ...(attack.rest?.case && { _case: attack.rest.case }) };
  const kept = await page.browser.go(`/drafts/${draft}/save`, { method: 'POST', body: new URLSearchParams({ ...typed, ...marks }) });
  const version = kept.html.match(/name="_version" value="(\d+)"/)?.[1] ?? '0';
  for (const [lang, words] of [['en', 0], ['hi', 1]]) {
    page.browser.cookies.lang = lang;
    const size = await world.size();
    const refused = await page.browser.go(`/drafts/${draft}/sign`, { method: 'POST',
      body: new URLSearchParams({ ...marks, _version: version, ...attack.marks, _record: '1' }) });
    assert.equal(refused.status, rule.status, refused.text.slice(0, 500));
    assert.ok(refused.text.includes((attack.pageWords ?? rule.words)[words]), `${lang}: ${refused.text.slice(0, 800)}`);
    assert.equal(await world.size(), size, 'nothing was left behind');
  }
}

test('every rule has an attack here, and every attack a rule', () => {
  assert.ok(rules.length >= 18);
  assert.deepEqual(Object.keys(attacks).sort(), rules.map((rule) => rule.code).sort());
});

for (const rule of rules) {
  for (const [place, make] of (attacks[rule.code] ?? []).entries()) {
    test(`${rule.code} ${place + 1} is refused by API and page`, async () => {
      const attack = await make();
      await byApi(rule, attack);
      if (!attack.noPage) await byPage(rule, attack);
    });
  }
}

test('what truly came first is taken when it cites its own diary entry and says why', async () => {
  const sho = await world.desk('sho');
  const caught = await world.diary(sho, { subject: 'Caught by villagers' });
  const fir = await world.fir();
  const earlier = { diary: caught.id, reason: 'Caught in the act by villagers, handed to the station' };
  await sho.file('arrest', { arrest: { arrested_at: minutesAgo(60), diary: caught.id }, accused: { who: { ref: fir.accused } }, earlier }, { case: fir.id });
  await sho.file('seizure', { seizure: { seized_at: minutesAgo(60), diary: caught.id }, earlier }, { case: fir.id });
});

test('a clock a little ahead, or behind, is no offence', async () => {
  const sho = await world.desk('sho');
  for (const minutes of [-4, 0, 60 * 24 * 7])
    assert.equal((await sho.send('general_diary', {}, { at: timeText(now() - minutes * 60e3) })).status, 201);
});

test('64 at once at one station: FIR numbers run from the last to the next without a hole or a double', async () => {
  const sho = await world.desk('sho');
  const { number, year } = await lastNumber(sho);
  const diary = await world.diary(sho);
  const good = await sho.body('fir', firSaid(diary.id, sho.officer.officer));
  const bad = [
    await sho.body('fir', firSaid((await diaryAt('sho', world.otherStation)).id, sho.officer.officer)),
    await sho.body('fir', firSaid(diary.id, sho.officer.officer, { occurrence: { known: 'exact', from: minutesAgo(0) }, information: { diary: diary.id, received_at: minutesAgo(9) } })),
    { ...good, offences: [] },
  ];
  const rounds = 4;
  const writer = async (place) => {
    const filed = [];
    for (let round = 0; round < rounds; round++) {
      const spoilt = (place + round) % 3 === 0;
      const answer = await sho.client.file('fir', spoilt ? bad[(place + round / 3 | 0) % bad.length] : good);
      assert.equal(answer.status, spoilt ? 422 : 201, answer.text);
      if (!spoilt) filed.push(answer.json);
    }
    return filed;
  };
  const filed = (await Promise.all(Array.from({ length: 64 }, (_, place) => writer(place)))).flat();
  const numbers = filed.map((receipt) => receipt.number).sort();
  assert.deepEqual(numbers, numbers.map((_, i) => `${String(number + 1 + i).padStart(4, '0')}/${year}`));
  assert.equal(new Set(filed.map((receipt) => receipt.seq)).size, filed.length);
});

async function lastNumber(sho) {
  const fir = await world.fir({}, sho);
  const [number, year] = fir.number.split('/');
  return { number: Number(number), year };
}

// ---- the importer; last, because it needs the folder for itself ----

test('the importer keeps the same rules', async () => {
  const sho = await world.desk('sho'), away = await world.desk('sho', world.otherStation), today = dateText(now());
  await establish('leave', { leave: { officer: away.officer.officer, from: today, to: today } });
  await sho.file('fir_legacy', { register: { reference: `${world.station}/77/2019`, number: '0077/2019', year: 2019 } });
  const data = join(server.folder, 'import');
  const size = await world.size();
  await server.stop({ keep: true });
  cpSync(server.data, data, { recursive: true });
  const csv = join(server.folder, 'old.csv'), map = join(server.folder, 'old.map'), password = join(server.folder, 'password');
  writeFileSync(map, ['unit | PS', 'number | FIR', 'year | Year', 'registered | Date', 'sections | Sections', 'complainant | Complainant', 'accused | Accused']
    .map((line) => `column ${line}`).join('\n'));
  const doors = {
    officer_not_posted: [sho.officer, world.otherStation],
    officer_on_leave: [away.officer, away.officer.office],
    number_taken: [sho.officer, world.station, 'this FIR number stands in the register with other content'], // told with its column
  };
  for (const [code, [officer, office, words]] of Object.entries(doors)) {
    const expected = words ?? rules.find((one) => one.code === code).words[0];
    writeFileSync(csv, `PS,FIR,Year,Date,Sections,Complainant,Accused\n${office},77,2019,2019-03-02,380 IPC,Ram Sahu,Shyam Nishad\n`);
    writeFileSync(password, officer.password);
    const done = spawnSync(PANJI, ['import', 'firs', csv, '--map', map, '--data', data, '--officer', officer.officer, '--office', office,
      '--password-file', password, '--json'], { encoding: 'utf8' });
    assert.ok((done.stdout + done.stderr).includes(expected), `${code}: ${done.status} ${done.stdout} ${done.stderr}`);
    const verified = spawnSync(PANJI, ['verify', '--data', data, '--json'], { encoding: 'utf8' });
    assert.deepEqual([verified.status, JSON.parse(verified.stdout).entries], [0, size], code);
  }
});
