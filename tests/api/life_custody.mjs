// The life of a case, further chapters: arrest, hospital, remand, prison, bail.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateText, minutesAgo } from './bodies.mjs';
import { now } from './clock.mjs';
import { accused, HOUR, life, office, paper, person, who } from './life_case.mjs';

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
