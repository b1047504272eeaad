import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { hostChecks, requireRoom } from '../../../harness/isolation.js';

test('room is looked for where the state folder will be made, before anything has made it', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'assayer-isolation-'));
  try {
    const [disk] = hostChecks({ stateDir: join(dir, 'not', 'yet') });
    expect((await disk?.run())?.detail).toMatch(/GiB free/);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test('a host with room is good enough for the next run', async () => {
  await expect(requireRoom({ stateDir: tmpdir() })).resolves.toBeUndefined();
});

test('one without is told from one that does not hold candidates in', async () => {
  // The kernel's own files have no room.
  await expect(requireRoom({ stateDir: '/proc' })).rejects.toMatchObject({
    code: 'hostShort',
    message: expect.stringContaining('There is room on the disk (0.0 GiB free, 2 needed).'),
  });
});
