// The clock of a test file. It begins at noon in India, whatever the hour outside, so that what was minutes ago lies in the
// same day and a diary's numbers do not begin anew half-way; it moves on when a test says so. Every program started
// from here is shown it.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DAY = 86400, INDIA = 5.5 * 3600; // seconds
const folder = mkdtempSync(join(tmpdir(), 'panji-clock-'));
const library = join(folder, 'clock.so'), file = join(folder, 'ahead');
let ahead = DAY / 2 - Math.floor((Date.now() / 1000 + INDIA) % DAY);

function show() {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(ahead));
  const fd = openSync(file, 'r+');
  writeSync(fd, bytes, 0, 8, 0);
  closeSync(fd);
}

writeFileSync(file, Buffer.alloc(8));
show();
execFileSync(process.env.CC ?? 'cc', ['-shared', '-fPIC', '-O1', '-o', library, new URL('clock.c', import.meta.url).pathname]);

// For what is not ours and does not like the time to leap: gateways.
export const trueTime = { ...process.env };
Object.assign(process.env, { LD_PRELOAD: library, PANJI_TEST_CLOCK: file });
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

// Milliseconds since 1970, as the programs under test see them.
export const now = () => Date.now() + ahead * 1000;

export function moveClock(seconds) {
  ahead += seconds;
  show();
}
