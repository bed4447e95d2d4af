// Bodies written from a form's JSON Schema alone: what is required, what the values so far ask for, and what is cited, filed
// first where it is not there yet. How a form is filed and who is asked is the client's affair (schema_client.mjs).
import { now } from './clock.mjs';
import { textFor } from './pattern.mjs';

const iso = (at) => at.toISOString().replace(/\.\d+Z$/, 'Z');
const indianDay = (at) => new Date(at.getTime() + 5.5 * 3600e3).toISOString().slice(0, 10);

export const at = (body, path) => path.split('.').reduce((value, step) => {
  if (Array.isArray(value) && !/^\d+$/.test(step)) return value[0]?.[step];
  return value?.[step];
}, body);

const isEmpty = (value) => value === undefined || value === null || value === ''
  || (typeof value === 'object' && Object.keys(value).length === 0);

// A condition of the form language: FIELD has one of VALUES. `object` holds the fields beside; `root` the sections.
function holds(condition, object, root) {
  const { field, values } = condition;
  const value = field.startsWith('.') ? root[field.slice(1)] : field.includes('.') ? at(root, field) : object[field];
  if (values.includes('filled')) return !isEmpty(value);
  if (typeof value === 'boolean') return values.includes(value ? 'yes' : 'no');
  return values.includes(value);
}

export class Unfilable extends Error {}

export class BodyWriter {
  async body(work) {
    const body = {};
    work.moment = new Date(now()); // one for all times of a body, however long it takes to write
    if (work.schema['x-panji-amends']) await this.amend(work);
    for (const [path, value] of Object.entries(work.set)) {
      const steps = path.split('.');
      const last = steps.pop();
      let schema = work.schema, object = body;
      for (const step of steps) {
        schema = schema.properties[step];
        if (schema.type === 'array') { object[step] ??= [{}]; object = object[step][0]; schema = schema.items; }
        else { object[step] ??= {}; object = object[step]; }
      }
      object[last] = schema.properties[last].type === 'array' ? [value] : value;
    }
    for (let pass = 0, before = ''; pass < 8; pass++) {
      for (const { path, ...condition } of work.filledWhen ?? []) if (holds(condition, {}, body)) work.wanted.add(path);
      await this.fill(work, work.schema, body, body, '');
      const text = JSON.stringify(body);
      if (text === before) return body;
      before = text;
    }
    return body;
  }

  async fill(work, schema, object, root, path) {
    for (const [name, member] of Object.entries(schema.properties)) {
      const here = path ? `${path}.${name}` : name;
      if (name === 'ref') continue;
      if (member['x-panji-when'] && !holds(member['x-panji-when'], object, root)) { delete object[name]; continue; }
      if (member.type === 'object' && !member.$ref) { // a section
        const section = object[name] ?? {};
        await this.fill(work, member, section, root, here);
        if (isEmpty(section)) delete object[name];
        else object[name] = section;
      } else if (member.type === 'array' && !member['x-panji-type']) { // rows of a section
        if (object[name]) for (const row of object[name]) await this.fill(work, member.items, row, root, here);
        else if (member.minItems > 0 || work.wanted.has(here) || work.full) object[name] = await this.rows(work, member, root, here);
        if (isEmpty(object[name])) delete object[name];
      } else if (object[name] === undefined && this.needs(work, schema, member, name, object, root, here)) {
        object[name] = await this.wantedValue(work, schema, member, name, object, root, here);
        if (object[name] === undefined) delete object[name];
      }
    }
  }

  // What need not be there stays away when it cannot be had, like the statement continued in the first statement.
  async wantedValue(work, schema, member, name, object, root, here) {
    try {
      return await this.value(work, member, object, root, schema, here);
    } catch (error) {
      if (!(error instanceof Unfilable) || this.must(work, schema, member, name, object, root, here)) throw error;
      work.missing = (work.missing ?? new Set()).add(here);
      return undefined;
    }
  }

  must(work, schema, member, name, object, root, here) {
    if (schema.required?.includes(name) || work.wanted.has(here)) return true;
    return Boolean(member['x-panji-required-when'] && holds(member['x-panji-required-when'], object, root));
  }

  needs(work, schema, member, name, object, root, here) {
    if (this.must(work, schema, member, name, object, root, here)) return true;
    if (work.missing?.has(here)) return false;
    return work.full && !(work.unknownAge && here.startsWith(work.unknownAge));
  }

  async rows(work, member, root, here) {
    const rows = [];
    for (let i = 0; i < Math.max(1, member.minItems ?? 0); i++) {
      const row = {};
      await this.fill(work, member.items, row, root, here);
      rows.push(row);
    }
    return rows.every(isEmpty) ? undefined : rows;
  }

  async value(work, member, object, root, schema, here) {
    if (member.type !== 'array') return this.one(work, member, object, schema, here);
    const list = [];
    for (let i = 0; i < Math.max(1, member.minItems ?? 0); i++) list.push(await this.one(work, member.items, object, schema, here, member));
    return list;
  }

  async one(work, member, object, schema, here, outer = member) {
    const type = outer['x-panji-type'];
    if (member.$ref) return this.defined(work, member, object, schema, here);
    if (type === 'entry') return this.entry(work, member, here);
    if (type === 'office') return this.pickOffice(work, member['x-panji-office']);
    if (type === 'officer') return this.anyOfficer(work);
    if (type === 'blob') return this.blob(work);
    if (member.type === 'boolean') return member.default ?? false;
    if (member.type === 'integer') return Math.max(member.minimum ?? 0, Math.min(1, member.maximum ?? 1));
    return this.text(member, work.moment);
  }

  text(member, moment) {
    if (member.format === 'date') return indianDay(member['x-panji-time'] === 'future' ? new Date(moment.getTime() + 86400e3) : moment);
    if (member.format === 'date-time') return iso(member['x-panji-time'] === 'future' ? new Date(moment.getTime() + 3600e3) : moment);
    if (member['x-panji-type'] === 'offence') return member.examples[0];
    if (member.pattern && !member.examples?.every((text) => /^BNS /.test(text))) return this.fits(textFor(member.pattern), member);
    if (member.examples) return member.examples[0];
    return this.fits('Words as they were told. '.repeat(Math.ceil((member.minLength ?? 1) / 25)).trim(), member);
  }

  fits(text, member) { return member.maxLength ? text.slice(0, member.maxLength).trim() : text; }

  async defined(work, member, object, schema, here) {
    const definition = work.schema.$defs[member.$ref.replace('#/$defs/', '')];
    if (definition.enum) return this.code(definition, object, schema);
    const whole = definition.anyOf ? definition.anyOf.at(-1) : definition;
    if (definition.anyOf && work.story.case) {
      const ref = await this.known(work, member, here);
      if (ref) return { ref };
    }
    const made = {};
    await this.fill(work, whole, made, made, here);
    if (isEmpty(made) && whole.minProperties) await this.fillOne(work, whole, made, here);
    return made;
  }

  // Nothing in it is wanted of itself, but something must be there.
  async fillOne(work, schema, object, here) {
    const [name, member] = Object.entries(schema.properties).find(([, m]) => m.type === 'string' && !m['x-panji-when'])
      ?? Object.entries(schema.properties).find(([, m]) => m['x-panji-type'] && !m['x-panji-when']);
    object[name] = await this.value(work, member, object, object, schema, `${here}.${name}`);
  }

  // A code whose parent is the code given beside it, where lists hang together; else the first.
  code(list, object, schema) {
    const parents = list['x-panji-parents'];
    const beside = parents && Object.entries(schema.properties).find(([, m]) => m['x-panji-list'] === list['x-panji-parent-list']);
    const parent = beside && object[beside[0]];
    return list.enum.find((code) => !parent || parents[code] === parent) ?? list.enum[0];
  }

  // A person of this role, or a thing, that the case knows already: nobody types them twice.
  async known(work, member, here) {
    const file = await this.caseFile(work.story);
    if (member['x-panji-role'] !== undefined)
      return file.parties.find((party) => party.role === member['x-panji-role'])?.person;
    if (member.$ref.endsWith('person')) return file.parties[0]?.person;
    if (work.held.includes(here)) return work.property;
    const free = (thing) => !['deposit', 'receive'].includes(thing.state);
    return file.property.find((thing) => !work.out.includes(here) || free(thing))?.id;
  }

  async entry(work, member, here) {
    const { story, schema, actor } = work;
    if (work.decision?.field === here) return this.decided(work);
    const answers = here === (schema['x-panji-consumes'] ?? schema['x-panji-acts']);
    const forms = member['x-panji-entry'] ?? this.forms.filter((form) => this.schema(form)['x-panji-to']?.kinds.includes(actor.kind)
      || (!answers && !this.schema(form)['x-panji-on']));
    const found = story.entries.filter((e) => forms.includes(e.form) && (!e.case || e.case === story.case?.id || !schema['x-panji-on'])
      && (!answers || (e.to.includes(actor.office) && !story.answered.has(`${e.id} ${actor.office}`))));
    const may = (e) => e.office === actor.office || e.to.includes(actor.office) || (e.case && e.case === story.case?.id);
    const mine = found.find((e) => e.office === actor.office) ?? found.find(may);
    if (mine) return mine.id;
    const trying = forms.filter((form) => !answers || this.schema(form)['x-panji-to']);
    trying.sort((a, b) => Boolean(this.schema(a)['x-panji-on']) - Boolean(this.schema(b)['x-panji-on']));
    const { id } = await this.fileOneOf(story, member['x-panji-entry'] ? forms : trying,
      answers ? { to: actor.office } : { office: actor.office });
    const entry = story.entries.find((e) => e.id === id);
    if (may(entry) || (entry.case && (await actor.client.get(`/api/v1/entries/${id}`)).status === 200)) return id;
    throw new Unfilable(`${actor.officer} may not cite what another office wrote down`);
  }

  // A correction says which field of which of our entries, and what should have stood there.
  async amend(work) {
    const { story, schema, actor } = work;
    const names = schema['x-panji-amends'];
    const text = (form) => this.wordsIn(this.schema(form), []);
    const form = this.forms.find((name) => actor.may.has(name) && text(name) && !this.schema(name)['x-panji-on']?.required);
    const entry = await this.file(story, form, { office: actor.office });
    Object.assign(work.set, { [names.entry]: entry.id, [names.path]: text(form).join('.'), [names.value]: 'What should have been written.' });
  }

  // Path of a required field of plain words that may be corrected.
  wordsIn(schema, path) {
    for (const name of schema.required ?? []) {
      const member = schema.properties[name];
      if (member['x-panji-fixed'] || member['x-panji-when']) continue;
      if (member['x-panji-type'] === 'longtext') return [...path, name];
      const inside = member.type === 'object' && !member.$ref && this.wordsIn(member, [...path, name]);
      if (inside) return inside;
    }
    return undefined;
  }

  async decided(work) {
    const { form, set, other } = work.decision;
    try {
      return (await this.file(work.story, form, { set })).id;
    } catch (error) {
      if (!(error instanceof Unfilable)) throw error;
      return (await this.file(work.story, other, {})).id;
    }
  }

  // Somebody else where there is one: what happens to him must not stop the one who files.
  anyOfficer(work) {
    return (this.bystanders.find((officer) => officer.office === work.actor.office) ?? this.bystanders[0] ?? work.actor).officer;
  }

  async blob(work) {
    const answer = await work.actor.client.send('POST', '/api/v1/blobs', `paper ${this.sent.length}`, { 'Content-Type': 'application/octet-stream' });
    return answer.json.sha256;
  }
}
