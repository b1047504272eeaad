import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Evidence, HttpExchange } from '../../../assessments/kit/index.js';
import { contextFor, SECRET, serveHttp, serveTcp, type Served, type TestContext } from './support.js';

let served: Served;
let open: TestContext;
beforeEach(async () => {
  served = await serveHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'set-cookie': 'sid=abc; HttpOnly; Path=/',
      });
      const { method, url, headers } = request;
      response.end(JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() }));
    });
  });
  open = contextFor(served.at);
});
afterEach(async () => {
  open.close();
  await served.close();
});

interface Echo {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}
const exchanges = (evidence: readonly Evidence[]): HttpExchange[] =>
  evidence.flatMap((one) => (one.kind === 'http' ? [one.exchange] : []));

describe('what is sent', () => {
  test('looks like any client: no header tells a test from a load', async () => {
    const { headers } = (await open.t.http.get('/a?b=c')).json<Echo>();
    expect(headers).toEqual({
      host: `localhost:${served.at.port}`,
      accept: '*/*',
      'accept-encoding': 'gzip, deflate, br',
      'user-agent': 'node',
      connection: 'keep-alive',
    });
  });

  test.each<[string, unknown, string, string | undefined]>([
    ['an object', { a: 1 }, '{"a":1}', 'application/json'],
    ['text', 'raw', 'raw', undefined],
    ['bytes', new Uint8Array([104, 105]), 'hi', undefined],
  ])('%s goes as it should', async (_what, body, sent, type) => {
    const echo = (await open.t.http.post('/a', body)).json<Echo>();
    expect(echo.body).toBe(sent);
    expect(echo.headers['content-type']).toBe(type);
  });

  test('a header of the check wins over the usual one', async () => {
    const echo = (await open.t.http.get('/a', { headers: { 'Accept-Encoding': 'identity' } })).json<Echo>();
    expect(echo.headers['accept-encoding']).toBe('identity');
  });
});

describe('the evidence', () => {
  test('hides secrets and credentials, in the curl as variables', async () => {
    const headers = { 'x-api-key': SECRET, authorization: 'Bearer abc.def', cookie: 'sid=abc; theme=dark' };
    await open.t.http.post(
      `/a?key=${SECRET}`,
      { text: "it's", key: SECRET },
      { headers, label: 'with a key' },
    );
    const evidence = open.evidence();
    expect(JSON.stringify(evidence)).not.toContain(SECRET);
    const [exchange] = exchanges(evidence);
    expect(exchange?.request.headers).toMatchObject({
      'x-api-key': '$API_KEY',
      authorization: 'Bearer $TOKEN',
      cookie: 'sid=$COOKIE; theme=$COOKIE',
    });
    expect(exchange?.response?.headers['set-cookie']).toBe('sid=$COOKIE; HttpOnly; Path=/');
    expect(exchange?.curl).toBe(
      `curl -i "$BASE_URL"'/a?key='"$API_KEY" -H 'content-type: application/json' -H 'x-api-key: '"$API_KEY"` +
        ` -H 'authorization: Bearer '"$TOKEN" -H 'cookie: sid='"$COOKIE"'; theme='"$COOKIE"` +
        ` --data-binary '{"text":"it'\\''s","key":"'"$API_KEY"'"}'`,
    );
  });

  test('keeps the first and the last of many exchanges and says how many are left out', async () => {
    for (let i = 0; i < 30; i++) await open.t.http.get(`/${i}`);
    const evidence = open.evidence();
    expect(exchanges(evidence).map(({ request }) => request.path)).toEqual(
      [0, 1, 2, 3, 22, 23, 24, 25, 26, 27, 28, 29].map((i) => `/${i}`),
    );
    expect(evidence[4]).toEqual({ kind: 'note', text: '18 further exchanges are left out here.' });
  });

  test('cuts long bodies and takes control characters out', async () => {
    await open.t.http.post('/a', `\u001b[31mred\u202e${'x'.repeat(10_000)}`);
    const [exchange] = exchanges(open.evidence());
    expect(exchange?.request.body).toMatch(/^redx{4000,4093}…$/);
    expect(exchange?.response).toMatchObject({ truncated: true });
  });

  test('tells of an exchange that failed', async () => {
    await expect(contextFor({ host: '127.0.0.1', port: 1 }).t.http.get('/a')).rejects.toMatchObject({
      kind: 'service',
    });
    const gone = contextFor({ host: '127.0.0.1', port: 1 });
    await gone.t.http.get('/a').catch(() => undefined);
    expect(exchanges(gone.evidence())[0]).toMatchObject({
      response: null,
      failure: 'GET /a: the service refused the connection',
    });
  });
});

test('a body that is not JSON fails the check in words', async () => {
  const html = await serveHttp((_, response) => void response.end('<html>'));
  const response = await contextFor(html.at).t.http.get('/a');
  expect(() => response.json()).toThrow('GET /a: the body of the answer is not JSON');
  await html.close();
});

test('raw bytes come back as they are, to the deadline or the close', async () => {
  const echo = await serveTcp((socket) => socket.once('data', (data) => socket.write(`got ${String(data)}`)));
  const raw = contextFor(echo.at);
  expect(await raw.t.http.raw('abc', { timeoutMs: 100 })).toBe('got abc');
  expect(raw.evidence()[0]).toMatchObject({
    kind: 'note',
    text: expect.stringContaining('Sent 3 raw bytes'),
  });
  await echo.close();
});

describe('after the end of a check', () => {
  test('nothing more is sent, and what was open is dropped', async () => {
    const silent = await serveTcp(() => undefined);
    const late = contextFor(silent.at);
    const pending = late.t.http.get('/a').catch((error: unknown) => error);
    late.close();
    expect(await pending).toMatchObject({ name: 'AbortError' });
    await expect(late.t.http.get('/b')).rejects.toMatchObject({ name: 'AbortError' });
    await expect(late.t.service.restart()).rejects.toMatchObject({ name: 'AbortError' });
    await expect(late.t.sleep(10)).rejects.toMatchObject({ name: 'AbortError' });
    await silent.close();
  });
});
