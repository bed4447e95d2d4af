// The life of a case from the diary to the judgment, through every pillar, each step by the officer whose work it is. Who
// does it, by mouse, by keys or without the script, is the hand's affair: the life is told once.
import assert from 'node:assert/strict';
import { dateText, minutesAgo, smallestBody } from '../api/bodies.mjs';
import { now } from '../api/clock.mjs';
import { person } from './people.mjs';

const DAY = 24 * 3600e3;

// What somebody's day asks for by itself, so that nobody looks for the case: every handing over from desk to desk.
const ASKED_BY_THE_DAY = ['io_assignment', 'malkhana_deposit', 'laboratory_acceptance', 'laboratory_report', 'medical_request', 'medico_legal_report',
  'case_diary', 'remand_request', 'remand_order', 'prison_admission', 'release_order', 'prison_release', 'scrutiny_allotment', 'scrutiny_opinion', 'final_report',
  'court_acceptance', 'cognizance', 'summons', 'process_service', 'hearing'];

// One case and the people at their desks who work on it, all with the same kind of hand.
class Life {
  constructor({ server, browser, world }, Hand, options) {
    Object.assign(this, { server, browser, world, Hand, options, hands: new Map(), owed: [] });
    this.office = Object.fromEntries([['court', 'magistrate'], ['prosecution', 'prosecutor'], ['prison', 'jail_clerk'], ['laboratory', 'lab_head'],
      ['hospital', 'doctor']].map(([place, role]) => [place, server.officer(role).office]));
  }

  officer(role) {
    const ofStation = ['sho', 'io', 'head_constable', 'malkhana_moharrir', 'constable'].includes(role);
    return this.server.officer(role, ofStation ? this.world.station : undefined);
  }

  async hand(role) {
    if (!this.hands.has(role)) {
      const hand = new this.Hand(await person(this.browser, this.server, undefined, this.options));
      await hand.signIn(this.officer(role));
      this.hands.set(role, hand);
    }
    return this.hands.get(role);
  }

  // A form filed by who has to, on the case when there is one.
  async step(role, form, said, to) {
    const hand = await this.hand(role);
    const known = { office: (kinds) => this.world.officeOfKind(kinds), officer: () => this.officer(role).officer, file: () => assert.fail(`${form} asks for a file`) };
    const body = smallestBody(await this.world.schema(form), said, known);
    if (await hand.open(form, form === 'general_diary' ? undefined : this.case)) this.owed.push(form);
    return hand.file(form, body, to);
  }

  async opened(id) {
    this.id = id;
    this.case = { id, number: (await this.seen()).number };
  }

  async seen() {
    this.reader ??= await this.world.desk('sho');
    return (await this.reader.get(`/api/v1/cases/${this.id}`)).json;
  }

  async end() {
    for (const { page } of this.hands.values()) {
      assert.deepEqual(page.faults, []);
      await page.context().close();
    }
  }
}

export async function live(node, Hand, options = {}) {
  const life = new Life(node, Hand, options);
  const { office, world } = life;
  const today = dateText(now()), later = dateText(now() + 14 * DAY);

  // The station.
  const diary = await life.step('head_constable', 'general_diary', { diary: { kind: 'information', subject: 'Theft at Simga' } });
  const id = await life.step('sho', 'fir', {
    registration: { kind: 'ordinary' }, privacy: { sensitive: false }, offences: [{ offence: 'BNS 303(2)' }],
    information: { diary, kind: 'oral', received_at: minutesAgo(1) }, occurrence: { known: 'exact', from: minutesAgo(30), place: { village: 'Simga' } },
    complainant: { who: { name: 'Ramkali Sahu' } }, accused: [{ who: { name: 'Budhram Nishad' } }],
    action: { kind: 'assign_later', read_over: true, copy_given: true }, dispatch: { court: office.court },
  });
  await life.opened(id);
  const who = { ref: (await life.seen()).parties.find((one) => one.role === 'accused').person };
  const complainant = { ref: (await life.seen()).parties.find((one) => one.role === 'complainant').person };
  await life.step('sho', 'io_assignment', { assignment: { kind: 'first', officer: life.officer('io').officer } });
  assert.equal((await life.seen()).io, life.officer('io').officer);
  const arrest = await life.step('io', 'arrest', {
    arrest: { kind: 'arrested_forwarded', arrested_at: minutesAgo(0), diary, authority: 'without_warrant' }, accused: { who } });

  // Things, the malkhana and the laboratory.
  const seizure = await life.step('io', 'seizure', { seizure: { seized_at: minutesAgo(0), diary, without_warrant: true },
    items: [{ item: { category: 'weapon', description: 'Knife with stains' } }] });
  const knife = { ref: (await life.seen()).property[0].id };
  await life.step('malkhana_moharrir', 'malkhana_deposit', { deposit: { seizure }, items: [{ item: knife, place: 'weapons', seal: 'intact' }] });
  const forwarding = await life.step('malkhana_moharrir', 'laboratory_forwarding', {
    forwarding: { laboratory: office.laboratory, division: 'serology' }, parcels: [{ item: knife, label: 'A', seal: 'intact' }] });
  await life.step('lab_reception', 'laboratory_acceptance', {
    acceptance: { forwarding, parcels_told: 1, parcels_found: 1 }, parcels: [{ item: knife, seal: 'intact', seal_matches: true, division: 'serology' }] });
  await life.step('scientist', 'laboratory_report', { report: { forwarding, kind: 'final', division: 'serology' }, results: [{ item: knife, result: 'positive' }] },
    [world.station]);

  // The hospital, remand, the prison.
  const request = await life.step('io', 'medical_request', { request: { hospital: office.hospital, kind: 'arrested' }, person: { who } });
  const mlr = await life.step('doctor', 'medico_legal_report', { report: { request, kind: 'arrested' }, patient: { who } }, [world.station]);
  const written = await life.step('io', 'case_diary', { diary: { day: today, begun_at: minutesAgo(20), closed_at: minutesAgo(10) } });
  const remand = await life.step('io', 'remand_request', {
    remand: { court: office.court, diary: written, custody: 'judicial', from: today, to: later, days_used: 0 }, accused: [{ who, arrest, medical: mlr }] });
  const order = await life.step('magistrate', 'remand_order', { remand: { request: remand, decision: 'granted', custody: 'judicial', from: today, to: later,
    first: true, admits: true, place: office.prison }, accused: [{ who }] }, [office.prison]);
  await life.step('jail_clerk', 'prison_admission', { admission: { basis: 'remand', order, category: 'remand', until: later }, prisoner: { who } });
  const bail = await life.step('magistrate', 'bail_order', {
    order: { kind: 'regular', decision: 'granted', in_custody: true, released: false }, accused: [{ who }] }, [office.prison]);
  const release = await life.step('court_clerk', 'release_order', { order: { ground: 'bail', bail }, prisoner: { who } }, [office.prison]);
  await life.step('jail_superintendent', 'prison_release', { release: { order: release, kind: 'bail', verified: true, cases_checked: true }, prisoner: { who } });

  // Scrutiny, the court.
  const scrutiny = await life.step('io', 'scrutiny_request', { request: { office: office.prosecution, kind: 'scrutiny' } });
  await life.step('prosecution_head', 'scrutiny_allotment', { allotment: { request: scrutiny, prosecutor: life.officer('prosecutor').officer } });
  const opinion = await life.step('prosecutor', 'scrutiny_opinion', { opinion: { request: scrutiny, kind: 'scrutiny', recommendation: 'fit' } }, [world.station]);
  const report = await life.step('io', 'final_report', { report: { kind: 'charge_sheet', court: office.court, opinion }, offences: [{ offence: 'BNS 303(2)' }],
    complainant: { who: complainant }, accused: [{ who, offences: ['BNS 303(2)'] }] });
  await life.step('court_clerk', 'court_acceptance', { acceptance: { report, taken: 'charge_sheet_taken', cnr: world.cnr() } });
  await life.step('magistrate', 'cognizance', { order: { report, decision: 'taken' }, accused: [{ who, taken: true }] });
  await life.step('magistrate', 'charge', { charge: { outcome: 'framed' }, accused: [{ who, decision: 'charge_framed', offences: ['BNS 303(2)'], plea: 'not_guilty' }] });
  const summons = await life.step('court_clerk', 'summons', { summons: { kind: 'witness', form: 'electronic', appear_at: minutesAgo(-7 * 24 * 60) },
    persons: [{ who: complainant, party: 'witness' }] }, [world.station]);
  await life.step('constable', 'process_service', { service: { process: summons, court: office.court, result: 'served', mode: 'personal' }, persons: [{ who: complainant }] });
  await life.step('court_clerk', 'hearing', { hearing: { purpose: 'prosecution_evidence', result: 'heard', evidence_begun: true } });
  await life.step('magistrate', 'judgment', { judgment: { outcome: 'convicted', release_needed: false, commitment_needed: false, property_left: false },
    accused: [{ who, result: 'convicted', charged: ['BNS 303(2)'], convicted_of: ['BNS 303(2)'], sentences: [{ kind: 'rigorous', offence: 'BNS 303(2)', years: 2 }] }] });

  const seen = await life.seen();
  assert.equal(seen.stage, 'convicted');
  assert.equal(seen.parties.filter((one) => one.role === 'accused').length, 1, 'one Budhram from the FIR to the judgment');
  assert.deepEqual(life.owed, ASKED_BY_THE_DAY);
  await life.end();
}
