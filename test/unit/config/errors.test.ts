import { expect, test } from '@jest/globals';
import { AssayerError, ERRORS, EXIT, reasonOf, rootOf } from '../../../harness/errors.js';

test('a message is the sentence with its details filled in', () => {
  const error = new AssayerError('portInUse', { port: 80, host: '::' });
  expect(error.message).toBe(
    'Port 80 of :: is in use by another program. Stop it, or set ASSAYER_PORT to a free port.',
  );
  expect(error.entry).toMatchObject({ exit: EXIT.usage });
});

test('details are text: they cannot bring placeholders of their own', () => {
  expect(new AssayerError('usage', { problem: 'no {name} here' }).message).toBe('no {name} here');
});

test.each(Object.entries(ERRORS))('%s has a status, an exit code, and a sentence', (_, entry) => {
  expect(entry.status).toBeGreaterThanOrEqual(400);
  expect(Object.values(EXIT)).toContain(entry.exit);
  expect(entry.title).toMatch(/^[A-Z].*[^.]$/);
  expect(entry.sentence).toMatch(/[.}]$/);
});

test('a reason is one line, whatever was thrown', () => {
  expect(reasonOf(new Error('x'))).toBe('x');
  expect(reasonOf(new AggregateError([new Error('a'), new Error('b')], ''))).toBe('a; b');
  expect(reasonOf('text')).toBe('text');
  expect(reasonOf(new TypeError())).toBe('TypeError');
});

test('the root of an error is the innermost that says something', () => {
  const refused = new Error('connect ECONNREFUSED');
  const wrapped = new Error('something went wrong', {
    cause: new TypeError('fetch failed', { cause: refused }),
  });
  expect(rootOf(wrapped)).toBe(refused);
  const answered = new Error('invalid_grant', { cause: new URLSearchParams('error=invalid_grant') });
  expect(rootOf(answered)).toBe(answered);
  expect(rootOf('text')).toBe('text');
});
