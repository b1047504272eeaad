import { describe, expect, test } from '@jest/globals';
import type { Found } from '../../../runners/prober/protocol.js';
import { FIGURES, FOUND, NOTHING, stage } from './staged-service.js';

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
