import { expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { withLock } from '../../../docker/bootstrap/lock.mjs';
import { projectRoot } from '../../../docker/paths.js';

const name = `unit-${process.pid}`;

test('one at a time, and what failed frees the lock as well', async () => {
  const order: string[] = [];
  const work = (label: string) => async (): Promise<string> => {
    order.push(`${label} in`);
    await new Promise((resolve) => setImmediate(resolve));
    order.push(`${label} out`);
    if (label === 'a') throw new Error('a failed');
    return label;
  };
  const results = await Promise.allSettled(['a', 'b'].map((label) => withLock(name, 5_000, work(label))));
  expect(order).toEqual(['a in', 'a out', 'b in', 'b out']);
  expect(results).toMatchObject([{ status: 'rejected' }, { status: 'fulfilled', value: 'b' }]);
});

test('a killed holder holds nothing, and a living one is waited for in vain', async () => {
  const program = `
    import { withLock } from ${JSON.stringify(join(projectRoot, 'docker/bootstrap/lock.mjs'))};
    await withLock('${name}', 0, () => new Promise(() => { setInterval(() => {}, 1e3); console.log('held'); }));`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  await expect(withLock(name, 0, () => Promise.resolve())).rejects.toThrow(`held the lock "${name}"`);

  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(await withLock(name, 5_000, () => Promise.resolve('mine'))).toBe('mine');
});
