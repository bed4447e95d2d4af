// Every order rule of law/rules, broken on purpose: through the API, through the page, and through the importer where its
// form can be imported. Each time the rule's own code, status and words come back in both languages and nothing is left
// behind. A rule without an attack fails the first test.
import assert from 'node:assert/strict';
import { draftOf } from './filing.mjs';
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dateText, minutesAgo, timeText } from './bodies.mjs';
import { movableClock, now } from './clock.mjs';
import { PANJI, startServer } from './server.mjs';
import { chargeSheetSaid, firSaid, World } from './world.mjs';

const rules = readRules();
let server, world, clock;
before(async () => {
  clock = movableClock();
  server = await startServer({ environment: clock.environment });
  world = new World(server);
});
after(async () => {
  await server?.stop();
  clock.drop();
});

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

// ---- the attacks: who files what, so that exactly this rule stands in the way ----

const diaryAt = async (role, office) => {
  const desk = await world.desk(role, office);
  return { desk, id: (await world.diary(desk)).id };
};
const hourAgo = () => minutesAgo(60);

// Files posting_end or leave for somebody, by whoever keeps the postings.
async function establish(form, said) {
  const keeper = await world.desk('administrator');
  return keeper.file(form, said);
}
async function postingOf(officer) {
  const keeper = await world.desk('administrator');
  for (let after = ''; ;) {
    const list = (await keeper.get(`/api/v1/entries?form=posting&limit=200${after}`)).json;
    for (const row of list.entries)
      if ((await keeper.get(`/api/v1/entries/${row.id}`)).json.body.posting.officer === officer) return row.id;
    assert.ok(list.next, `no posting of ${officer}`);
    after = `&after=${list.next}`;
  }
}

const linked = (first, second) => ({ link: { first, second, decision: 'same', reason: 'The finger prints agree, as the bureau writes' } });
const attacks = {
  person_link_itself: [
    async () => {
      const { sho, accused } = await world.fir();
      return { desk: sho, form: 'person_link', said: linked(accused, accused) };
    },
  ],
  person_link_unknown: [
    async () => {
      const { accused } = await world.fir();
      return { desk: await world.desk('sho', world.otherStation), form: 'person_link',
        said: linked(accused, '019aa000-0000-7000-8000-000000000000.1') };
    },
  ],
  person_link_decided: [
    async () => {
      const [one, other] = [await world.fir(), await world.fir()];
      await one.sho.file('person_link', linked(one.accused, other.accused));
      return { desk: one.sho, form: 'person_link', said: linked(other.accused, one.accused) };
    },
  ],
  person_link_undone: [
    async () => {
      const [one, other] = [await world.fir(), await world.fir()];
      const decision = await one.sho.file('person_link', linked(one.accused, other.accused));
      const said = { end: { decision: decision.id, reason: 'It was another man after all' } };
      await one.sho.file('person_link_end', said);
      return { desk: one.sho, form: 'person_link_end', said };
    },
  ],
  officer_not_posted: [
    async () => {
      const desk = await world.desk('constable', world.otherStation);
      const page = await opened(desk, 'general_diary');
      await establish('posting_end', { end: { posting: await postingOf(desk.officer.officer), to: dateText(now() - 86400e3) } });
      // The page knows before filing that there is no posting left, and says so in words of its own.
      return { desk, form: 'general_diary', page, pageWords: ['You hold no posting now', 'अभी आपकी कोई पदस्थापना नहीं है'] };
    },
    async () => ({ desk: await world.desk('sho'), form: 'general_diary', rest: { office: world.otherStation }, noPage: true }),
    async () => ({ desk: await world.desk('sho'), form: 'general_diary', rest: { office: 'nowhere' }, noPage: true }),
  ],
  officer_on_leave: [
    async () => {
      const desk = await world.desk('io', world.otherStation, 1);
      const today = dateText(now());
      await establish('leave', { leave: { officer: desk.officer.officer, from: today, to: today } });
      return { desk, form: 'general_diary' };
    },
  ],
  posting_outside_line: [
    async () => ({ desk: await world.desk('establishment'), form: 'posting',
      said: { posting: { officer: (await world.desk('io')).officer.officer, office: world.officeOfKind(['court']), role: 'court_clerk', from: dateText(now()) } } }),
  ],
  leave_outside_line: [
    async () => ({ desk: await world.desk('sho'), form: 'leave',
      said: { leave: { officer: (await world.desk('sho', world.otherStation)).officer.officer, from: dateText(now()), to: dateText(now()) } } }),
  ],
  device_time_ahead: [
    async () => ({ desk: await world.desk('sho'), form: 'general_diary', rest: { at: timeText(now() + 11 * 60e3) },
      marks: { _opened: timeText(now() + 11 * 60e3) } }),
    async () => ({ desk: await world.desk('sho'), form: 'general_diary', rest: { at: '2099-01-01T00:00:00+05:30' },
      marks: { _opened: '2099-01-01T00:00:00+05:30' } }),
  ],
  fir_without_diary: [
    async () => {
      const other = await diaryAt('sho', world.otherStation), desk = await world.desk('sho');
      return { desk, form: 'fir', said: firSaid(other.id, desk.officer.officer) };
    },
    async () => {
      const desk = await world.desk('sho');
      return { desk, form: 'fir', said: firSaid('01931f0c-7c00-7000-8000-000000000000', desk.officer.officer) };
    },
  ],
  efir_not_signed: [
    async () => {
      const { desk, id } = await diaryAt('sho');
      const electronic = await desk.file('electronic_information', { information: { diary: id } });
      return { desk, form: 'fir', said: firSaid(id, desk.officer.officer, { registration: { kind: 'electronic', electronic: electronic.id } }) };
    },
  ],
  efir_signature_late: [
    async () => {
      const { desk, id } = await diaryAt('sho');
      const electronic = await desk.file('electronic_information', { information: { diary: id } });
      clock.forward(72 * 3600 + 60);
      world.desks.clear(); // all sessions are over by then
      return { desk: await world.desk('sho'), form: 'electronic_signature', said: { signature: { information: electronic.id } } };
    },
  ],
  occurrence_after_report: [
    async () => {
      const { desk, id } = await diaryAt('sho');
      return { desk, form: 'fir', said: firSaid(id, desk.officer.officer,
        { occurrence: { known: 'exact', from: minutesAgo(5) }, information: { diary: id, received_at: minutesAgo(6) } }) };
    },
  ],
  arrest_before_fir: beforeFir('arrest', 'arrested_at', { accused: (fir) => ({ who: { ref: fir.accused } }) }),
  apprehension_before_fir: beforeFir('apprehension', 'apprehended_at', {}),
  seizure_before_fir: beforeFir('seizure', 'seized_at', {}),
  not_the_io: [
    async () => {
      const fir = await world.fir(), desk = await world.desk('io', world.station, 0);
      return { desk, form: 'final_report', said: chargeSheetSaid(fir, world.officeOfKind(['court'])), rest: { case: fir.id } };
    },
    async () => ({ desk: await world.desk('io', world.station, 0), form: 'case_diary', rest: { case: (await world.fir()).id } }),
    async () => { // the SHO himself, when another holds the case; and the IO of yesterday
      const io = await world.desk('io'), fir = await world.fir({ action: { kind: 'directed', officer: io.officer.officer } });
      return { desk: fir.sho, form: 'final_report', said: chargeSheetSaid(fir, world.officeOfKind(['court'])), rest: { case: fir.id } };
    },
    async () => {
      const fir = await world.fir(), io = await world.desk('io');
      await fir.sho.file('io_assignment', { assignment: { officer: io.officer.officer } }, { case: fir.id });
      return { desk: fir.sho, form: 'case_diary', rest: { case: fir.id } };
    },
  ],
  charge_sheet_without_accused: [
    async () => {
      const fir = await world.fir();
      return { desk: fir.sho, form: 'final_report', said: chargeSheetSaid(fir, world.officeOfKind(['court']), { accused: null }), rest: { case: fir.id } };
    },
  ],
  missing_child_needs_fir: [
    { age_kind: 'age', age_years: 12 }, { age_kind: 'age', age_years: 17 }, { age_kind: 'year_of_birth', year_of_birth: new Date(now()).getFullYear() - 10 },
    { age_kind: 'range', age_from: 16, age_to: 19 }, { age_kind: 'date_of_birth', date_of_birth: dateText(now() - 17.9 * 365.25 * 86400e3) },
  ].map((age) => async () => {
    const { desk, id } = await diaryAt('sho');
    return { desk, form: 'missing_person', said: { report: { diary: id }, person: { who: { name: 'Guddi', ...age } } } };
  }),
  not_of_this_case: [
    async () => {
      const mine = await world.fir(), other = await world.fir();
      return { desk: mine.sho, form: 'final_report', said: chargeSheetSaid(other, world.officeOfKind(['court'])), rest: { case: mine.id } };
    },
    async () => {
      const mine = await world.fir(), thing = await world.seized(await world.fir());
      return { desk: mine.sho, form: 'malkhana_deposit', said: { items: [{ item: { ref: thing } }] }, rest: { case: mine.id } };
    },
    async () => {
      const mine = await world.fir(), thing = await world.deposited(await world.fir());
      return { desk: mine.sho, form: 'laboratory_forwarding', said: { parcels: [{ item: { ref: thing } }] }, rest: { case: mine.id } };
    },
    async () => { // the court charges one who is not before it
      const mine = await world.fir(), other = await world.fir();
      const magistrate = await world.accepted(mine, await world.chargeSheet(mine));
      await world.accepted(other, await world.chargeSheet(other));
      return { desk: magistrate, form: 'charge', said: { accused: [{ who: { ref: other.accused } }] }, rest: { case: mine.id } };
    },
  ],
  not_in_malkhana: [
    async () => {
      const fir = await world.fir();
      return { desk: fir.sho, form: 'malkhana_movement', said: { items: [{ item: { ref: await world.seized(fir) } }] }, rest: { case: fir.id } };
    },
    async () => {
      const fir = await world.fir(), thing = await world.deposited(fir);
      return { desk: fir.sho, form: 'malkhana_disposal', said: { items: [{ item: { ref: thing } }, { item: { ref: thing } }] }, rest: { case: fir.id } };
    },
    async () => { // out once; it cannot go out again
      const fir = await world.fir(), items = [{ item: { ref: await world.deposited(fir) } }];
      await fir.sho.file('malkhana_disposal', { items }, { case: fir.id });
      return { desk: fir.sho, form: 'malkhana_return', said: { items }, rest: { case: fir.id } };
    },
    async () => {
      const fir = await world.fir();
      return { desk: fir.sho, form: 'laboratory_forwarding', said: { parcels: [{ item: { ref: await world.seized(fir) } }] }, rest: { case: fir.id } };
    },
    async () => { // never seen before: typed anew instead of referred to
      const fir = await world.fir();
      return { desk: fir.sho, form: 'malkhana_return', said: { items: [{ item: { category: 'other', description: 'Gold chain' } }] }, rest: { case: fir.id } };
    },
  ],
  already_in_malkhana: [
    async () => {
      const fir = await world.fir(), thing = await world.deposited(fir);
      return { desk: fir.sho, form: 'malkhana_deposit', said: { items: [{ item: { ref: thing } }] }, rest: { case: fir.id } };
    },
    async () => {
      const fir = await world.fir(), thing = await world.deposited(fir);
      return { desk: fir.sho, form: 'malkhana_receive', said: { items: [{ item: { ref: thing } }] }, rest: { case: fir.id } };
    },
    async () => {
      const fir = await world.fir(), thing = await world.seized(fir);
      return { desk: fir.sho, form: 'malkhana_deposit', said: { items: [{ item: { ref: thing } }, { item: { ref: thing } }] }, rest: { case: fir.id } };
    },
  ],
  not_accepted_by_court: ['charge', 'judgment', 'committal'].map((form) => async () => {
    const fir = await world.fir();
    await world.chargeSheet(fir);
    const accused = [{ who: { ref: fir.accused } }];
    return { desk: await world.desk('magistrate', world.officeOfKind(['court'])), form, said: { accused }, rest: { case: fir.id } };
  }),
  closure_not_ordered: [
    async () => {
      const fir = await world.fir();
      const report = await world.chargeSheet(fir, { report: { kind: 'untraced', court: world.officeOfKind(['court']) }, accused: null });
      const magistrate = await world.accepted(fir, report, { taken: 'closure_report_taken' });
      const order = await magistrate.file('closure_order', { order: { report: report.id, decision: 'further' } }, { case: fir.id });
      return { desk: fir.sho, form: 'case_closing', said: { closing: { order: order.id } }, rest: { case: fir.id } };
    },
  ],
  number_taken: [
    async () => {
      const first = await world.fir(), second = await world.fir();
      const cnr = world.cnr();
      await world.accepted(first, await world.chargeSheet(first), { cnr });
      const report = await world.chargeSheet(second);
      return { desk: await world.desk('magistrate', world.officeOfKind(['court'])), form: 'court_acceptance', rest: { case: second.id },
        said: { acceptance: { report: report.id, taken: 'charge_sheet_taken', cnr } } };
    },
    async () => {
      const desk = await world.desk('sho'), said = { register: { reference: `${world.station}/12/2019`, number: '0012/2019', year: 2019 } };
      await desk.file('fir_legacy', said);
      return { desk, form: 'fir_legacy', said: { register: { ...said.register, act_sections_as_typed: '380 IPC' } } };
    },
  ],
  office_code_taken: [
    async () => ({ desk: await world.desk('administrator'), form: 'office', said: { office: { code: world.station, kind: 'ps' } } }),
  ],
  officer_id_taken: [
    async () => ({ desk: await world.desk('administrator'), form: 'officer', said: { officer: { id: world.server.officer('sho').officer } } }),
  ],
};

// What happened before the FIR: without a diary entry of its own; citing the one the FIR stands on; without a reason.
function beforeFir(form, time, more) {
  const said = (fir, earlier) => ({ [form]: { [time]: hourAgo(), diary: fir.diary },
    ...(more.accused && { accused: more.accused(fir) }), ...(earlier && { earlier }) });
  return [
    async () => {
      const fir = await world.fir();
      return { desk: fir.sho, form, said: said(fir), rest: { case: fir.id } };
    },
    async () => {
      const fir = await world.fir();
      return { desk: fir.sho, form, said: said(fir, { diary: fir.diary, reason: 'Caught in the act by villagers' }), rest: { case: fir.id } };
    },
  ];
}

// ---- the doors ----

const fieldsOf = (value, path = '') => Object.entries(value).flatMap(([name, inner]) => {
  const here = path ? `${path}.${name}` : name;
  if (inner !== null && typeof inner === 'object') return fieldsOf(inner, here);
  return [[here, inner === true ? 'yes' : inner === false ? 'no' : String(inner)]];
});

// A browser at the form's page, signed in as the officer.
async function opened(desk, form, rest = {}) {
  const browser = server.browser();
  await browser.signIn(desk.officer);
  return browser.go(`/forms/${form}${rest.case ? `?case=${rest.case}` : ''}`);
}

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
  await sho.file('arrest', { arrest: { arrested_at: hourAgo(), diary: caught.id }, accused: { who: { ref: fir.accused } }, earlier }, { case: fir.id });
  await sho.file('seizure', { seizure: { seized_at: hourAgo(), diary: caught.id }, earlier }, { case: fir.id });
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
      '--password-file', password, '--json'], { encoding: 'utf8', env: { ...process.env, ...clock.environment } });
    assert.ok((done.stdout + done.stderr).includes(expected), `${code}: ${done.status} ${done.stdout} ${done.stderr}`);
    const verified = spawnSync(PANJI, ['verify', '--data', data, '--json'], { encoding: 'utf8', env: { ...process.env, ...clock.environment } });
    assert.deepEqual([verified.status, JSON.parse(verified.stdout).entries], [0, size], code);
  }
});
