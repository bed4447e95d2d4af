// Messages about limits of the law, through a real Kannel with its pretended operator and a real SMTP server, both on
// loopback: who is told, once, with nothing of a person in it; reports come back; a gateway that is away loses nothing.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { dateText, minutesAgo } from './bodies.mjs';
import { moveClock, now } from './clock.mjs';
import { freePort, Kannel, Mail } from './gateways.mjs';
import { panji, startServer, PANJI } from './server.mjs';
import { World } from './world.mjs';

const hour = 3600, phone = '+919800000017', secretaryPhone = '+919800000018', jailPhone = '+919800000019', mailbox = 'thana@station.example', boxes = { dlsa: 'secretary@dlsa.example', prison: 'jail@prison.example' };
let server, world, kannel, mail, sho, io, fir;

const conf = (more = '') => {
  const path = join(server.data, 'notify.conf');
  writeFileSync(path, `language hi\nevery 1\nentity 1101\nregistered clock_soon hi 1107\n${more}
sms ${kannel.address} from PANJI user panji password secret report ${server.url}
mail ${mail.address} from panji@node.example\n`);
  chmodSync(path, 0o600);
};
const notices = async () => (await sho.get('/api/v1/notices?limit=200')).json.notices;
// Time passes; sessions end meanwhile, and everybody signs in again.
async function later(seconds) {
  moveClock(seconds);
  world.desks.clear();
  sho = await world.desk('sho');
}
// Until it holds: every look at the limits and every sending takes a second here.
async function until(what, holds) {
  for (let tries = 0; tries < 200; tries++) {
    const found = await holds();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`${what}: ${JSON.stringify(await notices())}`);
}

before(async () => {
  kannel = await Kannel.make();
  await kannel.start();
  mail = await Mail.start();
  // The gateway's reports find us at the same place after a restart.
  server = await startServer({ arguments: ['--listen', `127.0.0.1:${await freePort()}`] });
  world = new World(server);
  sho = await world.desk('sho');
  io = server.officer('io');
  const admin = await world.desk('administrator');
  const entries = panji('export', '--data', server.data).trim().split('\n').map((line) => JSON.parse(line));
  const correct = async (form, field, value, matches) => {
    const found = entries.find((one) => one.envelope.form === form && matches(one.body));
    await admin.file('correction', { correction: { entry: found.envelope.id }, changes: [{ path: field, value }] });
  };
  for (const [officer, number] of [[io, phone], [server.officer('legal_aid_secretary'), secretaryPhone], [server.officer('jail_superintendent'), jailPhone]])
    await correct('officer', 'officer.phone', number, (body) => body.officer.id === officer.officer);
  await correct('office', 'office.email', mailbox, (body) => body.office.code === world.station);
  await correct('office', 'office.email', boxes.dlsa, (body) => body.office.kind === 'legal_services');
  await correct('office', 'office.email', boxes.prison, (body) => body.office.kind === 'prison');
  conf();
  await server.restart();
});
after(async () => {
  await server.stop();
  await kannel.stop();
  await mail.stop();
  kannel.drop();
});

test('the officer who owes the act is told by SMS when three quarters of the limit have passed, once, and the report comes back', async () => {
  fir = await world.fir();
  await sho.file('io_assignment', { assignment: { officer: io.officer } }, { case: fir.id });
  const diary = await world.diary(sho);
  const desk = await world.desk('io');
  await desk.file('arrest', { arrest: { kind: 'arrested_forwarded', arrested_at: minutesAgo(0), diary: diary.id },
    accused: { who: { ref: fir.accused } } }, { case: fir.id });
  assert.deepEqual(await notices(), []);
  await later(18 * hour + 600);
  const told = await until('a message arrived', async () => (await notices()).find((one) => one.state === 'delivered' && one.text.includes('मजिस्ट्रेट')));
  assert.equal(told.receiver, io.officer);
  assert.ok(told.text.includes(fir.number) && !told.text.includes('Budhram') && !told.text.includes('Ramkali'));
  const taken = kannel.taken.filter((one) => one.to === phone);
  assert.ok(taken.length >= 1, 'the operator has it');
  assert.ok(taken.some((one) => one.text.includes(fir.number)));
  const before = (await notices()).length;
  await new Promise((resolve) => setTimeout(resolve, 2500)); // two more looks at the limits find nothing new
  assert.equal((await notices()).length, before);
});

test('while the gateway is away messages wait, and go out once when it is back', async () => {
  await kannel.stop();
  await later(3 * hour + 2400); // nine tenths
  const waiting = await until('one waits', async () => (await notices()).find((one) => one.state === 'waiting' && one.tries > 0));
  assert.ok(waiting.why);
  await server.restart(); // the outbox outlives us too
  await kannel.start();
  await later(3700);
  await until('it arrived', async () => (await notices()).find((one) => one.id === waiting.id && one.state === 'delivered'));
});

test('when the limit is over the office has a mail, and it says nothing of a person', async () => {
  await later(2 * hour);
  await until('a mail', async () => mail.taken.find((one) => one.to.includes(mailbox) && one.text.includes(fir.number)));
  for (const one of mail.taken) {
    assert.ok(!/Budhram|Ramkali/.test(one.data + one.text));
    assert.match(one.head, /^Date: /m);
    assert.match(one.head, /^Message-ID: </m);
    assert.equal(one.from, 'panji@node.example');
  }
});

test('a node that was down tells what it missed once, the highest step only', async () => {
  const other = await world.fir();
  await sho.file('io_assignment', { assignment: { officer: io.officer } }, { case: other.id });
  const diary = await world.diary(sho);
  await (await world.desk('io')).file('arrest', { arrest: { kind: 'arrested_forwarded', arrested_at: minutesAgo(0), diary: diary.id },
    accused: { who: { ref: other.accused } } }, { case: other.id });
  await server.stop({ keep: true });
  moveClock(7 * 24 * hour);
  await server.restart();
  await later(0);
  const of = async () => (await notices()).filter((one) => one.case_number === other.number && one.text.includes('मजिस्ट्रेट के समक्ष') && one.receiver === io.officer);
  await until('told', async () => (await of()).length > 0);
  await new Promise((resolve) => setTimeout(resolve, 2500));
  assert.equal((await of()).length, 1);
  assert.ok((await of())[0].urgent);
});

test('an office sees its own messages and no others; numbers are shown to nobody', async () => {
  const mine = await notices();
  assert.ok(mine.length > 0 && !JSON.stringify(mine).includes(phone) && !JSON.stringify(mine).includes(mailbox));
  const other = await world.desk('sho', world.otherStation), court = await world.desk('magistrate');
  for (const desk of [other, court])
    assert.deepEqual((await desk.get('/api/v1/notices')).json.notices.filter((one) => one.case_number === fir.number), []);
  assert.ok(!server.log.includes(phone.slice(3)) && !server.log.includes(mailbox));
});

test('a report for no message is refused, and asks for no session', async () => {
  assert.equal((await fetch(`${server.url}/api/v1/notices/${'0'.repeat(32)}/report?status=1`)).status, 404);
  assert.equal((await fetch(`${server.url}/api/v1/notices`)).status, 401);
});

test('a match of a watch is told once to the officer who keeps it, and says nothing of it', async () => {
  world.desks.clear();
  sho = await world.desk('sho');
  const keeper = await world.deskOf(io);
  const on = await world.fir();
  await sho.file('io_assignment', { assignment: { officer: io.officer } }, { case: on.id });
  const watched = await keeper.file('watch', { watch: { purpose: 'investigation', reason: 'To find the man who fled', what: 'name', until: dateText(now() + 86400e3) }, watched: { name: 'Hemlal Gaikwad' } }, { case: on.id });
  await world.fir({ accused: [{ who: { name: 'Hemlal Gaikwad' } }] });
  const told = async () => (await notices()).filter((one) => one.text.includes('निगरानी'));
  const [message] = await until('the watch', async () => (await told()).length > 0 && told());
  assert.equal(message.receiver, io.officer);
  assert.ok(!/Hemlal|Gaikwad|\.1/.test(message.text) && !message.text.includes(watched.id));
  await server.restart();
  assert.equal((await told()).length, 1);
});

test('on the day of default bail the prison and the legal services authority are told, by number of the case alone', async () => {
  const aid = server.officer('legal_aid_secretary'), prison = world.officeOfKind(['prison']), day = (n) => dateText(now() + n * 24 * hour * 1000);
  const held = await world.fir({ dispatch: { court: world.officeOfKind(['court']) } });
  const on = { case: held.id }, who = { ref: held.accused };
  await held.sho.file('arrest', { arrest: { kind: 'arrested_forwarded', arrested_at: minutesAgo(0), diary: held.diary }, accused: { who } }, on);
  const order = await (await world.desk('magistrate')).file('remand_order', { remand: { made_at: minutesAgo(0), produced: 'physical', decision: 'granted',
    custody: 'judicial', from: day(0), to: day(13), first: true, admits: true, place: prison }, accused: [{ who }] }, { ...on, to: [prison, world.station] });
  await (await world.desk('jail_superintendent')).file('prison_admission', { admission: { basis: 'remand', order: order.id, admitted_at: minutesAgo(0),
    category: 'remand', until: day(13) }, prisoner: { who } }, on);
  const told = (box) => mail.taken.filter((one) => one.to.includes(box) && one.text.includes(held.number) && one.text.includes('डिफ़ॉल्ट'));
  const called = async (officer) => (await notices()).filter((one) => one.way === 'sms' && one.receiver === officer && one.case_number === held.number);
  const rung = (number) => kannel.taken.filter((one) => one.to === number);
  await later(59 * 24 * hour);
  await until('the day before', async () => (await notices()).find((one) => one.case_number === held.number && one.text.includes('डिफ़ॉल्ट') && !one.urgent));
  assert.deepEqual([...told(boxes.dlsa), ...told(boxes.prison)], [], 'not before the day');
  assert.deepEqual([...await called(aid.officer), ...rung(secretaryPhone)], [], 'nor by SMS');
  await later(24 * hour + 600);
  await until('the prison', async () => told(boxes.prison).length > 0);
  await until('legal aid', async () => told(boxes.dlsa).length > 0);
  assert.ok((await notices()).some((one) => one.case_number === held.number && one.receiver === aid.office), 'the station sees who was told');
  for (const one of [...told(boxes.dlsa), ...told(boxes.prison)]) assert.ok(!/Budhram|Ramkali/.test(one.data + one.text));
  for (const [officer, number] of [[aid, secretaryPhone], [server.officer('jail_superintendent'), jailPhone]]) {
    const sms = await until(`the SMS to ${officer.role}`, async () => (await called(officer.officer)).find((one) => one.state === 'delivered' && one.text.includes('डिफ़ॉल्ट')));
    assert.ok(sms.text.includes(held.number) && !/Budhram|Ramkali/.test(sms.text));
    assert.ok(rung(number).some((one) => one.text.includes(held.number)), 'the operator has it');
  }
  await new Promise((resolve) => setTimeout(resolve, 2500));
  assert.equal(told(boxes.dlsa).length, 1);
  assert.equal((await called(aid.officer)).filter((one) => one.text.includes('डिफ़ॉल्ट')).length, 1);
});

test('in quiet hours an SMS waits for the morning, unless the limit is over', async () => {
  world.desks.clear();
  sho = await world.desk('sho');
  const quiet = await world.fir(), clockTime = (at) => new Date(at + 5.5 * 3600e3).toISOString().slice(11, 16);
  await sho.file('io_assignment', { assignment: { officer: io.officer } }, { case: quiet.id });
  await (await world.desk('io')).file('arrest', { arrest: { kind: 'arrested_forwarded', arrested_at: minutesAgo(0), diary: quiet.diary },
    accused: { who: { ref: quiet.accused } } }, { case: quiet.id });
  conf(`quiet ${clockTime(now() + 17 * hour * 1000)} ${clockTime(now() + 20 * hour * 1000)}`);
  await server.restart();
  await later(18 * hour + 600);
  const of = async () => (await notices()).filter((one) => one.case_number === quiet.number && one.text.includes('मजिस्ट्रेट के समक्ष') && one.receiver === io.officer);
  const [night] = await until('three quarters', async () => (await of()).length > 0 && of());
  await new Promise((resolve) => setTimeout(resolve, 2500));
  assert.deepEqual([(await of())[0].state, (await of())[0].tries], ['waiting', 0]);
  assert.ok(!kannel.taken.some((one) => one.to === phone && one.text.includes(quiet.number) && one.text.includes('मजिस्ट्रेट के समक्ष')));
  await later(2 * hour);
  await until('the morning', async () => (await of()).find((one) => one.id === night.id && one.state === 'delivered'));
  conf(`quiet ${clockTime(now() + 1 * hour * 1000)} ${clockTime(now() + 9 * hour * 1000)}`);
  await server.restart();
  await later(5 * hour);
  const late = await until('the limit is over', async () => (await of()).find((one) => one.urgent && one.state === 'delivered'));
  assert.ok(late.id > night.id);
  conf();
  await server.restart();
});

test('what was sent is shown with what became of it', async () => {
  const browser = server.browser();
  await browser.signIn(server.officer('sho'));
  for (const [state, words] of [['delivered', 'Arrived'], ['waiting', 'Waiting'], ['failed', 'Not delivered']]) {
    const page = await browser.go(`/notices?state=${state}`);
    assert.equal(page.status, 200);
    assert.ok(page.text.includes(words), words);
    assert.ok(!page.text.includes(phone) && !page.text.includes(mailbox));
  }
  const page = await browser.go('/notices?state=delivered');
  assert.ok(page.text.includes(fir.number) && page.text.includes('SMS') && page.text.includes(server.officer('io').name.split(' ')[0]));
});

test('a wrong set-up stops the server at start and says where', async () => {
  await server.stop({ keep: true });
  conf('colour blue');
  const run = () => execFileSync(PANJI, ['serve', '--data', server.data, '--listen', '127.0.0.1:0'], { encoding: 'utf8', stdio: 'pipe' });
  assert.throws(run, (error) => /notify\.conf:5/.test(error.stderr));
  rmSync(join(server.data, 'notify.conf'));
  await server.restart();
});
