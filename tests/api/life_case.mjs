// The case whose life is told, and who works on it: shared by the chapters of life.test.mjs, which are run in their order.
import { startServer } from './server.mjs';
import { Story } from './story.mjs';
import { World } from './world.mjs';

export const HOUR = 3600;
export let server, world, life, sizeBefore;
export const who = {}, office = {}, paper = {}, person = {}, thing = {};

export async function begin() {
  server = await startServer();
  world = new World(server);
  sizeBefore = await world.size();
  const roles = ['sho', 'io', 'head_constable', 'constable', 'malkhana_moharrir', 'magistrate', 'prosecutor', 'prosecution_head',
    'jail_clerk', 'jail_superintendent', 'lab_reception', 'scientist', 'lab_head', 'hospital_clerk', 'doctor', 'sp'];
  for (const role of roles) who[role] = await world.desk(role);
  office.station = world.station;
  for (const [place, role] of [['court', 'magistrate'], ['prosecution', 'prosecutor'], ['prison', 'jail_clerk'],
    ['laboratory', 'lab_head'], ['hospital', 'doctor']]) office[place] = who[role].officer.office;
  who.court_clerk = await world.desk('court_clerk', office.court);
  who.stranger = await world.desk('sho', world.otherStation);
  life = new Story(world);
}

export async function end() {
  await server?.stop();
}

export const offences = (...list) => list.map((offence) => ({ offence }));
export const accused = (more = {}) => [{ who: { ref: person.accused }, ...more }];
