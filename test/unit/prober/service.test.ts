import { describe, expect, test } from '@jest/globals';
import type { Found } from '../../../runners/prober/protocol.js';
import { FIGURES, FOUND, NOTHING, stage } from './staged-service.js';

const WARMING: Found = { ...FOUND, ready: false };

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
