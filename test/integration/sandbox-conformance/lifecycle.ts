import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEPS_DIR } from '../../../runners/sandbox/image.js';
import type { Pod } from '../../../runners/sandbox/types.js';
import { until } from '../support/until.js';
import { bench } from './bench.js';
import { node, type Provider } from './provider.js';

const SERVER = (word: string) =>
  node(
    `require("http").createServer((_, r) => r.end("${word}")).listen(8080, "::", () => console.log("up"))`,
  );
const ASK = (host: string) =>
  node(
    `require("http").get("http://${host}:8080", (r) => r.on("data", (d) => { console.log(String(d)); process.exit(); }))`,
  );

export function lifecycle(open: () => Promise<Provider>): void {
  describe('lifecycle', () => {
    const at = bench(open);
    let pod: Pod;
    beforeAll(async () => {
      pod = await at().pod({ volumes: { data: { sizeMb: 8, inodes: 100, owner: 'service' } } });
    });
    afterAll(() => pod.dispose());
    const data = [{ volume: 'data', path: '/data', readOnly: false }];

    test('runs the command as it is told, and says how it ended', async () => {
      const { code, oomKilled, out, err, container } = await at().run(
        pod,
        'echo "$NAME" "$PWD" "$(id -u)"; echo aside >&2; exit 7',
        { env: { NAME: 'a b' }, workdir: '/deps' },
      );
      expect({ code, oomKilled, out, err }).toEqual({
        code: 7,
        oomKilled: false,
        out: `a b /deps ${pod.uid('service')}`,
        err: 'aside',
      });
      expect(container.running()).toBe(false);
      expect(container.outputBytes()).toBe(out.length + err.length + 2);
    });

    test('the namespace outlives a service, and both loopbacks work', async () => {
      const first = await at().start(pod, SERVER('one'));
      await at().says(first, 'up');
      expect((await at().run(pod, ASK('127.0.0.1'), { uid: pod.uid('prober') })).out).toBe('one');
      await first.remove();
      const second = await at().start(pod, SERVER('two'));
      await at().says(second, 'up');
      expect((await at().run(pod, ASK('[::1]'), { uid: pod.uid('prober') })).out).toBe('two');
      expect((await at().run(pod, ASK('localhost'), { uid: pod.uid('prober') })).out).toBe('two');
      await second.remove();
    });

    test('a volume keeps its content between containers, and read-only is read-only', async () => {
      await at().run(pod, 'echo kept > /data/file', { mounts: data });
      const readOnly = [{ ...data[0]!, readOnly: true }];
      const { out, err } = await at().run(pod, 'cat /data/file; echo x > /data/file', { mounts: readOnly });
      expect(out).toBe('kept');
      expect(err).toContain('Read-only file system');
    });

    test('a cache is filled by one pod and read by another', async () => {
      const cache = await at().sandbox.cacheVolume(at().owner);
      const other = await at().pod();
      try {
        const filled = await at().run(pod, `echo cached > ${DEPS_DIR}/file`, {
          uid: pod.uid('install'),
          mounts: [{ cache, path: DEPS_DIR, readOnly: false }],
        });
        expect(filled.code).toBe(0);
        const mounts = [{ cache, path: '/deps', readOnly: true }];
        expect((await at().run(other, 'cat /deps/file; echo x > /deps/file', { mounts })).out).toBe('cached');
        expect((await at().sandbox.cacheVolume(at().owner)).name).toBe(cache.name);
      } finally {
        await other.dispose();
        await cache.remove();
        await cache.remove();
      }
    });

    test('pause stops all work, unpause goes on', async () => {
      const busy = await at().start(pod, 'while :; do :; done');
      await until(async () => (await busy.cpuNanoseconds()) > 20_000_000n);
      await busy.pause();
      const before = await busy.cpuNanoseconds();
      await new Promise((resolve) => setTimeout(resolve, 150));
      expect(Number((await busy.cpuNanoseconds()) - before)).toBeLessThan(5_000_000);
      await busy.unpause();
      await until(async () => (await busy.cpuNanoseconds()) > before + 20_000_000n);
      await busy.pause();
      await busy.remove();
      expect((await busy.ended).code).toBe(137);
    });

    test('a signal reaches the program; after the end it is of no consequence', async () => {
      const polite = await at().start(
        pod,
        node('process.on("SIGTERM", () => process.exit(9)); setInterval(() => {}, 1e3); console.log("up")'),
      );
      await at().says(polite, 'up');
      await polite.signal('SIGTERM');
      expect(await polite.ended).toMatchObject({ code: 9, oomKilled: false });
      await polite.signal('SIGTERM');
      await polite.remove();
      await polite.remove();
    });

    test('figures tell processor time, memory and processes, and stay after the end', async () => {
      const script =
        'const b = Buffer.alloc(40e6, 1); const t = performance.now(); while (performance.now() - t < 100); console.log("done"); setInterval(() => b, 1e3)';
      const worker = await at().start(pod, node(script));
      await at().says(worker, 'done');
      const live = await worker.figures();
      expect(live.cpuMs).toBeGreaterThan(10);
      expect(live.memoryBytes).toBeGreaterThan(40e6);
      expect(live.pids).toBeGreaterThan(1);
      await worker.signal('SIGKILL');
      const { figures } = await worker.ended;
      expect(figures!.cpuMs).toBeGreaterThanOrEqual(live.cpuMs);
      expect(figures!.memoryPeakBytes).toBeGreaterThan(40e6);
      expect(await worker.figures()).toEqual(figures);
      await worker.remove();
    });

    test('a missing image or volume is the platform’s fault', async () => {
      await expect(at().start(pod, 'true', { image: 'assayer/no-such-image:none' })).rejects.toMatchObject({
        code: 'imageMissing',
      });
      await expect(
        at().start(pod, 'true', { mounts: [{ volume: 'none', path: '/x', readOnly: true }] }),
      ).rejects.toThrow('no volume named none');
    });
  });
}
