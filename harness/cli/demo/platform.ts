import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../config.js';
import { findServer } from '../client/address.js';
import type { ServerAddress } from '../client/openapi-client.js';
import { isUp, openApiClient } from '../client/openapi-client.js';
import type { ProgramProcess } from './processes.js';
import { startProgram } from './processes.js';

/** A server with a ready worker: one that runs already, or processes of the demo's own. */
export interface Platform {
  readonly address: ServerAddress;
  /** Those that the demo started, in the order in which they end. */
  readonly processes: readonly ProgramProcess[];
  stop(): Promise<void>;
}

const SERVER_MS = 90_000;
/** The worker proves isolation first. */
const WORKER_MS = 180_000;

export async function openPlatform(
  config: Config,
  port: number,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<Platform> {
  const processes: ProgramProcess[] = [];
  const stop = async (): Promise<void> => {
    for (const one of processes) await one.stop();
  };
  try {
    let address = await runningServer(config);
    if (!address) {
      say('starting PostgreSQL, Redis and the server');
      const server = await startProgram(config, 'serve', ['--port', String(port)]);
      processes.unshift(server);
      address = await waitFor(server, SERVER_MS, signal, () => runningServer(config));
    } else {
      say(`using the server at ${address.url}`);
    }
    if (!(await hasWorker(address))) {
      say('starting a worker, which proves isolation first');
      const worker = await startProgram(config, 'worker', []);
      processes.unshift(worker);
      const server = address;
      await waitFor(worker, WORKER_MS, signal, async () => (await hasWorker(server)) || null);
    }
    return { address, processes, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function runningServer(config: Config): Promise<ServerAddress | null> {
  const address = await findServer(config).catch(() => null);
  return address && (await isUp(address)) ? address : null;
}

async function hasWorker(address: ServerAddress): Promise<boolean> {
  const ready = await openApiClient(address)
    .GET('/readyz')
    .catch(() => null);
  return ready?.data?.checks['engine']?.ok ?? false;
}

async function waitFor<T>(
  program: ProgramProcess,
  withinMs: number,
  signal: AbortSignal,
  ask: () => Promise<T | null>,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (program.exited() !== null) {
      throw new Error(`The ${program.name} process ended: ${await program.lastWords()}`);
    }
    await sleep(200, undefined, { signal });
  }
  throw new Error(
    `The ${program.name} process was not ready within ${withinMs / 1000} s: ${await program.lastWords()}`,
  );
}
