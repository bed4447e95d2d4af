// The life of a case, first chapters: registration, investigation, the things and their way to the laboratory and back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateText, minutesAgo } from './bodies.mjs';
import { now } from './clock.mjs';
import { HOUR, life, offences, office, paper, person, thing, who } from './life_case.mjs';

// ---- registration ----

test('the information is written into the general diary, then registered', async () => {
  paper.diary = await life.outside(who.head_constable, 'general_diary',
    { diary: { kind: 'information', subject: 'Theft with injury at Simga', happened_at: minutesAgo(30) } });
  assert.match(paper.diary.number, /^\d{3}$/);
  assert.equal(paper.diary.case, null);

  const body = {
    registration: { kind: 'ordinary' }, information: { diary: paper.diary.id, kind: 'oral', received_at: minutesAgo(30) },
    offences: offences('BNS 303(2)', 'BNS 115(2)'), occurrence: { known: 'exact', from: minutesAgo(90) },
    complainant: { who: { name: 'Ramkali Sahu', gender: 'female', age_kind: 'age', age_years: 41, phones: ['+919812345678'] } },
    victims: [{ who: { name: 'Sonu Sahu', gender: 'male', age_kind: 'age', age_years: 22 }, injury: 'simple' }],
    accused: [{ who: { name: 'Budhram Nishad', gender: 'male', aliases: ['Kallu'] } }],
    property: [{ item: { category: 'vehicle', kind: 'motorcycle', description: 'Black motorcycle', vehicle: { registration: 'CG04AB1234' } } }],
    action: { kind: 'assign_later', read_over: true, copy_given: true }, dispatch: { court: office.court },
  };
  paper.fir = await life.open(who.sho, 'fir', body);
  assert.match(paper.fir.number, /^\d{4}\/\d{4}$/);

  const seen = await life.seen();
  assert.equal(seen.kind, 'fir');
  assert.equal(seen.number, paper.fir.number);
  assert.deepEqual(seen.sections.split(', ').sort(), ['BNS 115(2)', 'BNS 303(2)']);
  await life.stage('investigation');
  person.complainant = await life.person('complainant');
  person.victim = await life.person('victim');
  person.accused = await life.person('accused');
  await life.standing(person.accused, 'named');
  thing.motorcycle = seen.property[0].id;

  await life.owes(who.sho, 'io_assignment');
  assert.equal(seen.io, null);
});

test('the magistrate sees the FIR: sent, received, taken into his own register with his own number', async () => {
  await life.delivered(paper.fir, office.court);
  const receipt = await life.step(who.court_clerk, 'court_receipt', { receipt: { report: paper.fir.id, seen_at: minutesAgo(0) } });
  await life.delivered(paper.fir, office.court, { consumed_at: true, number: receipt.number });
  await life.refused(who.court_clerk, 'court_receipt', { receipt: { report: paper.fir.id } }, 'consumed_already');
});

test('who is not on the case learns nothing of it', async () => {
  await life.hidden(who.stranger);
  await life.hidden(who.stranger, `/api/v1/entries/${paper.fir.id}`);
  await life.hidden(who.stranger, `/api/v1/entries/${paper.fir.id}/proof`);
  await life.hidden(who.prosecutor);
  await life.hidden(who.lab_head);
  await life.hidden(who.doctor);
  await life.hidden(who.jail_clerk);
  await life.hidden(who.court_clerk, `/api/v1/entries/${paper.diary.id}`); // a diary of the station is for the police
  await life.refused(who.stranger, 'statement', { witness: { protected: false, who: { name: 'Anybody' } } }, 'case_unknown');
  const found = (await who.stranger.get('/api/v1/people?name=Budhram')).json.people;
  assert.equal(found.flatMap((one) => one.cases).filter((one) => one.case === life.id).length, 0);
  const line = await life.seen(who.sp);
  assert.equal(line.number, paper.fir.number, 'the SP above the station sees it');
});

// ---- investigation ----

test('the case is given to an investigating officer, and his tasks are his', async () => {
  await life.step(who.sho, 'io_assignment', { assignment: { kind: 'first', officer: who.io.officer.officer, reason: 'First investigating officer' } });
  await life.owesNoMore(who.sho, 'io_assignment');
  assert.equal((await life.seen()).io, who.io.officer.officer);
  const task = await life.owes(who.io, 'crime_details');
  assert.equal(task.officer, who.io.officer.officer);
  assert.equal(Date.parse(task.due_at) - Date.parse(task.opened_at), 72 * HOUR * 1000);
  await life.owes(who.io, 'final_report');
});

test('the scene, a statement and the case diary', async () => {
  await life.step(who.io, 'crime_details', {
    scene: { visited_at: minutesAgo(20), brief: 'The lock of the shed is broken.' },
    victims: [{ who: { ref: person.victim }, injury: 'simple' }], property: [{ item: { ref: thing.motorcycle } }],
    witnesses: [{ who: { name: 'Dhaniram Yadav' }, panch: true }],
  });
  await life.owesNoMore(who.io, 'crime_details');
  paper.statement = await life.step(who.io, 'statement', { statement: { kind: 'written', taken_at: minutesAgo(15), text: 'I saw Kallu run.' },
    witness: { protected: false, who: { ref: person.complainant } } });
  assert.equal(await life.person('witness', 'Ramkali Sahu'), person.complainant, 'the complainant is a witness too, not a second person');

  await life.refused(who.sho, 'case_diary', { diary: { text: 'Not mine to write.' } }, 'not_the_io');
  paper.case_diary = await life.step(who.io, 'case_diary', {
    diary: { day: dateText(now()), begun_at: minutesAgo(20), closed_at: minutesAgo(10), places: 'Simga', text: 'Went to the scene.' },
    examined: [{ statement: paper.statement.id }],
  });
  assert.equal(paper.case_diary.number, '001');
  await life.hidden(who.court_clerk, `/api/v1/entries/${paper.case_diary.id}`);
  assert.ok(!(await life.formsSeen(who.court_clerk)).includes('case_diary'));
  assert.ok((await life.formsSeen(who.sp)).includes('case_diary'));
});

// ---- things ----

test('things are seized and lie in the malkhana', async () => {
  paper.seizure = await life.step(who.io, 'seizure', {
    seizure: { seized_at: minutesAgo(0), nature: 'recovered', without_warrant: true, grounds: 'Found with him.', court: office.court },
    witnesses: [{ who: { ref: await life.person('witness', 'Dhaniram Yadav') } }, { who: { name: 'Itwari Kashyap' } }],
    items: [{ item: { ref: thing.motorcycle }, photographed: true }, { item: { category: 'weapon', description: 'Knife with stains' }, photographed: true }],
  });
  const seen = await life.seen();
  assert.equal(seen.property.length, 2, 'the motorcycle of the FIR and the knife, nothing twice');
  thing.knife = seen.property.find((one) => one.id !== thing.motorcycle).id;
  const task = await life.owes(who.malkhana_moharrir, 'malkhana_deposit');
  assert.equal(task.role, 'malkhana_moharrir');
  await life.owes(who.io, 'search_record');

  const forwarding = forwardingBody();
  await life.refused(who.io, 'laboratory_forwarding', forwarding, 'not_in_malkhana');
  await life.step(who.malkhana_moharrir, 'malkhana_deposit', {
    deposit: { class: 'case_related', seizure: paper.seizure.id, deposited_by: who.io.officer.officer },
    items: [{ item: { ref: thing.motorcycle }, place: 'vehicles', seal: 'not_sealed' }, { item: { ref: thing.knife }, place: 'weapons', seal: 'intact' }],
  });
  await life.owesNoMore(who.malkhana_moharrir, 'malkhana_deposit');
  const knife = await life.thing(thing.knife);
  assert.equal(knife.state, 'deposit');
  assert.equal(knife.office, office.station);
  await life.refused(who.malkhana_moharrir, 'malkhana_deposit', { items: [{ item: { ref: thing.knife } }] }, 'already_in_malkhana');

  await life.step(who.io, 'search_record', { search: { seizure: paper.seizure.id, court: office.court, belief: 'Stolen things were told to be there.' } });
  await life.owesNoMore(who.io, 'search_record');
});

function forwardingBody() {
  return {
    forwarding: { laboratory: office.laboratory, division: 'serology', authority: who.sho.officer.officer, sent_at: minutesAgo(0),
      messenger: who.constable.officer.officer, parcels_count: 1, seal: 'PS SIMGA', facts: 'Whether there is blood.' },
    parcels: [{ item: { ref: thing.knife }, label: 'A', packing: 'cloth', seal: 'intact', questions: 'Is it blood, and whose group?' }],
  };
}

test('the laboratory takes, allots, reports and returns, and sees its exhibit only', async () => {
  paper.forwarding = await life.step(who.malkhana_moharrir, 'laboratory_forwarding', forwardingBody());
  assert.equal((await life.thing(thing.knife)).state, 'move');
  await life.owes(who.lab_reception, 'laboratory_acceptance');
  await life.refused(who.malkhana_moharrir, 'laboratory_forwarding', forwardingBody(), 'not_in_malkhana');

  paper.acceptance = await life.step(who.lab_reception, 'laboratory_acceptance', {
    acceptance: { forwarding: paper.forwarding.id, received_at: minutesAgo(0), messenger: 'Constable', specimen_attested: true, parcels_told: 1, parcels_found: 1 },
    parcels: [{ serial: '1', item: { ref: thing.knife }, lab_mark: 'S-1/A', seal: 'intact', seal_matches: true, division: 'serology' }],
  });
  await life.delivered(paper.forwarding, office.laboratory, { consumed_at: true, number: paper.acceptance.number });
  await life.owesNoMore(who.lab_reception, 'laboratory_acceptance');
  await life.owes(who.lab_head, 'laboratory_allotment');

  await life.step(who.lab_head, 'laboratory_allotment', { allotment: { acceptance: paper.acceptance.id, division: 'serology', scientist: who.scientist.officer.officer },
    parcels: [{ item: { ref: thing.knife }, lab_mark: 'S-1/A' }] });
  await life.owesNoMore(who.lab_head, 'laboratory_allotment');

  paper.lab_report = await life.step(who.scientist, 'laboratory_report', {
    report: { forwarding: paper.forwarding.id, kind: 'final', division: 'serology', seals_intact: true, opinion: 'Human blood of group B.' },
    results: [{ item: { ref: thing.knife }, lab_mark: 'S-1/A', result: 'positive', finding: 'Human blood.' }],
  }, { to: [office.station] });
  await life.delivered(paper.forwarding, office.laboratory, { consumed_at: true, acted_at: true, number: paper.acceptance.number });
  await life.owes(who.lab_reception, 'laboratory_return');

  paper.lab_return = await life.step(who.lab_reception, 'laboratory_return', {
    return: { acceptance: paper.acceptance.id, report: paper.lab_report.id, returned_at: minutesAgo(0) },
    exhibits: [{ item: { ref: thing.knife }, state: 'whole', seal: 'resealed' }],
  }, { to: [office.station] });
  await life.owesNoMore(who.lab_reception, 'laboratory_return');
  await life.owes(who.malkhana_moharrir, 'malkhana_receive');

  const view = await life.seen(who.scientist);
  const allowed = ['laboratory_acceptance', 'laboratory_allotment', 'laboratory_forwarding', 'laboratory_report', 'laboratory_return'];
  assert.deepEqual([...new Set(view.timeline.map((entry) => entry.form))].sort(), allowed);
  assert.deepEqual(view.parties, [], 'who did it to whom is not for the laboratory');
  assert.deepEqual(view.property.map((one) => one.id), [thing.knife], 'its own exhibit and no other thing');
  await life.hidden(who.scientist, `/api/v1/entries/${paper.fir.id}`);
  await life.hidden(who.scientist, `/api/v1/entries/${paper.seizure.id}`);
});

test('the exhibit is back in the malkhana, its chain of custody unbroken', async () => {
  await life.step(who.malkhana_moharrir, 'malkhana_receive', { receipt: { returned: paper.lab_return.id, brought_by: 'Constable', received_at: minutesAgo(0) },
    items: [{ item: { ref: thing.knife }, seal: 'resealed', place: 'weapons' }] });
  await life.owesNoMore(who.malkhana_moharrir, 'malkhana_receive');
  await life.delivered(paper.lab_return, office.station, { consumed_at: true, number: null });
  const { custody, state } = await life.thing(thing.knife);
  assert.equal(state, 'receive');
  assert.deepEqual(custody.map((one) => [one.word, one.office]), [
    ['seize', office.station], ['deposit', office.station], ['move', office.station], ['receive', office.laboratory],
    ['move', office.laboratory], ['receive', office.station],
  ]);
});
