// A clock the test can move, for what happens only after hours or days.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let ahead = 0;

// Milliseconds since 1970, as the program under test sees them.
export const now = () => Date.now() + ahead * 1000;

export function movableClock() {
  const folder = mkdtempSync(join(tmpdir(), 'panji-clock-'));
  const library = join(folder, 'clock.so'), file = join(folder, 'ahead');
  execFileSync(process.env.CC ?? 'cc', ['-shared', '-fPIC', '-O1', '-o', library, new URL('clock.c', import.meta.url).pathname]);
  writeFileSync(file, Buffer.alloc(8));
  return {
    environment: { LD_PRELOAD: library, PANJI_TEST_CLOCK: file },
    forward(seconds) {
      ahead += seconds;
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64LE(BigInt(ahead));
      const fd = openSync(file, 'r+');
      writeSync(fd, bytes, 0, 8, 0);
      closeSync(fd);
    },
    drop: () => rmSync(folder, { recursive: true, force: true }),
  };
}
