// The whole life of one case over HTTP, from the station's diary to the appeal, through every pillar. Each step is filed by
// the officer whose work it is, with his own session; persons and things are named once and referred to ever after.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { dateText, minutesAgo } from './bodies.mjs';
import { movableClock, now } from './clock.mjs';
import { PANJI, panji, startServer } from './server.mjs';
import { Story } from './story.mjs';
import { World } from './world.mjs';

const HOUR = 3600;
let server, world, clock, life, sizeBefore;
const who = {}, office = {}, paper = {}, person = {}, thing = {};

before(async () => {
  clock = movableClock();
  server = await startServer({ environment: clock.environment });
  world = new World(server);
  sizeBefore = await world.size();
  const roles = ['sho', 'io', 'head_constable', 'constable', 'malkhana_moharrir', 'magistrate', 'prosecutor', 'prosecution_head',
    'jail_clerk', 'jail_superintendent', 'lab_reception', 'scientist', 'lab_head', 'hospital_clerk', 'doctor', 'sp'];
  for (const role of roles) who[role] = await world.desk(role);
  office.station = world.station;
  for (const [place, role] of [['court', 'magistrate'], ['prosecution', 'prosecutor'], ['prison', 'jail_clerk'],
    ['laboratory', 'lab_head'], ['hospital', 'doctor']]) office[place] = who[role].officer.office;
  who.court_clerk = await world.desk('court_clerk', office.court);
  who.stranger = await world.desk('sho', world.otherStation);
  life = new Story(world);
});
after(async () => {
  await server?.stop();
  clock.drop();
});

const offences = (...list) => list.map((offence) => ({ offence }));
const accused = (more = {}) => [{ who: { ref: person.accused }, ...more }];

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

// ---- arrest, hospital, remand, prison, bail ----

test('the accused is arrested and examined', async () => {
  const diary = await life.outside(who.head_constable, 'general_diary', { diary: { kind: 'arrest', subject: 'Arrest of Budhram' } });
  paper.arrest = await life.step(who.io, 'arrest', {
    arrest: { kind: 'arrested_forwarded', arrested_at: minutesAgo(0), diary: diary.id, authority: 'without_warrant' },
    accused: { who: { ref: person.accused } }, witnesses: [{ who: { ref: person.victim }, family: false }],
  });
  await life.standing(person.accused, 'arrested');
  for (const form of ['remand_request', 'medical_request']) {
    const task = await life.owes(who.io, form);
    assert.equal(Date.parse(task.due_at) - Date.parse(task.opened_at), 24 * HOUR * 1000);
  }
  paper.medical = await life.step(who.io, 'medical_request', {
    request: { hospital: office.hospital, kind: 'arrested', sent_at: minutesAgo(0), history: 'Arrested today, a scratch on the arm.' },
    person: { who: { ref: person.accused } },
  });
  await life.owesNoMore(who.io, 'medical_request');
  await life.owes(who.doctor, 'medico_legal_report');
  paper.mlr = await life.step(who.doctor, 'medico_legal_report', {
    report: { request: paper.medical.id, kind: 'arrested', sent_by_police: true }, patient: { who: { ref: person.accused } },
    history: { told: 'Scratched by wire.', told_by: 'Himself' },
    injuries: [{ serial: 1, kind: 'abrasion', part: 'right_arm', site: 'Outer side', duration: 'Today', weapon: 'blunt', nature: 'simple' }],
  }, { to: [office.station] });
  await life.owesNoMore(who.doctor, 'medico_legal_report');
  await life.delivered(paper.medical, office.hospital, { consumed_at: true, acted_at: true, number: paper.mlr.number });
});

test('the hospital sees its request and its report, and only a doctor the findings', async () => {
  assert.deepEqual(await life.formsSeen(who.doctor), ['medical_request', 'medico_legal_report']);
  await life.hidden(who.doctor, `/api/v1/entries/${paper.fir.id}`);
  const read = async (desk) => (await desk.get(`/api/v1/entries/${paper.mlr.id}`)).json;
  assert.equal((await read(who.doctor)).body.injuries[0].site, 'Outer side');
  assert.equal((await read(who.io)).body.injuries[0].site, 'Outer side');
  const clerk = await read(who.hospital_clerk);
  assert.equal(clerk.body.injuries[0].site, '••••');
  await life.hidden(who.scientist, `/api/v1/entries/${paper.mlr.id}`);
});

test('remand is asked and ordered, and the prison admits nobody without the order', async () => {
  paper.remand_request = await life.step(who.io, 'remand_request', {
    remand: { court: office.court, custody: 'judicial', produced_at: minutesAgo(0), from: dateText(now()), to: dateText(now() + 14 * 24 * HOUR * 1000),
      days_used: 0, diary: paper.case_diary.id, grounds: 'Other accused are still to be found.' },
    accused: accused({ arrest: paper.arrest.id, grounds_given_at: minutesAgo(0), medical: paper.mlr.id }),
  });
  await life.owesNoMore(who.io, 'remand_request');
  await life.owes(who.magistrate, 'remand_order');
  await life.hidden(who.jail_clerk);
  await life.hidden(who.magistrate, `/api/v1/entries/${paper.case_diary.id}`); // citing a diary does not open it

  paper.remand = await life.step(who.magistrate, 'remand_order', {
    remand: { request: paper.remand_request.id, made_at: minutesAgo(0), produced: 'physical', decision: 'granted', custody: 'judicial',
      from: dateText(now()), to: dateText(now() + 14 * 24 * HOUR * 1000), first: true, admits: true, place: office.prison, reasons: 'Investigation is not complete.' },
    accused: accused(),
  }, { to: [office.prison, office.station] });
  assert.equal(paper.remand.number, '01');
  await life.delivered(paper.remand_request, office.court, { consumed_at: true, acted_at: true, number: paper.remand.number });
  await life.owesNoMore(who.magistrate, 'remand_order');
  await life.standing(person.accused, 'judicial_custody');
  await life.owes(who.jail_clerk, 'prison_admission');
  await life.owesNoMore(who.sho, 'prison_admission'); // a station admits nobody

  paper.admission = await life.step(who.jail_clerk, 'prison_admission', {
    admission: { basis: 'remand', order: paper.remand.id, admitted_at: minutesAgo(0), category: 'remand', until: dateText(now() + 14 * 24 * HOUR * 1000) },
    prisoner: { who: { ref: person.accused } },
  });
  await life.delivered(paper.remand, office.prison, { consumed_at: true, number: paper.admission.number });
  await life.owesNoMore(who.jail_clerk, 'prison_admission');

  const view = await life.formsSeen(who.jail_clerk);
  for (const form of ['case_diary', 'statement', 'seizure', 'medico_legal_report', 'crime_details', 'arrest'])
    assert.ok(!view.includes(form), `the prison does not see the ${form}`);
  assert.ok(view.includes('fir') && view.includes('remand_order'));
});

test('the prison knows its prisoner and not the complainant', async () => {
  const fir = (await who.jail_clerk.get(`/api/v1/entries/${paper.fir.id}`)).json;
  assert.equal(fir.body.accused[0].who.name, 'Budhram Nishad');
  assert.equal(fir.body.complainant.who.name, '••••');
  assert.deepEqual(fir.masked.filter((path) => path.startsWith('complainant')), [], 'nor may the prison open it');
  const view = await life.seen(who.jail_clerk);
  assert.equal(view.parties.find((one) => one.role === 'accused').name, 'Budhram Nishad');
  for (const party of view.parties.filter((one) => one.role === 'complainant' || one.role === 'victim'))
    assert.equal(party.name, '••••', 'what the FIR covers is covered in the list of people too');
  const found = (await who.jail_clerk.get('/api/v1/people?name=Ramkali')).json.people;
  assert.ok(found.every((one) => !one.name.includes('Ramkali')), 'and is not found by typing it');
});

test('bail, release order, release', async () => {
  paper.bail = await life.step(who.magistrate, 'bail_order', {
    order: { made_on: dateText(now()), kind: 'regular', decision: 'granted', in_custody: true, released: false, reasons: 'The charge sheet needs time.' },
    accused: accused({ own_bond: 2500000 }),
  }, { to: [office.prison, office.station] });
  await life.standing(person.accused, 'judicial_custody'); // an order is not yet liberty
  await life.owes(who.court_clerk, 'release_order');
  paper.release_order = await life.step(who.court_clerk, 'release_order', {
    order: { ground: 'bail', bail: paper.bail.id, issued_at: minutesAgo(0), bond_on: dateText(now()) }, prisoner: { who: { ref: person.accused } },
  }, { to: [office.prison] });
  await life.owesNoMore(who.court_clerk, 'release_order');
  await life.owes(who.jail_superintendent, 'prison_release');
  await life.step(who.jail_superintendent, 'prison_release', {
    release: { order: paper.release_order.id, kind: 'bail', verified: true, cases_checked: true, released_at: minutesAgo(0) }, prisoner: { who: { ref: person.accused } },
  });
  await life.owesNoMore(who.jail_superintendent, 'prison_release');
  await life.delivered(paper.release_order, office.prison, { consumed_at: true, acted_at: true });
  await life.standing(person.accused, 'bailed_court');
});

// ---- to the court ----

test('sections are altered, and the case stands under the new ones', async () => {
  await life.step(who.io, 'section_alteration', { alteration: { kind: 'replaced', altered_on: dateText(now()), reason: 'The thing was taken by force.' },
    old: offences('BNS 303(2)', 'BNS 115(2)'), new: offences('BNS 309(6)') });
  assert.equal((await life.seen()).sections, 'BNS 309(6)');
});

test('the prosecution returns the draft with defects, then advises', async () => {
  const ask = (more = {}) => ({ request: { office: office.prosecution, kind: 'scrutiny', urgency: 'ordinary', questions: 'Is it fit for the court?', ...more } });
  paper.scrutiny = await life.step(who.io, 'scrutiny_request', ask());
  await life.owes(who.prosecution_head, 'scrutiny_allotment');
  paper.allotment = await life.step(who.prosecution_head, 'scrutiny_allotment', { allotment: { request: paper.scrutiny.id, prosecutor: who.prosecutor.officer.officer } });
  await life.delivered(paper.scrutiny, office.prosecution, { consumed_at: true, number: paper.allotment.number });
  paper.defects = await life.step(who.prosecutor, 'scrutiny_return', {
    return: { request: paper.scrutiny.id, returned_on: dateText(now()), cure_by: dateText(now() + 3 * 24 * HOUR * 1000) },
    defects: [{ kind: 'certificate', severity: 'serious', detail: 'The certificate for the recording is wanting.' }],
  }, { to: [office.station] });
  await life.delivered(paper.scrutiny, office.prosecution, { consumed_at: true, acted_at: true });
  await life.owesNoMore(who.prosecutor, 'scrutiny_opinion');
  await life.owes(who.io, 'scrutiny_request');

  paper.scrutiny = await life.step(who.io, 'scrutiny_request', ask({ earlier: paper.defects.id, cured: 'The certificate is with the papers now.' }));
  await life.owesNoMore(who.io, 'scrutiny_request');
  paper.opinion = await life.step(who.prosecutor, 'scrutiny_opinion', {
    opinion: { request: paper.scrutiny.id, kind: 'scrutiny', recommendation: 'fit', text: 'The ingredients are made out.', conclusion: 'Fit.' },
  }, { to: [office.station] });
  await life.owesNoMore(who.prosecutor, 'scrutiny_opinion');
  await life.hidden(who.magistrate, `/api/v1/entries/${paper.opinion.id}`); // advice to the police is not for the court
  await life.hidden(who.prosecutor, `/api/v1/entries/${paper.case_diary.id}`);
});

test('a final report is filed only by the IO, and counts only when the court has taken it', async () => {
  const body = {
    report: { kind: 'charge_sheet', court: office.court, facts: 'He broke the lock, hurt Sonu and took the motorcycle.', opinion: paper.opinion.id },
    offences: offences('BNS 309(6)'), complainant: { who: { ref: person.complainant } },
    accused: accused({ status: 'bailed_court', offences: ['BNS 309(6)'] }), victims: [{ who: { ref: person.victim } }],
    witnesses: [{ who: { ref: person.complainant }, evidence: ['eye_witness'], statement: paper.statement.id }],
    property: [{ item: { ref: thing.motorcycle } }, { item: { ref: thing.knife } }],
  };
  await life.refused(who.sho, 'final_report', body, 'not_the_io');
  paper.final = await life.step(who.io, 'final_report', body);
  await life.owesNoMore(who.io, 'final_report');
  await life.stage('report_filed');
  await life.delivered(paper.final, office.court);
  await life.refused(who.magistrate, 'charge', { charge: { outcome: 'framed' }, accused: accused({ decision: 'charge_framed', offences: ['BNS 309(6)'], plea: 'not_guilty' }) },
    'not_accepted_by_court');
  await life.owes(who.court_clerk, 'court_acceptance');

  const cnr = world.cnr();
  const acceptance = await life.step(who.court_clerk, 'court_acceptance', {
    acceptance: { report: paper.final.id, taken: 'charge_sheet_taken', cnr, case_type: 'RCC', case_number: '17/2026' } });
  assert.equal(acceptance.number, cnr);
  await life.owesNoMore(who.court_clerk, 'court_acceptance');
  await life.delivered(paper.final, office.court, { consumed_at: true, number: cnr });
  await life.stage('charge_sheeted');
  assert.equal((await life.seen()).cnr, cnr);
});

// ---- trial ----

test('cognizance, charge, summons and its service', async () => {
  await life.owes(who.magistrate, 'cognizance');
  await life.step(who.magistrate, 'cognizance', { order: { report: paper.final.id, decision: 'taken' }, accused: accused({ taken: true }) });
  await life.stage('cognizance');
  await life.owesNoMore(who.magistrate, 'cognizance');
  await life.delivered(paper.final, office.court, { consumed_at: true, acted_at: true });

  paper.charge = await life.step(who.magistrate, 'charge', {
    charge: { framed_on: dateText(now()), outcome: 'framed' }, accused: accused({ decision: 'charge_framed', offences: ['BNS 309(6)'], plea: 'not_guilty' }) });
  await life.stage('charge_framed');
  await life.standing(person.accused, 'charge_framed');

  paper.summons = await life.step(who.court_clerk, 'summons', {
    summons: { kind: 'witness', form: 'electronic', hide_victim: true, appear_at: minutesAgo(-7 * 24 * 60) },
    persons: [{ who: { ref: person.complainant }, party: 'witness' }],
  }, { to: [office.station] });
  await life.owes(who.constable, 'process_service');
  const served = await life.step(who.constable, 'process_service', {
    service: { process: paper.summons.id, court: office.court, result: 'served', mode: 'personal', served_at: minutesAgo(0) },
    persons: [{ who: { ref: person.complainant } }],
  });
  await life.owesNoMore(who.constable, 'process_service');
  await life.delivered(paper.summons, office.station, { consumed_at: true, acted_at: true });
  await life.delivered(served, office.court);
});

test('hearings, and the case diary only after the court calls for it', async () => {
  await life.step(who.court_clerk, 'hearing', {
    hearing: { held_on: dateText(now()), purpose: 'prosecution_evidence', result: 'heard', evidence_begun: true, mode: 'in_person' },
    witnesses: [{ who: { ref: person.complainant }, side: 'prosecution', number: 'PW1', done: 'examined' }],
    exhibits: [{ mark: 'P-1', what: 'The knife', item: { ref: thing.knife } }],
  }, { to: [office.station] });
  await life.stage('evidence');

  await life.hidden(who.magistrate, `/api/v1/entries/${paper.case_diary.id}`);
  await life.step(who.magistrate, 'diary_call', { call: { purpose: 'inquiry', by: minutesAgo(-60) } }, { to: [office.station] });
  const diary = await who.magistrate.get(`/api/v1/entries/${paper.case_diary.id}`);
  assert.equal(diary.status, 200);
  assert.equal(diary.json.body.diary.text, 'Went to the scene.');
  assert.ok((await life.formsSeen(who.magistrate)).includes('case_diary'));
  await life.hidden(who.prosecutor, `/api/v1/entries/${paper.case_diary.id}`); // the call opens it to the court alone

  await life.step(who.magistrate, 'hearing', { hearing: { purpose: 'arguments', result: 'heard' } });
  await life.stage('arguments');
  await life.step(who.magistrate, 'hearing', { hearing: { purpose: 'arguments', result: 'reserved' } });
  await life.stage('reserved');
});

test('judgment, order about the property, its return, appeal', async () => {
  paper.judgment = await life.step(who.magistrate, 'judgment', {
    judgment: { delivered_on: dateText(now()), outcome: 'convicted', release_needed: false, commitment_needed: false, property_left: true },
    accused: accused({ result: 'convicted', charged: ['BNS 309(6)'], convicted_of: ['BNS 309(6)'],
      sentences: [{ kind: 'rigorous', offence: 'BNS 309(6)', years: 2 }] }),
  }, { to: [office.station, office.prosecution] });
  await life.stage('convicted');
  await life.standing(person.accused, 'convicted');
  await life.owes(who.magistrate, 'property_order');
  await life.owes(who.sho, 'case_closing');

  paper.property_order = await life.step(who.magistrate, 'property_order', {
    order: { under: 'after_trial', photographed: true, carry_out: true },
    items: [{ item: { ref: thing.motorcycle }, direction: 'return', to_whom: { ref: person.complainant } }],
  }, { to: [office.station] });
  await life.owesNoMore(who.magistrate, 'property_order');
  await life.owes(who.malkhana_moharrir, 'malkhana_return');
  await life.step(who.malkhana_moharrir, 'malkhana_return', {
    return: { kind: 'final', order: paper.property_order.id, order_outside: false, returned_at: minutesAgo(0) },
    receiver: { who: { ref: person.complainant } }, items: [{ item: { ref: thing.motorcycle } }],
  });
  await life.owesNoMore(who.malkhana_moharrir, 'malkhana_return');
  assert.equal((await life.thing(thing.motorcycle)).state, 'return');
  await life.refused(who.malkhana_moharrir, 'malkhana_movement', { items: [{ item: { ref: thing.motorcycle } }] }, 'not_in_malkhana');

  await life.step(who.court_clerk, 'appeal', {
    appeal: { kind: 'conviction', judgment: paper.judgment.id, filed_by: 'accused', stayed: false, court: 'Sessions Judge', number: 'CRA 4/2026' }, accused: accused() });
  await life.stage('appeal');
});

// ---- what it comes to ----

test('nobody and nothing was typed twice', async () => {
  const { parties, property } = await life.seen();
  const ids = new Map(parties.map((party) => [party.person, party.name]));
  assert.equal(new Set(ids.values()).size, ids.size, `every name once: ${[...ids.values()]}`);
  assert.deepEqual([...ids.values()].sort(), ['Budhram Nishad', 'Dhaniram Yadav', 'Itwari Kashyap', 'Ramkali Sahu', 'Sonu Sahu']
    .concat([...ids.values()].filter((name) => name.startsWith('Written'))).sort());
  assert.equal(property.length, 2);
  const roles = parties.filter((party) => party.person === person.complainant).map((party) => party.role).sort();
  assert.deepEqual(roles, ['complainant', 'noticed', 'owner', 'receiver', 'witness']);
});

test('a name that is covered is opened for a stated purpose, and the opening is recorded', async () => {
  const path = `/api/v1/entries/${paper.fir.id}`;
  const covered = (await who.head_constable.get(path)).json;
  assert.equal(covered.body.complainant.who.name, '••••');
  assert.ok(covered.masked.includes('complainant.who'));
  const refused = await who.head_constable.client.post(`${path}/open`, { path: 'complainant.who', purpose: 'investigation' });
  assert.equal(refused.status, 422);
  const opened = await who.head_constable.client.post(`${path}/open`, { path: 'complainant.who', purpose: 'service_of_process', reason: 'To bring her the notice' });
  assert.equal(opened.status, 201);
  assert.equal(opened.json.value.name, 'Ramkali Sahu');
  assert.equal((await who.head_constable.get(path)).json.body.complainant.who.name, 'Ramkali Sahu');

  const log = (await who.sho.get('/api/v1/entries?form=confidential_opening')).json.entries;
  assert.equal(log[0].officer, who.head_constable.officer.officer);
  const entry = (await who.sho.get(`/api/v1/entries/${log[0].id}`)).json;
  assert.deepEqual(entry.body.opening, { entry: paper.fir.id, path: 'complainant.who', purpose: 'service_of_process', reason: 'To bring her the notice' });
  await life.hidden(who.stranger, `/api/v1/entries/${log[0].id}`);
  const other = await who.jail_clerk.client.post(`${path}/open`, { path: 'complainant.who', purpose: 'investigation', reason: 'Only to know' });
  assert.equal(other.status, 403);
});

test('the public sees the case after a day, without a name', async () => {
  const page = () => fetch(`${server.url}/public/cases/${life.id}`);
  assert.equal((await page()).status, 404);
  clock.forward(25 * HOUR);
  const answer = await page();
  assert.equal(answer.status, 200);
  const html = await answer.text();
  assert.ok(html.includes(paper.fir.number));
  for (const name of ['Ramkali', 'Budhram', 'Sonu', 'Simga', person.accused]) assert.ok(!html.includes(name), `${name} is not public`);
});

test('every step is proved by a program that shares no code with the server', async () => {
  const key = join(server.folder, 'key'), file = join(server.folder, 'proof');
  writeFileSync(key, await (await fetch(`${server.url}/log/key`)).text());
  const check = join(dirname(PANJI), 'panji-check');
  for (const step of life.steps) {
    await step.desk.client.signIn(); // a day has passed
    const proof = await step.desk.get(`/api/v1/entries/${step.id}/proof`);
    assert.equal(proof.status, 200, step.form);
    writeFileSync(file, proof.text);
    const said = JSON.parse(execFileSync(check, [file, '--key', key, '--json'], { encoding: 'utf8' }));
    assert.equal(said.valid, true, step.form);
  }
  assert.ok(await world.size() >= sizeBefore + life.steps.length + 1, 'the register grew by every step and the opening');
});

test('the register is whole, its views can be made anew, and it is whole again', async () => {
  const before = await world.size();
  await server.stop({ keep: true });
  panji('verify', '--data', server.data);
  panji('rebuild', '--data', server.data);
  panji('verify', '--data', server.data);
  await server.restart();
  assert.equal(await world.size(), before);
});
