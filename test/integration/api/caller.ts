import type { Problem } from '../../../harness/api/problem.js';
import type { SubmissionResource } from '../../../harness/api/representation.js';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { tarGz } from '../support/archive.js';
import type { TestServer } from '../support/server.js';
import { startTestServer } from '../support/server.js';

export const SUBMISSIONS = '/api/v1/submissions';

type Options = NonNullable<Parameters<typeof fetch>[1]> & { headers?: Record<string, string> };
type Fields = Readonly<Record<string, string>>;

/** Asks a server as a program with its token does. */
export interface Caller {
  call(path: string, options?: Options): Promise<Response>;
  /** Submits a small archive with these fields. */
  post(fields: Fields, headers?: Record<string, string>): Promise<Response>;
  submitted(fields?: Fields): Promise<SubmissionResource>;
}

/** A server for all tests of a file, and who asks it. */
export function serverOfFile(
  env: Readonly<Record<string, string>> = {},
): Caller & { readonly server: TestServer } {
  let server: TestServer;
  let caller: Caller;
  beforeAll(async () => {
    server = await startTestServer(env);
    caller = callerOf(server);
  });
  afterAll(() => server?.close());
  return {
    get server() {
      return server;
    },
    call: (...asked) => caller.call(...asked),
    post: (...asked) => caller.post(...asked),
    submitted: (...asked) => caller.submitted(...asked),
  };
}

function callerOf({ url, token }: Pick<TestServer, 'url' | 'token'>): Caller {
  const call: Caller['call'] = (path, options = {}) =>
    fetch(`${url}${path}`, {
      redirect: 'manual',
      ...options,
      headers: { authorization: `Bearer ${token}`, ...options.headers },
    });
  const post: Caller['post'] = async (fields, headers = {}) =>
    call(SUBMISSIONS, { method: 'POST', body: formOf(fields, await ARCHIVE), headers });
  return {
    call,
    post,
    async submitted(fields = {}) {
      const answer = await post({ assessment: 'pack-basic', ...fields });
      expect(answer.status).toBe(202);
      return (await answer.json()) as SubmissionResource;
    },
  };
}

const ARCHIVE = tarGz({ 'package.json': '{"name":"x"}', 'server.js': 'void 0' });

export function formOf(fields: Fields, bytes: Buffer | null): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  if (bytes) data.set('archive', new Blob([new Uint8Array(bytes)]), 'repo.tar.gz');
  return data;
}

/** The problem document of an answer, which has to be one. */
export async function problem(answer: Response): Promise<Problem> {
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const body = (await answer.json()) as Problem;
  expect(body.status).toBe(answer.status);
  expect(body.requestId).toBe(answer.headers.get('x-request-id'));
  return body;
}
