// Officers at their desks: a client that fills in what a test does not care about, and the cases tests begin with.
import assert from 'node:assert/strict';
import { minutesAgo, smallestBody } from './bodies.mjs';

// Which role stands for an office of a kind, to find its code among the officers of the practice node.
const roleOfKind = {
  ps: 'sho', sdpo: 'sdpo', district: 'sp', court: 'magistrate', prosecution: 'prosecutor', laboratory: 'lab_head',
  hospital: 'doctor', prison: 'jail_superintendent', fpb: 'fpb_expert', legal_services: 'legal_aid_secretary',
};

export class World {
  constructor(server) {
    this.server = server;
    this.desks = new Map();
    this.schemas = new Map();
    this.serial = 0;
  }

  // The station all cases of the tests are at, and another one.
  get station() { return this.server.officer('sho').office; }
  get otherStation() {
    return this.server.officers.find((one) => one.role === 'sho' && one.office !== this.station).office;
  }

  officers(role, office) {
    return this.server.officers.filter((one) => one.role === role && (!office || one.office === office));
  }

  officeOfKind(kinds) {
    for (const kind of kinds.length > 0 ? kinds : ['ps']) {
      const found = this.server.officers.find((one) => one.role === roleOfKind[kind]);
      if (found) return found.office;
    }
    throw new Error(`nobody of the practice node sits in a ${kinds}`);
  }

  async desk(role, office, place = 0) {
    const wanted = this.officers(role, office ?? (roleOfStation.has(role) ? this.station : undefined))[place];
    if (!wanted) throw new Error(`the practice node has no ${role} ${office ?? ''}`);
    return this.deskOf(wanted);
  }

  // Those who look for people: the station's officer in charge and constable, another station's, and one of each pillar around.
  async desksOfSearch() {
    return { sho: await this.desk('sho'), stranger: await this.desk('sho', this.otherStation), constable: await this.desk('constable'),
      sp: await this.desk('sp'), clerk: await this.desk('court_clerk'), doctor: await this.desk('doctor') };
  }

  // office: the posting to work in, for who holds more than one.
  async deskOf(officer, office) {
    const key = `${officer.officer} ${office ?? ''}`;
    if (!this.desks.has(key)) {
      const client = await this.server.client(officer).signIn();
      this.desks.set(key, new Desk(this, client, officer, office));
    }
    return this.desks.get(key);
  }

  async schema(form) {
    if (!this.schemas.has(form)) {
      const answer = await fetch(`${this.server.url}/api/v1/forms/${form}`);
      assert.equal(answer.status, 200, `the schema of ${form}`);
      this.schemas.set(form, await answer.json());
    }
    return this.schemas.get(form);
  }

  // How many entries the register holds, as anybody can read it from the signed checkpoint.
  async size() {
    const note = await (await fetch(`${this.server.url}/log/checkpoint`)).text();
    return Number(note.split('\n')[1]);
  }

  // ---- what most tests begin with ----

  async diary(desk, said = {}) {
    return desk.file('general_diary', { diary: { kind: 'complaint', subject: 'Theft reported', ...said } });
  }

  // An FIR for theft against one accused, with a motorcycle; said: more of its body.
  async fir(said = {}, desk = undefined) {
    const sho = desk ?? await this.desk('sho');
    const diary = await this.diary(sho);
    const body = await sho.body('fir', firSaid(diary.id, sho.officer.officer, said));
    const receipt = await sho.file('fir', body);
    return { ...receipt, diary: diary.id, accused: await this.person(receipt.id, 'accused', sho), sho };
  }

  async person(caseId, role, desk = undefined) {
    const sho = desk ?? await this.desk('sho');
    const seen = await sho.get(`/api/v1/cases/${caseId}`);
    return seen.json.parties.find((party) => party.role === role)?.person;
  }

  // A thing seized on the case, still with the investigating officer.
  async seized(fir, said = {}) {
    const receipt = await fir.sho.file('seizure', { seizure: { seized_at: minutesAgo(0), diary: fir.diary }, ...said },
      { case: fir.id });
    const seen = await fir.sho.get(`/api/v1/cases/${fir.id}`);
    return seen.json.property.find((thing) => thing.id.startsWith(receipt.id)).id;
  }

  async deposited(fir) {
    const thing = await this.seized(fir);
    await fir.sho.file('malkhana_deposit', { items: [{ item: { ref: thing } }] }, { case: fir.id });
    return thing;
  }

  async chargeSheet(fir, said = {}) {
    return fir.sho.file('final_report', chargeSheetSaid(fir, this.officeOfKind(['court']), said), { case: fir.id });
  }

  // The court takes the report into its register.
  async accepted(fir, report, said = {}) {
    const magistrate = await this.desk('magistrate', this.officeOfKind(['court']));
    await magistrate.file('court_acceptance', { acceptance: { report: report.id, taken: 'charge_sheet_taken', cnr: this.cnr(), ...said } },
      { case: fir.id });
    return magistrate;
  }

  cnr() { return `CGBB01${String(++this.serial).padStart(6, '0')}2026`; }
}

const roleOfStation = new Set(['sho', 'io', 'duty_officer', 'head_constable', 'malkhana_moharrir', 'constable']);

export function firSaid(diary, officer, said = {}) {
  return {
    offences: [{ offence: 'BNS 303(2)' }], information: { diary, received_at: minutesAgo(1) },
    registration: { kind: 'ordinary' },
    complainant: { who: { name: 'Ramkali Sahu' } }, accused: [{ who: { name: 'Budhram Nishad' } }],
    action: { kind: 'taken_up', officer }, occurrence: { known: 'exact', from: minutesAgo(30) }, ...said,
  };
}

export function chargeSheetSaid(fir, court, said = {}) {
  return {
    report: { kind: 'charge_sheet', court }, offences: [{ offence: 'BNS 303(2)' }],
    accused: [{ who: { ref: fir.accused }, offences: ['BNS 303(2)'] }], ...said,
  };
}

export class Desk {
  constructor(world, client, officer, office) {
    Object.assign(this, { world, client, officer, office });
  }

  async body(form, said = {}) {
    this.world.page ??= await this.upload('A page of a test');
    const known = { office: (kinds) => this.world.officeOfKind(kinds), officer: () => this.officer.officer, file: () => this.world.page };
    return smallestBody(await this.world.schema(form), said, known);
  }

  // Sends the form; the answer whatever it is.
  async send(form, said = {}, rest = {}) {
    return this.client.file(form, await this.body(form, said), { ...(this.office && { office: this.office }), ...rest });
  }

  async file(form, said = {}, rest = {}) {
    const answer = await this.send(form, said, rest);
    if (answer.status !== 201)
      assert.fail(`${this.officer.officer} files ${form}: ${answer.status} ${JSON.stringify(answer.json?.problems ?? answer.text)}`);
    return answer.json;
  }

  // Stores a file; its hash.
  async upload(content) {
    const answer = await this.client.send('POST', '/api/v1/blobs', content, { 'Content-Type': 'application/octet-stream' });
    assert.equal(answer.status, 201, answer.text);
    return answer.json.sha256;
  }

  async get(path) { return this.client.get(path); }
}
