import { describe, expect, test } from '@jest/globals';
import { isStoreUnavailable, storeFault } from '../../../harness/store/database.js';

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

describe('what a person is told of it', () => {
  const said = (message: string, code: string): Error => Object.assign(new Error(message), { code });

  test.each([
    ['storeUnavailable', said('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED')],
    ['storeRefused', said('password authentication failed for user "assayer"', '28P01')],
    ['storeRefused', said('database "assayer" does not exist', '3D000')],
    ['storeRefused', said('permission denied for schema public', '42501')],
  ])('%s: %s', (code, error) => {
    expect(storeFault(error)).toMatchObject({ code, message: expect.stringContaining(error.message) });
  });

  test('nothing of a statement that is wrong', () => {
    expect(storeFault(said('syntax error at or near "selct"', '42601'))).toBeNull();
  });
});
