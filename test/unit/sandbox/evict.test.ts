import { expect, test } from '@jest/globals';
import { surplus, type CacheFacts } from '../../../runners/sandbox/evict.js';

const NOW = Date.parse('2026-01-31T00:00:00Z');
const HOUR_MS = 3_600_000;
const cache = (name: string, hours: number, mb = 100): CacheFacts => ({
  name,
  bytes: mb * 2 ** 20,
  madeAt: NOW - hours * HOUR_MS,
});
const limits = { mostMb: 250, mostDays: 10, leastHours: 1 };
const gone = (...caches: CacheFacts[]): string[] => surplus(caches, limits, NOW).map(({ name }) => name);

test.each([
  ['nothing within bounds', gone(cache('a', 5), cache('b', 50)), []],
  ['what is too old, however little there is', gone(cache('a', 5), cache('b', 241)), ['b']],
  ['the oldest of too much', gone(cache('a', 5), cache('b', 50), cache('c', 40)), ['b']],
  ['no more than needed', gone(cache('a', 5, 200), cache('b', 50, 10), cache('c', 40, 300)), ['b', 'c']],
  ['nothing that may be about to be used', gone(cache('a', 0.5, 900), cache('b', 0.1)), []],
  ['nothing of unknown age', gone({ name: 'a', bytes: 2 ** 40, madeAt: NaN }), []],
])('%s goes', (_what, got, wanted) => expect(got).toEqual(wanted));
