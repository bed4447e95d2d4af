// The table of bench/search/run: for every kind of query how many find the name (or with the father's name the very
// person) among the first ten, and how long it took. usage: table.mjs FOLDER QUERIES SET...
import { readFileSync } from 'node:fs';

const [folder, queriesFile, ...sets] = process.argv.slice(2);
const lines = (path) => readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => line.split('\t'));
const canon = new Map(lines(`${folder}/canon.tsv`));
const queries = new Map(lines(queriesFile).slice(1).map(([qid, kind, person, , , , , , , name]) => [qid, { kind, person, name }]));

// What one set found of the queries in `only` (all when not given).
function judge(set, only) {
  const kinds = new Map([['all', { n: 0, ten: 0, fifty: 0 }]]);
  const times = [];
  for (const [qid, ms, ids] of lines(`${folder}/${set}.out`)) {
    if (only && !only.has(qid)) continue;
    const { kind, person, name } = queries.get(qid);
    const found = ids ? ids.split(',') : [];
    const place = found.findIndex((id) => set === 'father' || set === 'pg_trgm_father' ? id === person : canon.get(id) === name);
    if (!kinds.has(kind)) kinds.set(kind, { n: 0, ten: 0, fifty: 0 });
    for (const row of [kinds.get(kind), kinds.get('all')]) {
      row.n++;
      row.ten += place >= 0 && place < 10;
      row.fifty += place >= 0;
    }
    times.push(Number(ms));
  }
  times.sort((a, b) => a - b);
  return { kinds, p50: times[times.length >> 1], p99: times[Math.floor(times.length * 0.99)], n: times.length };
}

const share = (row, field = 'ten') => (row ? ((100 * row[field]) / row.n).toFixed(1) : '-');
function table(title, names, results) {
  const kinds = [...results[0].kinds.keys()].sort((a, b) => (a === 'all') - (b === 'all') || a.localeCompare(b));
  console.log(`\n${title}\n${'kind'.padEnd(10)}${'n'.padStart(6)}${names.map((name) => name.padStart(16)).join('')}`);
  for (const kind of kinds) {
    const mine = results[0].kinds.get(kind);
    const more = results.slice(1).some((peer) => peer.kinds.get(kind)?.ten > mine.ten);
    console.log(kind.padEnd(10) + String(mine.n).padStart(6) +
      results.map((result) => share(result.kinds.get(kind)).padStart(16)).join('') + (more ? '   a peer finds more' : ''));
  }
  for (const field of ['p50', 'p99']) {
    console.log(`${field} ms`.padEnd(16) + results.map((result) => result[field].toFixed(2).padStart(16)).join('') +
      results.slice(1).map((peer) => `   ${(peer[field] / results[0][field]).toFixed(0)}x`).join(''));
  }
}

table('Name alone, found among the first ten, per cent', ['engine'], [judge('name')]);
const peers = sets.filter((set) => ['fts5', 'pg_trgm'].includes(set));
if (peers.length) {
  const only = new Set(lines(`${folder}/${peers[0]}.out`).map(([qid]) => qid));
  table('The same, on the queries put to the peers', ['engine', ...peers], [judge('name', only), ...peers.map((set) => judge(set, only))]);
}
if (sets.includes('pg_trgm_father')) {
  const only = new Set(lines(`${folder}/pg_trgm_father.out`).map(([qid]) => qid));
  table('Name and father, the very person among the first ten', ['engine', 'pg_trgm'],
    [judge('father', only), judge('pg_trgm_father', only)]);
}
table('Name and father, all queries', ['engine'], [judge('father')]);
console.log('\nSoft evidence: the name among the first ten / fifty, per cent');
for (const [set, what] of [['name', 'none'], ['evidence', 'right sex, age, district'], ['wrong', 'all three wrong']]) {
  const { kinds } = judge(set);
  console.log(what.padEnd(28) + `${share(kinds.get('all'))} / ${share(kinds.get('all'), 'fifty')}`);
}
console.log('');
