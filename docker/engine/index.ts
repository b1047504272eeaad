import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../bootstrap/lock.mjs';
import { ensureCommand } from '../commands.js';
import type { Setup } from '../setup.js';
import { startDaemon } from './daemon.js';
import { ask, candidateHosts, DEFAULT_HOST } from './find.js';

const LOCK_MS = 10 * 60_000;

export interface Engine {
  /** As DOCKER_HOST would name it. */
  readonly host: string;
  /** Whether this call started it; one that was there before is never stopped. */
  readonly started: boolean;
  /** Stops exactly the process that this call started; otherwise does nothing. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Finds a Docker engine that answers, else installs Debian's and starts it. Many processes may call it at once.
 * @throws Error in one sentence: what is missing, and what to do
 */
export async function ensureEngine(setup: Setup): Promise<Engine> {
  return (
    (await findEngine()) ??
    withLock('engine', LOCK_MS, async () => (await findEngine()) ?? startEngine(setup))
  );
}

/** Null where nothing answers; throws where what is there must not be used or replaced. */
export async function findEngine(): Promise<Engine | null> {
  for (const host of candidateHosts(process.env, process.getuid?.())) {
    const answer = await ask(host);
    if (answer === 'answers') return { host, started: false, stop: () => Promise.resolve() };
    if (answer === 'refused') {
      throw new Error(
        `The Docker engine at ${host} refuses this user: add the user to the group "docker" and log in again, or set DOCKER_HOST to another engine.`,
      );
    }
  }
  if (process.env['DOCKER_HOST']) {
    throw new Error(
      `DOCKER_HOST names ${process.env['DOCKER_HOST']}, and no Docker engine answers there: start that engine, or unset DOCKER_HOST.`,
    );
  }
  return null;
}

async function startEngine(setup: Setup): Promise<Engine> {
  if (process.getuid?.() !== 0) {
    throw new Error(
      'No Docker engine answers, and only root can start one here: start it (sudo systemctl start docker), set DOCKER_HOST to one that runs, or run as root.',
    );
  }
  const program = await ensureCommand('dockerd', 'docker.io ca-certificates', setup);
  // The package starts the engine by itself where the machine starts services.
  const meanwhile = await findEngine();
  if (meanwhile !== null) return meanwhile;

  setup.say('starting the Docker engine');
  mkdirSync(setup.stateDir, { recursive: true });
  const daemon = await startDaemon({
    program,
    host: DEFAULT_HOST,
    pidFile: join(setup.stateDir, 'dockerd.pid'),
    logFile: join(setup.stateDir, 'dockerd.log'),
    args: [],
  });
  return { host: DEFAULT_HOST, started: true, stop: () => daemon.stop() };
}
