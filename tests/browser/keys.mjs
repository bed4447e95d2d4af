// A hand on the keyboard alone: what is to be used is reached by the tabulator, backwards when it stands before; a choice is
// made by its first letters and the arrows; pages are gone to by the keys the program offers.
import assert from 'node:assert/strict';
import { Hand } from './hand.mjs';

const TABS_MAX = 150; /* more than anybody would press for one field */

// Alt and a letter as the keyboard of a person sends them: with the letter that stands on the key, which an access key is
// known by.
export async function pressAccessKey(page, letter) {
  const keyboard = await page.context().newCDPSession(page);
  const key = { modifiers: 1, key: letter, code: `Key${letter.toUpperCase()}`, windowsVirtualKeyCode: letter.toUpperCase().charCodeAt(0) };
  await keyboard.send('Input.dispatchKeyEvent', { type: 'keyDown', unmodifiedText: letter, ...key });
  await keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
  await keyboard.detach();
}

export class KeyHand extends Hand {
  presses = 0;

  async key(name) {
    this.presses++;
    await this.page.keyboard.press(name);
  }

  // Where the last of what is wanted stands from where one is: 'here', 'before', 'after', or 'content' for the link that skips
  // the head of the page.
  side(selector) {
    return this.page.evaluate((wanted) => {
      const target = [...document.querySelectorAll(wanted)].at(-1), here = document.activeElement;
      if (!target || here === target) return target ? 'here' : 'nowhere';
      const group = (node) => node.type === 'radio' && node.name;
      if (group(target) && group(here) === group(target)) return 'here';
      if (here === document.body) return target.closest('main') ? 'content' : 'after';
      return here.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING ? 'before' : 'after';
    }, selector);
  }

  async reach(selector) {
    for (let presses = 0; presses < TABS_MAX; presses++) {
      const side = await this.side(selector);
      if (side === 'here') return;
      await this.key(side === 'before' ? 'Shift+Tab' : 'Tab');
      if (side === 'content') await this.key('Enter');
    }
    assert.fail(`${selector} is not reached by the tabulator on ${this.page.url()}`);
  }

  async press(selector) {
    await this.reach(selector);
    await this.key('Enter');
  }

  async mark(selector) {
    await this.reach(selector);
    const isMarked = () => this.page.locator(selector).last().isChecked();
    if (!await isMarked()) await this.key('Space');
    for (let presses = 0; !await isMarked() && presses < TABS_MAX; presses++) await this.key('ArrowDown');
    assert.equal(await isMarked(), true, `${selector} can be marked by keys`);
  }

  async choose(selector, value) {
    await this.reach(selector);
    const away = () => this.page.evaluate((wanted) => {
      const { options, selectedIndex } = document.activeElement;
      if (!options) return `one is thrown out of the field, to ${document.activeElement.outerHTML.slice(0, 200)}`;
      return [...options].findIndex((option) => option.value === wanted) - selectedIndex;
    }, value);
    const text = await this.page.evaluate((wanted) => [...document.activeElement.options].find((one) => one.value === wanted)?.text, value);
    assert.ok(text, `${selector} offers ${value}`);
    const begins = /^[\x21-\x7e]*/.exec(text)[0]; /* what this keyboard has keys for; the arrows do the rest */
    if (await away() !== 0) await this.page.keyboard.type(begins);
    for (let left = await away(); left !== 0; left = await away()) {
      assert.equal(typeof left, 'number', `${selector}: ${left}`);
      await this.key(left > 0 ? 'ArrowDown' : 'ArrowUp');
    }
  }

  async type(selector, value) {
    await this.reach(selector);
    await this.key('Control+A');
    await this.page.keyboard.type(value);
  }

  leave() { return this.key('Tab'); }

  // "g" and the letter of a main page; in a field, where it would be typed, its access key.
  async place(address) {
    const letter = await this.page.locator(`.places a[href="${address}"]`).getAttribute('accesskey');
    const typing = await this.page.evaluate(() => document.activeElement.matches('input, select, textarea'));
    await Promise.all([this.page.waitForEvent('domcontentloaded'),
      typing ? pressAccessKey(this.page, letter) : this.key('g').then(() => this.key(letter))]);
  }

  async look(words) {
    await this.key('/');
    await this.page.keyboard.type(words);
    await Promise.all([this.page.waitForEvent('domcontentloaded'), this.key('Enter')]);
  }
}
