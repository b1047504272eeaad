import { describe, expect, test } from '@jest/globals';
import { admission, hostCapacity, podNeeds } from '../../../runners/sandbox/admission.js';

const never = new AbortController().signal;
const settled = async (work: Promise<unknown>): Promise<boolean> => {
  let done = false;
  void work.then(
    () => (done = true),
    () => (done = true),
  );
  await new Promise(setImmediate);
  return done;
};

describe('admission', () => {
  test('lets in what fits, the rest in turn', async () => {
    const admit = admission({ memoryMb: 100, cpus: 2 });
    const first = await admit({ memoryMb: 60, cpus: 1 }, never);
    const large = admit({ memoryMb: 90, cpus: 1 }, never);
    const small = admit({ memoryMb: 10, cpus: 1 }, never);
    expect(await settled(large)).toBe(false);
    expect(await settled(small)).toBe(false);
    first.release();
    expect(await settled(large)).toBe(true);
    expect(await settled(small)).toBe(true);
  });

  test('a release counts once', async () => {
    const admit = admission({ memoryMb: 100, cpus: 1 });
    const room = await admit({ memoryMb: 100, cpus: 1 }, never);
    room.release();
    room.release();
    room.settle();
    await admit({ memoryMb: 100, cpus: 1 }, never);
    expect(await settled(admit({ memoryMb: 1, cpus: 0.1 }, never))).toBe(false);
  });

  test('what a pod takes at first is given back when it settles', async () => {
    const admit = admission({ memoryMb: 100, cpus: 4 });
    const room = await admit({ memoryMb: 30, cpus: 1, atFirstMb: 40 }, never);
    const next = admit({ memoryMb: 40, cpus: 1 }, never);
    expect(await settled(next)).toBe(false);
    room.settle();
    expect(await settled(next)).toBe(true);
    room.release();
    expect(await settled(admit({ memoryMb: 60, cpus: 1 }, never))).toBe(true);
  });

  test('one that takes more at first than the host has is let in alone', async () => {
    const admit = admission({ memoryMb: 100, cpus: 4 });
    const first = await admit({ memoryMb: 10, cpus: 1 }, never);
    const large = admit({ memoryMb: 30, cpus: 1, atFirstMb: 400 }, never);
    expect(await settled(large)).toBe(false);
    first.release();
    expect(await settled(large)).toBe(true);
  });

  test('one that another pod waits for is let in at once, and keeps the next ones out', async () => {
    const admit = admission({ memoryMb: 100, cpus: 4 });
    const first = await admit({ memoryMb: 90, cpus: 1 }, never);
    const second = await admit({ memoryMb: 90, cpus: 1, atOnce: true }, never);
    const third = admit({ memoryMb: 20, cpus: 1 }, never);
    first.release();
    expect(await settled(third)).toBe(false);
    second.release();
    expect(await settled(third)).toBe(true);
  });

  test('one that gives up makes way', async () => {
    const admit = admission({ memoryMb: 100, cpus: 2 });
    await admit({ memoryMb: 50, cpus: 1 }, never);
    const abort = new AbortController();
    const large = admit({ memoryMb: 80, cpus: 1 }, abort.signal);
    const small = admit({ memoryMb: 50, cpus: 1 }, never);
    abort.abort(new Error('cancelled'));
    await expect(large).rejects.toThrow('cancelled');
    expect(await settled(small)).toBe(true);
    await expect(admit({ memoryMb: 1, cpus: 0 }, abort.signal)).rejects.toThrow('cancelled');
  });

  test('what the host can never hold is refused with a reason', async () => {
    const admit = admission({ memoryMb: 100, cpus: 2 });
    await expect(admit({ memoryMb: 101, cpus: 1 }, never)).rejects.toThrow(
      /needs 101 MiB.*gives pods 100 MiB/,
    );
  });
});

test('a pod needs the memory of its containers and its volumes', () => {
  const volumes = { work: { sizeMb: 512 }, data: { sizeMb: 64 } };
  const containers = [
    { memoryMb: 256, cpus: 1 },
    { memoryMb: 384, cpus: 0.5 },
  ];
  expect(podNeeds(volumes, containers)).toEqual({ memoryMb: 1216, cpus: 1.5 });
  expect(hostCapacity({ memoryMb: 1000, cpus: 4 })).toEqual({ memoryMb: 800, cpus: 4 });
});
