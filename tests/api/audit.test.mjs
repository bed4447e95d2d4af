// What auditors found in today's systems, tried here and refused. The numbers are those of the audit's findings as our
// requirements list them: 7 sequence, 8 roles, 9 identity, 10 closure, 11 duties of law, 12 privacy.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { dateText, minutesAgo, timeText } from './bodies.mjs';
import { moveClock, now } from './clock.mjs';
import { startServer } from './server.mjs';
import { chargeSheetSaid, firSaid, World } from './world.mjs';

let server, world;
before(async () => {
  server = await startServer();
  world = new World(server);
});
after(async () => {
  await server?.stop();
});

// Refused with one of the codes, and nothing left behind.
async function assertRefused(desk, form, said, rest, ...codes) {
  const size = await world.size();
  const answer = await desk.send(form, said, rest);
  assert.ok(answer.status >= 400 && answer.status < 500, `${form}: ${answer.status} ${answer.text}`);
  const told = answer.json.problems.map((problem) => problem.code);
  assert.ok(codes.some((code) => told.includes(code)), `${form}: ${told}`);
  assert.equal(await world.size(), size);
  return answer;
}

const entryOf = async (desk, id) => (await desk.get(`/api/v1/entries/${id}`)).json;
const caseOf = async (desk, id) => (await desk.get(`/api/v1/cases/${id}`)).json;

describe('7: no sequence control, FIRs dated before their diary entry', () => {
  test('nobody types the time of an FIR: the server stamps it, after its diary entry', async () => {
    const sho = await world.desk('sho');
    const began = now();
    const diary = await world.diary(sho);
    const body = await sho.body('fir', firSaid(diary.id, sho.officer.officer));
    const receipt = await sho.file('fir', body, { at: timeText(now() - 30 * 86400e3) });
    const entry = await entryOf(sho, receipt.id), cited = await entryOf(sho, diary.id);
    assert.ok(Date.parse(entry.filed_at) >= began - 1000 && Date.parse(entry.filed_at) <= now() + 1000);
    assert.ok(Date.parse(cited.filed_at) <= Date.parse(entry.filed_at) && cited.seq < entry.seq);
    assert.ok(Date.parse(entry.at) < began - 86400e3, 'what the device claimed is kept beside it');
    for (const member of ['filed_at', 'number', 'seq', 'officer', 'role']) {
      const answer = await sho.client.post('/api/v1/entries', { form: 'fir', body, [member]: '2020-01-01T00:00:00+05:30' });
      assert.deepEqual([answer.status, answer.json.code], [422, 'field_unknown'], member);
    }
  });

  test('a correction moves no time, number or diary entry of an FIR', async () => {
    const fir = await world.fir(), other = await world.diary(fir.sho);
    for (const [path, value] of [['information.diary', other.id], ['filed_at', '2020-01-01'], ['number', '0001/2020'], ['registration.kind', 'zero']])
      await assertRefused(fir.sho, 'correction', { correction: { entry: fir.id, reason: 'It should have been otherwise' }, changes: [{ path, value }] },
        { case: fir.id }, 'correction_fixed', 'correction_path');
    assert.equal((await entryOf(fir.sho, fir.id)).body.information.diary, fir.diary);
  });

  test('the time of an arrest or seizure cannot be corrected to before the FIR', async () => {
    const fir = await world.fir();
    const arrest = await fir.sho.file('arrest', { arrest: { arrested_at: minutesAgo(0), diary: fir.diary }, accused: { who: { ref: fir.accused } } }, { case: fir.id });
    await world.seized(fir);
    for (const path of ['arrest.arrested_at'])
      await assertRefused(fir.sho, 'correction', { correction: { entry: arrest.id, reason: 'It should have been otherwise' }, changes: [{ path, value: minutesAgo(600) }] },
        { case: fir.id }, 'correction_fixed');
  });

  test('the server never goes back in time, even when its clock does', async () => {
    const sho = await world.desk('sho');
    const first = await world.diary(sho);
    moveClock(-3600);
    try {
      const second = await sho.send('general_diary', { diary: { kind: 'complaint', happened_at: minutesAgo(90) } });
      assert.equal(second.status, 201, second.text);
      assert.ok(Date.parse(second.json.filed_at) >= Date.parse(first.filed_at));
    } finally {
      moveClock(3600);
    }
  });
});

describe('8: roles not controlled, logins shared', () => {
  test('only officers on duty at the station file, and only what their role may', async () => {
    const fir = await world.fir();
    const constable = await world.desk('constable'), doctor = await world.desk('doctor'), sp = await world.desk('sp'), jail = await world.desk('jail_superintendent');
    for (const desk of [constable, doctor, sp, jail]) {
      await assertRefused(desk, 'final_report', chargeSheetSaid(fir, world.officeOfKind(['court'])), { case: fir.id }, 'not_allowed');
      await assertRefused(desk, 'fir', firSaid(fir.diary, desk.officer.officer), {}, 'not_allowed');
    }
    const otherIo = await world.desk('io', world.otherStation);
    await assertRefused(otherIo, 'final_report', chargeSheetSaid(fir, world.officeOfKind(['court'])), { case: fir.id }, 'case_unknown');
    const magistrate = await world.desk('magistrate');
    await assertRefused(magistrate, 'court_acceptance', { acceptance: { report: fir.id, cnr: world.cnr() } }, { case: fir.id }, 'case_unknown');
  });

  test('one login is one person: every entry names who was signed in, and nobody files for another', async () => {
    const sho = await world.desk('sho'), io = await world.desk('io');
    const receipt = await world.diary(io);
    assert.equal((await entryOf(sho, receipt.id)).officer, io.officer.officer);
    const answer = await io.client.post('/api/v1/entries', { form: 'general_diary', officer: sho.officer.officer, body: await io.body('general_diary') });
    assert.deepEqual([answer.status, answer.json.code], [422, 'field_unknown']);
    // A token is one officer's: with another office in the request it is refused, not re-interpreted.
    await assertRefused(io, 'general_diary', {}, { office: world.otherStation }, 'officer_not_posted');
  });

  test('the posting decides from one day to the next; what was filed before stays filed', async () => {
    const io = await world.desk('io', world.otherStation), keeper = await world.desk('administrator');
    await world.diary(io);
    const from = dateText(now()), said = { leave: { officer: io.officer.officer, from, to: from } };
    const leave = await keeper.file('leave', said);
    await assertRefused(io, 'general_diary', {}, {}, 'officer_on_leave');
    await keeper.file('leave_end', { end: { leave: leave.id, to: dateText(now() - 86400e3) } });
    await world.diary(io);
  });
});

describe('9: several ids for one accused, serials attached to a wrong FIR', () => {
  test('a person or thing of a case the office cannot see is nobody', async () => {
    const fir = await world.fir();
    const strange = await world.desk('sho', world.otherStation), theirs = await world.fir({}, strange);
    const accused = await world.person(fir.id, 'accused');
    const thing = await world.seized(fir);
    const size = await world.size();
    for (const [form, said] of [
      ['arrest', { arrest: { arrested_at: minutesAgo(0), diary: theirs.diary }, accused: { who: { ref: accused } } }],
      ['malkhana_deposit', { items: [{ item: { ref: thing } }] }],
      ['final_report', chargeSheetSaid({ accused }, world.officeOfKind(['court']))],
    ]) await assertRefused(strange, form, said, { case: theirs.id }, 'ref_unknown');
    assert.equal(await world.size(), size);
  });

  test('a charge sheet charges nobody of another case, and a thing stays with its case', async () => {
    const one = await world.fir(), other = await world.fir();
    const thing = await world.deposited(one);
    for (const [form, said] of [
      ['final_report', chargeSheetSaid({ accused: one.accused }, world.officeOfKind(['court']))],
      ['malkhana_movement', { items: [{ item: { ref: thing } }] }],
      ['malkhana_disposal', { items: [{ item: { ref: thing } }] }],
    ]) await assertRefused(other.sho, form, said, { case: other.id }, 'not_of_this_case');
    assert.deepEqual((await caseOf(other.sho, other.id)).parties.filter((party) => party.person === one.accused), []);
  });

  test('an invented id of a person is nobody', async () => {
    const fir = await world.fir();
    for (const ref of [`${fir.id}.99`, '01931f0c-7c00-7000-8000-000000000000.1', 'x', '../../etc'])
      await assertRefused(fir.sho, 'arrest', { arrest: { arrested_at: minutesAgo(0), diary: fir.diary }, accused: { who: { ref } } }, { case: fir.id },
        'ref_unknown', 'field_type', 'field_pattern');
  });

  test('by reference the accused keeps one id from the FIR to the court', async () => {
    const fir = await world.fir(), onCase = { case: fir.id };
    await fir.sho.file('arrest', { arrest: { arrested_at: minutesAgo(0), diary: fir.diary }, accused: { who: { ref: fir.accused } } }, onCase);
    await world.accepted(fir, await world.chargeSheet(fir));
    const seen = await caseOf(fir.sho, fir.id);
    assert.deepEqual(new Set(seen.parties.filter((party) => party.role === 'accused').map((party) => party.person)), new Set([fir.accused]));
    const found = (await fir.sho.get('/api/v1/people?name=Budhram')).json.people.flatMap((one) => one.cases).filter((one) => one.case === fir.id);
    assert.deepEqual(found.map((one) => one.person), [fir.accused]);
  });
});

describe('10: cases closed without a charge sheet in court', () => {
  test('a report counts as a charge sheet only when the court has it', async () => {
    const fir = await world.fir();
    const report = await world.chargeSheet(fir);
    assert.equal((await caseOf(fir.sho, fir.id)).stage, 'report_filed');
    await assertRefused(fir.sho, 'court_acceptance', { acceptance: { report: report.id, cnr: world.cnr() } }, { case: fir.id }, 'not_allowed');
    assert.equal((await caseOf(fir.sho, fir.id)).stage, 'report_filed');
    await world.accepted(fir, report);
    assert.equal((await caseOf(fir.sho, fir.id)).stage, 'charge_sheeted');
  });

  test('the station cannot close a case by itself, whatever it cites', async () => {
    const fir = await world.fir(), other = await world.fir();
    const close = (order) => ['case_closing', { closing: { order } }, { case: fir.id }];
    await assertRefused(fir.sho, ...close(fir.diary), 'case_not_ready', 'closure_not_ordered', 'entry_form');
    const report = await world.chargeSheet(fir, { report: { kind: 'untraced', court: world.officeOfKind(['court']) }, accused: null });
    await assertRefused(fir.sho, ...close(report.id), 'case_not_ready', 'closure_not_ordered', 'entry_form');
    // Another case's order closes only that one.
    const theirs = await world.chargeSheet(other, { report: { kind: 'untraced', court: world.officeOfKind(['court']) }, accused: null });
    const magistrate = await world.accepted(other, theirs, { taken: 'closure_report_taken' });
    const order = await magistrate.file('closure_order', { order: { report: theirs.id, decision: 'accepted' } }, { case: other.id });
    await assertRefused(fir.sho, ...close(order.id), 'case_not_ready', 'closure_not_ordered');
    assert.notEqual((await caseOf(fir.sho, fir.id)).stage, 'closed');
    await fir.sho.file('case_closing', { closing: { order: order.id } }, { case: other.id });
    assert.equal((await caseOf(fir.sho, other.id)).stage, 'closed');
  });
});

describe('11: what the law commands is not done', () => {
  test('a missing child stands as an FIR or not at all, whoever writes it and however the age is told', async () => {
    const writer = await world.desk('head_constable');
    const diary = await world.diary(writer);
    for (const age of [{ age_kind: 'age', age_years: 5 }, { age_kind: 'range', age_from: 14, age_to: 20 }])
      await assertRefused(writer, 'missing_person', { report: { diary: diary.id }, person: { who: { name: 'Guddi', ...age } } }, {}, 'missing_child_needs_fir');
    const fir = await world.fir();
    await fir.sho.file('missing_child', { person: { who: { name: 'Guddi', age_kind: 'age', age_years: 5 } } }, { case: fir.id });
    assert.equal((await caseOf(fir.sho, fir.id)).sensitive, true);
  });

  test('every non-cognizable report is numbered, on its register, and owed to the magistrate', async () => {
    const sho = await world.desk('sho'), diary = await world.diary(sho);
    const body = await sho.body('ncr', { ncr: { diary: diary.id }, offences: [{ offence: 'BNS 115(2)' }] });
    const filed = (await Promise.all(Array.from({ length: 40 }, () => sho.client.file('ncr', body)))).map((answer) => answer.json);
    const numbers = filed.map((receipt) => Number(receipt.number.split('/')[0])).sort((a, b) => a - b);
    assert.deepEqual(numbers, numbers.map((_, i) => numbers[0] + i));
    const listed = (await sho.get('/api/v1/entries?form=ncr&limit=200')).json.entries.map((row) => row.id);
    for (const receipt of filed) assert.ok(listed.includes(receipt.id));
    for (const receipt of filed.slice(0, 3)) {
      const [task] = (await caseOf(sho, receipt.id)).tasks;
      assert.ok(task.wanted.includes('ncr_dispatch') && Date.parse(task.due_at) > now());
    }
  });
});

describe('12: sensitive cases were public', () => {
  const child = { age_kind: 'age', age_years: 11 };
  const kinds = {
    'a sexual offence': { offences: [{ offence: 'BNS 64(1)' }] },
    'a sexual offence among others': { offences: [{ offence: 'BNS 303(2)' }, { offence: 'BNS 74' }] },
    'an offence against a child (POCSO)': { offences: [{ offence: 'POCSO 4(1)' }] },
    'a child victim': { victims: [{ who: { name: 'Guddi', ...child } }] },
    'a child accused': { accused: [{ who: { name: 'Chhotu', ...child } }] },
    'a child in conflict with law': { children: [{ who: { name: 'Chhotu', ...child } }] },
    'terror (BNS)': { offences: [{ offence: 'BNS 113(2)(b)' }] },
    'terror (UAPA)': { offences: [{ offence: 'UAPA 16(1)(b)' }] },
    'a case an officer marked': { privacy: { sensitive: true, reason: 'other', reason_text: 'Communal tension in the village' } },
  };
  const cases = {};
  let plain, altered, missing;

  before(async () => {
    for (const [kind, said] of Object.entries(kinds)) cases[kind] = await world.fir({ complainant: { who: { name: 'Sukhmani Dhruw' } }, ...said });
    plain = await world.fir();
    altered = await world.fir();
    await altered.sho.file('section_alteration', await alterationSaid(), { case: altered.id });
    missing = await world.fir();
    await missing.sho.file('missing_child', { person: { who: { name: 'Guddi', ...child } } }, { case: missing.id });
    cases['a case that became one of a sexual offence later'] = altered;
    cases['a case of a missing child'] = missing;
  });

  // Whatever the form calls its list of sections.
  async function alterationSaid() {
    const schema = await world.schema('section_alteration');
    const [name] = Object.entries(schema.properties).find(([, section]) => section.items?.properties?.offence);
    return { [name]: [{ offence: 'BNS 64(1)' }] };
  }

  test('the list of offences knows those that are sensitive by rule', async () => {
    for (const [kind, fir] of Object.entries(cases)) assert.equal((await caseOf(fir.sho, fir.id)).sensitive, true, kind);
    assert.equal((await caseOf(plain.sho, plain.id)).sensitive, false);
  });

  test('none of them ever has a public page; an ordinary case has one after its day', async () => {
    const page = (id) => fetch(`${server.url}/public/cases/${id}`);
    assert.equal((await page(plain.id)).status, 404);
    moveClock(24 * 3600 + 60);
    world.desks.clear();
    const open = await page(plain.id);
    assert.equal(open.status, 200);
    assert.ok(!(await open.text()).includes('Budhram'), 'no name stands on it');
    const absent = await page('01931f0c-7c00-7000-8000-000000000000'), words = strip(await absent.text());
    assert.equal(absent.status, 404);
    for (const [kind, fir] of Object.entries(cases)) {
      const answer = await page(fir.id);
      assert.equal(answer.status, 404, kind);
      assert.equal(strip(await answer.text()), words, `${kind}: looks like no case at all`);
    }
    moveClock(365 * 86400);
    for (const [kind, fir] of Object.entries(cases)) assert.equal((await page(fir.id)).status, 404, `${kind}, a year later`);
    moveClock(-365 * 86400);
  });

  const strip = (html) => html.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID').replace(/\b[0-9a-f]{5,}-[0-9a-f]+\b/g, 'REQUEST');

  test('who is not on the case cannot list, open, find or count it', async () => {
    const strangers = [await world.desk('sho', world.otherStation), await world.desk('doctor'), await world.desk('lab_head'),
      await world.desk('jail_superintendent'), await world.desk('magistrate'), await world.desk('prosecutor'), await world.desk('administrator')];
    for (const desk of strangers) {
      const who = desk.officer.role;
      for (const [kind, fir] of Object.entries(cases)) {
        for (const path of [`/api/v1/cases/${fir.id}`, `/api/v1/entries/${fir.id}`, `/api/v1/entries/${fir.id}/proof`]) {
          const hidden = await desk.get(path), absent = await desk.get(path.replace(fir.id, '01931f0c-7c00-7000-8000-000000000000'));
          assert.equal(hidden.status, 404, `${who} ${kind} ${path}`);
          assert.deepEqual({ ...hidden.json, instance: '' }, { ...absent.json, instance: '' });
        }
        const list = (await desk.get(`/api/v1/entries?case=${fir.id}&limit=1`)).json;
        assert.deepEqual([list.entries, list.next], [[], null], `${who} counts the entries of ${kind}`);
      }
      for (const query of [`office=${world.station}`, `office=${world.station}&form=fir`, `office=${world.station}&form=missing_child`])
        await assertNothingOfThem(desk, `/api/v1/entries?${query}`, 'entries', (row) => row.case);
      await assertNothingOfThem(desk, `/api/v1/cases?office=${world.station}`, 'cases', (row) => row.id);
      // Others of a like name may be found; nobody of these cases.
      for (const name of ['Sukhmani', 'Guddi']) {
        const found = JSON.stringify((await desk.get(`/api/v1/people?name=${name}`)).json.people);
        for (const [kind, fir] of Object.entries(cases)) assert.ok(!found.includes(fir.id), `${who} finds ${name} of ${kind}`);
      }
    }
    const browser = server.browser();
    await browser.signIn(strangers[0].officer);
    const page = await browser.go(`/registers?office=${world.station}`);
    assert.ok(!page.html.includes('after='), 'the page leads to further rows he may not see');
  });

  // Page by page: no row is of a sensitive case, and no page but the last is short, which would tell of hidden rows.
  async function assertNothingOfThem(desk, path, member, caseOfRow) {
    const hidden = new Set(Object.values(cases).map((fir) => fir.id)), limit = 3;
    for (let after = ''; ;) {
      const list = (await desk.get(`${path}&limit=${limit}${after}`)).json;
      for (const row of list[member]) assert.ok(!hidden.has(caseOfRow(row)), `${desk.officer.role} sees ${row.id} by ${path}`);
      if (list.next === null) return;
      assert.equal(list[member].length, limit, `${desk.officer.role} counts by ${path}`);
      after = `&after=${list.next}`;
    }
  }
});
