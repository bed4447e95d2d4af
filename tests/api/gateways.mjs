// Real gateways on loopback for the tests of messages: Kannel with its pretended operator, and an SMTP server.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trueTime } from './clock.mjs';

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

// Until something listens there; a program that ended meanwhile is an error.
async function listening(port, child, log) {
  for (let tries = 0; tries < 400; tries++) {
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${log()}`);
    const open = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
      socket.on('error', () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`nothing listens on ${port}: ${log()}`);
}

function run(program, words) {
  const child = spawn(program, words, { env: trueTime });
  let log = '';
  child.stdout.on('data', (chunk) => { log += chunk; });
  child.stderr.on('data', (chunk) => { log += chunk; });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return { child, log: () => log, ended, async stop() { child.kill('SIGKILL'); await ended; } };
}

export class Kannel {
  static async make() {
    const kannel = new Kannel();
    kannel.folder = mkdtempSync(join(tmpdir(), 'panji-kannel-'));
    kannel.ports = { admin: await freePort(), box: await freePort(), operator: await freePort(), send: await freePort() };
    kannel.conf = join(kannel.folder, 'kannel.conf');
    const { admin, box, operator, send } = kannel.ports;
    writeFileSync(kannel.conf, `group = core
admin-port = ${admin}
admin-password = secret
admin-interface = 127.0.0.1
smsbox-port = ${box}
smsbox-interface = 127.0.0.1
box-allow-ip = "127.0.0.1"
log-level = 2

group = smsc
smsc = fake
smsc-id = operator
port = ${operator}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = ${send}
sendsms-interface = 127.0.0.1
log-level = 2

group = sendsms-user
username = panji
password = secret
max-messages = 8
concatenation = true
`);
    kannel.texts = '';
    return kannel;
  }

  get address() { return `http://127.0.0.1:${this.ports.send}/cgi-bin/sendsms`; }

  async start() {
    this.bearer = run('bearerbox', [this.conf]);
    await listening(this.ports.box, this.bearer.child, this.bearer.log);
    await listening(this.ports.operator, this.bearer.child, this.bearer.log);
    // The operator's side says one word, and then shows whatever it is given.
    this.operator = run('/usr/lib/kannel/test/fakesmsc', ['-H', '127.0.0.1', '-r', String(this.ports.operator), '-i', '0.1', '-m', '1', '1 2 text hello']);
    // The box only once the operator is online: what it takes before that may be lost.
    await this.ready(/\(online /);
    this.boxes = run('smsbox', [this.conf]);
    await listening(this.ports.send, this.boxes.child, this.boxes.log);
    await this.ready(/smsbox:/);
  }

  async ready(sign) {
    for (let tries = 0; tries < 400; tries++) {
      const status = await (await fetch(`http://127.0.0.1:${this.ports.admin}/status.txt?password=secret`)).text();
      if (sign.test(status)) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('Kannel does not get ready');
  }

  async stop() {
    this.texts += this.operator.log();
    for (const one of [this.boxes, this.bearer, this.operator]) await one.stop();
  }

  drop() { rmSync(this.folder, { recursive: true, force: true }); }

  // What reached the operator, part by part: { to, text }. A long text comes in several parts, each with a header.
  get taken() {
    return [...(this.texts + this.operator.log()).matchAll(/Got message \d+: <(\S+) (\S+) (?:udh \S+ data|ucs-2|text) (.*?)>/gs)]
      .map(([, from, to, data]) => ({ from, to: decodeURIComponent(to), text: ucs2(data) }))
      .filter((one) => one.from === 'PANJI');
  }
}

// fakesmsc writes UTF-16 with %xx and + for a blank.
function ucs2(data) {
  const bytes = [];
  for (let i = 0; i < data.length; i++) {
    if (data[i] === '%') { bytes.push(parseInt(data.slice(i + 1, i + 3), 16)); i += 2; } else bytes.push(data[i] === '+' ? 32 : data.charCodeAt(i));
  }
  return Buffer.from(bytes.length % 2 ? bytes.slice(0, -1) : bytes).swap16().toString('utf16le');
}

const smtp = `
import asyncio, json, sys
from aiosmtpd.controller import Controller
class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith('nobody@'): return '550 no such mailbox'
        envelope.rcpt_tos.append(address); return '250 OK'
    async def handle_DATA(self, server, session, envelope):
        print(json.dumps({'from': envelope.mail_from, 'to': envelope.rcpt_tos, 'data': envelope.content.decode('utf-8', 'replace')}), flush=True)
        return '250 taken'
controller = Controller(Handler(), hostname='127.0.0.1', port=int(sys.argv[1])); controller.start()
asyncio.new_event_loop().run_forever()
`;

export class Mail {
  static async start() {
    const mail = new Mail();
    mail.port = await freePort();
    mail.server = run('/usr/bin/python3', ['-c', smtp, String(mail.port)]);
    await listening(mail.port, mail.server.child, mail.server.log);
    return mail;
  }

  get address() { return `smtp://127.0.0.1:${this.port}`; }

  get taken() {
    return this.server.log().split('\n').filter((line) => line.startsWith('{')).map((line) => {
      const one = JSON.parse(line), [head, , base64] = one.data.split(/\r?\n\r?\n/);
      return { ...one, head, text: Buffer.from(base64.split('--')[0], 'base64').toString() };
    });
  }

  async stop() { await this.server.stop(); }
}
