import { expect, test } from '@jest/globals';
import { problemOf, toKnown } from '../../../harness/api/problem.js';
import { AssayerError } from '../../../harness/errors.js';

test('a bug shows nothing of itself', () => {
  const known = toKnown(new Error('select * from secrets'));
  const problem = problemOf(known, 'r1');
  expect(problem).toMatchObject({ status: 500, code: 'internal', requestId: 'r1' });
  expect(JSON.stringify(problem)).not.toContain('secrets');
});

test('a database that is away is no bug', () => {
  const away = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  expect(toKnown(away)).toMatchObject({ code: 'storeUnavailable' });
  const changed = Object.assign(new Error('password authentication failed'), { code: '28P01' });
  expect(toKnown(changed)).toMatchObject({ code: 'storeRefused' });
});

test('faults of the body parser are told as what they are', () => {
  const parser = (status: number): Error => Object.assign(new Error('x'), { status });
  expect(toKnown(parser(413)).code).toBe('bodyTooLarge');
  expect(toKnown(parser(415)).code).toBe('mediaTypeUnsupported');
  expect(toKnown(parser(400)).code).toBe('bodyUnreadable');
});

test('a known error is a problem document', () => {
  const problem = problemOf(new AssayerError('submissionUnknown', { id: 'sub-x' }), 'r2');
  expect(problem).toEqual({
    type: 'urn:assayer:problem:submissionUnknown',
    code: 'submissionUnknown',
    title: 'There is no such submission',
    status: 404,
    detail: 'There is no submission "sub-x". Look it up in GET /api/v1/submissions.',
    requestId: 'r2',
  });
});
