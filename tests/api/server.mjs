// A practice node of its own for one test file: made by `panji demo` in a temporary folder, served on a free port, gone
// at the end. The clients are what a program (fetch with a token) and a browser without JavaScript would be.
import './clock.mjs'; // what is started from here is shown the clock of the tests
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const PANJI = process.env.PANJI ?? new URL('../../build/panji', import.meta.url).pathname;

export function panji(...words) {
  return execFileSync(PANJI, words, { encoding: 'utf8', maxBuffer: 64 << 20 });
}

// options.arguments: more words for `serve`; options.since: a register opened on that day of the past and simulated until
// today. Call stop() when done; with {keep: true} the folder stays until the next stop().
export async function startServer(options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'panji-test-'));
  const data = join(folder, 'node');
  const made = JSON.parse(panji('demo', '--data', data, '--json', ...options.since ? ['--since', options.since] : []));
  if (options.since) panji('simulate', '--data', data, '--months', '24');
  const officers = Array.isArray(made) ? made : made.officers;
  const server = { folder, data, officers };
  await serve(server, options);
  server.restart = async () => { await end(server); await serve(server, options); };
  server.stop = async ({ keep = false } = {}) => {
    await end(server);
    if (!keep) rmSync(folder, { recursive: true, force: true });
  };
  // The first officer in a role, at a kind of office when one is named.
  server.officer = (role, office) => {
    const found = officers.find((o) => o.role === role && (!office || o.office === office));
    if (!found) throw new Error(`the demo has no ${role} ${office ?? ''}`);
    return found;
  };
  server.client = (officer) => new Client(server, officer);
  server.signedIn = async (role, office) => server.client(server.officer(role, office)).signIn();
  server.browser = () => new Browser(server);
  return server;
}

async function serve(server, options) {
  const child = spawn(PANJI, ['serve', '--data', server.data, '--listen', '127.0.0.1:0', ...options.arguments ?? []]);
  server.child = child;
  server.log = server.log ?? '';
  child.stderr.on('data', (chunk) => { server.log += chunk; });
  server.url = await new Promise((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
      const found = out.match(/listening on (http\S+)\n/);
      if (found) resolve(found[1]);
    });
    child.once('exit', (code) => reject(new Error(`panji serve ended with ${code}: ${server.log}`)));
  });
}

async function end(server) {
  if (server.child.exitCode !== null || server.child.signalCode !== null) return;
  const ended = new Promise((resolve) => server.child.once('exit', resolve));
  server.child.kill('SIGTERM');
  server.exitCode = await ended;
}

// ---- a program ----

export class Client {
  constructor(server, officer) {
    this.server = server;
    this.officer = officer;
  }

  async signIn() {
    const answer = await this.post('/api/v1/session', { officer: this.officer.officer, password: this.officer.password });
    if (answer.status !== 201) throw new Error(`sign-in: ${JSON.stringify(answer.json)}`);
    this.session = answer.json;
    this.token = answer.json.token;
    return this;
  }

  async send(method, path, body, headers = {}) {
    if (this.token) headers = { Authorization: `Bearer ${this.token}`, ...headers };
    const response = await fetch(this.server.url + path, { method, headers, body, redirect: 'manual' });
    const text = await response.text();
    let json;
    try { json = JSON.parse(text); } catch { json = undefined; }
    return { status: response.status, headers: response.headers, text, json };
  }

  get(path) { return this.send('GET', path); }
  post(path, body) { return this.send('POST', path, JSON.stringify(body), { 'Content-Type': 'application/json' }); }
  file(form, body, rest = {}) { return this.post('/api/v1/entries', { form, body, ...rest }); }
}

// ---- a person in a browser without JavaScript ----

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const unescape = (text) => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => entities[name]);
const attribute = (tag, name) => {
  const found = tag.match(new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s>])`));
  return found ? unescape(found[1] ?? '') : undefined;
};

// The Set-Cookie lines of an answer, which node 18 gives as one.
export const cookiesSet = (response) => (response.headers.get('set-cookie') ?? '').split(/, (?=\w+=)/).filter(Boolean);

export class Browser {
  constructor(server) {
    this.server = server;
    this.cookies = {};
  }

  async go(path, init = {}) {
    const cookie = Object.entries(this.cookies).map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(this.server.url + path, { ...init, headers: { cookie, ...init.headers }, redirect: 'manual' });
    for (const line of cookiesSet(response)) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      if (value) this.cookies[name] = value;
      else delete this.cookies[name];
    }
    const html = await response.text();
    if (response.status === 303 && init.follow !== false) return this.go(response.headers.get('location'));
    return new Page(this, path, response, html);
  }

  async signIn(officer) {
    const page = await this.go('/sign-in');
    return page.submit({ officer: officer.officer, password: officer.password });
  }
}

export class Page {
  constructor(browser, path, response, html) {
    Object.assign(this, { browser, path, html, status: response.status, headers: response.headers });
    this.text = unescape(html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '));
  }

  // The form in <main> with the values it shows: name to value, files left out.
  form(action) {
    const main = this.html.slice(this.html.indexOf('<main'));
    const forms = [...main.matchAll(/<form[^>]*>.*?<\/form>/gs)].map((found) => found[0]);
    const form = forms.find((text) => !action || attribute(text.match(/<form[^>]*>/)[0], 'action') === action);
    if (!form) throw new Error(`no form on ${this.path}: ${this.text.slice(0, 300)}`);
    const head = form.match(/<form[^>]*>/)[0];
    const fields = {};
    for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
      const chosen = !['checkbox', 'radio'].includes(attribute(tag, 'type')) || attribute(tag, 'checked') !== undefined;
      if (attribute(tag, 'type') !== 'file' && attribute(tag, 'name') && chosen) fields[attribute(tag, 'name')] = attribute(tag, 'value') ?? '';
    }
    for (const [, tag, text] of form.matchAll(/(<textarea[^>]*>)\n?(.*?)<\/textarea>/gs))
      fields[attribute(tag, 'name')] = unescape(text);
    for (const [, tag, options] of form.matchAll(/(<select[^>]*>)(.*?)<\/select>/gs)) {
      const chosen = options.match(/<option[^>]*\sselected[^>]*>/);
      fields[attribute(tag, 'name')] = chosen ? attribute(chosen[0], 'value') : '';
    }
    return { action: attribute(head, 'action'), multipart: attribute(head, 'enctype') === 'multipart/form-data', fields };
  }

  // Sends the form with some fields changed; names not on the page are sent too (the button pressed, files).
  submit(changes = {}, action = undefined, init = {}) {
    const form = this.form(action);
    const fields = { ...form.fields, ...changes };
    const body = form.multipart ? new FormData() : new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    return this.browser.go(form.action, { method: 'POST', body, ...init });
  }
}
