// Offices and officers: found among many, who is posted where since when, and whose leave is whose business.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { dateText } from './bodies.mjs';
import { now } from './clock.mjs';
import { startServer } from './server.mjs';
import { World } from './world.mjs';

let server, world;
before(async () => { server = await startServer(); world = new World(server); });
after(() => server.stop());

async function browserOf(officer) {
  const browser = server.browser();
  await browser.signIn(officer);
  return browser;
}

test('an office is found by a part of its name in either script, or by its code', async () => {
  const browser = await browserOf(server.officer('sho'));
  const own = server.officer('sho');
  const found = async (words) => (await browser.go(`/offices?words=${encodeURIComponent(words)}`)).html;
  for (const words of [own.office_name.slice(0, 5).toLowerCase(), own.office.slice(0, 6), 'थाना'])
    assert.ok((await found(words)).includes(`/offices/${own.office}"`), words);
  for (const words of ['no such office anywhere', '%', '_', "' OR 1=1 --"])
    assert.ok(!(await found(words)).includes(`/offices/${own.office}"`), words);
});

test('who is in charge of an office stands first', async () => {
  const { html } = await (await browserOf(server.officer('sho'))).go(`/offices/${world.station}`);
  const roles = [...html.matchAll(/<tr><th[^>]*>.*?<\/th><td[^>]*>(.*?)<\/td>/g)].map(([, role]) => role);
  assert.equal(roles[0], 'Station house officer');
  assert.equal(roles.at(-1), 'Constable');
});

test('an officer has a page with every posting he held, and goes on from the office', async () => {
  const admin = await world.desk('administrator'), io = server.officer('io');
  await admin.file('posting', { posting: { officer: io.officer, office: world.otherStation, role: 'io', from: dateText(now()) } });
  const browser = await browserOf(server.officer('sp'));
  assert.ok((await browser.go(`/offices/${io.office}`)).html.includes(`/officers/${io.officer}"`));
  const page = await browser.go(`/officers/${io.officer}`);
  assert.equal(page.status, 200);
  assert.ok(page.html.includes(`/offices/${io.office}"`) && page.html.includes(`/offices/${world.otherStation}"`));
  assert.equal((await browser.go('/officers/nobody')).status, 404);
});

test('leave is shown to the officer and his line, and to nobody else', async () => {
  const establishment = await world.desk('establishment'), io = world.officers('io', world.station)[1];
  const day = (days) => dateText(now() + days * 86400e3);
  await establishment.file('leave', { leave: { officer: io.officer, from: day(10), to: day(12) } });
  const shown = async (officer) => (await (await browserOf(officer)).go(`/officers/${io.officer}`)).text.includes('Leave');
  assert.ok(await shown(io));
  assert.ok(await shown(world.officers('sho', world.station)[0]));
  assert.ok(await shown(server.officer('sp')));
  assert.ok(!await shown(world.officers('sho', world.otherStation)[0]));
  assert.ok(!await shown(server.officer('magistrate')));
});
