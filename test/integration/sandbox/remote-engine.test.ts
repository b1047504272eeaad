import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { statsGauge } from '../../../runners/sandbox/figures/stats-gauge.js';
import { Host } from '../../../runners/sandbox/host.js';
import { sandboxOn } from '../../../runners/sandbox/sandbox.js';
import type { Pod } from '../../../runners/sandbox/types.js';
import { podSpec, spec } from '../sandbox-conformance/provider.js';
import { until } from '../support/until.js';
import { images as haveImages } from './support.js';

jest.setTimeout(60_000);

/** The engine over TCP, and figures as of an engine whose host is another. */
let door: Server;
let pod: Pod;
let image: string;

beforeAll(async () => {
  const images = await haveImages();
  image = images.sandbox;
  const engine = (process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock').replace('unix://', '');
  door = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ path: engine, allowHalfOpen: true });
    client.pipe(upstream).pipe(client);
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const dockerHost = `tcp://127.0.0.1:${(door.address() as AddressInfo).port}`;
  const host = new Host({ pauseImage: images.pause, owner: `remote-${process.pid}`, dockerHost });
  host.gauge = (id) => statsGauge(host.engine, id);
  pod = await sandboxOn(host).createPod(podSpec());
}, 600_000);
afterAll(async () => {
  await pod.dispose();
  door.close();
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
