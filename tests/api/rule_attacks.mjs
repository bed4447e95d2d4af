// The attacks on the order rules, by the rule's code: who files what, so that exactly this rule stands in the way.
import assert from 'node:assert/strict';
import { dateText, minutesAgo, timeText } from './bodies.mjs';
import { moveClock, now } from './clock.mjs';
import { diaryAt, establish, opened, world } from './rule_node.mjs';
import { chargeSheetSaid, firSaid } from './world.mjs';

const hourAgo = () => minutesAgo(60);

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
const watched = (said = {}, about = {}) => ({ watch: { purpose: 'investigation', reason: 'To find the man who fled', what: 'name',
  until: dateText(now() + 30 * 86400e3), ...about }, watched: { name: 'Kejuram Sidar', ...said } });
// A watch on a new case, refused for what is said in it.
const watch = (said, about) => async () => {
  const { id, sho } = await world.fir();
  return { desk: sho, form: 'watch', said: watched(said, about), rest: { case: id } };
};

export const attacks = {
  watch_not_of_case: [
    async () => {
      const zero = await world.fir({ registration: { kind: 'zero', zero_place: 'The next station' } });
      await zero.sho.file('fir_transfer', { transfer: { station: world.otherStation, reason: 'jurisdiction', sent_at: minutesAgo(0), informant_told: true } },
        { case: zero.id, to: [world.otherStation] });
      return { desk: await world.desk('sho', world.otherStation), form: 'watch', said: watched(), rest: { case: zero.id } };
    },
  ],
  watch_ages: [watch({ age_from: 40, age_to: 30 })],
  watch_person_unknown: [watch({ person: '019aa000-0000-7000-8000-000000000000.1' }, { what: 'person' })],
  watch_too_long: [watch({}, { until: dateText(now() + 400 * 86400e3) })],
  watch_ended: [
    async () => {
      const { id, sho } = await world.fir();
      const kept = await sho.file('watch', watched(), { case: id });
      const said = { end: { watch: kept.id, reason: 'He was found at home' } };
      await sho.file('watch_end', said, { case: id });
      return { desk: sho, form: 'watch_end', said, rest: { case: id } };
    },
  ],
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
      moveClock(72 * 3600 + 60);
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
