// As much of JSON Schema 2020-12 as the schemas of forms use. A word it does not know is an error: a schema must not say
// more than is checked here.
const annotations = new Set(['$schema', '$id', '$defs', 'title', 'description', 'default', 'examples']);

const kinds = {
  object: (value) => value !== null && typeof value === 'object' && !Array.isArray(value),
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  integer: Number.isSafeInteger,
  boolean: (value) => typeof value === 'boolean',
};
const formats = {
  date: /^\d{4}-\d\d-\d\d$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
};
const length = (text) => [...text].length;

const words = {
  type: (type, value) => kinds[type](value),
  enum: (list, value) => list.includes(value),
  pattern: (pattern, value) => new RegExp(pattern, 'u').test(value),
  format: (format, value) => formats[format].test(value),
  minLength: (n, value) => length(value) >= n,
  maxLength: (n, value) => length(value) <= n,
  minimum: (n, value) => value >= n,
  maximum: (n, value) => value <= n,
  minItems: (n, value) => value.length >= n,
  maxItems: (n, value) => value.length <= n,
  minProperties: (n, value) => Object.keys(value).length >= n,
  required: (names, value) => names.every((name) => name in value),
  additionalProperties: (allowed, value, schema) => allowed || Object.keys(value).every((name) => name in (schema.properties ?? {})),
};

// What is wrong with the value, one line a fault.
export function faultsOf(schema, value, root = schema, path = '') {
  const faults = [];
  for (const [word, said] of Object.entries(schema)) {
    if (annotations.has(word) || word.startsWith('x-panji-')) continue;
    if (word === '$ref') faults.push(...faultsOf(root.$defs[said.replace('#/$defs/', '')], value, root, path));
    else if (word === 'anyOf') {
      const each = said.map((one) => faultsOf(one, value, root, path));
      if (each.every((list) => list.length > 0)) faults.push(...each[0]);
    } else if (word === 'properties') {
      for (const [name, member] of Object.entries(said))
        if (kinds.object(value) && name in value) faults.push(...faultsOf(member, value[name], root, `${path}.${name}`));
    } else if (word === 'items') {
      if (Array.isArray(value)) value.forEach((one, i) => faults.push(...faultsOf(said, one, root, `${path}.${i}`)));
    } else if (!words[word]) faults.push(`${path}: the schema says ${word}, which no reader here knows`);
    else if (!words[word](said, value, schema)) faults.push(`${path}: ${word} ${JSON.stringify(said).slice(0, 80)} but ${JSON.stringify(value).slice(0, 80)}`);
  }
  return faults;
}
