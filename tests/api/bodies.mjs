// The smallest body a form takes, made from its JSON Schema alone, with some values said by the test. What a test does
// not care about is filled in here, so that a test names only what it is about.
import { now } from './clock.mjs';

const day = 24 * 3600e3;
const indian = (at) => new Date(at + 5.5 * 3600e3).toISOString();

export const dateText = (at) => indian(at).slice(0, 10);
export const timeText = (at) => `${indian(at).slice(0, 16)}:00+05:30`;
export const minutesAgo = (minutes) => timeText(now() - minutes * 60e3);

// known: {office(kinds), officer(), file()} give names the schema cannot know.
export function smallestBody(schema, said = {}, known = {}) {
  return new Filling(schema, known).members(schema, said);
}

class Filling {
  constructor(schema, known) {
    this.definitions = schema.$defs ?? {};
    this.known = known;
  }

  // An object: first what is always required, then what the values so far make required, until nothing more is.
  members(schema, said, root) {
    const body = {};
    const whole = root ?? body;
    const names = Object.keys(schema.properties);
    const first = names.filter((name) => said[name] !== undefined || schema.required.includes(name));
    for (const name of first) this.member(body, name, schema.properties[name], said[name], whole);
    for (let more = true; more;) {
      more = false;
      for (const name of names) {
        if (name in body || said[name] === null || !this.wanted(schema.properties[name], body, whole)) continue;
        this.member(body, name, schema.properties[name], said[name], whole);
        more = name in body;
        if (more) break;
      }
    }
    return body;
  }

  member(body, name, schema, said, root) {
    if (said === null) return;
    body[name] = this.value(schema, said, root, body);
  }

  // Whether the values so far ask for a member that is not always required.
  wanted(schema, beside, root) {
    if (this.holds(schema['x-panji-required-when'], beside, root)) return true;
    const section = schema.type === 'object' ? schema : schema.items?.type === 'object' ? schema.items : undefined;
    if (!section?.properties) return false;
    if (schema['x-panji-when'] && !this.holds(schema['x-panji-when'], beside, root)) return false;
    if (schema.type === 'array') return schema['x-panji-when'] !== undefined && schema.minItems > 0;
    return (schema['x-panji-when'] && section.required.length > 0)
      || Object.values(section.properties).some((field) => this.holds(field['x-panji-required-when'], {}, root));
  }

  holds(condition, beside, root) {
    if (!condition) return false;
    const names = condition.field.split('.');
    const value = names.length === 1 ? beside[names[0]] : root[names[0]]?.[names[1]];
    return condition.values.some((wanted) => (wanted === 'filled' ? value !== undefined
      : wanted === 'yes' ? value === true : wanted === 'no' ? value === false : value === wanted));
  }

  value(schema, said, root) {
    const type = schema['x-panji-type'];
    if (schema.type === 'array') {
      const rows = said ?? Array.from({ length: Math.max(1, schema.minItems ?? 0) });
      return rows.map((row) => this.value({ ...schema.items, 'x-panji-type': schema.items['x-panji-type'] ?? type }, row, root));
    }
    if (schema.$ref) return this.defined(this.definitions[schema.$ref.slice('#/$defs/'.length)], said, root);
    if (schema.type === 'object') return this.members(schema, said ?? {}, root);
    if (said !== undefined) return said;
    if (type === 'office') return this.known.office(schema['x-panji-office'] ?? []);
    if (type === 'officer') return this.known.officer();
    if (type === 'blob') return this.known.file();
    if (schema.format) return this.time(schema);
    if (schema.type === 'boolean') return false;
    if (schema.type === 'integer') return Math.max(0, schema.minimum ?? 0);
    if (schema.examples) return schema.examples[0];
    return 'Written for a test of the register'.padEnd(schema.minLength ?? 1, '.').slice(0, schema.maxLength);
  }

  defined(schema, said, root) {
    if (schema.enum) return said ?? schema.enum[0];
    if (said?.ref) return said;
    const whole = schema.anyOf?.[1] ?? schema;
    const body = this.members(whole, said ?? {}, root);
    if (Object.keys(body).length > 0) return body;
    const [name, field] = Object.entries(whole.properties)[0];
    return { [name]: this.value(field, undefined, root) };
  }

  time(schema) {
    const ahead = schema['x-panji-time'] === 'future';
    if (schema.format === 'date') return dateText(now() + (ahead ? day : 0));
    return timeText(now() + (ahead ? day : -60e3));
  }
}
