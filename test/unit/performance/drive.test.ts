import { afterEach, describe, expect, test } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadStep } from '../../../assessments/kit/index.js';
import { drive } from '../../../runners/performance/generator/drive.js';
import { toWireSteps } from '../../../runners/performance/generator/steps.js';
import type { Memory } from '../../../runners/performance/generator/tally.js';
import type { Stretch } from '../../../runners/performance/types.js';
import { serveHttp, type Served } from '../prober/support.js';

const STEPS: LoadStep[] = Array.from({ length: 7 }, (_, index) => ({
  method: 'POST',
  path: `/${index}`,
  body: { index },
}));
const USUAL: Stretch = {
  connections: 3,
  from: 0,
  count: 50,
  rate: null,
  withinMs: 5000,
  slowClients: 0,
};

let served: Served | null = null;
afterEach(() => served?.close());

const memoryOf = (bodiesAt: string[] = []): Memory => ({ bodiesAt: new Set(bodiesAt), kept: new Map() });

async function run(
  listener: RequestListener,
  change: Partial<Stretch> = {},
  steps = STEPS,
  memory = memoryOf(),
) {
  served = await serveHttp(listener);
  const headers = { 'user-agent': 'node', host: 'localhost:1' };
  const wire = toWireSteps(steps, headers);
  const { ms, tally } = await drive(wire, { ...served.at, headers }, { ...USUAL, ...change }, memory);
  return { ms, tally, totals: tally.totals() };
}

test('of few requests every answer is looked into', async () => {
  const steps = STEPS.map((step) => ({ ...step, right: () => true }));
  const few = await run((_, res) => res.end('{}'), { count: 50 }, steps);
  expect(few.totals.looked).toBe(50);
});

describe('a stretch', () => {
  test('sends its requests once each, in turn, with the usual headers', async () => {
    const seen: string[] = [];
    const { totals, tally } = await run(
      (request, response) => {
        request.on('data', (chunk: Buffer) =>
          seen.push(`${request.url} ${String(chunk)} ${request.headers['user-agent']}`),
        );
        request.on('end', () => response.writeHead(201).end('{}'));
      },
      { from: 3, count: 7 },
    );
    expect([...seen].sort()).toEqual(STEPS.map((step) => `${step.path} ${JSON.stringify(step.body)} node`));
    expect(totals).toMatchObject({ good: 7, lost: 0, late: 0, fault: null });
    expect(tally.latency.count).toBe(7);
  });

  test('tells good answers from wrong, empty and shed ones', async () => {
    const answers = [200, 200, 500, 429, 503, 404, 200];
    const steps: LoadStep[] = answers.map((_, index) => ({
      method: 'GET',
      path: `/${index}`,
      ...(index === 5 && { expect: 404 }),
    }));
    const { totals } = await run(
      (request, response) => {
        const index = Number(request.url?.slice(1));
        response.writeHead(answers[index] ?? 200).end(index === 6 ? '' : '{}');
      },
      { count: 7 },
      steps,
      memoryOf(['GET']),
    );
    expect(totals).toMatchObject({ good: 3, wrongStatus: 1, shed: 2, empty: 1 });
    expect(totals.fault).toMatch(/^GET \/\d: answered/);
  });

  test('looks into some answers, and keeps those that it is told to', async () => {
    const memory = memoryOf();
    let turn = 0;
    const { totals } = await run(
      (_, response) => response.end(String(turn++ % 2)),
      { count: 200 },
      [{ method: 'GET', path: '/', keep: true, right: (text) => text === '0' }],
      memory,
    );
    expect(totals).toMatchObject({ good: 200, looked: 200, wrong: 100 });
    expect([...memory.kept.values()].map((texts) => [...texts].sort())).toEqual([['0', '1']]);
  });

  test('counts an answer that a pack stumbles over as wrong, and goes on', async () => {
    const right = (text: string): boolean =>
      (JSON.parse(text) as { id: string }[]).every(({ id }) => id !== '');
    const step = { method: 'GET', path: '/', keep: true, right };
    const { totals } = await run((_, response) => response.end('[null]'), { count: 40 }, [step]);
    expect(totals).toMatchObject({ good: 40, looked: 40, wrong: 40 });
  });

  test('at a rate sends on time, and counts what waits from when it was due', async () => {
    let stuck = true;
    setTimeout(() => (stuck = false), 400).unref();
    const { ms, tally, totals } = await run(
      async (_, response) => {
        while (stuck) await sleep(5);
        response.end('{}');
      },
      { rate: 200, count: 160, connections: 4 },
    );
    expect(totals.good).toBe(160);
    expect(ms).toBeGreaterThan(700);
    expect(ms).toBeLessThan(4000);
    // A generator that waits for its answers would have seen four slow ones in a hundred and sixty.
    expect(tally.latency.percentileMs(0.6)).toBeGreaterThan(20);
    expect(tally.latency.percentileMs(0.95)).toBeLessThan(1500);
  });

  test('is cut off when its time is over', async () => {
    const { ms, totals } = await run(() => undefined, { withinMs: 300, rate: 100, count: 20 });
    expect(ms).toBeLessThan(4000);
    expect(totals.late).toBe(20);
  });

  test('ends early when the service is gone or sends without end', async () => {
    const gone = await run((request) => request.socket.destroy(), { count: 10_000 });
    expect(gone.totals).toMatchObject({ good: 0 });
    expect(gone.totals.lost).toBeGreaterThan(200);
    expect(gone.totals.lost).toBeLessThan(300);
    await served?.close();
    const endless = await run(
      (_, response) => {
        const more = (): void => {
          while (response.write(Buffer.alloc(65_536)));
        };
        response.on('drain', more);
        more();
      },
      { count: 10_000 },
    );
    expect(endless.totals.good).toBe(0);
    expect(endless.totals.fault).toContain('more than 1 MiB');
  }, 20_000);

  test('with slow clients is answered all the same', async () => {
    const { totals } = await run((_, response) => response.end('{}'), {
      slowClients: 20,
      rate: 200,
      count: 60,
    });
    expect(totals.good).toBe(60);
  });
});

test('a profile without requests is the pack’s fault', () => {
  expect(() => toWireSteps([], {})).toThrow('1 to 10000');
});
