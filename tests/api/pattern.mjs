// A text that fits a pattern of a schema: what POSIX and JSON Schema read alike, nothing more. Numbers differ from call to
// call, so that what must be unique is.
let state = 20260000n;
function random(n) {
  state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
  return Number((state >> 33n) % BigInt(n));
}

function readClass(pattern, at) {
  const signs = [];
  for (; pattern[at] !== ']'; at++) {
    if (pattern[at] === '\\') at++;
    if (pattern[at + 1] === '-' && pattern[at + 2] !== ']') {
      for (let c = pattern.charCodeAt(at); c <= pattern.charCodeAt(at + 2); c++) signs.push(String.fromCharCode(c));
      at += 2;
    } else {
      signs.push(pattern[at]);
    }
  }
  return [signs, at + 1];
}

// How often: [least, most, place behind].
function readRepeat(pattern, at) {
  const simple = { '+': [1, 4], '*': [0, 3], '?': [0, 1] }[pattern[at]];
  if (simple) return [...simple, at + 1];
  const counted = pattern.slice(at).match(/^\{(\d+)(,(\d*))?\}/);
  if (!counted) return [1, 1, at];
  const least = Number(counted[1]);
  const most = counted[2] === undefined ? least : counted[3] === '' ? least + 3 : Number(counted[3]);
  return [least, Math.min(most, least + 12), at + counted[0].length];
}

function readAlternatives(pattern, at) {
  const alternatives = [[]];
  while (at < pattern.length && pattern[at] !== ')') {
    const sign = pattern[at];
    let make;
    if (sign === '|') { alternatives.push([]); at++; continue; }
    if (sign === '^' || sign === '$') { at++; continue; }
    if (sign === '(') {
      const [inner, end] = readAlternatives(pattern, at + 1);
      make = inner;
      at = end + 1;
    } else if (sign === '[' && pattern[at + 1] === '^') {
      make = () => 'a'; // all the classes of this kind only shut blanks out
      at = pattern.indexOf(']', at) + 1;
    } else if (sign === '[') {
      const [signs, end] = readClass(pattern, at + 1);
      make = () => signs[random(signs.length)];
      at = end;
    } else if (sign === '.') {
      make = () => 'a';
      at++;
    } else {
      const literal = sign === '\\' ? pattern[at + 1] : sign;
      make = () => literal;
      at += sign === '\\' ? 2 : 1;
    }
    const [least, most, end] = readRepeat(pattern, at);
    at = end;
    alternatives.at(-1).push(() => {
      let text = '';
      for (let i = least + random(most - least + 1); i > 0; i--) text += make();
      return text;
    });
  }
  const make = () => alternatives[random(alternatives.length)].map((part) => part()).join('');
  return [make, at];
}

export function textFor(pattern) {
  return readAlternatives(pattern, 0)[0]();
}
