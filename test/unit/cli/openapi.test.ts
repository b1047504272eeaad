import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { ROUTES } from '../../../harness/api/routes/index.js';
import { openApiDocument } from '../../../harness/api/routing/document.js';

const FILE = 'harness/cli/client/openapi.d.ts';
const HEAD = `/**
 * The interface of the server, made from its OpenAPI document. Nobody writes in here:
 * \`UPDATE_GOLDEN=1\` in front of test/unit/cli/openapi.test.ts makes it anew.
 */
`;
const BYTES = ts.factory.createTypeReferenceNode('Blob');

test('the client of the command line knows the routes as they are', async () => {
  const document = JSON.stringify(openApiDocument(ROUTES));
  const types = await openapiTS(document, {
    transform: (schema) =>
      'contentMediaType' in schema && schema.contentMediaType === 'application/octet-stream'
        ? BYTES
        : undefined,
  });
  const made = HEAD + astToString(types);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(FILE, made);
  expect(readFileSync(FILE, 'utf8') === made).toBe(true);
});
