import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { hostChecks } from '../../../harness/isolation.js';

test('room is looked for where the state folder will be made, before anything has made it', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'assayer-isolation-'));
  try {
    const [disk] = hostChecks({ stateDir: join(dir, 'not', 'yet') });
    expect((await disk?.run())?.detail).toMatch(/GiB free/);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
