import { accessSync, constants } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { Redis } from 'ioredis';
import { AssayerError } from '../errors.js';
import type { Daemon, DaemonSpec } from './daemon.js';
import { ensureDaemon, findDaemon, wasStarted } from './daemon.js';
import { secretFile } from './secret.js';

/** An own redis-server that loses at most a second of its work in a crash and never throws keys away. */
export async function embeddedRedis(
  stateDir: string,
  start: boolean,
): Promise<(Daemon & { url: string }) | null> {
  const dir = join(stateDir, 'redis');
  if (!start && !wasStarted(dir)) return null;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const password = await secretFile(join(dir, 'password'));
  const urlFor = (port: number): string => `redis://:${password}@127.0.0.1:${port}`;
  const configFile = join(dir, 'redis.conf');

  const spec: DaemonSpec = {
    name: 'Redis',
    dir,
    home: dir,
    user: null,
    stopSignal: 'SIGTERM',
    prepare: async () => {
      if (!installed('redis-server')) throw new AssayerError('redisNotInstalled', {});
      await writeFile(configFile, configuration(dir, password), { mode: 0o600 });
    },
    command: async (port) => ['redis-server', configFile, '--port', String(port)],
    probe: (port) => pingRedis(urlFor(port)),
  };
  const daemon = start ? await ensureDaemon(spec) : await findDaemon(spec);
  return daemon && { ...daemon, url: urlFor(daemon.port) };
}

const configuration = (dir: string, password: string): string =>
  [
    'bind 127.0.0.1',
    `requirepass ${password}`,
    `dir "${dir.replaceAll(/["\\]/g, '\\$&')}"`,
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    'maxmemory-policy noeviction',
    'databases 1',
    'loglevel warning',
    'daemonize no',
    '',
  ].join('\n');

/** Rejects while Redis is down, still loading its log, or not ours; with what it says, where it says something. */
export async function pingRedis(url: string): Promise<void> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 2000 });
  let trouble: unknown = null;
  client.on('error', (error) => (trouble = error));
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    // A connection that fails is only said to be closed.
    throw trouble ?? error;
  } finally {
    client.disconnect();
  }
}

function installed(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((dir) => {
    try {
      accessSync(join(dir, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
