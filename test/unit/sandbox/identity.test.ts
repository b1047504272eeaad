import { describe, expect, test } from '@jest/globals';
import { isExpired, LABEL, podLabels } from '../../../runners/sandbox/identity/labels.js';
import {
  formatIdentity,
  hasEnded,
  parseIdentity,
  thisProcess,
} from '../../../runners/sandbox/identity/owner.js';
import { UidBlocks, uidOf } from '../../../runners/sandbox/identity/uids.js';

describe('process identity', () => {
  const me = thisProcess();

  test('survives a label', () => {
    expect(parseIdentity(formatIdentity(me))).toEqual(me);
    expect(parseIdentity('nonsense')).toBeNull();
  });

  test('tells a live process, an ended one, and one that has another process’s number', () => {
    expect(hasEnded(me)).toBe(false);
    expect(hasEnded({ ...me, pid: 2 ** 22 + 1 })).toBe(true);
    expect(hasEnded({ ...me, startedAt: '1' })).toBe(true);
  });

  test('claims nothing about processes of another place', () => {
    expect(hasEnded({ ...me, place: 'elsewhere', pid: 2 ** 22 + 1 })).toBe(false);
  });
});

describe('labels', () => {
  const spec = { run: 'run-1', attempt: 2, ttlSeconds: 60, volumes: {} };
  const labels = podLabels('team', thisProcess(), 'abc', spec, 1_000_000);

  test('name owner, run, attempt and deadline', () => {
    expect(labels).toMatchObject({
      [LABEL.owner]: 'team',
      [LABEL.run]: 'run-1',
      [LABEL.attempt]: '2',
      [LABEL.deadline]: '1060',
    });
  });

  test('are expired past the deadline, without a living maker, or when unreadable', () => {
    expect(isExpired(labels, 1_059_000)).toBe(false);
    expect(isExpired(labels, 1_061_000)).toBe(true);
    expect(isExpired(labels, 1_000_000, () => true)).toBe(true);
    expect(isExpired({ ...labels, [LABEL.deadline]: 'soon' }, 0)).toBe(true);
    expect(isExpired({ ...labels, [LABEL.process]: '' }, 0)).toBe(true);
  });
});

test('user ids: in range, no two alike, and given back', () => {
  const blocks = new UidBlocks();
  const taken = new Set(Array.from({ length: 1000 }, () => blocks.take()));
  expect(taken.size).toBe(1000);
  expect(() => blocks.take()).toThrow(RangeError);
  const ids = [...taken].flatMap((block) =>
    (['service', 'prober', 'relay', 'install', 'spare', 'pause'] as const).map((slot) => uidOf(block, slot)),
  );
  expect(new Set(ids).size).toBe(6000);
  expect(Math.min(...ids)).toBeGreaterThanOrEqual(20_000);
  expect(Math.max(...ids)).toBeLessThanOrEqual(29_999);
  blocks.release(20_500);
  expect(blocks.take()).toBe(20_500);
});
