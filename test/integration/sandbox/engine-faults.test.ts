import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Images } from '../../../docker/types.js';
import { dockerSandbox } from '../../../runners/sandbox/index.js';
import { podSpec, spec } from '../sandbox-conformance/provider.js';
import { until } from '../support/until.js';
import { images as haveImages } from './support.js';

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'assayer-test-'));

/** A door to the engine that can be shut: then connections stay open, and nothing comes through. */
class Door {
  readonly path = join(mkdtempSync(join(folder, 'door-')), 'engine.sock');
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private shut = false;

  constructor(engine: string) {
    this.server = createServer((client) => {
      const upstream = connect(engine);
      for (const [from, to] of [[client, upstream] as const, [upstream, client] as const]) {
        this.sockets.add(from);
        from.on('data', (chunk) => void (this.shut || to.write(chunk)));
        from.on('end', () => void (this.shut || to.end()));
        from.on('error', () => to.destroy()).on('close', () => to.destroy());
      }
    });
  }

  open(): Promise<void> {
    this.shut = false;
    return new Promise((resolve) =>
      this.server.listening ? resolve() : this.server.listen(this.path, resolve),
    );
  }

  close(): void {
    this.shut = true;
  }

  /** As when the engine is killed: every connection breaks. */
  slam(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }
}

const owner = `faults-${randomBytes(4).toString('hex')}`;
let images: Images;
beforeAll(async () => {
  images = await haveImages();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  const sandbox = dockerSandbox({ pauseImage: images.pause, owner });
  await sandbox.sweep('all');
  expect(await sandbox.sweep('all')).toEqual({ containers: 0, volumes: 0 });
});

async function through(): Promise<{ door: Door; sandbox: ReturnType<typeof dockerSandbox> }> {
  const door = new Door((process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock').replace('unix://', ''));
  await door.open();
  const dockerHost = `unix://${door.path}`;
  return {
    door,
    sandbox: dockerSandbox({ pauseImage: images.pause, owner, dockerHost, callTimeoutMs: 5_000 }),
  };
}

test('an engine that hangs: nothing waits for ever, and all can be removed when it is back', async () => {
  const { door, sandbox } = await through();
  const pod = await sandbox.createPod(
    podSpec({ volumes: { work: { sizeMb: 4, inodes: 50, owner: 'service' } } }),
  );
  const container = await pod.start(spec(pod, images.sandbox, 'exec sleep 60'));
  door.close();
  const unavailable = { code: 'engineUnavailable' };
  const silent = dockerSandbox({
    pauseImage: images.pause,
    owner,
    dockerHost: `unix://${door.path}`,
    callTimeoutMs: 200,
  });
  await expect(silent.describe()).rejects.toMatchObject(unavailable);
  await expect(pod.dispose()).rejects.toMatchObject(unavailable);
  await expect(container.ended).rejects.toMatchObject(unavailable);
  await door.open();
  await pod.dispose();
  door.slam();
});

test('an engine that goes away: the end is told as the platform’s fault', async () => {
  const { door, sandbox } = await through();
  const pod = await sandbox.createPod(podSpec());
  const container = await pod.start(spec(pod, images.sandbox, 'echo up; exec sleep 60'));
  await until(() => container.logs().length > 0);
  door.slam();
  await expect(container.ended).rejects.toMatchObject({ code: 'engineUnavailable' });
  await expect(pod.start(spec(pod, images.sandbox, 'true'))).rejects.toMatchObject({
    code: 'engineUnavailable',
  });
  expect(container.logs()).toEqual([{ stream: 'stdout', text: 'up' }]);
  await expect(pod.dispose()).rejects.toMatchObject({ code: 'engineUnavailable' });
});
