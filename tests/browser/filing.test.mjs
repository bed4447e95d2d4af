// An FIR in a real browser: by mouse with the script, by keyboard alone, and with JavaScript off; what the script adds
// (kept as one types, asked as one chooses, found as one looks).
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { startServer } from '../api/server.mjs';
import { launch, person } from './people.mjs';

let server, browser, sho, io;

before(async () => {
  server = await startServer();
  browser = await launch();
  sho = server.officer('sho');
  io = server.officer('io', sho.office);
});
after(async () => { await browser?.close(); await server?.stop(); });

const field = (page, name) => page.locator(`[name="${name}"]`).last();
const go = (page) => page.locator('main button[name="_continue"]:not(.off)');

// On to a part; what a choice brought in the last moment is asked for first, and may be left empty.
async function forward(page, place, press) {
  await press();
  await page.waitForURL((url) => url.pathname.endsWith(`/part/${place}`) || url.searchParams.has('asked'));
  if (!page.url().includes('asked=1')) return;
  await press();
  await page.waitForURL((url) => url.pathname.endsWith(`/part/${place}`));
}

// A diary entry, so that the FIR has one to cite.
async function diary(page) {
  await page.visit('/forms/general_diary');
  await field(page, 'diary.kind').selectOption('information');
  await field(page, 'diary.happened_at').fill('t');
  await field(page, 'diary.subject').fill('Theft of a motorcycle');
  await field(page, 'diary.particulars').fill('Told by the owner.');
  await go(page).click();
  await page.waitForURL(/\/sign$/);
  await page.click('button[name="_record"]');
  await page.waitForURL(/receipt$/);
  return page.url().split('/')[4];
}

// The parts of an FIR and what is typed there; `put` does it by mouse or by keys.
async function fir(page, id, put, on) {
  await put('registration.kind', 'ordinary');
  await on('privacy');
  await put('privacy.sensitive', 'no');
  await on('offences');
  await put('offences.0.offence', '303(2)');
  await on('occurrence');
  await put('occurrence.known', 'exact');
  await put('occurrence.from', 't 0030');
  await put('occurrence.place.village', 'Simga');
  await on('information');
  await put('information.diary', id);
  await put('information.received_at', 't');
  await put('information.kind', 'oral');
  await on('complainant');
  await put('complainant.who.name', 'Ramkali Bai');
  await on('victims');
  await page.visit(`/drafts/${page.url().split('/')[4]}/part/contents`);
  await put('contents.text', 'Somebody broke the lock at night and took the motorcycle.');
  await on('action');
  await put('action.kind', 'taken_up');
  await put('action.officer', io.officer);
  await put('action.read_over', 'yes');
  await put('action.copy_given', 'yes');
  await on('dispatch');
}

async function signed(page) {
  await page.visit(`/drafts/${page.url().split('/')[4]}/review`);
  assert.equal(await page.locator('#panji-errors').count(), 0, await page.locator('main').innerText());
  await page.getByRole('link', { name: 'Go on to sign' }).click();
  await page.waitForURL(/\/sign$/);
  const words = await page.locator('blockquote').innerText();
  for (const one of ['BNS 303(2)', 'Ramkali Bai', 'Simga', 'broke the lock']) assert.ok(words.includes(one), one);
}

test('by mouse: kept as one types, asked as one chooses, found as one looks, read back as one writes', async () => {
  const page = await person(browser, server, sho);
  const id = await diary(page);
  await page.visit('/forms/fir');
  await page.getByRole('link', { name: 'Registration', exact: true }).click();
  const put = async (name, value) => {
    const at = field(page, name);
    await at.waitFor();
    if (await at.evaluate((node) => node.tagName) === 'SELECT') await at.selectOption(value);
    else await at.fill(value);
  };
  const on = (place) => forward(page, place, () => go(page).click());

  // A choice brings a question, another takes it away.
  await put('registration.kind', 'zero');
  await field(page, 'registration.zero_place').waitFor();
  await put('registration.zero_place', 'Bhatapara');
  await put('registration.kind', 'ordinary');
  await field(page, 'registration.zero_place').waitFor({ state: 'detached' });
  await page.locator('#draft-saved .saved').waitFor();
  assert.match(await page.locator('#draft-saved').innerText(), /Saved \d\d:\d\d/);
  await on('privacy');
  await put('privacy.sensitive', 'no');
  await on('offences');

  // Found while one types, chosen by a click.
  await field(page, 'offences.0.offence').pressSequentially('हत्या');
  const found = page.locator('.found button', { hasText: 'BNS 103(1)' });
  await found.waitFor();
  await field(page, 'offences.0.offence').fill('');
  await field(page, 'offences.0.offence').pressSequentially('theft');
  await page.locator('.found button', { hasText: 'BNS 303(2)' }).click();
  await page.waitForURL(/#offences\.0\.offence$/);
  assert.equal(await field(page, 'offences.0.offence').inputValue(), 'BNS 303(2)');
  assert.match(await page.locator('.readback').innerText(), /Cognizable/);

  // Read back with the weekday.
  await page.visit(`/drafts/${page.url().split('/')[4]}/part/occurrence`);
  await put('occurrence.known', 'exact');
  await field(page, 'occurrence.from').waitFor();
  await field(page, 'occurrence.from').pressSequentially('27/3/2026 1430');
  await page.locator('output', { hasText: 'Friday (शुक्रवार), 27 Mar 2026, 14:30' }).waitFor();

  // A name in the other script.
  await page.visit(`/drafts/${page.url().split('/')[4]}/part/accused.0`);
  await put('accused.0.who.name', 'बुधराम निषाद');
  const looked = page.waitForRequest(/\/choose\/person/);
  await field(page, 'accused.0.who.name').blur();
  assert.equal((await looked).method(), 'POST');
  assert.deepEqual([...new URL((await looked).url()).searchParams.keys()].filter((name) => name.startsWith('accused.')), [],
    'nothing of him goes into an address');
  await page.locator('.found button', { hasText: 'Budhram Nishad' }).click();
  await page.waitForURL(/#accused\.0\.who\.name_other$/);
  assert.equal(await field(page, 'accused.0.who.name_other').inputValue(), 'Budhram Nishad');

  // The rest, and nothing goes by itself.
  await page.visit(`/drafts/${page.url().split('/')[4]}/part/registration`);
  await fir(page, id, put, on);
  await signed(page);
  await page.click('button[name="_record"]');
  await page.waitForURL(/receipt$/);
  assert.match(await page.locator('main').innerText(), /\d{4}\/\d{4}/);
  assert.deepEqual(page.faults, []);
});

test('what is typed and never sent is there in the next window', async () => {
  const page = await person(browser, server, sho);
  await page.visit('/forms/general_diary');
  await field(page, 'diary.subject').pressSequentially('left in the middle');
  await page.locator('#draft-saved .saved').waitFor();
  const other = await person(browser, server, sho);
  await other.visit('/drafts');
  await other.getByRole('link', { name: 'General diary entry' }).first().click();
  assert.equal(await field(other, 'diary.subject').inputValue(), 'left in the middle');
});

test('two windows on one draft: the second says so', async () => {
  const one = await person(browser, server, sho);
  await one.visit('/forms/general_diary');
  await field(one, 'diary.subject').pressSequentially('shared');
  await one.locator('#draft-saved .saved').waitFor();
  const draft = await one.evaluate(() => document.querySelector('form.typed').action.split('/').pop());
  const two = await person(browser, server, sho);
  await two.visit(`/drafts/${draft}`);
  const kept = one.waitForResponse(/\/save$/);
  await field(one, 'diary.informant').pressSequentially('the watchman');
  await kept;
  await field(two, 'diary.reference').pressSequentially('12/2026');
  await two.getByText('open in another tab too').waitFor();
  assert.deepEqual(two.faults, []);
});

test('by keyboard alone', async () => {
  const page = await person(browser, server, sho);
  const id = await diary(page);
  await page.visit('/forms/fir');
  const keys = page.keyboard;
  const to = async (wanted) => {
    for (let i = 0; i < 200; i++) {
      if (await page.evaluate((selector) => document.activeElement?.matches(selector), wanted)) return;
      await keys.press('Tab');
    }
    assert.fail(`${wanted} is not reached by the tabulator`);
  };
  const put = async (name, value) => {
    const wanted = `[name="${name}"]`;
    await field(page, name).waitFor();
    await to(wanted);
    if (await page.evaluate(() => document.activeElement.tagName) !== 'SELECT') {
      await keys.press('Control+A');
      await keys.type(value);
      return;
    }
    const words = await page.evaluate((option) => [...document.activeElement.options].find((one) => one.value === option).text, value);
    await keys.type(words);
    assert.equal(await page.evaluate(() => document.activeElement.value), value, `${words} is chosen by typing it`);
  };
  const on = (place) => forward(page, place, () => keys.press('Control+Enter'));
  await to('.steps a');
  await keys.press('Enter');
  await page.waitForURL(/part\/registration/);
  await fir(page, id, put, on);
  await page.visit(`/drafts/${page.url().split('/')[4]}/sign`);
  await to('button[name="_record"]');
  await keys.press('Enter');
  await page.waitForURL(/receipt$/);
  assert.deepEqual(page.faults, []);
});

test('by keyboard alone: what is found while one types is chosen from the list, and one goes on from there', async () => {
  const page = await person(browser, server, sho);
  await page.visit('/forms/fir');
  await page.locator('.steps a[href*="/part/offences"]').first().focus();
  await page.keyboard.press('Enter');
  await field(page, 'offences.0.offence').waitFor();
  const at = (selector) => page.evaluate((wanted) => document.activeElement.matches(wanted), selector);
  for (let presses = 0; !await at('[name="offences.0.offence"]') && presses < 60; presses++) await page.keyboard.press('Tab');
  await page.keyboard.type('theft');
  await page.locator('.found button', { hasText: 'BNS 303(2)' }).waitFor();
  const chosen = () => page.evaluate(() => document.activeElement.closest('.found')?.innerText.includes('303(2)') && document.activeElement.innerText);
  for (let presses = 0; !/BNS 303\(2\)/.test(await chosen()) && presses < 60; presses++) await page.keyboard.press('Tab');
  await Promise.all([page.waitForURL(/#offences\.0\.offence$/), page.keyboard.press('Enter')]);
  assert.equal(await field(page, 'offences.0.offence').inputValue(), 'BNS 303(2)');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.querySelector('[name="offences.0.offence"]').compareDocumentPosition(document.activeElement)
    === Node.DOCUMENT_POSITION_FOLLOWING || document.activeElement.name === 'offences.0.offence'), true, 'the next key goes on where the choice was made');
  await page.context().close();
});

test('with JavaScript off', async () => {
  const page = await person(browser, server, sho, { script: false });
  const id = await diary(page);
  await page.visit('/forms/fir');
  await page.getByRole('link', { name: 'Registration', exact: true }).click();
  const put = async (name, value) => {
    if (await field(page, name).count() === 0) await go(page).click(); /* asked once what it hangs on was sent */
    const at = field(page, name);
    if (await at.evaluate((node) => node.tagName) === 'SELECT') await at.selectOption(value);
    else await at.fill(value);
  };
  const on = (place) => forward(page, place, () => go(page).click());
  await fir(page, id, put, on);
  await signed(page);
  await page.click('button[name="_record"]');
  await page.waitForURL(/receipt$/);
});

// Answers to what a choice asks for come that much later.
async function slowAnswers(page, wait) {
  await page.route('**/*refresh=1*', async (route) => {
    const answer = await route.fetch();
    await new Promise((resolve) => setTimeout(resolve, wait));
    await route.fulfill({ response: answer }).catch(() => {}); /* nobody waits for it any more */
  });
}

test('what is typed while a slow line still answers an earlier choice stays, and so does one’s place', async () => {
  const page = await person(browser, server, sho);
  await page.visit('/forms/general_diary');
  await field(page, 'diary.kind').selectOption('closing');
  await field(page, 'diary.cash_balance').waitFor();
  await slowAnswers(page, 800);
  const answered = page.waitForResponse(/refresh=1/);
  await field(page, 'diary.kind').selectOption('cash');
  await page.waitForRequest(/refresh=1/);
  await field(page, 'diary.cash_balance').pressSequentially('1250');
  await page.keyboard.press('ArrowLeft');
  const place = await page.evaluateHandle(() => document.activeElement);
  await answered;
  await page.waitForFunction(() => !document.querySelector('.htmx-request'));
  assert.equal(await page.evaluate((node) => document.activeElement === node, place), true, 'nobody is thrown out of a field');
  await page.keyboard.type('7');
  assert.equal(await field(page, 'diary.cash_balance').inputValue(), '12570');
  await page.context().close();
});

test('who changes his choice while a slow line still answers is asked what the last one asks for', async () => {
  const page = await person(browser, server, sho);
  await page.visit('/forms/general_diary');
  await slowAnswers(page, 1500);
  for (const kind of ['information', 'arrival', 'closing'])
    await Promise.all([page.waitForRequest(/refresh=1/), field(page, 'diary.kind').selectOption(kind)]);
  await field(page, 'diary.cash_balance').waitFor();
  await Promise.all([page.waitForRequest(/refresh=1/), field(page, 'diary.kind').selectOption('information')]);
  await field(page, 'diary.cash_balance').waitFor({ state: 'detached' });
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('who mends an error is left at it while what he types is saved', async () => {
  const page = await person(browser, server, sho);
  await page.visit('/forms/general_diary');
  await field(page, 'diary.kind').selectOption('information');
  await go(page).click();
  await page.waitForFunction(() => document.activeElement.id === 'panji-errors');
  const kept = page.waitForResponse(/\/save$/);
  await field(page, 'diary.subject').pressSequentially('Theft');
  await kept;
  await page.locator('#draft-saved .saved').waitFor();
  await page.waitForFunction(() => !document.querySelector('.htmx-request'));
  assert.equal(await page.evaluate(() => document.activeElement.name), 'diary.subject');
  await page.context().close();
});
