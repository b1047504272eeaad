import { expect, test } from '@jest/globals';
import { isStoreUnavailable } from '../../../harness/store/database.js';

const coded = (code: string): Error => Object.assign(new Error('x'), { code });

test.each(['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ETIMEDOUT', '57P01', '57P03', '08006', '53300'])(
  '%s means that there is no database',
  (code) => expect(isStoreUnavailable(coded(code))).toBe(true),
);

test.each(['23505', '42P01', '22P05', 'ENOENT'])('%s does not', (code) => {
  expect(isStoreUnavailable(coded(code))).toBe(false);
});

test('connections that break off are told by their words, several at once by each', () => {
  expect(isStoreUnavailable(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isStoreUnavailable(new AggregateError([coded('ECONNREFUSED')]))).toBe(true);
  expect(isStoreUnavailable('Connection terminated')).toBe(false);
});
