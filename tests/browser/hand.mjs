// Hands before a browser: the same form is filled in with a mouse, with keys alone (keys.mjs), or as plain pages with the
// script off. A form is told as its body; where its fields stand, and on how many pages, the hand finds out from the pages.
import assert from 'node:assert/strict';

// What a person types for the values of a body: { path: words } in the order of the body; rows of plain values are lists.
export function typedOf(body, before = '') {
  const typed = {};
  for (const [name, value] of Object.entries(body)) {
    const path = before + name;
    if (Array.isArray(value) && typeof value[0] !== 'object') typed[path] = value.map(words);
    else if (typeof value === 'object') Object.assign(typed, typedOf(value, `${path}.`));
    else typed[path] = words(value);
  }
  return typed;
}

function words(value) {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const date = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d).*)?$/.exec(value);
  if (!date) return String(value);
  const [, year, month, day, hour, minute] = date;
  return `${day}/${month}/${year}${hour ? ` ${hour}${minute}` : ''}`;
}

const named = (path) => `main [name="${path}"]`;
const adding = (rows) => `main button[name="_add"][value="${rows}"]`;
// The lists a path stands in, the innermost first: accused.0.sentences and accused of accused.0.sentences.0.kind.
const rowsOf = (path) => [...path.matchAll(/\.\d+(?=\.|$)/g)].map((row) => path.slice(0, row.index)).reverse();
// What lets one fill in a path: its field, its first row, or the way to add one.
const bringing = (path) => [named(path), named(`${path}.0`), ...rowsOf(path).map(adding)];

// What all hands do alike. Each kind tells how it presses, marks, chooses, types, leaves a field and goes to a main page.
export class Hand {
  constructor(page) {
    this.page = page;
    page.setDefaultTimeout(30000);
  }

  at(selector) { return this.page.locator(selector).last(); }
  has(selector) { return this.page.locator(selector).count().then((count) => count > 0); }

  // Presses what leads to another page.
  async follow(selector) {
    await this.at(selector).waitFor({ state: 'attached' });
    await Promise.all([this.page.waitForEvent('domcontentloaded'), this.press(selector)]);
  }

  async signIn(officer) {
    await this.type('#officer', officer.officer);
    await this.type('#password', officer.password);
    await this.follow('main button');
    assert.equal(new URL(this.page.url()).pathname, '/', await this.page.locator('main').innerText());
  }

  // To a form: from the list of forms; on a case from what one's day asks for, else from the case found by its number.
  // Tells whether the day asked for it.
  async open(form, on) {
    if (!on) {
      await this.place('/forms');
      await this.follow(`main a[href="/forms/${form}"]`);
      return false;
    }
    const link = `main a[href="/forms/${form}?case=${on.id}"]`;
    await this.place('/');
    const asked = await this.has(link);
    if (!asked) {
      await this.look(on.number);
      await this.follow(`main a[href="/cases/${on.id}"]`);
      await this.unfold(link);
    }
    await this.follow(link);
    return asked;
  }

  // Parts that are folded are opened on the way.
  async unfold(selector) {
    const folded = this.page.locator('main details:not([open])', { has: this.page.locator(selector.replaceAll('main ', '')) });
    while (await folded.count() > 0) {
      const id = await folded.first().evaluate((node) => { node.dataset.hand ??= String(Math.random()).slice(2); return node.dataset.hand; });
      await this.press(`details[data-hand="${id}"] > summary`);
    }
  }

  async put(path, value) {
    if (Array.isArray(value)) {
      for (const [row, one] of value.entries())
        if (await this.has(named(`${path}.${row}`))) await this.put(`${path}.${row}`, one);
        else await this.mark(`${named(path)}[value="${one}"]`);
      return;
    }
    await this.unfold(named(path));
    if (await this.has(`${named(path)}[type="radio"]`)) await this.mark(`${named(path)}[value="${value}"]`);
    else if (await this.at(named(path)).evaluate((node) => node.tagName) === 'SELECT') await this.choose(named(path), value);
    else await this.type(named(path), value);
  }

  // Fills what of `typed` stands on this page; gives what does not.
  async fillPage(typed) {
    const left = new Map(Object.entries(typed));
    for (;;) {
      const here = await this.page.locator('main [name]:not([type="hidden"])').evaluateAll((nodes) => nodes.map((node) => node.name));
      const next = here.find((name) => left.has(name) || left.has(name.replace(/\.\d+$/, '')));
      if (next) {
        const path = left.has(next) ? next : next.replace(/\.\d+$/, '');
        await this.put(path, left.get(path));
        left.delete(path);
      } else if (left.size === 0 || !(await this.addRow(left) || await this.asked([...left.keys()]))) return Object.fromEntries(left);
    }
  }

  // One more row of what is left to fill in, where the page offers one.
  async addRow(left) {
    for (const path of left.keys())
      for (const rows of rowsOf(path)) {
        if (!await this.has(adding(rows))) continue;
        await this.follow(adding(rows));
        return true;
      }
    return false;
  }

  // Whether what was chosen on this page asks for one of these now: the script asks as soon as one has left the field.
  async asked(paths) {
    await this.leave();
    const brought = this.page.locator(paths.flatMap(bringing).join(', ')).first();
    return brought.waitFor({ state: 'attached' }).then(() => true, () => false);
  }

  // A form that stands open, to its receipt; the id of the entry.
  async file(form, body, to = []) {
    const typed = { ...typedOf(body), ...to.length > 0 && { _to: to } };
    if (await this.has('.steps')) await this.fillParts(typed);
    else {
      const left = await this.fillPage(typed);
      assert.deepEqual(left, {}, `${form} has a field for everything that is told`);
      await this.goOn();
    }
    assert.match(this.page.url(), /\/sign$/, `${form}: ${await this.page.locator('main').innerText()}`);
    await this.follow('main button[name="_record"]');
    assert.match(this.page.url(), /\/receipt$/, `${form}: ${await this.page.locator('main').innerText()}`);
    return this.page.url().split('/')[4];
  }

  async fillParts(typed) {
    const left = new Set(Object.keys(typed).map((path) => path.split('.')[0]));
    while (left.size > 0) {
      // In the order of the list; a part that another one brings has no link before.
      const open = await this.page.locator('.steps a').evaluateAll((links) => links.map((link) => link.pathname.split('/').pop()));
      const section = open.find((part) => left.delete(part)) ?? assert.fail(`no way to ${[...left]} in ${open}`);
      const mine = Object.fromEntries(Object.entries(typed).filter(([path]) => path.split('.')[0] === section));
      await this.follow(`.steps a[href*="/part/${section}?"], .steps a[href$="/part/${section}"]`);
      if (await this.has(`main a[href*="/part/${section}.0"]`)) await this.fillRows(section, mine);
      else {
        assert.deepEqual(await this.fillPage(mine), {}, `the part ${section} has a field for everything`);
        await this.follow('main button[name="_list"]');
      }
    }
    await this.follow('main a[href$="/review"]');
    assert.equal(await this.has('#panji-errors'), false, await this.page.locator('main').innerText());
    await this.follow('main a[href$="/sign"]');
  }

  async fillRows(section, typed) {
    for (const row of new Set(Object.keys(typed).map((path) => path.split('.')[1]))) {
      const fields = Object.entries(typed).filter(([path]) => path.split('.')[1] === row);
      await this.follow(`main a[href*="/part/${section}.${row}"]`);
      assert.deepEqual(await this.fillPage(Object.fromEntries(fields)), {}, `a row of ${section} has a field for everything`);
      await this.goOn();
    }
    await this.follow(`a[href="/drafts/${this.page.url().split('/')[4]}"]`);
  }

  // On; what a choice brought in the last moment is shown first, and may be left empty.
  async goOn() {
    await this.send();
    if (new URL(this.page.url()).searchParams.has('asked')) await this.send();
  }

  send() { return this.follow('main button[name="_continue"]:not(.off)'); }
}

export class MouseHand extends Hand {
  press(selector) { return this.at(selector).click(); }
  mark(selector) { return this.press(selector); }
  choose(selector, value) { return this.at(selector).selectOption(value); }
  type(selector, value) { return this.at(selector).fill(value); }
  leave() { return this.at('h1').click(); }
  place(address) { return this.follow(`.places a[href="${address}"]`); }

  async look(words) {
    await this.type('#panji-search', words);
    await this.follow('form.find button');
  }
}

// As the mouse, and no script: what a choice asks for comes once the page is sent.
export class PlainHand extends MouseHand {
  async asked(paths) {
    await this.send();
    return this.has(paths.flatMap(bringing).join(', '));
  }
}
