import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { connect, type ClientHttp2Session } from 'node:http2';
import {
  connect as connectSocket,
  createServer as createSocketServer,
  type AddressInfo,
  type Socket,
} from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createRegistryProxy,
  type RegistryProxy,
  type RegistrySession,
} from '../../../runners/install/index.js';

const TARBALL = Buffer.from('not really a tarball');
const SHASUM = createHash('sha1').update(TARBALL).digest('hex');

let dir: string;
let upstream: Server;
let origin: string;
let broken = false;
const asked: string[] = [];
let registry: RegistryProxy;
let session: RegistrySession;
let relay: ClientHttp2Session;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'assayer-registry-test-'));
  upstream = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (broken) response.writeHead(500).end('broken');
    else if (request.url === '/good') {
      const dist = { tarball: `${origin}/good/-/good-1.0.0.tgz`, shasum: SHASUM };
      const versions = { '1.0.0': { name: 'good', version: '1.0.0', dist } };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ name: 'good', 'dist-tags': { latest: '1.0.0' }, versions }));
    } else if (request.url === '/good/-/good-1.0.0.tgz') response.end(TARBALL);
    else response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  registry = createRegistryProxy({
    stateDir: dir,
    upstream: { url: `${origin}/`, caFile: null },
    idleMs: 100,
  });
  ({ session, relay } = await openRelay());
});

afterAll(async () => {
  relay.destroy();
  await registry.close();
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
  await rm(dir, { recursive: true, force: true });
});

/** Both ends of a stream such as a relay's standard input and output are. */
async function openRelay(): Promise<{ session: RegistrySession; relay: ClientHttp2Session }> {
  const path = join(dir, `relay-${Math.random()}`);
  const server = createSocketServer();
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve));
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const near = connectSocket(path);
  const far = await accepted;
  server.close();
  return { session: registry.serve(far), relay: connect('http://worker', { createConnection: () => near }) };
}

function ask(path: string, method = 'GET', by = relay): Promise<{ status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const stream = by.request({ ':path': path, ':method': method });
    let status = 0;
    const chunks: Buffer[] = [];
    stream.on('response', (headers) => (status = Number(headers[':status'])));
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => resolve({ status, body: Buffer.concat(chunks) }));
    stream.on('error', reject);
    stream.end();
  });
}

/** What has been fetched reaches the asker first and its place on the disk a little later. */
async function stored(path: string): Promise<void> {
  const times = (): number => asked.filter((url) => url === path).length;
  let before;
  do {
    before = times();
    await ask(path);
  } while (times() > before);
}

describe('the registry behind a relay', () => {
  test('describes a package with addresses that lead back to the relay, and serves its tarball', async () => {
    const described = await ask('/good');
    expect(described.status).toBe(200);
    const { versions } = JSON.parse(described.body.toString()) as {
      versions: Record<string, { dist: { tarball: string } }>;
    };
    expect(versions['1.0.0']?.dist.tarball).toBe('http://127.0.0.1:4873/good/-/good-1.0.0.tgz');
    expect((await ask('/good/-/good-1.0.0.tgz')).body).toEqual(TARBALL);
    expect(session.faults()).toEqual([]);
    expect(session.waitingMs()).toBe(0);
  }, 60_000);

  test('serves again what it has fetched while the upstream fails', async () => {
    await stored('/good/-/good-1.0.0.tgz');
    broken = true;
    try {
      expect((await ask('/good/-/good-1.0.0.tgz')).body).toEqual(TARBALL);
      expect((await ask('/good')).status).toBe(200);
    } finally {
      broken = false;
    }
  });

  test('believes that a package is missing only if the upstream says so', async () => {
    expect((await ask('/gone')).status).toBe(404);
    expect(session.missing()).toEqual(['/gone']);
    expect(session.faults()).toEqual([]);

    broken = true;
    expect((await ask('/later')).status).toBe(503);
    expect(session.missing()).toEqual(['/gone']);
    expect(session.faults()).toEqual(['it answered 500 for /later']);
    broken = false;
    expect((await ask('/later')).status).toBe(404);
    expect(session.missing()).toEqual(['/gone', '/later']);
    expect(session.faults()).toEqual([]);
  });

  test('takes a name that no registry has for missing, not for a fault', async () => {
    const by = await openRelay();
    for (const path of ['/favicon.ico', '/node_modules', `/${'a'.repeat(20_000)}`])
      expect((await ask(path, 'GET', by.relay)).status).toBe(404);
    expect(by.session.faults()).toEqual([]);
    by.relay.destroy();
  });

  test.each([
    ['PUT', '/good', 405],
    ['POST', '/-/npm/v1/security/advisories/bulk', 405],
    ['DELETE', '/good/-/good-1.0.0.tgz', 405],
    ['GET', '/-/all', 404],
    ['GET', '/-/ping', 404],
    ['GET', '/', 404],
    ['GET', '/../../etc/passwd', 404],
    ['GET', '/-/web/detail', 404],
  ])('answers %s %s with %i by itself', async (method, path, status) => {
    asked.length = 0;
    expect((await ask(path, method)).status).toBe(status);
    expect(asked).toEqual([]);
  });

  test('serves a relay that comes after the others have gone', async () => {
    relay.close();
    await new Promise((resolve) => relay.once('close', resolve));
    ({ session, relay } = await openRelay());
    expect((await ask('/good')).status).toBe(200);
  }, 60_000);
});
