// A practice node whose folder a test may break: copied from one made once, served, killed, verified, tampered with.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, PANJI } from '../api/server.mjs';

const source = new URL('../../', import.meta.url).pathname;

// A folder for one test file with an untouched practice node in it. `words`: more for `panji demo`.
export function makePlace(...words) {
  const folder = mkdtempSync(join(tmpdir(), 'panji-crash-'));
  const made = JSON.parse(execFileSync(PANJI, ['demo', '--data', join(folder, 'fresh'), '--json', ...words], { encoding: 'utf8', maxBuffer: 64 << 20 }));
  const officers = Array.isArray(made) ? made : made.officers;
  const nodes = [];
  return {
    folder,
    officers,
    copy(from = join(folder, 'fresh'), to = join(folder, `copy${nodes.length}`)) {
      cpSync(from, to, { recursive: true });
      const node = new Node(to, officers);
      nodes.push(node);
      return node;
    },
    drop() {
      for (const node of nodes) node.child?.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export class Node {
  constructor(data, officers) {
    Object.assign(this, { data, officers });
  }

  // `before`: a shell line that comes before the server, for limits.
  async serve(before = '') {
    const words = ['serve', '--data', this.data, '--listen', '127.0.0.1:0'];
    const child = before ? spawn('/bin/sh', ['-c', `${before}; exec "$0" "$@"`, PANJI, ...words]) : spawn(PANJI, words);
    this.child = child;
    this.log = '';
    this.ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
    child.stderr.on('data', (chunk) => { this.log += chunk; });
    this.url = await new Promise((resolve, reject) => {
      let out = '';
      child.stdout.on('data', (chunk) => {
        out += chunk;
        const found = out.match(/listening on (http\S+)\n/);
        if (found) resolve(found[1]);
      });
      this.ended.then((how) => reject(new Error(`panji serve ended with ${how}: ${this.log}`)));
    });
    return this;
  }

  async end(signal = 'SIGTERM') {
    this.child.kill(signal);
    return this.ended;
  }

  officer(role, office) { return this.officers.find((one) => one.role === role && (!office || one.office === office)); }
  client(officer) { return new Client(this, officer); }
  signedIn(role, office) { return this.client(this.officer(role, office)).signIn(); }

  run(verb, ...words) {
    const done = spawnSync(PANJI, [verb, '--data', this.data, ...words], { encoding: 'utf8', maxBuffer: 64 << 20 });
    return { code: done.status ?? done.signal, out: done.stdout, err: done.stderr, all: done.stdout + done.stderr };
  }

  verify() {
    const done = this.run('verify', '--json');
    let report = {};
    try { report = JSON.parse(done.out); } catch { /* a crash leaves none */ }
    return { ...done, ...report };
  }

  tamper(how, sql, file = 'panji.db') {
    const done = spawnSync(tamperProgram(), [how, join(this.data, file), sql], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`${sql}: ${done.stderr}`);
    return done.stdout.split('\n').slice(0, -1).map((line) => line.split('|'));
  }
}

let program;
function tamperProgram() {
  if (program) return program;
  const folder = mkdtempSync(join(tmpdir(), 'panji-tamper-'));
  program = join(folder, 'tamper');
  execFileSync(process.env.CC ?? 'cc', ['-D_GNU_SOURCE', '-std=c17', '-O1', `-I${source}src`, '-o', program, `${source}tests/crash/tamper.c`,
    ...['pages', 'pages_sum', 'log_file', 'gathered', 'settling'].map((file) => `${source}src/db/${file}.c`), '-lsqlite3', '-lpthread']);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return program;
}

// Numbers that look random and are the same for the same seed.
export function seeded(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6D2B79F5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return { next, below: (n) => Math.floor(next() * n) };
}
