import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { exchange, type WireRequest } from '../../../runners/prober/agent/http/exchange.js';
import { serveHttp, serveTcp, type Served } from './support.js';

const wire = (over: Partial<WireRequest> = {}): WireRequest => ({
  method: 'GET',
  path: '/x',
  headers: { 'accept-encoding': 'gzip' },
  body: null,
  timeoutMs: 400,
  signals: [],
  ...over,
});

let served: Served | null = null;
afterEach(async () => {
  await served?.close();
  served = null;
});

describe('a sane answer', () => {
  test.each([
    ['identity', (text: string) => Buffer.from(text)],
    ['gzip', (text: string) => gzipSync(text)],
    ['br', (text: string) => brotliCompressSync(text)],
  ])('in %s is read whole', async (encoding, encode) => {
    const text = 'é'.repeat(500);
    served = await serveHttp((_, response) => {
      response.writeHead(201, { 'content-encoding': encoding, 'set-cookie': ['a=1', 'b=2'] });
      response.end(encode(text));
    });
    const answer = await exchange(served.at, wire());
    expect(answer).toMatchObject({ status: 201, text, headers: { 'set-cookie': 'a=1, b=2' } });
    expect(answer.wireBytes).toBe(encode(text).length);
  });

  test('may name an encoding and have no body', async () => {
    served = await serveHttp(
      (_, response) => void response.writeHead(304, { 'content-encoding': 'gzip' }).end(),
    );
    expect(await exchange(served.at, wire())).toMatchObject({ status: 304, text: '', wireBytes: 0 });
  });

  test('of a redirect is not followed', async () => {
    let asked = 0;
    served = await serveHttp((_, response) => {
      asked++;
      response.writeHead(302, { location: '/y' }).end();
    });
    expect((await exchange(served.at, wire())).status).toBe(302);
    expect(asked).toBe(1);
  });
});

describe('a hostile answer ends the exchange and nothing else', () => {
  const tcp = (text: string, then: 'hold' | 'close') => () =>
    serveTcp((socket) => {
      socket.write(text);
      if (then === 'close') socket.end();
    });
  const head = 'HTTP/1.1 200 OK\r\n';
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));

  test.each<[string, () => Promise<Served>, RegExp]>([
    ['silence', () => serveTcp(() => undefined), /no complete answer within 400 ms/],
    ['half an answer', tcp(`${head}Content-Length: 5\r\n\r\nab`, 'close'), /closed the connection/],
    ['a slow drip', drip, /no complete answer within 400 ms/],
    ['no HTTP', tcp('SSH-2.0-hello\r\n', 'close'), /not HTTP/],
    ['a header flood', tcp(`${head}X: ${'a'.repeat(40_000)}`, 'hold'), /more than 32 KiB of headers/],
    [
      'another protocol',
      tcp('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n', 'hold'),
      /answered 101 Switching Protocols/,
    ],
    ['interim answers without end', interim, /interim responses without end/],
    ['an endless body', endless, /body of more than 1024 KiB/],
    [
      'a decompression bomb',
      () => serveHttp((_, r) => void r.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)),
      /body of more than 1024 KiB/,
    ],
    [
      'broken compression',
      () => serveHttp((_, r) => void r.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip')),
      /content-encoding/,
    ],
    [
      'a reset',
      () => serveTcp((socket) => socket.once('data', () => socket.resetAndDestroy())),
      /closed the connection/,
    ],
  ])('%s', async (_what, start, message) => {
    served = await start();
    const error = await exchange(served.at, wire()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'service', message: expect.stringMatching(message) });
    expect((error as Error).message).toMatch(/^GET \/x: the service /);
  });

  test('nobody there', async () => {
    await expect(exchange({ host: '127.0.0.1', port: 1 }, wire())).rejects.toMatchObject({
      message: 'GET /x: the service refused the connection',
    });
  });

  test('an abort from our side is not the service’s doing', async () => {
    served = await serveTcp(() => undefined);
    const signals = [AbortSignal.timeout(30)];
    await expect(exchange(served.at, wire({ signals }))).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  function drip(): Promise<Served> {
    return serveHttp((_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('a'), 20);
      response.once('close', () => clearInterval(timer));
    });
  }

  function interim(): Promise<Served> {
    return serveTcp((socket) => {
      const timer = setInterval(() => socket.write('HTTP/1.1 102 Processing\r\n\r\n'), 2);
      socket.once('close', () => clearInterval(timer));
    });
  }

  function endless(): Promise<Served> {
    return serveHttp((_, response) => {
      const more = (): void => {
        while (response.write(Buffer.alloc(65536)));
      };
      response.on('drain', more);
      more();
    });
  }
});
