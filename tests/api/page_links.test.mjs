// No page offers what it then refuses: every officer follows every link he is shown, and none ends at "not found".
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { startServer } from './server.mjs';
import { World } from './world.mjs';

const ROLES = ['constable', 'head_constable', 'malkhana_moharrir', 'duty_officer', 'io', 'sho', 'sdpo', 'sp', 'prosecutor', 'prosecution_head',
  'magistrate', 'court_clerk', 'sessions_judge', 'jail_clerk', 'jail_superintendent', 'doctor', 'hospital_clerk', 'lab_reception', 'lab_head',
  'scientist', 'fpb_expert', 'establishment', 'auditor', 'administrator'];
const PAGES_MAX = 250;
let server;

before(async () => {
  server = await startServer();
  const world = new World(server);
  const sensitive = await world.fir({ offences: [{ offence: 'BNS 64(1)' }], privacy: { sensitive: true },
    victims: [{ who: { name: 'Sukhmati Dhruw' }, same_as_complainant: false }] });
  await world.deposited(sensitive);
  const plain = await world.fir();
  await world.deposited(plain);
  await world.accepted(plain, await world.chargeSheet(plain));
  await world.chargeSheet(sensitive);
});
after(() => server.stop());

const LOOKS = /[?&](lang|theme|keys)=/;

// Links within the node; how a page looks is switched from pages as they come only.
function linksOf(path, html) {
  return [...html.matchAll(/<a\s[^>]*?href="([^"#]+)[^"]*"/g)].map(([, href]) => href.replaceAll('&amp;', '&'))
    .filter((href) => href.startsWith('/') && !(LOOKS.test(href) && (LOOKS.test(path) || path.includes('/', 1))));
}

for (const role of ROLES)
  test(`a ${role} is shown no link that leads nowhere`, async () => {
    const browser = server.browser();
    await browser.signIn(server.officer(role));
    const met = new Map([['/', 'the first page']]), wrong = [];
    for (const [path, from] of met) {
      const page = await browser.go(path);
      if (page.status >= 400) wrong.push(`${path} from ${from}: ${page.status} ${page.text.slice(0, 200)}`);
      if (!/^\/api|^\/forms\//.test(path))
        for (const link of linksOf(path, page.html)) if (!met.has(link) && met.size < PAGES_MAX) met.set(link, path);
    }
    assert.ok(met.size > 10, `${met.size} pages`);
    assert.deepEqual(wrong, []);
  });
