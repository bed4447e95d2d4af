// A simulated stretch of the district: only on a practice register, repeatable, through all pillars, and valid.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { now } from './clock.mjs';
import { PANJI, panji } from './server.mjs';

// A fixed day: with the same seed the same year follows, so that what is seldom is there every time or never.
const BEGIN = '2025-01-01';
let folder;
before(() => { folder = mkdtempSync(join(tmpdir(), 'panji-simulate-')); });
after(() => rmSync(folder, { recursive: true, force: true }));

const entries = (data) => panji('export', '--data', data).trim().split('\n').map((line) => JSON.parse(line));

let made;
const half = () => made ??= simulated('half', BEGIN, '--months', '8', '--cases-per-month', '90', '--diary', '1');

function simulated(name, since, ...words) {
  const data = join(folder, name);
  panji('demo', '--data', data, '--since', since);
  const run = spawnSync(PANJI, ['simulate', '--data', data, '--json', ...words], { encoding: 'utf8', maxBuffer: 64 << 20 });
  assert.equal(run.status, 0, run.stderr);
  return { data, summary: JSON.parse(run.stdout), notes: run.stderr };
}

test('a register that is not for practice is refused and left as it is', () => {
  const data = join(folder, 'real');
  const password = join(folder, 'password');
  writeFileSync(password, 'a long enough password');
  panji('init', '--data', data, '--name', 'real.example', '--places', 'Baloda Bazar', '--password-file', password);
  const size = entries(data).length;
  const run = spawnSync(PANJI, ['simulate', '--data', data, '--months', '1'], { encoding: 'utf8' });
  assert.equal(run.status, 77);
  assert.match(run.stderr, /not_practice/);
  assert.equal(entries(data).length, size);
});

test('eight months go through all pillars, nothing is refused, and the register proves itself', () => {
  const { data, summary } = half();
  assert.equal(summary.refused, 0);
  const all = entries(data);
  assert.equal(all.length, summary.register);
  const forms = new Set(all.map((e) => e.envelope.form));
  for (const form of ['general_diary', 'fir', 'electronic_information', 'electronic_signature', 'fir_transfer', 'io_assignment',
    'crime_details', 'statement', 'case_diary', 'seizure', 'malkhana_deposit', 'laboratory_forwarding', 'laboratory_acceptance',
    'laboratory_defect', 'laboratory_report', 'laboratory_return', 'malkhana_receive', 'arrest', 'remand_request', 'remand_order',
    'prison_admission', 'bail_order', 'release_order', 'prison_release', 'medical_request', 'medico_legal_report',
    'post_mortem_report', 'inquest', 'scrutiny_request', 'scrutiny_return', 'scrutiny_opinion', 'final_report',
    'court_acceptance', 'report_defect', 'closure_order', 'case_closing', 'cognizance', 'summons', 'warrant',
    'process_service', 'hearing', 'charge', 'committal', 'sessions_acceptance', 'judgment', 'property_order',
    'malkhana_return', 'ncr', 'complaint', 'missing_person', 'missing_child', 'person_traced', 'unnatural_death',
    'unnatural_death_result', 'preventive_action', 'leave', 'fingerprint_result'])
    assert.ok(forms.has(form), `no ${form} was filed`);
  assert.match(panji('verify', '--data', data), /valid/);
});

test('crimes come in the proportions of the State', () => {
  const { data } = simulated('mix', BEGIN, '--months', '2', '--cases-per-month', '300', '--diary', '0');
  const offences = entries(data).filter((e) => e.envelope.form === 'fir').map((e) => e.body.offences.map((o) => o.offence));
  const share = (section) => offences.filter((list) => list.includes(section)).length / offences.length;
  assert.ok(offences.length > 500);
  assert.ok(share('BNS 115(2)') > 0.25 && share('BNS 115(2)') < 0.45, String(share('BNS 115(2)')));
  assert.ok(share('BNS 303(2)') > 0.06 && share('BNS 303(2)') < 0.16, String(share('BNS 303(2)')));
  const special = offences.filter((list) => list.some((offence) => /^(CGE|CGG|NDPS|ARMS) /.test(offence))).length;
  assert.ok(special / offences.length > 0.08 && special / offences.length < 0.22, `${special} of ${offences.length}`);
  assert.ok(share('BNS 103(1)') > 0 && share('BNS 103(1)') < 0.04, String(share('BNS 103(1)')));
});

test('people and things are typed once: later papers refer to them', () => {
  const { data } = half();
  for (const { envelope, body } of entries(data)) {
    if (envelope.form === 'arrest' && body.earlier) assert.ok(body.earlier.diary && body.earlier.reason);
    if (envelope.form === 'final_report') assert.ok(body.accused?.every((a) => a.who.ref) ?? true);
    if (envelope.form === 'laboratory_acceptance') assert.ok(body.parcels.every((p) => p.item.ref && !p.item.description));
    if (envelope.form === 'medico_legal_report') assert.deepEqual(Object.keys(body.patient.who), ['ref']);
  }
});

test('no court calls anybody for a day on which it is closed, or tries a case then', () => {
  const rests = readFileSync(new URL('../../law/holidays', import.meta.url), 'utf8').split('\n').filter((line) => line.startsWith('holiday ')).map((line) => line.slice(8, 18));
  const closed = (day) => rests.includes(day) || new Date(`${day}T00:00:00Z`).getUTCDay() === 0;
  const dates = { hearing: 'next_date', charge: 'next_date', cognizance: 'next_date', committal: 'first_date', court_acceptance: 'first_date', sessions_acceptance: 'first_date', summons: 'appear_at', warrant: 'return_on', remand_order: 'next_production' };
  const asked = new Set();
  for (const { envelope, body } of entries(half().data)) {
    if (!dates[envelope.form]) continue;
    for (const section of Object.values(body)) {
      const day = section[dates[envelope.form]]?.slice(0, 10);
      if (!day) continue;
      asked.add(envelope.form);
      assert.ok(!closed(day), `${envelope.form} for ${day}`);
    }
    const filed = new Date(envelope.filed_at + 5.5 * 3_600_000).toISOString().slice(0, 10);
    if (['hearing', 'charge', 'cognizance'].includes(envelope.form)) assert.ok(!closed(filed), `${envelope.form} on ${filed}`);
  }
  assert.deepEqual([...asked].sort(), Object.keys(dates).sort());
});

test('nine searches of ten are recorded, named in the memo and sent to the Magistrate; of the others the memo says why not', () => {
  const all = entries(half().data), of = (form) => all.filter((e) => e.envelope.form === form);
  const recordings = new Map(of('recording').map((e) => [e.envelope.id, e])), seizures = of('seizure');
  const filmed = seizures.filter((e) => e.body.seizure.recording);
  for (const { envelope, body: { seizure } } of filmed) {
    const { recording } = recordings.get(seizure.recording).body;
    assert.equal(recording.purpose, 'search_105');
    assert.equal(recordings.get(seizure.recording).envelope.case, envelope.case);
    assert.ok(recording.started_at <= recording.ended_at);
  }
  for (const { body: { seizure } } of seizures) assert.ok(Boolean(seizure.recording) !== Boolean(seizure.no_recording_reason), JSON.stringify(seizure));
  assert.ok(filmed.length / seizures.length > 0.8 && filmed.length < seizures.length, `${filmed.length} of ${seizures.length}`);
  const seen = new Set(of('court_receipt').map((e) => e.body.receipt.report));
  const forwarded = [...recordings.values()].filter((e) => e.envelope.to?.length === 1 && seen.has(e.envelope.id));
  assert.ok(forwarded.length / recordings.size > 0.8, `${forwarded.length} of ${recordings.size}`);
});

test('the subject of a diary entry says what happened, not its kind twice', () => {
  for (const { envelope, body: { diary } } of entries(half().data)) {
    if (envelope.form !== 'general_diary') continue;
    const parts = diary.subject.split(': ');
    assert.equal(new Set(parts).size, parts.length, diary.subject);
    if (['arrest', 'complaint', 'fir'].includes(diary.kind)) assert.match(diary.subject, /गिरफ्तार|arrested|की शिकायत|Complaint of|अपराध कायम|Offence registered/);
  }
});

// One bad limit in ten is a station one would know; half of them is a simulator that forgets to write down what was done.
test('a good station keeps most of the limits it can keep, and misses a few', () => {
  const { data } = simulated('limits', new Date(now() - 150 * 86_400_000).toISOString().slice(0, 10), '--months', '12', '--cases-per-month', '60', '--diary', '1');
  const late = spawnSync(PANJI, ['clocks', 'late', '--data', data], { encoding: 'utf8' }).stdout.split('\n').slice(1).map((line) => line.split(',')[1]);
  const count = (form) => entries(data).filter((e) => e.envelope.form === form).length;
  const share = (clock, form) => late.filter((one) => one === clock).length / count(form);
  assert.ok(count('fir') > 150);
  for (const [clock, form] of [['fir_copy', 'fir'], ['progress', 'fir'], ['district_told', 'arrest'], ['kin_told', 'arrest'], ['inquest_report', 'inquest'], ['ncr_report', 'ncr']])
    assert.ok(share(clock, form) < 0.2, `${clock}: ${share(clock, form)}`);
  assert.ok(share('fir_copy', 'fir') > 0 && share('district_told', 'arrest') > 0, 'nobody is without a fault');
  assert.ok(entries(data).some((e) => e.envelope.form === 'correction' && e.body.changes.some((change) => change.path === 'action.copy_at')), 'some copies are given later');
});

test('the same seed files the same, another seed something else', () => {
  const bodies = (data) => entries(data).map(({ envelope, body }) =>
    [envelope.id, envelope.filed_at, envelope.officer, envelope.case, envelope.to, body]);
  const words = ['--months', '1', '--cases-per-month', '40', '--diary', '1', '--seed'];
  const one = bodies(simulated('seed-1', BEGIN, ...words, '7').data);
  assert.deepEqual(bodies(simulated('seed-2', BEGIN, ...words, '7').data), one);
  assert.notDeepEqual(bodies(simulated('seed-3', BEGIN, ...words, '8').data), one);
});

test('it never runs past the present, and says so', () => {
  const { data, notes } = simulated('short', new Date(now() - 10 * 86_400_000).toISOString().slice(0, 10), '--months', '12', '--cases-per-month', '30', '--diary', '1');
  assert.match(notes, /the present/);
  assert.ok(Math.max(...entries(data).map((e) => e.envelope.filed_at)) <= now());
});

test('wrong words are refused before anything is touched', () => {
  for (const words of [['--months', '0'], ['--months', 'many'], ['--diary', '-1'], ['--seed', 'x'], ['--cases-per-month', '1e9']])
    assert.equal(spawnSync(PANJI, ['simulate', '--data', join(folder, 'real'), ...words]).status, 2, words.join(' '));
  assert.equal(spawnSync(PANJI, ['demo', '--data', join(folder, 'tomorrow'), '--since', '2999-01-01']).status, 2);
});
