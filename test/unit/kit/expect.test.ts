import { expect, test } from '@jest/globals';
import type { Response } from '../../../assessments/kit/index.js';
import { expectStatus, must } from '../../../assessments/kit/index.js';

const answered = (status: number): Response => ({ status }) as Response;

test('a wrong status is told once, with what was tried', () => {
  expect(() => expectStatus(answered(202), 401, 'a wrong signature')).toThrow(
    expect.objectContaining({
      message: 'a wrong signature: status 202 instead of 401',
      details: { expected: 'status 401', observed: 'status 202' },
    }),
  );
  expect(() => expectStatus(answered(500), [400, 422], 'half a body')).toThrow(
    'status 500 instead of 400 or 422',
  );
  expect(() => expectStatus(answered(422), [400, 422], 'half a body')).not.toThrow();
});

test('what holds is no news, and what does not says what was seen', () => {
  expect(() => must('text', 'no text came')).not.toThrow();
  expect(() => must('', 'no text came', { expected: 'text' })).toThrow('no text came');
});
