import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import type { Pod } from '../../../runners/sandbox/types.js';
import { bench } from './bench.js';
import { node, PROMPT_MS, text, type Provider } from './provider.js';

const MIB = 1024 ** 2;

export function output(open: () => Promise<Provider>): void {
  describe('output', () => {
    const at = bench(open);
    let pod: Pod;
    beforeAll(async () => {
      pod = await at().pod();
    });
    afterAll(() => pod.dispose());
    const raw = { output: { kind: 'stream' }, stdin: true } as const;

    test('nothing is lost at the start or at the end', async () => {
      const { out, container } = await at().run(pod, 'seq 1 5000');
      expect(out.split('\n').length).toBe(5000);
      expect(out.endsWith('\n5000')).toBe(true);
      expect(container.outputBytes()).toBe(23_893);
    });

    test('a flood is slowed down, kept in part, and removed in time', async () => {
      const before = process.memoryUsage().rss;
      const flood = await at().start(pod, 'exec yes "a line of a flood"');
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      expect(flood.outputBytes()).toBeLessThan(40 * MIB);
      const started = performance.now();
      await flood.remove();
      expect(performance.now() - started).toBeLessThan(PROMPT_MS);
      await flood.ended;
      expect(text(flood, 'stdout').length).toBeLessThanOrEqual(128 * 1024);
      expect(process.memoryUsage().rss - before).toBeLessThan(120 * MIB);
    });

    test('a line of 20 MB is bounded', async () => {
      const { container, out, code } = await at().run(
        pod,
        'head -c 20000000 /dev/zero | tr "\\0" x; echo; echo end',
      );
      expect(code).toBe(0);
      expect(container.outputBytes()).toBe(20_000_005);
      expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(16 * 1024 + 1);
      expect(out.endsWith('\nend')).toBe(true);
    });

    test('raw streams carry any bytes both ways, 20 MB of them, and end with the input', async () => {
      const echo = await at().start(pod, 'cat; echo finished >&2', raw);
      const sent = randomBytes(20 * MIB);
      const received = createHash('sha256');
      let bytes = 0;
      echo.stdout!.on('data', (chunk: Buffer) => {
        received.update(chunk);
        bytes += chunk.length;
      });
      for (let at = 0; at < sent.length; at += 100_000) {
        const room = echo.stdin!.write(sent.subarray(at, at + 100_000));
        if (!room) await new Promise((resolve) => echo.stdin!.once('drain', resolve));
      }
      echo.stdin!.end();
      expect((await echo.ended).code).toBe(0);
      expect(bytes).toBe(sent.length);
      expect(received.digest('hex')).toBe(createHash('sha256').update(sent).digest('hex'));
      expect(echo.logs()).toEqual([{ stream: 'stderr', text: 'finished' }]);
      await echo.remove();
    });

    test('raw output that nobody reads hinders neither a kill nor a removal', async () => {
      const unread = await at().start(pod, 'exec yes', raw);
      await new Promise((resolve) => setTimeout(resolve, 300));
      const started = performance.now();
      await unread.remove();
      expect((await unread.ended).code).toBe(137);
      expect(performance.now() - started).toBeLessThan(PROMPT_MS);
    });

    test('a program that refuses to end, or has stopped itself, is removed in time', async () => {
      const script =
        'process.on("SIGTERM", () => {}); console.log("up"); setTimeout(() => process.kill(process.pid, "SIGSTOP"), 50); setInterval(() => {}, 1e3)';
      const stubborn = await at().start(pod, node(script));
      await at().says(stubborn, 'up');
      await stubborn.signal('SIGTERM');
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(stubborn.running()).toBe(true);
      const started = performance.now();
      await stubborn.remove();
      expect((await stubborn.ended).code).toBe(137);
      expect(performance.now() - started).toBeLessThan(PROMPT_MS);
    });
  });
}
