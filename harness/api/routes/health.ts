import { statfs } from 'node:fs/promises';
import { Router } from 'express';
import { sql } from 'kysely';
import { reasonOf } from '../../errors.js';
import { liveWorkers } from '../../store/workers.js';
import type { ApiDeps } from '../types.js';

/** Below this, an upload may not fit. */
const MIN_FREE_MB = 512;

interface Probe {
  /** Without it the server cannot do its work. */
  readonly required: boolean;
  /** Rejects with what is wrong; else may say how it is. */
  readonly ask: () => Promise<string>;
}

/**
 * `/livez`: the process answers. `/readyz`: 200 when submissions can be accepted and queued, 503 when database, queue or
 * disk keep it from that. No ready worker is told too, but does not take the server out of service: submissions wait.
 */
export function healthRoutes({ store, queue, config }: Pick<ApiDeps, 'store' | 'queue' | 'config'>): Router {
  const probes: Record<string, Probe> = {
    database: { required: true, ask: async () => (await sql`select 1`.execute(store), 'answers') },
    queue: { required: true, ask: async () => (await queue.ping(), 'answers') },
    disk: { required: true, ask: () => freeSpace(config.stateDir) },
    engine: { required: false, ask: () => engineOfWorkers() },
  };
  const router = Router();
  router.get('/livez', (_req, res) => void res.json({ status: 'ok' }));
  router.get('/readyz', async (_req, res) => {
    const answers = await Promise.all(Object.entries(probes).map(probe));
    const broken = answers.filter(([, answer]) => !answer.ok);
    const failed = broken.some(([, answer]) => answer.required);
    const status = failed ? 'unavailable' : broken.length > 0 ? 'degraded' : 'ok';
    const checks = Object.fromEntries(answers.map(([name, { ok, detail }]) => [name, { ok, detail }]));
    res.status(failed ? 503 : 200).json({ status, checks });
  });
  return router;

  /** Containers are the workers' business, so it is they who know of the engine. */
  async function engineOfWorkers(): Promise<string> {
    const workers = await liveWorkers(store);
    const ready = workers.filter(({ state }) => state === 'ready').length;
    if (ready > 0) return `${ready} of ${workers.length} workers ready`;
    const waiting = workers.find(({ reason }) => reason !== null);
    throw new Error(waiting ? `no worker is ready: ${waiting.reason}` : 'no worker is running');
  }
}

type Answer = { readonly ok: boolean; readonly detail: string; readonly required: boolean };

async function probe([name, { required, ask }]: [string, Probe]): Promise<[string, Answer]> {
  try {
    return [name, { ok: true, detail: await ask(), required }];
  } catch (error) {
    return [name, { ok: false, detail: reasonOf(error), required }];
  }
}

async function freeSpace(dir: string): Promise<string> {
  const { bavail, bsize } = await statfs(dir);
  const freeMb = Math.floor((bavail * bsize) / 2 ** 20);
  if (freeMb < MIN_FREE_MB) throw new Error(`only ${freeMb} MiB are free`);
  return `${freeMb} MiB free`;
}
