import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tailText } from '../../../assessments/kit/index.js';
import { RegistryFault } from './fault.js';
import { socketFolder } from './sockets.js';
import { clearIfTooLarge } from './storage.js';
import type { Upstream } from './upstream.js';

const START_MS = 30_000;
const HEAP_MB = 192;
/** Of fetched packages. They come from the registry again when they are wanted. */
const MOST_STORED_BYTES = 4 * 2 ** 30;

/** A running verdaccio. */
export interface Verdaccio {
  /** The Unix socket it listens on. */
  readonly socket: string;
  readonly pid: number;
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts verdaccio as a child that caches in `storage` and ends with this process, however this one ends. */
export async function startVerdaccio(upstream: Upstream, storage: string): Promise<Verdaccio> {
  const { dir, socket } = await socketFolder();
  const config = join(dir, 'config.yaml');
  await clearIfTooLarge(storage, MOST_STORED_BYTES);
  await mkdir(storage, { recursive: true });
  await writeFile(config, JSON.stringify(settings(upstream, storage, dir)));

  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${HEAP_MB}`,
      '--import',
      END_WITH_PARENT,
      program(),
      '-c',
      config,
      '-l',
      `unix:${socket}`,
    ],
    {
      cwd: dir,
      env: environment(upstream, dir),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  const said = keepTail(child);
  const ended = new Promise<void>((resolve) => {
    child.once('close', resolve);
    child.once('error', () => resolve());
  }).then(() => rm(dir, { recursive: true, force: true }));
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  try {
    await started(child, ended, said);
  } catch (error) {
    await stop();
    throw error;
  }
  return { socket, pid: child.pid ?? 0, ended, stop };
}

/**
 * Runs first in the child: the channel to the parent closes when that is gone, even if it was killed. Its working folder is
 * the temporary one that was made for it.
 */
const END_WITH_PARENT = `data:text/javascript,${encodeURIComponent(`
  import { rmSync } from 'node:fs';
  process.on('disconnect', () => {
    rmSync(process.cwd(), { recursive: true, force: true });
    process.exit(0);
  });
`)}`;

const program = (): string => createRequire(import.meta.url).resolve('verdaccio/bin/verdaccio');

function settings(upstream: Upstream, storage: string, dir: string) {
  const rule = { access: '$all', publish: 'nobody', unpublish: 'nobody', proxy: 'upstream' };
  return {
    storage,
    auth: { htpasswd: { file: join(dir, 'htpasswd'), max_users: -1 } },
    uplinks: {
      upstream: {
        url: upstream.url,
        timeout: '45s',
        maxage: '30m',
        // A pause after failures would turn one bad minute of the upstream into five.
        max_fails: 1000,
        fail_timeout: '1s',
        cache: true,
        agent_options: { keepAlive: true, maxSockets: 24, maxFreeSockets: 24 },
      },
    },
    packages: { '@*/*': rule, '**': rule },
    web: { enable: false },
    middlewares: {},
    log: { type: 'stdout', format: 'json', level: 'warn' },
    server: { keepAliveTimeout: 60 },
  };
}

function environment(upstream: Upstream, home: string): NodeJS.ProcessEnv {
  const { PATH, NODE_EXTRA_CA_CERTS, HTTPS_PROXY, https_proxy, NO_PROXY, no_proxy } = process.env;
  const ca = upstream.caFile ?? NODE_EXTRA_CA_CERTS;
  const proxy = { HTTPS_PROXY, https_proxy, NO_PROXY, no_proxy };
  return { PATH, HOME: home, ...proxy, ...(ca === undefined ? {} : { NODE_EXTRA_CA_CERTS: ca }) };
}

/** Drains the child's output and keeps its end. */
function keepTail(child: ChildProcess): () => string {
  let tail = '';
  const add = (chunk: Buffer): void => {
    tail = (tail + chunk.toString('utf8')).slice(-4000);
  };
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  return () => tailText(tail, 1000);
}

async function started(child: ChildProcess, ended: Promise<void>, said: () => string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const listening = new Promise<void>((resolve, reject) => {
    child.on('message', (message) => {
      if (typeof message === 'object' && message !== null && 'verdaccio_started' in message) resolve();
    });
    void ended.then(() => reject(new RegistryFault(`The registry proxy ended while it started: ${said()}`)));
    timer = setTimeout(() => {
      reject(
        new RegistryFault(`The registry proxy did not start within ${START_MS / 1000} seconds: ${said()}`),
      );
    }, START_MS);
  });
  try {
    await listening;
  } finally {
    clearTimeout(timer);
  }
}
