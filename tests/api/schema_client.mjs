// A client that knows nothing of the subjects: it reads /openapi.json, the list of forms and their schemas, and files any of
// them, first whatever that one needs. What it may know is how to sign in as the officers it is given.
import { at, BodyWriter, Unfilable } from './schema_body.mjs';

const PLAN_DEPTH_MAX = 14;

// What one run of events has come to: at most one case, and everything filed on the way.
class Story {
  constructor(kinds) {
    this.kinds = kinds; // kinds of case that will do; empty: any
    this.case = null;   // { id, kind, office, opener }
    this.entries = [];
    this.read = undefined; // the case as last read, until something is filed
    this.answered = new Set();
    this.trail = [];    // the forms being filed, for the next needs the one before
  }
}

export class SchemaClient extends BodyWriter {
  constructor(server) {
    super();
    this.server = server;
    this.full = false; // whether to fill every field a schema has, not only what is required
    this.schemas = new Map();
    this.actors = [];
    this.bystanders = [];
    this.sent = []; // what was accepted: { form, id, body, actor }
  }

  async start() {
    const open = this.server.client(null);
    const api = (await open.get('/openapi.json')).json;
    for (const path of ['/api/v1/session', '/api/v1/entries', '/api/v1/forms', '/api/v1/forms/{name}', '/api/v1/cases/{id}', '/api/v1/blobs'])
      if (!api.paths[path]) throw new Error(`openapi does not tell of ${path}`);
    this.forms = (await open.get('/api/v1/forms')).json.forms.map((form) => form.name);
    for (const name of this.forms) this.schemas.set(name, (await open.get(`/api/v1/forms/${name}`)).json);
    await this.signIn();
    return this;
  }

  // One officer of every role at up to two offices; the others stay people who can be named.
  async signIn() {
    const taken = new Map();
    for (const officer of this.server.officers) {
      const offices = taken.get(officer.role) ?? [];
      taken.set(officer.role, offices);
      if (offices.length === 2 || offices.includes(officer.office)) { this.bystanders.push(officer); continue; }
      offices.push(officer.office);
      const client = this.server.client(officer);
      await client.signIn();
      const posting = client.session.postings[0];
      const list = (await client.get('/api/v1/forms')).json.forms;
      this.actors.push({ client, officer: officer.officer, office: posting.office, kind: posting.kind, pillar: posting.pillar,
        may: new Set(list.filter((form) => form.may_file).map((form) => form.name)) });
    }
  }

  schema(name) { return this.schemas.get(name); }
  fileable(name) { return this.actors.some((actor) => actor.may.has(name)); }

  // Files the form in a story of its own; tries the kinds of case it can stand on. Returns the receipt.
  async fileForm(name) {
    const failures = [];
    for (const actor of this.chooseActors(new Story([]), name, {})) {
      for (const kinds of this.kindsFor(name)) {
        try {
          return await this.file(new Story(kinds), name, { actor });
        } catch (error) {
          if (!(error instanceof Unfilable)) throw error;
          failures.push(`${actor.officer}, ${kinds.join() || 'no case'}: ${error.message}`);
        }
      }
    }
    throw new Error(`${name} cannot be filed\n  ${failures.join('\n  ')}`);
  }

  kindsFor(name) {
    const schema = this.schema(name);
    if (!schema['x-panji-on'] || schema['x-panji-opens']) return [[]];
    if (schema['x-panji-on'].kinds.length) return schema['x-panji-on'].kinds.map((kind) => [kind]);
    if (!schema['x-panji-on'].required && !schema['x-panji-after']) return [[]];
    return this.caseKinds().map((kind) => [kind]);
  }

  // Kinds of case, those that most forms can stand on first.
  caseKinds() {
    const count = new Map();
    for (const schema of this.schemas.values()) if (schema['x-panji-opens']) count.set(schema['x-panji-opens'], 0);
    for (const schema of this.schemas.values())
      for (const kind of schema['x-panji-on']?.kinds ?? []) count.set(kind, count.get(kind) + 1);
    return [...count.keys()].sort((a, b) => count.get(b) - count.get(a));
  }

  // ---- one form, with what it needs first ----

  // wish: { to: an office it must reach, office: where best filed, set: values by path }
  async file(story, name, wish) {
    if (story.trail.includes(name) || story.trail.length > PLAN_DEPTH_MAX)
      throw new Unfilable(`${[...story.trail, name].join(' < ')}: needs itself`);
    story.trail.push(name);
    try {
      const schema = this.schema(name);
      const actor = wish.actor ?? this.chooseActors(story, name, wish)[0];
      await this.prepareCase(story, schema, actor);
      const work = { story, schema, name, actor, set: { ...wish.set }, wanted: new Set(), held: [], out: [],
        full: this.full && story.trail.length === 1 };
      await this.obeyRules(work);
      this.address(work, wish);
      const body = await this.body(work);
      await this.becomeKnown(work);
      return await this.send(work, body);
    } finally {
      story.trail.pop();
    }
  }

  // Who may file it, one of each kind of office, the fittest first.
  chooseActors(story, name, wish) {
    const may = this.actors.filter((actor) => actor.may.has(name));
    if (!may.length) throw new Unfilable(`nobody may file ${name}`);
    const merit = (actor) => (actor.office === wish.to ? -8 : 0) + (actor.office === wish.office ? 4 : 0)
      + (actor.office === story.case?.office ? 2 : 0) + (story.entries.some((e) => e.to.includes(actor.office)) ? 1 : 0);
    may.sort((a, b) => merit(b) - merit(a));
    return may.filter((actor, i) => may.findIndex((other) => other.kind === actor.kind) === i);
  }

  async prepareCase(story, schema, actor) {
    const on = schema['x-panji-on'];
    if (!on || (!on.required && !schema['x-panji-after'] && !story.case)) return;
    if (!story.case) await this.openCase(story, on.kinds, actor);
    if (on.kinds.length && !on.kinds.includes(story.case.kind))
      throw new Unfilable(`${schema['x-panji-form']} does not go on a case of kind ${story.case.kind}`);
    const after = schema['x-panji-after'] ?? [];
    if (!after.length || after.some((form) => this.onCase(story, form))) return;
    const paper = this.answerField(schema)?.['x-panji-entry'] ?? [];
    await this.fileOneOf(story, after, after.some((form) => paper.includes(form)) ? { to: actor.office } : { office: actor.office });
  }

  // The field that names the paper this form takes in or acts on.
  answerField(schema) {
    const path = schema['x-panji-consumes'] ?? schema['x-panji-acts'];
    return path?.split('.').reduce((member, step) => (member.items ?? member).properties[step], schema);
  }

  async openCase(story, kinds, actor) {
    const fits = (kind) => (!kinds.length || kinds.includes(kind)) && (!story.kinds.length || story.kinds.includes(kind));
    const openers = this.forms.filter((form) => fits(this.schema(form)['x-panji-opens'] ?? ' '));
    if (!openers.length) throw new Unfilable(`no form opens a case of ${kinds.join() || 'any kind'}`);
    await this.fileOneOf(story, openers, { office: actor.office });
  }

  async fileOneOf(story, forms, wish) {
    const failures = [];
    for (const form of forms) {
      try {
        return await this.file(story, form, wish);
      } catch (error) {
        if (!(error instanceof Unfilable)) throw error;
        failures.push(error.message);
      }
    }
    throw new Unfilable(failures.join(' | '));
  }

  onCase(story, form) { return story.entries.find((e) => e.form === form && e.case && e.case === story.case?.id); }

  // The case as the office that holds it sees it: people and property with their ids.
  async caseFile(story) {
    story.read ??= (await story.case.keeper.client.get(`/api/v1/cases/${story.case.id}`)).json;
    return story.read;
  }

  // What the schema says of order rules: each check names what must hold.
  async obeyRules(work) {
    const { story, schema, actor } = work;
    for (const { check: [word, ...rest] } of schema['x-panji-rules'] ?? []) {
      if (word === 'case_has' && !this.onCase(story, rest[0])) await this.file(story, rest[0], {});
      if (word === 'officer_is_io') await this.becomeOfficer(story, actor);
      if (word === 'filled_when') work.filledWhen = [...(work.filledWhen ?? []), { path: rest[0], field: rest[1], values: [rest[2]] }];
      if (word === 'in_malkhana') work.held = rest;
      if (word === 'out_of_malkhana') work.out = rest;
      if (word === 'child_on_case') work.unknownAge = rest[0];
      if (word === 'cites_decision') work.decision = { field: rest[0], form: rest[1], set: { [rest[2]]: rest[3] }, other: rest[4] };
    }
    const answers = schema['x-panji-consumes'] ?? schema['x-panji-acts'];
    if (answers) work.wanted.add(answers);
    if (work.held.length) await this.holdProperty(work);
  }

  async becomeOfficer(story, actor) {
    if ((await this.caseFile(story)).io === actor.officer) return;
    const assigning = this.forms.filter((form) => {
      const schema = this.schema(form), kinds = schema['x-panji-on']?.kinds ?? [];
      return schema['x-panji-assigns-io'] && schema['x-panji-on'] && (!kinds.length || kinds.includes(story.case.kind));
    });
    const failures = [];
    for (const form of assigning) {
      try {
        return await this.file(story, form, { office: actor.office, set: { [this.schema(form)['x-panji-assigns-io']]: actor.officer } });
      } catch (error) {
        if (!(error instanceof Unfilable)) throw error;
        failures.push(error.message);
      }
    }
    throw new Unfilable(`nobody can give ${actor.officer} the case: ${failures.join(' | ')}`);
  }

  // Property must lie in this office's malkhana: file what deposits it there.
  async holdProperty(work) {
    const { story, actor } = work;
    const here = async () => (await this.caseFile(story)).property.find((p) => p.state === 'deposit' && p.office === actor.office);
    if (!(await here())) {
      const kinds = (form) => this.schema(form)['x-panji-on']?.kinds ?? [];
      const deposits = this.forms.filter((form) => this.schema(form)['x-panji-effects'].some((effect) => effect.word === 'deposit')
        && (!kinds(form).length || kinds(form).includes(story.case.kind)));
      await this.fileOneOf(story, deposits, { office: actor.office });
    }
    work.property = (await here())?.id;
  }

  // ---- addressees ----

  offices(kinds) {
    const list = this.actors.filter((actor) => !kinds?.length || kinds.includes(actor.kind)).map((actor) => actor.office);
    return [...new Set(list)];
  }

  pickOffice(work, kinds) {
    const { story, actor } = work;
    const known = [story.case?.office, ...story.entries.map((e) => e.office)];
    const merit = (office) => (office !== actor.office ? 2 : 0) + (known.includes(office) ? 1 : 0);
    const list = this.offices(kinds).sort((a, b) => merit(b) - merit(a));
    if (!list.length) throw new Unfilable(`no office of kind ${kinds.join()}`);
    return list[0];
  }

  address(work, wish) {
    const to = work.schema['x-panji-to'];
    work.to = [];
    if (wish.to && !to) throw new Unfilable(`${work.name} is not addressed to anybody`);
    if (!to || !(to.required || wish.to || work.full)) return;
    const office = wish.to ?? this.pickOffice(work, to.kinds);
    if (!to.field) work.to = [office];
    else if (!(to.field in work.set)) work.set[to.field] = office;
  }

  // A case of which an office has no paper is hidden from it: somebody on the case must send one first.
  async becomeKnown(work) {
    const { story, actor } = work;
    if (!work.schema['x-panji-on'] || !story.case) return;
    if ((await actor.client.get(`/api/v1/cases/${story.case.id}`)).status === 200) return;
    const senders = this.forms.filter((form) => {
      const schema = this.schema(form), on = schema['x-panji-on'];
      return on?.required && schema['x-panji-to']?.kinds.includes(actor.kind) && (!on.kinds.length || on.kinds.includes(story.case.kind));
    });
    await this.fileOneOf(story, senders, { to: actor.office, office: story.case.office });
  }

  // ---- sending ----

  async send(work, body) {
    const { story, schema, name, actor } = work;
    const on = schema['x-panji-on'];
    const request = { form: name, body, office: actor.office };
    if (on && story.case) request.case = story.case.id;
    if (work.to.length) request.to = work.to;
    const answer = await actor.client.post('/api/v1/entries', request);
    if (answer.status !== 201) {
      const told = (answer.json?.problems ?? []).map((p) => `${p.code} ${p.path ?? ''}`).join(', ');
      throw new Unfilable(`${name} by ${actor.officer}: ${answer.status} ${told || answer.text.slice(0, 200)} ${JSON.stringify(body).slice(0, 500)}`);
    }
    const receipt = answer.json;
    story.read = undefined;
    this.sent.push({ form: name, id: receipt.id, body, actor });
    const field = schema['x-panji-to']?.field;
    const to = [...work.to, ...(field && at(body, field) ? [at(body, field)].flat() : [])];
    story.entries.push({ id: receipt.id, form: name, office: actor.office, case: receipt.case ?? null, to });
    if (schema['x-panji-consumes']) story.answered.add(`${at(body, schema['x-panji-consumes'])} ${actor.office}`);
    if (schema['x-panji-opens'] && !story.case && this.wantsCase(story, schema['x-panji-opens']))
      story.case = { id: receipt.id, kind: schema['x-panji-opens'], office: actor.office, keeper: actor };
    return receipt;
  }

  // A case opened on the way, as the paper another form cites, is not the one the story is about.
  wantsCase(story, kind) {
    return !story.kinds.length || story.kinds.includes(kind);
  }
}
