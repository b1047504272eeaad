import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { execa } from 'execa';
import { dockerImageStore } from '../../../runners/sandbox/imageStore.js';
import { statsGauge } from '../../../runners/sandbox/figures/stats-gauge.js';
import { Host } from '../../../runners/sandbox/host.js';
import { sandboxOn } from '../../../runners/sandbox/sandbox.js';
import type { Pod } from '../../../runners/sandbox/types.js';
import { podSpec, spec } from '../sandbox-conformance/provider.js';
import { until } from '../support/until.js';
import { images as haveImages } from './support.js';

jest.setTimeout(60_000);

/** The engine over TCP with certificates on both sides, and figures as of an engine whose host is another. */
let door: Server;
let host: Host;
let pod: Pod;
let image: string;
let certPath: string;

/** ca.pem, cert.pem and key.pem as an engine's client has them; the engine here takes the same pair. */
async function makeCertificates(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'assayer-certs-'));
  const openssl = (line: string) => execa('openssl', line.split(' '), { cwd: folder });
  const name = '-subj /CN=localhost -addext subjectAltName=IP:127.0.0.1';
  const key = '-newkey rsa:2048 -nodes';
  await openssl(`req -x509 ${key} -keyout ca-key.pem -out ca.pem -days 1 -subj /CN=test-ca`);
  await openssl(`req ${key} -keyout key.pem -out request.pem ${name}`);
  await writeFile(join(folder, 'names'), 'subjectAltName=IP:127.0.0.1');
  await openssl(
    'x509 -req -in request.pem -CA ca.pem -CAkey ca-key.pem -out cert.pem -days 1 -extfile names',
  );
  return folder;
}

beforeAll(async () => {
  const images = await haveImages();
  image = images.sandbox;
  const engine = (process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock').replace('unix://', '');
  certPath = await makeCertificates();
  const pem = (name: string) => readFile(join(certPath, `${name}.pem`));
  const [ca, cert, key] = await Promise.all(['ca', 'cert', 'key'].map(pem));
  const both = { ca: ca!, cert: cert!, key: key!, requestCert: true, rejectUnauthorized: true };
  door = createServer({ ...both, allowHalfOpen: true }, (client) => {
    const upstream = connect({ path: engine, allowHalfOpen: true });
    client.pipe(upstream).pipe(client);
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const dockerHost = `https://127.0.0.1:${(door.address() as AddressInfo).port}`;
  host = new Host({ pauseImage: images.pause, owner: `remote-${process.pid}`, dockerHost, certPath });
  host.gauge = (id) => statsGauge(host.engine, id);
  pod = await sandboxOn(host).createPod(podSpec());
}, 600_000);
afterAll(async () => {
  await pod?.dispose();
  door.close();
  await rm(certPath, { recursive: true });
});

test('neither an engine nor a client with the certificate of somebody else is talked to', async () => {
  const foreign = await makeCertificates();
  try {
    const { dockerHost } = host.options;
    const fooled = dockerImageStore({ dockerHost: dockerHost!, certPath: foreign });
    await expect(fooled.exists(image)).rejects.toThrow(/do not trust each other/);
    await copyFile(join(certPath, 'ca.pem'), join(foreign, 'ca.pem'));
    const stranger = dockerImageStore({ dockerHost: dockerHost!, certPath: foreign });
    await expect(stranger.exists(image)).rejects.toMatchObject({ code: 'engineUnavailable' });
  } finally {
    await rm(foreign, { recursive: true });
  }
});

test('raw streams carry any bytes both ways', async () => {
  const echo = await pod.start(spec(pod, image, 'exec cat', { stdin: true, output: { kind: 'stream' } }));
  const sent = randomBytes(2_000_000);
  const received: Buffer[] = [];
  echo.stdout!.on('data', (chunk: Buffer) => received.push(chunk));
  echo.stdin!.end(sent);
  expect((await echo.ended).code).toBe(0);
  expect(Buffer.concat(received).equals(sent)).toBe(true);
  await echo.remove();
});

test('figures are the engine’s, and stay after the end', async () => {
  const busy = await pod.start(spec(pod, image, 'while :; do :; done'));
  await until(async () => (await busy.cpuNanoseconds()) > 100_000_000n, 30_000);
  const live = await busy.figures();
  expect(live).toMatchObject({ memoryBytes: expect.any(Number), pids: 2 });
  expect(live.memoryPeakBytes).toBeGreaterThanOrEqual(live.memoryBytes);
  expect(live.cpuMs).toBeGreaterThan(100);
  await busy.signal('SIGKILL');
  const { figures, oomKilled } = await busy.ended;
  expect(oomKilled).toBe(false);
  expect(figures!.cpuMs).toBeGreaterThanOrEqual(live.cpuMs);
  expect(await busy.figures()).toEqual(figures);
});
