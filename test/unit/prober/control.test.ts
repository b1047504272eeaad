import { describe, expect, test } from '@jest/globals';
import type { ServiceFigures } from '../../../assessments/kit/index.js';
import { loadPack } from '../../../harness/packs/index.js';
import { createControl } from '../../../runners/prober/driver/control.js';
import type { Manner } from '../../../runners/prober/driver/deaths.js';
import { Service } from '../../../runners/prober/driver/service.js';
import type { Found } from '../../../runners/prober/protocol.js';
import type { Container, ContainerExit, ContainerSpec, Pod } from '../../../runners/sandbox/types.js';
import { mask } from './support.js';

const FIGURES: ServiceFigures = { cpuMs: 5, memoryBytes: 10, memoryPeakBytes: 20, pids: 1 };
const FOUND: Found = {
  at: { host: '127.0.0.1', port: 8080 },
  ready: true,
  listening: [{ host: '0.0.0.0', port: 8080 }],
};
const WARMING: Found = { ...FOUND, ready: false };
const NOTHING: Found = { at: null, ready: false, listening: [] };

/** A pod whose containers the test ends, and what was asked of them. */
async function stage(finds: (Found | Promise<Found>)[] = [], counted: number[] = []) {
  const pack = await loadPack('test/fixtures/pack-basic');
  const started: (ContainerSpec & {
    end(exit: Partial<ContainerExit>): Promise<void>;
    /** The engine can no longer tell what became of it. */
    lose(): Promise<void>;
  })[] = [];
  const asked: string[] = [];
  const pod: Pod = {
    id: 'p',
    usage: () => [],
    uid: () => 20001,
    dispose: async () => undefined,
    async start(spec) {
      let exit: ContainerExit | null = null;
      let finish: (exit: ContainerExit) => void = () => undefined;
      let fail: (reason: Error) => void = () => undefined;
      const ended = new Promise<ContainerExit>((resolve, reject) => ([finish, fail] = [resolve, reject]));
      const end = async (part: Partial<ContainerExit>): Promise<void> => {
        exit ??= { code: 0, oomKilled: false, figures: FIGURES, ...part };
        finish(exit);
        await new Promise((resolve) => setTimeout(resolve, 1));
      };
      const lose = (): Promise<void> => {
        fail(new Error('the engine is gone'));
        return new Promise((resolve) => setTimeout(resolve, 20));
      };
      started.push({ ...spec, end, lose });
      const container: Container = {
        id: String(started.length),
        role: spec.role,
        stdin: null,
        stdout: null,
        logs: () => [{ stream: 'stderr', text: 'it broke' }],
        outputBytes: () => 0,
        signal: async (name) => {
          asked.push(name);
          if (name !== 'SIGHUP') await end({ code: 0 });
        },
        ended,
        running: () => exit === null,
        pause: async () => void asked.push('pause'),
        unpause: async () => void asked.push('unpause'),
        figures: async () => FIGURES,
        cpuNanoseconds: async () => 0n,
        countedMs: async () => counted.shift() ?? Infinity,
        remove: () => end({ code: 137 }),
      };
      return container;
    },
  };
  const exits: [number, Manner][] = [];
  const service = new Service({
    pod,
    spec: pack.spec,
    seed: 's',
    folder: '',
    mask,
    launch: {
      image: 'i',
      start: 'node x',
      workdir: '/work',
      path: '/bin',
      limits: { memoryMb: 64, cpus: 1, pids: 9, logKb: 8 },
    },
    find: async () => finds.shift() ?? FOUND,
    onStart: () => undefined,
    onExit: ({ code }, manner) => exits.push([code, manner]),
  });
  const control = createControl(service);
  await service.start({ emptyData: true, env: {} });
  const prepare = (fresh = false) => control.carryOut({ op: 'prepare', checkId: 'next', fresh });
  return { service, control, started, asked, exits, prepare };
}

const OK = { ok: true, value: null };

describe('before a check', () => {
  test('a service that runs as usual is left alone', async () => {
    const { prepare, started } = await stage();
    expect(await prepare()).toEqual(OK);
    expect(started).toHaveLength(1);
  });

  test('a fresh one gets an empty data directory, the next keeps it', async () => {
    const { prepare, started, control } = await stage();
    await prepare(true);
    await control.carryOut({ op: 'restart', how: 'SIGKILL', emptyData: false, env: {} });
    expect(started.map(({ env }) => env['DATA_DIR'])).toEqual(['/data/1', '/data/2', '/data/2']);
  });

  test('other settings and a pause do not last', async () => {
    const { prepare, started, control, asked } = await stage();
    await control.carryOut({ op: 'restart', how: 'SIGTERM', emptyData: false, env: { NODE_ENV: 'test' } });
    expect(asked).toEqual(['SIGTERM']);
    expect(started[1]?.env['NODE_ENV']).toBe('test');
    await prepare();
    expect(started[2]?.env['NODE_ENV']).toBe('production');
    await control.carryOut({ op: 'pause' });
    await prepare();
    expect(asked).toEqual(['SIGTERM', 'pause', 'unpause']);
  });

  test('a service that died is started again, and that is noted', async () => {
    const { prepare, started, control, exits } = await stage();
    await started[0]?.end({ code: 3 });
    expect(await prepare()).toEqual(OK);
    expect(started).toHaveLength(2);
    expect(exits).toEqual([[3, 'byItself']]);
    const message =
      'The service had ended by itself (exit code 3) before the check "next" and was started again.';
    expect(control.notes()).toEqual([{ code: 'serviceDied', message }]);
  });

  test('one that dies again and again is one note that counts', async () => {
    const { prepare, started, control } = await stage();
    for (let died = 0; died < 5; died++) {
      await started.at(-1)?.end({ code: died < 3 ? 1 : 0 });
      await prepare();
    }
    expect(control.notes().map(({ message }) => message)).toEqual([
      'The service had ended by itself (exit code 1, exit code 0) 5 times and was started again each time: before the checks "next", "next", "next" and 2 more.',
    ]);
  });

  test('one that ends while it starts has not been up', async () => {
    let answer: (found: Found) => void = () => undefined;
    const { service, started, exits } = await stage([FOUND, new Promise((resolve) => (answer = resolve))]);
    const starting = service.start({ emptyData: false, env: {} });
    while (started.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    await started[1]?.end({ code: 2 });
    expect(await starting).toMatchObject({ ok: false, verdict: { code: 'exited' } });
    expect(exits.at(-1)).toEqual([2, 'starting']);
    answer(NOTHING);
  });

  test('one that a check has killed is started again without a word', async () => {
    const { prepare, control, started, exits } = await stage();
    await control.carryOut({ op: 'signal', name: 'SIGKILL' });
    await prepare();
    expect(started).toHaveLength(2);
    expect([control.notes(), exits]).toEqual([[], [[0, 'asked']]]);
  });

  test('one that hangs is started again, and that is noted', async () => {
    const { control, started } = await stage();
    expect(await control.carryOut({ op: 'revive', checkId: 'next' })).toEqual(OK);
    expect(started).toHaveLength(2);
    expect(control.notes()[0]?.code).toBe('serviceHung');
  });

  test('one that does not come back on its data gets empty data', async () => {
    const { prepare, started } = await stage([FOUND, NOTHING]);
    await started[0]?.end({ code: 1 });
    expect(await prepare()).toEqual(OK);
    expect(started.map(({ env }) => env['DATA_DIR'])).toEqual(['/data/1', '/data/1', '/data/2']);
  });

  test('one that does not come back at all is not waited for again', async () => {
    const { prepare, started } = await stage([FOUND, NOTHING, NOTHING]);
    await started[0]?.end({ code: 1 });
    const message = expect.stringContaining('could not be started again: The service listened on no port');
    expect(await prepare()).toEqual({ ok: false, fault: 'service', message });
    expect(await prepare(true)).toEqual({ ok: false, fault: 'service', message });
    expect(started).toHaveLength(3);
  });
});

describe('what a check asks for', () => {
  test('the exit, how long it took, and that it does not run', async () => {
    const { control } = await stage();
    const exit = control.carryOut({ op: 'exited', timeoutMs: 1000 });
    await control.carryOut({ op: 'signal', name: 'SIGTERM' });
    expect(await exit).toEqual({
      ok: true,
      value: { code: 0, oomKilled: false, afterMs: expect.any(Number) },
    });
    expect(await control.carryOut({ op: 'running' })).toEqual({ ok: true, value: false });
    expect(await control.carryOut({ op: 'figures' })).toMatchObject({ ok: false, fault: 'service' });
  });

  test('null for one that does not end in time', async () => {
    const { control } = await stage();
    expect(await control.carryOut({ op: 'exited', timeoutMs: 10 })).toEqual({ ok: true, value: null });
  });

  test('logs and figures', async () => {
    const { control } = await stage();
    expect(await control.carryOut({ op: 'logs' })).toEqual({
      ok: true,
      value: [{ stream: 'stderr', text: 'it broke' }],
    });
    expect(await control.carryOut({ op: 'figures' })).toEqual({ ok: true, value: FIGURES });
  });

  test('a restart that fails is the service’s doing; an engine that fails is ours', async () => {
    const { control, service } = await stage([FOUND, NOTHING]);
    const restart = { op: 'restart', how: 'SIGKILL', emptyData: false, env: {} } as const;
    expect(await control.carryOut(restart)).toMatchObject({ ok: false, fault: 'service' });
    service.pause = () => Promise.reject(new Error('the engine is gone'));
    expect(await control.carryOut({ op: 'pause' })).toEqual({
      ok: false,
      fault: 'harness',
      message: 'the engine is gone',
    });
  });
});

test('an engine that no longer tells of the service brings down nobody', async () => {
  const { started, service } = await stage();
  await started[0]?.lose();
  expect(service.unexpectedExit).toBeNull();
});

test('figures are the highest of all starts', async () => {
  const { service, started } = await stage();
  await started[0]?.end({ figures: { ...FIGURES, memoryPeakBytes: 99 } });
  await service.start({ emptyData: false, env: {} });
  expect(await service.figures()).toEqual({ ...FIGURES, memoryPeakBytes: 99 });
});

describe('a start on a busy host', () => {
  test('that says it is not ready is waited for as long as it is due, and taken as it is then', async () => {
    const { service } = await stage([WARMING, WARMING, FOUND], [100, 200]);
    expect(service.running).toBe(true);
    const taken = await stage([WARMING, WARMING], [100]);
    expect(taken.service.running).toBe(true);
  });

  test('is looked for again while it has had less time than it is due', async () => {
    const { service, started } = await stage([NOTHING, NOTHING, FOUND], [100, 200]);
    expect(service.running).toBe(true);
    expect(started).toHaveLength(1);
    expect(service.unexpectedExit).toBeNull();
  });

  test.each([
    ['most of its time', 0, true],
    ['none of it', Infinity, false],
  ])('that ends by itself is told apart where the host took %s', async (_share, countedMs, starved) => {
    const { service, started } = await stage([FOUND, new Promise(() => undefined)], [countedMs]);
    const starting = service.start({ emptyData: false, env: {} });
    while (started.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    await started[1]!.end({ code: 1 });
    expect(await starting).toMatchObject({ ok: false, verdict: { code: 'exited' }, starved });
  });

  test('is given up when the time that counts is over', async () => {
    const { service } = await stage();
    const finds = await stage([NOTHING, NOTHING, FOUND]);
    const again = await finds.service.start({ emptyData: false, env: {} });
    expect(again).toMatchObject({ ok: false, verdict: { code: 'neverReady' }, starved: false });
    expect(await service.start({ emptyData: false, env: {} })).toMatchObject({ ok: true });
  });
});
