import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Pod } from '../../../runners/sandbox/types.js';
import { until } from '../support/until.js';
import { bench } from './bench.js';
import { node, PROMPT_MS, type Provider } from './provider.js';

const HOG = 'const all = []; for (;;) all.push(Buffer.alloc(8e6, 1))';

export function limits(open: () => Promise<Provider>): void {
  describe('limits', () => {
    const at = bench(open);
    let pod: Pod;
    beforeAll(async () => {
      pod = await at().pod({
        volumes: {
          small: { sizeMb: 4, inodes: 1000, owner: 'service' },
          few: { sizeMb: 64, inodes: 50, owner: 'service' },
        },
      });
    });
    afterAll(() => pod.dispose());

    test('memory: the program is killed, and it is said why', async () => {
      expect(await at().run(pod, node(HOG))).toMatchObject({ code: 137, oomKilled: true });
    });

    test('what was used is told, also of what has ended', async () => {
      const busy = await at().pod();
      // By its own clock of the processor, and staying until somebody has looked: a busy host changes nothing.
      const work =
        "const all = Buffer.alloc(40e6, 1); while (process.cpuUsage().user < 400e3); console.log('x'.repeat(2000)); setInterval(() => all.length, 1e6)";
      const worker = await at().start(busy, node(work));
      await until(() => worker.outputBytes() > 2000, 45_000);
      await worker.figures();
      await worker.signal('SIGKILL');
      await worker.ended;
      const [one] = busy.usage();
      expect(one).toMatchObject({ role: 'service', outputBytes: 2001 });
      expect(one!.cpuMs).toBeGreaterThan(300);
      expect(one!.memoryPeakBytes).toBeGreaterThan(40e6);
      expect(one!.pidsPeak).toBeGreaterThan(1);
      await busy.dispose();
      expect(busy.usage()).toHaveLength(1);
    });

    test('memory: a child is killed and the parent ends well; still it is said', async () => {
      expect(await at().run(pod, `node -e '${HOG}'; exit 0`)).toMatchObject({ code: 0, oomKilled: true });
    });

    test('ending with 137, or being killed by us, is no want of memory', async () => {
      expect(await at().run(pod, 'exit 137')).toMatchObject({ code: 137, oomKilled: false });
      const sleeper = await at().start(pod, 'exec sleep 60');
      await sleeper.signal('SIGKILL');
      expect(await sleeper.ended).toMatchObject({ code: 137, oomKilled: false });
    });

    test('processes: a fork bomb meets its bound and is removed in time', async () => {
      const bomb = await at().start(pod, 'bomb() { bomb | bomb & }; bomb; while :; do :; done', {
        pids: 40,
        cpus: 0.5,
      });
      await new Promise((resolve) => setTimeout(resolve, 400));
      expect((await bomb.figures()).pids).toBeLessThanOrEqual(40);
      const started = performance.now();
      await bomb.remove();
      expect(performance.now() - started).toBeLessThan(PROMPT_MS);
    });

    test('processor time: half a processor is half a processor', async () => {
      const spinner = await at().start(pod, 'while :; do :; done & while :; do :; done', { cpus: 0.5 });
      const [cpu, wall] = [await spinner.cpuNanoseconds(), performance.now()];
      await new Promise((resolve) => setTimeout(resolve, 600));
      const share = Number((await spinner.cpuNanoseconds()) - cpu) / 1e6 / (performance.now() - wall);
      await spinner.remove();
      expect(share).toBeLessThan(0.75);
      expect(share).toBeGreaterThan(0);
    });

    test('a core list is kept to', async () => {
      expect((await at().run(pod, 'grep Cpus_allowed_list /proc/self/status', { cpuset: '0' })).out).toMatch(
        /\s0$/,
      );
    });

    test.each([
      ['bytes of a volume', 'small', 'head -c 20000000 /dev/zero > /v/f; stat -c %s /v/f', /^4\d{6}$/],
      [
        'files of a volume',
        'few',
        'for i in $(seq 200); do touch /v/$i || break; done; ls /v | wc -l',
        /^4\d$/,
      ],
      ['/tmp', 'small', 'head -c 90000000 /dev/zero > /tmp/f; stat -c %s /tmp/f', /^6\d{7}$/],
    ])('%s', async (_name, volume, command, size) => {
      const { out, err, code } = await at().run(pod, command, {
        mounts: [{ volume, path: '/v', readOnly: false }],
        memoryMb: 256,
      });
      expect(err).toContain('No space left on device');
      expect(out).toMatch(size);
      expect(code).toBe(0);
    });

    test('there is no other place to write to', async () => {
      const places = '/ /etc /usr /var /dev /opt /deps /home /proc /sys';
      const { out } = await at().run(
        pod,
        `for d in ${places}; do : > $d/x && echo $d; done; ls /dev/shm 2>/dev/null`,
      );
      expect(out).toBe('');
    });
  });
}
