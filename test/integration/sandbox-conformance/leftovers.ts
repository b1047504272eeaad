import { describe, expect, test } from '@jest/globals';
import { bench } from './bench.js';
import type { Provider } from './provider.js';

const volumes = { work: { sizeMb: 4, inodes: 50, owner: 'service' } } as const;

export function leftovers(open: () => Promise<Provider>): void {
  describe('leftovers', () => {
    const at = bench(open);
    const left = () => at().provider.leftovers(at().owner);

    test('disposal removes everything, running or paused, and may be repeated', async () => {
      const pod = await at().pod({ volumes });
      const mounts = [{ volume: 'work', path: '/work', readOnly: false }];
      await at().start(pod, 'exec sleep 60', { mounts });
      const paused = await at().start(pod, 'exec sleep 60', { mounts });
      await paused.pause();
      expect((await left()).length).toBe(4);
      await Promise.all([pod.dispose(), pod.dispose()]);
      await pod.dispose();
      expect(await left()).toEqual([]);
      await expect(at().start(pod, 'true')).rejects.toThrow('disposed of');
    });

    test('disposal waits for what is just being started', async () => {
      const pod = await at().pod();
      const start = at().start(pod, 'exec sleep 60');
      await pod.dispose();
      await (
        await start
      ).ended;
      expect(await left()).toEqual([]);
    });

    test('whoever closes the sandbox waits for the pod that is just being made', async () => {
      const made = at().pod({ volumes });
      await at().sandbox.close();
      expect(await left()).toEqual([]);
      await expect(made.then((pod) => at().start(pod, 'true'))).rejects.toThrow();
    });

    test('a sweep leaves alone what is in use, and takes what is past its deadline', async () => {
      const alive = await at().pod();
      await at().pod({ ttlSeconds: -1, volumes });
      expect((await left()).length).toBe(3);
      await at().sandbox.sweep('expired');
      expect((await left()).length).toBe(1);
      await alive.dispose();
    });

    test('a sweep takes what a killed process left', async () => {
      await at().provider.orphan(at().owner);
      expect((await left()).length).toBe(3);
      await at().sandbox.sweep('expired');
      expect(await left()).toEqual([]);
    });

    test('caches beyond their bounds are evicted, but none that is in use', async () => {
      const everything = { mostMb: 0, mostDays: 0, leastHours: 0 };
      const [used, idle] = await Promise.all(
        ['used', 'idle'].map((name) => at().sandbox.cacheVolume(`${at().owner}-${name}`)),
      );
      const pod = await at().pod();
      const mounts = [{ cache: used!, path: '/deps', readOnly: false }];
      await at().start(pod, 'exec sleep 60', { mounts });
      expect(await at().sandbox.evictCaches(everything)).toEqual([idle!.name]);
      await pod.dispose();
      expect(await at().sandbox.evictCaches({ ...everything, mostDays: 1, leastHours: 1 })).toEqual([]);
      expect(await at().sandbox.evictCaches(everything)).toEqual([used!.name]);
    });

    test('a sweep of all takes this owner’s pods and no other’s', async () => {
      const other = at().provider.open(`${at().owner}-other`);
      const kept = await other.createPod({ run: 'r', attempt: 1, ttlSeconds: 60, volumes: {} });
      await at().pod({ volumes });
      expect(await at().sandbox.sweep('all')).toEqual({ containers: 1, volumes: 1 });
      expect(await left()).toEqual([]);
      expect((await at().provider.leftovers(`${at().owner}-other`)).length).toBe(1);
      await kept.dispose();
    });
  });
}
