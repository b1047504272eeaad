// Starts the service as we do (npm start), on a free port with an empty data directory and a calm registry.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRegistry } from '../tools/registry.js';

export async function startService(options) {
  const registry = await startRegistry(options);
  const dataDir = await mkdtemp(join(tmpdir(), 'webhook-receiver-'));
  const secret = randomBytes(24).toString('hex');
  const port = await freePort();
  const child = spawn('npm', ['start', '--silent'], {
    detached: true, // a group of its own, so that npm and the service end together
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: dataDir,
      GITHUB_WEBHOOK_SECRET: secret,
      REGISTRY_URL: registry.url,
      REGISTRY_TOKEN: randomBytes(24).toString('hex'),
      RETRY_BASE_MS: '100',
    },
  });
  const exit = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url, child);
  return {
    url,
    secret,
    registry,
    async stop() {
      if (child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
      await exit;
      registry.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

async function untilReady(url, child) {
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) throw new Error(`npm start ended with code ${child.exitCode}`);
    if (await fetch(`${url}/healthz`).catch(() => null)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the service did not answer on /healthz within ten seconds');
}
