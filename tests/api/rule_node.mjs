// The practice node whose rules are broken on purpose.
import { startServer } from './server.mjs';
import { World } from './world.mjs';

export let server, world;

export async function begin() {
  server = await startServer();
  world = new World(server);
}

export async function end() {
  await server?.stop();
}

// A browser at the form's page, signed in as the officer.
export async function opened(desk, form, rest = {}) {
  const browser = server.browser();
  await browser.signIn(desk.officer);
  return browser.go(`/forms/${form}${rest.case ? `?case=${rest.case}` : ''}`);
}

export async function diaryAt(role, office) {
  const desk = await world.desk(role, office);
  return { desk, id: (await world.diary(desk)).id };
}

// Files posting_end or leave for somebody, by whoever keeps the postings.
export async function establish(form, said) {
  const keeper = await world.desk('administrator');
  return keeper.file(form, said);
}
