// People before a browser: Debian's Chromium, driven by playwright-core. Each person has a context of his own.
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

export async function launch() {
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'] });
}

// Somebody signed in. options: width, height, script (false: JavaScript off), scheme ('dark'), lang ('hi').
// `page.faults` gathers what went wrong in scripts and what the policy refused.
export async function person(browser, server, officer, options = {}) {
  const context = await browser.newContext({ viewport: { width: options.width ?? 1366, height: options.height ?? 768 },
    javaScriptEnabled: options.script ?? true, colorScheme: options.scheme ?? 'light', reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(error.message));
  page.on('console', (message) => { if (/Content Security Policy|Refused/.test(message.text())) page.faults.push(message.text()); });
  page.visit = (path) => page.goto(server.url + path);
  await page.visit(`/sign-in?lang=${options.lang ?? 'en'}`);
  if (officer) {
    await page.fill('#officer', officer.officer);
    await page.fill('#password', officer.password);
    await page.click('main button');
  }
  return page;
}

const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// What on the page keeps somebody out, in words; empty when all is in order.
export async function violations(page) {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate((rules) => axe.run({ runOnly: rules }), RULES);
  return found.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? node.failureSummary ?? ''}`).join(' | ')}`);
}
