import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { DEFAULT_ORGANISATION } from '../../../harness/store/organisations.js';
import { addPerson } from '../../../harness/store/people.js';
import { acceptSubmission } from '../../../harness/store/submissions.js';
import type { Schema } from '../support/arbitrary.js';
import { arbitraryOf, nasty } from '../support/arbitrary.js';
import { newSubmission } from '../support/records.js';
import type { TestServer } from '../support/server.js';
import { startTestServer } from '../support/server.js';

jest.setTimeout(120_000);

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: Schema;
}
type Content = Readonly<Record<string, { readonly schema: Schema }>>;
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Random requests for each operation. Each is one round trip to the whole server. */
const RUNS = 25;

let server: TestServer;
let document: Document;
/** Ids of things that are there, so that requests reach beyond "not found". */
const ids: string[] = [];
const ajv = new Ajv2020({ strict: false, validateFormats: false });

beforeAll(async () => {
  server = await startTestServer();
  document = (await (await fetch(`${server.url}/openapi.json`)).json()) as Document;
  ajv.addSchema(document, 'api');
  for (let index = 0; index < 3; index += 1) {
    const accepted = await acceptSubmission(server.store, DEFAULT_ORGANISATION, newSubmission(), null);
    if (accepted.kind !== 'keyReused') ids.push(accepted.view.submission.id);
  }
  const person = { email: 'someone@example.org', name: 'Someone', role: 'reviewer' } as const;
  ids.push((await addPerson(server.store, DEFAULT_ORGANISATION, person)) ?? '');
});
afterAll(() => server?.close());

interface Asked {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: { readonly type: string; readonly value: unknown } | null;
}

function requests({ parameters = [], requestBody }: Operation): fc.Arbitrary<Asked> {
  const { schemas } = document.components;
  const named = (place: Parameter['in']): fc.Arbitrary<Record<string, unknown>> => {
    const mine = parameters.filter((one) => one.in === place);
    const values = mine.map(({ name, schema }) => [
      name,
      place === 'path'
        ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: nasty })
        : arbitraryOf(schema, schemas),
    ]);
    const requiredKeys = mine.filter(({ required }) => required).map(({ name }) => name);
    return fc.record(Object.fromEntries(values) as Record<string, fc.Arbitrary<unknown>>, { requiredKeys });
  };
  const bodies = Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) =>
    arbitraryOf(schema, schemas).map((value) => ({ type, value })),
  );
  const body = bodies.length === 0 ? fc.constant(null) : fc.oneof(...bodies);
  return fc.record({ path: named('path'), query: named('query'), body });
}

const segment = (value: unknown): string => {
  try {
    return encodeURIComponent(String(value)) || '-';
  } catch {
    // Half a surrogate pair cannot be in an address.
    return '%ff';
  }
};

function send(method: string, path: string, { path: names, query, body }: Asked): Promise<Response> {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => segment(names[name]));
  const search = Object.entries(query)
    .map(([name, value]) => `${name}=${segment(typeof value === 'object' ? JSON.stringify(value) : value)}`)
    .join('&');
  const headers: Record<string, string> = { authorization: `Bearer ${server.token}` };
  const init: RequestInit = { method: method.toUpperCase(), headers, redirect: 'manual' };
  if (body?.type === 'multipart/form-data') {
    const form = new FormData();
    for (const [name, value] of Object.entries(body.value ?? {})) form.set(name, String(value));
    init.body = form;
  } else if (body) {
    headers['content-type'] = body.type;
    init.body = JSON.stringify(body.value);
  }
  return fetch(`${server.url}${filled}?${search}`, init);
}

/** What is wrong with an answer, by the document; null when nothing is. */
async function fault(path: string, method: string, answer: Response): Promise<string | null> {
  const told = document.paths[path]?.[method]?.responses[answer.status];
  const [type = ''] = (answer.headers.get('content-type') ?? '').split(';', 1);
  if (type === 'text/event-stream') {
    await answer.body?.cancel();
    return told ? null : 'an undocumented stream';
  }
  const text = await answer.text();
  if (!told) return `undocumented status ${answer.status}: ${text.slice(0, 300)}`;
  if (text === '') return told.content ? 'no body' : null;
  if (!told.content?.[type]) return `undocumented type ${type}`;
  if (!type.endsWith('json')) return null;
  const pointer = [path, method, 'responses', String(answer.status), 'content', type, 'schema']
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const validate = ajv.getSchema(`api#/paths/${pointer}`);
  if (!validate) throw new Error(`no schema at ${pointer}`);
  return validate(JSON.parse(text)) ? null : `not as documented: ${ajv.errorsText(validate.errors)}`;
}

test('whatever is asked, every answer is one that the document tells of', async () => {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );
  expect(operations.length).toBeGreaterThan(20);
  const wrong: string[] = [];
  for (const { path, method, operation } of operations) {
    const asks = fc.sample(requests(operation), { numRuns: RUNS, seed: 20_261_122 });
    const faults = new Set<string>();
    for (const asked of asks) {
      const found = await fault(path, method, await send(method, path, asked));
      if (found !== null)
        faults.add(`${method} ${path}: ${found} (asked ${JSON.stringify(asked).slice(0, 300)})`);
    }
    wrong.push(...[...faults].slice(0, 2));
  }
  expect(wrong).toEqual([]);
  expect(server.logged.filter((line) => line.includes('"msg":"bug"'))).toEqual([]);
});
