import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { TOPICS, type CheckContext, type ProbeRequest } from '../../../assessments/kit/index.js';
import { PROBES, probeNamed } from '../../../runners/security/index.js';
import { contextFor, serveHttp, type Served } from '../prober/support.js';

const LIMIT = 64 * 1024;

/** The options that fit the little service below. */
const post = (_: CheckContext, body: string): ProbeRequest => ({
  method: 'POST',
  path: '/notes',
  body,
  headers: { 'content-type': 'application/json' },
});
const get = (path: string): ProbeRequest => ({ method: 'GET', path });
const benign = (t: CheckContext): unknown => ({ text: t.random.words(3) });
const BODY = { request: post, benign };
const OPTIONS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'deep-json': BODY,
  'error-leak': {
    requests: () => [get('/none'), post(undefined as never, '{')],
    known: () => get('/notes/1'),
  },
  'header-injection': {
    request: (_: CheckContext, value: string) => get(`/notes/1?tag=${value}`),
    benign: 'plain',
  },
  'malformed-json': BODY,
  'oversize-body': {
    request: post,
    sized: (_: CheckContext, bytes: number) => JSON.stringify({ text: 'x'.repeat(bytes) }),
    limitBytes: LIMIT,
  },
  'path-traversal': {
    request: (_: CheckContext, id: string) => get(`/notes/${id}`),
    known: async () => get('/notes/1'),
  },
  'prototype-pollution': { ...BODY, observe: () => get('/defaults') },
  'security-headers': { request: () => get('/notes/1'), require: ['referrer-policy'] },
  'slow-client': { request: () => get('/notes/1'), path: '/notes' },
  'slow-pattern': {
    request: (_: CheckContext, value: string) => post(_, JSON.stringify({ text: value })),
    benign: () => 'hello',
  },
  'wrong-content-type': BODY,
};

/** What a careless developer leaves out, by probe. */
type Fault = string | null;

function service(fault: Fault): RequestListener {
  const defaults: Record<string, unknown> = {};
  return (request, response) => {
    const send = (status: number, body: unknown): void => {
      const careful = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };
      response.writeHead(status, {
        'content-type': 'application/json',
        ...(fault === 'security-headers' ? { 'x-powered-by': 'Express' } : careful),
      });
      response.end(JSON.stringify(body));
    };
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LIMIT || fault === 'oversize-body') chunks.push(chunk);
    });
    request.on('end', () => {
      if (size > LIMIT && fault !== 'oversize-body') return send(413, { error: 'too large' });
      answer(request, Buffer.concat(chunks).toString(), fault, defaults, send);
    });
  };
}

function answer(
  request: IncomingMessage,
  text: string,
  fault: Fault,
  defaults: Record<string, unknown>,
  send: (status: number, body: unknown) => void,
): void {
  const url = new URL(`http://x${request.url}`);
  if (request.method === 'GET') {
    const tag = url.searchParams.get('tag') ?? '';
    if (fault === 'header-injection' && /[\r\n]/.test(tag)) return send(500, { error: 'cannot set header' });
    if (url.pathname === '/defaults') return send(200, defaults);
    if (fault === 'path-traversal' && /passwd/.test(request.url ?? ''))
      return send(200, { file: 'root:x:0:0' });
    if (url.pathname === '/notes/1') return send(200, { id: '1' });
    const stack = 'Error: no\n    at find (/work/src/notes.js:12:3)';
    return send(404, { error: fault === 'error-leak' ? stack : 'not found' });
  }
  const isJson = /^application\/json/.test(request.headers['content-type'] ?? '');
  if (!isJson && fault !== 'wrong-content-type') return send(415, { error: 'JSON only' });
  let body: Record<string, unknown>;
  try {
    body = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return send(fault === 'malformed-json' ? 500 : 400, { error: 'not JSON' });
  }
  if (fault === 'prototype-pollution') for (const key in body['__proto__'] ?? {}) defaults[key] = key;
  if (fault === 'deep-json' && text.includes('[[[[')) return send(500, { error: 'stack exceeded' });
  if (fault === 'slow-pattern' && String(body['text']).length > 4000)
    return void setTimeout(() => send(201, {}), 1100);
  send(201, { id: '1' });
}

/** Serves one connection at a time, as a careless thread pool does. */
function oneAtATime(listener: RequestListener) {
  const server = createServer({ headersTimeout: 60_000 }, listener);
  server.maxConnections = 20;
  return server;
}

let served: Served | null = null;
afterEach(async () => {
  await served?.close();
  served = null;
});

async function run(name: string, listener: RequestListener): Promise<unknown> {
  served = await serveHttp(listener);
  const { t, close } = contextFor(served.at);
  try {
    await probeNamed(name)?.body(t, OPTIONS[name] ?? {});
    return 'passed';
  } catch (thrown) {
    return thrown;
  } finally {
    close();
  }
}

const NAMES = PROBES.map(({ name }) => name);

test('every probe has options here, a practice of its topic, and words', () => {
  expect(Object.keys(OPTIONS).sort()).toEqual([...NAMES].sort());
  for (const { defaults } of PROBES) {
    expect(Object.keys(TOPICS[defaults.topic].practices)).toContain(defaults.practice);
    expect(defaults.questions.length).toBeGreaterThan(0);
  }
});

describe('each probe', () => {
  test.each(NAMES)(
    '%s passes a careful service',
    async (name) => {
      expect(await run(name, service(null))).toBe('passed');
    },
    15_000,
  );

  test.each(NAMES.filter((name) => name !== 'slow-client'))(
    '%s fails a service that lacks just that',
    async (name) => {
      expect(await run(name, service(name))).toMatchObject({ kind: 'failed' });
    },
    20_000,
  );

  test.each(NAMES)(
    '%s fails a service that refuses everything',
    async (name) => {
      const refuse: RequestListener = (request, response) => {
        request.resume();
        response.writeHead(400, { 'x-content-type-options': 'nosniff' }).end('{}');
      };
      expect(await run(name, refuse)).toMatchObject({
        kind: 'failed',
        message: expect.stringMatching(/did not succeed/),
      });
    },
    15_000,
  );

  test.each(NAMES)('%s blames the pack for an option left out', async (name) => {
    const { t } = contextFor({ host: '127.0.0.1', port: 1 });
    await expect(probeNamed(name)?.body(t, {})).rejects.toMatchObject({ kind: 'harness' });
  });
});

test('slow-client fails a service whose slow clients take all places', async () => {
  const server = oneAtATime(service(null));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const { t } = contextFor({
    host: '127.0.0.1',
    port: typeof address === 'object' && address ? address.port : 0,
  });
  await expect(probeNamed('slow-client')?.body(t, OPTIONS['slow-client'] ?? {})).rejects.toBeInstanceOf(
    Error,
  );
  server.closeAllConnections();
  server.close();
}, 20_000);
