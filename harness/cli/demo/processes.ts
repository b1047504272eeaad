import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Config } from '../../config.js';

/** A command of this program in a process of its own, its output in a file. */
export interface ProgramProcess {
  readonly name: string;
  readonly pid: number;
  /** Null while it runs. */
  exited(): number | null;
  /** The last lines it wrote. */
  lastWords(): Promise<string>;
  /** Lets it end politely. Safe to call twice. */
  stop(): Promise<void>;
  /** Lets it go on without us. */
  leave(): void;
}

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));
const STOP_MS = 60_000;

export async function startProgram(
  config: Pick<Config, 'stateDir'>,
  name: string,
  args: readonly string[],
): Promise<ProgramProcess> {
  const dir = join(config.stateDir, 'demo');
  await mkdir(dir, { recursive: true });
  const logFile = join(dir, `${name}.log`);
  const log = openSync(logFile, 'w', 0o600);
  const child = spawn(process.execPath, [MAIN, name, ...args], {
    // A Ctrl-C is for the demo, which then ends the others in order.
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, ASSAYER_STATE_DIR: config.stateDir },
  });
  closeSync(log);
  let code: number | null = null;
  child.once('exit', (status, signal) => (code = status ?? (signal ? 1 : 0)));
  return {
    name,
    pid: child.pid ?? 0,
    exited: () => code,
    lastWords: async () => (await readFile(logFile, 'utf8')).trim().split('\n').slice(-5).join('\n'),
    stop: () => stop(child, () => code !== null),
    leave: () => child.unref(),
  };
}

async function stop(child: ChildProcess, ended: () => boolean): Promise<void> {
  if (ended()) return;
  child.kill('SIGTERM');
  const deadline = performance.now() + STOP_MS;
  while (!ended() && performance.now() < deadline) await sleep(50);
  if (!ended()) child.kill('SIGKILL');
}
