import { afterEach, expect, test } from '@jest/globals';
import type { LoadProfile } from '../../../assessments/kit/index.js';
import { generateLoad } from '../../../runners/performance/generate.js';
import { generatedSchema } from '../../../runners/performance/types.js';
import { serveHttp, type Served } from '../prober/support.js';

const PROFILE: LoadProfile = { title: 't', seconds: 1, connections: 3, requests: () => [] };
const STEPS = Array.from({ length: 7 }, (_, index) => ({
  method: 'POST',
  path: `/${index}`,
  body: { index },
}));
const HEADERS = { 'user-agent': 'node', host: 'localhost:1' };

let served: Served | null = null;
afterEach(() => served?.close());

test('sends the profile’s requests with the usual headers and counts what comes back', async () => {
  const seen = new Set<string>();
  let agents = new Set<string | undefined>();
  served = await serveHttp((request, response) => {
    agents = agents.add(request.headers['user-agent']);
    request.on('data', (chunk: Buffer) => seen.add(`${request.url} ${String(chunk)}`));
    request.on('end', () => response.writeHead(request.url === '/3' ? 500 : 201).end('{}'));
  });
  const result = await generateLoad(PROFILE, STEPS, { ...served.at, headers: HEADERS });
  expect(generatedSchema.safeParse(result).success).toBe(true);
  expect([...seen].sort()).toEqual(STEPS.map(({ path, body }) => `${path} ${JSON.stringify(body)}`));
  expect([...agents]).toEqual(['node']);
  expect(result.requests).toBeGreaterThan(7);
  expect(result.non2xx).toBeGreaterThan(0);
  expect(result.non2xx).toBeLessThan(result.requests / 2);
  expect(result.errors).toBe(0);
  expect([result.interim, result.unasked]).toEqual([0, 0]);
}, 10_000);

test('keeps good answers of its second half, and which step each is for', async () => {
  const began = performance.now();
  served = await serveHttp((request, response) => {
    const late = performance.now() - began > 450;
    request
      .resume()
      .on('end', () => response.writeHead(request.url === '/3' ? 500 : 200).end(`${late} ${request.url}`));
  });
  const { samples } = await generateLoad(PROFILE, STEPS, { ...served.at, headers: HEADERS });
  expect(samples.length).toBeGreaterThan(3);
  expect(samples.length).toBeLessThanOrEqual(16);
  for (const { step, text } of samples) expect(text).toBe(`true /${step}`);
  expect(samples.map(({ step }) => step)).not.toContain(3);
}, 10_000);

test('answers that nobody asked for are told from interim ones', async () => {
  const load = (ahead: string) =>
    serveHttp((request, response) => {
      const { socket } = response;
      request.resume().on('end', () => {
        socket?.cork();
        socket?.write(ahead);
        response.end('{}');
        process.nextTick(() => socket?.uncork());
      });
    });
  const ask = async () => generateLoad(PROFILE, STEPS, { ...served!.at, headers: HEADERS });
  served = await load('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
  const twice = await ask();
  expect([twice.interim, twice.unasked > 100]).toEqual([0, true]);
  await served.close();
  served = await load('HTTP/1.1 103 Early Hints\r\n\r\n');
  expect((await ask()).interim).toBeGreaterThan(100);
}, 15_000);

test('an endless body ends the load, not the generator', async () => {
  served = await serveHttp((_, response) => {
    const more = (): void => {
      while (response.write(Buffer.alloc(65_536)));
    };
    response.on('drain', more);
    more();
  });
  const profile = { ...PROFILE, seconds: 30 };
  const result = await generateLoad(profile, STEPS, { ...served.at, headers: HEADERS });
  expect(result.requests).toBe(0);
  expect(result.seconds).toBeLessThan(10);
}, 20_000);

test('a service that is gone ends the load early, with errors and no figures', async () => {
  const profile = { ...PROFILE, seconds: 30 };
  const result = await generateLoad(profile, STEPS, { host: '127.0.0.1', port: 1, headers: HEADERS });
  expect(result.requests).toBe(0);
  expect(result.errors).toBeGreaterThan(0);
  expect(result.seconds).toBeLessThan(10);
}, 20_000);

test('a profile without requests is the pack’s fault', async () => {
  await expect(generateLoad(PROFILE, [], { host: '127.0.0.1', port: 1, headers: {} })).rejects.toThrow(
    '1 to 10000',
  );
});
