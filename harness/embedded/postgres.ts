import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { AssayerError, reasonOf } from '../errors.js';
import type { Daemon, DaemonSpec } from './daemon.js';
import { ensureDaemon, findDaemon, wasStarted } from './daemon.js';
import type { PostgresHome } from './home.js';
import { postgresHome } from './home.js';
import { secretFile } from './secret.js';

/** An own PostgreSQL, the real server, from npm. Made on the first start; its data stay in the state folder. */
export async function embeddedPostgres(
  stateDir: string,
  start: boolean,
): Promise<(Daemon & { url: string }) | null> {
  const dir = join(stateDir, 'postgres');
  if (!start && !wasStarted(dir)) return null;
  await mkdir(dir, { recursive: true, mode: 0o711 });
  const password = await secretFile(join(dir, 'password'));
  const where = await postgresHome(stateDir, password);
  const data = join(where.home, 'data');
  const urlFor = (port: number): string => `postgresql://assayer:${password}@127.0.0.1:${port}/postgres`;

  const spec: DaemonSpec = {
    name: 'PostgreSQL',
    dir,
    home: where.home,
    user: where.user,
    // Fast shutdown: ends sessions, keeps data.
    stopSignal: 'SIGINT',
    prepare: async () => {
      if (!existsSync(data)) await initialise(where, dir, data, password);
    },
    command: async (port) => [join(where.bin, 'postgres'), '-D', data, ...flags({ ...SERVER, port })],
    probe: (port) => connect(urlFor(port)),
  };
  const daemon = start ? await ensureDaemon(spec) : await findDaemon(spec);
  return daemon && { ...daemon, url: urlFor(daemon.port) };
}

const SERVER = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 80,
  shared_buffers: '64MB',
  // Large checkpoints rather than frequent ones: accepting submissions is a burst of small commits.
  max_wal_size: '512MB',
  log_min_messages: 'warning',
} as const;

const flags = (settings: Record<string, string | number>): string[] =>
  Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** initdb into a draft that is then renamed: of several processes that try at once, one wins and none sees half a cluster. */
async function initialise(where: PostgresHome, dir: string, data: string, password: string): Promise<void> {
  const draft = `${data}.${process.pid}`;
  const passwordFile = join(where.home, `initial.${process.pid}`);
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (where.user) await chown(passwordFile, where.user.uid, where.user.gid);
  try {
    const options = ['--username=assayer', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
    const format = ['--encoding=UTF8', '--locale=C', '--no-instructions'];
    await promisify(execFile)(join(where.bin, 'initdb'), [`--pgdata=${draft}`, ...options, ...format], {
      cwd: where.home,
      timeout: 60_000,
      ...(where.user ?? {}),
    });
    await rename(draft, data).catch((error: NodeJS.ErrnoException) => {
      if (!existsSync(data)) throw error;
    });
  } catch (error) {
    const log = join(dir, 'log');
    throw new AssayerError(
      'embeddedFailed',
      { name: 'PostgreSQL', reason: reasonOf(error), log },
      { cause: error },
    );
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
}

async function connect(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
  } finally {
    await client.end().catch(() => undefined);
  }
}
