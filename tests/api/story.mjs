// One case as its officers live it: every step is filed by the officer whose work it is, and after each the test asks what
// the case has come to, who owes what, and who took what into his register.
import assert from 'node:assert/strict';

export class Story {
  constructor(world) {
    this.world = world;
    this.steps = []; // { id, seq, form, desk }
  }

  // A step outside the case, or the one that opens it.
  async outside(desk, form, said, rest = {}) {
    const receipt = await desk.file(form, said, rest);
    this.steps.push({ ...receipt, form, desk });
    return receipt;
  }

  async open(desk, form, said) {
    const receipt = await this.outside(desk, form, said);
    assert.equal(receipt.case, receipt.id, `${form} opens a case`);
    this.id = receipt.id;
    this.keeper = desk;
    return receipt;
  }

  async step(desk, form, said, rest = {}) {
    return this.outside(desk, form, said, { case: this.id, ...rest });
  }

  // Refused, with the code of the problem that stands in the way.
  async refused(desk, form, said, code, rest = {}) {
    const before = await this.world.size();
    const answer = await desk.send(form, said, { case: this.id, ...rest });
    const codes = (answer.json?.problems ?? []).map((problem) => problem.code);
    assert.ok(answer.status >= 400 && codes.includes(code), `${form} is refused as ${code}: ${answer.status} ${codes}`);
    assert.equal(await this.world.size(), before, 'a refused entry leaves nothing behind');
  }

  // The case as an officer sees it; by default the officer in charge.
  async seen(desk = this.keeper) {
    const answer = await desk.get(`/api/v1/cases/${this.id}`);
    assert.equal(answer.status, 200, `${desk.officer.officer} sees the case`);
    return answer.json;
  }

  async stage(expected) {
    assert.equal((await this.seen()).stage, expected);
  }

  // How a person stands in a role, and whether everybody on the case calls him by one id.
  async standing(person, expected, role = 'accused') {
    const party = (await this.seen()).parties.find((one) => one.person === person && one.role === role);
    assert.equal(party?.status, expected, `${role} ${party?.name}`);
  }

  async person(role, name) {
    const found = (await this.seen()).parties.filter((one) => one.role === role && (!name || one.name === name));
    assert.equal(found.length, 1, `one ${role} ${name ?? ''}`);
    return found[0].person;
  }

  async thing(id) {
    const found = (await this.seen()).property.find((one) => one.id === id);
    assert.ok(found, `thing ${id}`);
    return found;
  }

  // Whether the officer finds a task on his list that this form would close.
  async owes(desk, form, expected = true) {
    const { tasks } = (await desk.get('/api/v1/tasks')).json;
    const found = tasks.filter((task) => task.case === this.id && task.wanted.includes(form));
    assert.equal(found.length > 0, expected, `${desk.officer.officer} owes ${form}: ${tasks.filter((t) => t.case === this.id).map((t) => t.wanted.join('/'))}`);
    return found[0];
  }

  async owesNoMore(desk, form) { await this.owes(desk, form, false); }

  // The times of a paper at an office: filed, received, and, when they are expected, consumed and acted on.
  async delivered(paper, to, expected = {}) {
    const row = (await this.seen()).deliveries.find((one) => one.entry === paper.id && one.to === to);
    assert.ok(row, `${paper.form ?? paper.id} was sent to ${to}`);
    assert.equal(row.filed_at, paper.filed_at);
    assert.ok(row.received_at >= row.filed_at, 'received on this node when it was filed');
    for (const time of ['consumed_at', 'acted_at']) {
      if (expected[time]) assert.ok(row[time] >= row.received_at, `${time} of ${paper.id}`);
      else assert.equal(row[time], null, `${time} of ${paper.id}`);
    }
    if ('number' in expected) assert.equal(row.consumed_number, expected.number);
  }

  async hidden(desk, path = `/api/v1/cases/${this.id}`) {
    assert.equal((await desk.get(path)).status, 404, `${desk.officer.officer} does not see ${path}`);
  }

  async formsSeen(desk) {
    return [...new Set((await this.seen(desk)).timeline.map((entry) => entry.form))].sort();
  }
}
