// The life of a case, last chapters: to the court, and the trial.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateText, minutesAgo } from './bodies.mjs';
import { now } from './clock.mjs';
import { accused, HOUR, life, offences, office, paper, person, thing, who, world } from './life_case.mjs';

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
