import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Pod, Slot } from '../../../runners/sandbox/types.js';
import { bench } from './bench.js';
import { node, type Provider } from './provider.js';

const SLOTS: readonly Slot[] = ['service', 'prober', 'relay', 'install', 'spare'];

/** What runPreflight does not already prove by trying. */
export function isolation(open: () => Promise<Provider>): void {
  describe('isolation', () => {
    const at = bench(open);
    let pods: Pod[];
    beforeAll(async () => {
      pods = await Promise.all([at().pod(), at().pod(), at().pod()]);
    });
    afterAll(() => Promise.all(pods.map((pod) => pod.dispose())));

    test('no two parties of any live pods share a user id', () => {
      const ids = pods.flatMap((pod) => SLOTS.map((slot) => pod.uid(slot)));
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id >= 20_000 && id <= 29_999).toBe(true);
    });

    test('parties of one pod share the network, but neither processes nor files', async () => {
      const pod = pods[0]!;
      const server = await at().start(pod, 'echo secret > /tmp/file; echo up; exec sleep 60');
      await at().says(server, 'up');
      const look = 'ls /tmp; for p in /proc/[0-9]*; do tr "\\0" " " < $p/cmdline; done';
      const { out } = await at().run(pod, look, { uid: pod.uid('prober') });
      expect(out).not.toContain('file');
      expect(out).not.toContain('sleep');
      await server.remove();
    });

    test('the environment holds what was given and what the image says, no more', async () => {
      const { out } = await at().run(pods[0]!, node('console.log(Object.keys(process.env).sort().join())'), {
        env: { GIVEN: '1' },
      });
      expect(out.split(',').filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name))).toEqual([
        'GIVEN',
        'HOME',
        'HOSTNAME',
        'PATH',
      ]);
    });

    test('the container’s name tells nothing of the host', async () => {
      const { out } = await at().run(pods[0]!, 'cat /etc/hostname /etc/resolv.conf');
      // Newer engines add comments of their own.
      expect(out.replaceAll(/^#.*\n?|^\n/gm, '').trim()).toBe('sandbox\nnameserver 127.0.0.1');
    });
  });
}
