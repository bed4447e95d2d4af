// The whole life of a case in Chromium, by mouse, by keys alone, and with JavaScript off in Hindi.
import { after, before, describe, it } from 'node:test';
import { startServer } from '../api/server.mjs';
import { World } from '../api/world.mjs';
import { MouseHand, PlainHand } from './hand.mjs';
import { KeyHand } from './keys.mjs';
import { live } from './life.mjs';
import { launch } from './people.mjs';

const node = {};
before(async () => {
  node.server = await startServer();
  node.world = new World(node.server);
  node.browser = await launch();
});
after(async () => { await node.browser?.close(); await node.server?.stop(); });

// Two at a time: a browser that draws and a program that asks it leave each other room.
describe('the life of a case', { concurrency: 2 }, () => {
  it('by mouse', () => live(node, MouseHand));
  it('by keys alone', () => live(node, KeyHand));
  it('with JavaScript off, in Hindi', () => live(node, PlainHand, { script: false, lang: 'hi' }));
});
