import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AssayerError, reasonOf } from '../errors.js';
import { writeWhole } from '../write-whole.js';
import type { ProcessId } from './process.js';
import { endProcess, identify, isAlive } from './process.js';

/** A server program that all processes of one state folder share. It listens on loopback and asks for a password. */
export interface DaemonSpec {
  /** For messages, such as `PostgreSQL`. */
  readonly name: string;
  /** Ours: who runs it, its secrets, its log. */
  readonly dir: string;
  /** Its own: data and lock, owned by `user`. */
  readonly home: string;
  /** Makes what the first start needs. May run in several processes at once. */
  prepare(): Promise<void>;
  command(port: number): Promise<readonly string[]>;
  /** Whom it runs as; null for the user of this process. */
  readonly user: { readonly uid: number; readonly gid: number } | null;
  /** Resolves when it serves on that port; rejects while it does not. */
  probe(port: number): Promise<void>;
  readonly stopSignal: NodeJS.Signals;
}

export interface Daemon {
  readonly port: number;
  /** Ends the server if this process started it (or took it over from one that died); else does nothing. */
  stop(): Promise<void>;
}

interface DaemonRecord {
  readonly port: number;
  readonly server: ProcessId;
  /** The process that ends it. */
  readonly owner: ProcessId;
}

const START_MS = 60_000;
const LOCK_POLL_MS = 100;
/** One whose predecessor was killed may have to wait until the last of its processes has noticed. */
const MAX_FAILURES = 4;
const RETRY_MS = 1000;
/** What flock(1) ends with when another process holds the lock. */
const LOCK_HELD = 75;

/** The running server, whoever started it; null when there is none. */
export async function findDaemon(spec: DaemonSpec): Promise<Daemon | null> {
  const record = await readRecord(spec);
  if (!record || !(await answers(spec, record.port))) return null;
  return { port: record.port, stop: async () => undefined };
}

/** The running server, started when there is none. One whose owner died is taken over. */
export async function ensureDaemon(spec: DaemonSpec): Promise<Daemon> {
  await spec.prepare();
  const deadline = performance.now() + START_MS;
  let reason = 'it did not answer in time.';
  let failures = 0;
  while (performance.now() < deadline && failures < MAX_FAILURES) {
    const record = await readRecord(spec);
    if (record && (await answers(spec, record.port))) {
      return isAlive(record.owner) ? { port: record.port, stop: async () => undefined } : adopt(spec, record);
    }
    const outcome = await start(spec, await choosePort(record?.port));
    if (isRecord(outcome)) return adopt(spec, outcome);
    if (outcome !== LOCK_HELD) {
      failures += 1;
      reason = outcome instanceof Error ? reasonOf(outcome) : `it ended with code ${outcome}.`;
    }
    await sleep(outcome === LOCK_HELD ? LOCK_POLL_MS : RETRY_MS);
  }
  throw new AssayerError('embeddedFailed', { name: spec.name, reason, log: logPath(spec) });
}

/** Runs the server under flock(1): the kernel keeps the lock exactly as long as the server lives, whatever becomes of us. */
async function start(spec: DaemonSpec, port: number): Promise<DaemonRecord | number | Error> {
  const command = await spec.command(port);
  const log = openSync(logPath(spec), 'a', 0o600);
  const lock = [
    '--nonblock',
    '--no-fork',
    '--conflict-exit-code',
    String(LOCK_HELD),
    join(spec.home, 'lock'),
  ];
  const child = spawn('flock', [...lock, ...command], {
    cwd: spec.home,
    // A Ctrl-C in the terminal is for us; the server goes on until we have finished with it.
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C.UTF-8' },
    ...(spec.user ?? {}),
  });
  closeSync(log);
  let ended: number | Error | null = null;
  child.once('exit', (code) => (ended = code ?? -1));
  child.once('error', (error) => (ended = error));
  child.unref();
  const deadline = performance.now() + START_MS;
  while (performance.now() < deadline) {
    if (ended !== null) return ended;
    if (child.pid !== undefined && (await answers(spec, port))) {
      return { port, server: identify(child.pid), owner: identify(process.pid) };
    }
    await sleep(30);
  }
  if (child.pid !== undefined) await endProcess(identify(child.pid), spec.stopSignal, 5000);
  return -1;
}

async function adopt(spec: DaemonSpec, record: DaemonRecord): Promise<Daemon> {
  await writeRecord(spec, { ...record, owner: identify(process.pid) });
  return { port: record.port, stop: () => endProcess(record.server, spec.stopSignal, 15_000) };
}

async function answers(spec: DaemonSpec, port: number): Promise<boolean> {
  return spec.probe(port).then(
    () => true,
    () => false,
  );
}

/** The former port if it is free, so that clients find the server again after a restart; else any. */
async function choosePort(former: number | undefined): Promise<number> {
  return (await freePort(former ?? 0)) ?? (await freePort(0)) ?? 0;
}

function freePort(wanted: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : null));
    });
  });
}

const isRecord = (outcome: DaemonRecord | number | Error): outcome is DaemonRecord =>
  typeof outcome === 'object' && 'server' in outcome;

const logPath = (spec: DaemonSpec): string => join(spec.dir, 'log');
const recordPath = (dir: string): string => join(dir, 'server.json');

/** Whether a server of that folder has ever served. */
export const wasStarted = (dir: string): boolean => existsSync(recordPath(dir));

async function readRecord(spec: DaemonSpec): Promise<DaemonRecord | null> {
  try {
    return JSON.parse(await readFile(recordPath(spec.dir), 'utf8')) as DaemonRecord;
  } catch {
    return null;
  }
}

async function writeRecord(spec: DaemonSpec, record: DaemonRecord): Promise<void> {
  await mkdir(spec.dir, { recursive: true });
  await writeWhole(recordPath(spec.dir), JSON.stringify(record));
}
