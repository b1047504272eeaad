import { expect, test } from '@jest/globals';
import { ROUTES } from '../../../harness/api/routes/index.js';
import { openApiDocument } from '../../../harness/api/routing/document.js';
import { fieldsOf, typeWords } from '../../../harness/web/docs/schema.js';
import { docsView } from '../../../harness/web/docs/view.js';
import { render } from '../../../harness/web/frame/templates.js';

const document = openApiDocument(ROUTES);

test('every operation is told of, with what it takes and answers, in less than 100 KB', () => {
  const view = docsView(document);
  const operations = view.groups.flatMap((group) => group.operations);
  expect(operations).toHaveLength(ROUTES.filter(({ pages }) => !pages).length);
  expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
  for (const { method, path, summary, answers } of operations) {
    expect([method, path, summary]).not.toContain('');
    expect(answers.some(({ status }) => /^[23]/.test(status))).toBe(true);
  }
  expect(Buffer.byteLength(render('docs', view))).toBeLessThan(95_000);
});

test('types are told in words', () => {
  expect(typeWords({ type: ['string', 'null'] })).toBe('string or null');
  expect(typeWords({ enum: ['a', 'b'] })).toBe('a | b');
  expect(typeWords({ type: 'integer', minimum: 1, maximum: 200, default: 50 })).toBe(
    'integer, 1 to 200, else 50',
  );
  expect(typeWords({ type: 'array', items: { $ref: '#/components/schemas/Submission' } })).toBe(
    'list of Submission',
  );
});

test('fields within fields are told by their way down', () => {
  const schema = {
    type: 'object',
    required: ['items'],
    properties: {
      items: { type: 'array', items: { type: 'object', properties: { id: { type: 'string' } } } },
    },
  };
  expect(fieldsOf(schema).map(({ name, optional }) => [name, optional])).toEqual([
    ['items', false],
    ['items[].id', true],
  ]);
});
