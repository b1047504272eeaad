import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { delimiter } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './find.js';

export interface DaemonSpec {
  /** Path of dockerd. */
  readonly program: string;
  /** The one address it listens on, as `unix:///path`. */
  readonly host: string;
  readonly pidFile: string;
  readonly logFile: string;
  /** Further arguments; none in normal use. */
  readonly args: readonly string[];
}

export interface Daemon {
  readonly pid: number;
  /** Ends this very process, and waits until it is gone. Safe to call twice. */
  stop(): Promise<void>;
}

/** Without usable netfilter dockerd refuses to start; pods need neither its bridge nor its rules. */
const NETWORKS: readonly (readonly string[])[] = [
  [],
  ['--iptables=false', '--ip6tables=false'],
  ['--iptables=false', '--ip6tables=false', '--bridge=none'],
];
const NETWORK_TROUBLE = /iptables|ip6tables|network controller|bridge/i;
const START_MS = 60_000;
const STOP_MS = 20_000;

/**
 * Starts dockerd and waits until it answers.
 * @throws Error with the last words of its log
 */
export async function startDaemon(spec: DaemonSpec): Promise<Daemon> {
  forgetStalePid(spec.pidFile);
  for (const network of NETWORKS) {
    const child = launch(spec, network);
    if (await comesUp(child, spec.host)) return daemonOf(child);
    await end(child);
    if (!NETWORK_TROUBLE.test(complaint(spec.logFile))) break;
  }
  throw new Error(
    `The Docker engine does not start: ${complaint(spec.logFile)}. All it said is in ${spec.logFile}.`,
  );
}

/** A process group of its own: an interrupt from the terminal must not end it before its containers are removed. */
function launch(spec: DaemonSpec, network: readonly string[]): ChildProcess {
  const log = openSync(spec.logFile, 'w');
  try {
    const args = ['--host', spec.host, '--pidfile', spec.pidFile, ...spec.args, ...network];
    const path = [process.env['PATH'], '/usr/local/sbin', '/usr/sbin', '/sbin'].join(delimiter);
    const child = spawn(spec.program, args, {
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...process.env, PATH: path },
    });
    child.on('error', () => undefined);
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

async function comesUp(child: ChildProcess, host: string): Promise<boolean> {
  const deadline = performance.now() + START_MS;
  while (isRunning(child) && performance.now() < deadline) {
    if ((await ask(host)) === 'answers') return true;
    await sleep(100);
  }
  return false;
}

const daemonOf = (child: ChildProcess): Daemon => ({ pid: child.pid ?? 0, stop: () => end(child) });

async function end(child: ChildProcess): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const deadline = performance.now() + STOP_MS;
    if (isRunning(child)) child.kill(signal);
    while (isRunning(child) && performance.now() < deadline) await sleep(50);
  }
}

const isRunning = (child: ChildProcess): boolean =>
  child.pid !== undefined && child.exitCode === null && child.signalCode === null;

/** dockerd will not start while the process in its pid file lives, whatever that process is by now. */
function forgetStalePid(pidFile: string): void {
  const pid = readText(pidFile).trim();
  if (pid !== '' && !readText(`/proc/${pid}/cmdline`).includes('dockerd')) rmSync(pidFile, { force: true });
}

/** The end of the log without its running commentary. */
const complaint = (file: string): string =>
  readText(file)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('time='))
    .slice(-2)
    .join(' ');

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
