import { statfs } from 'node:fs/promises';
import { sql } from 'kysely';
import { z } from 'zod';
import { reasonOf } from '../../errors.js';
import type { Store } from '../../store/database.js';
import { liveWorkers } from '../../store/workers.js';
import type { Route } from '../routing/types.js';
import { route } from '../routing/types.js';
import type { ApiDeps } from '../types.js';

/** Below this, an upload may not fit. */
const MIN_FREE_MB = 512;

interface Probe {
  /** Without it the server cannot do its work. */
  readonly required: boolean;
  /** Rejects with what is wrong; else may say how it is. */
  readonly ask: () => Promise<string>;
}

const live = route({
  method: 'get',
  path: '/livez',
  summary: 'Whether the process answers',
  access: 'public',
  answers: { 200: { description: 'It does.', schema: z.object({ status: z.literal('ok') }) } },
  handle: ({ res }) => void res.json({ status: 'ok' }),
});

const healthSchema = z
  .object({
    status: z.enum(['ok', 'degraded', 'unavailable']),
    checks: z.record(z.string(), z.object({ ok: z.boolean(), detail: z.string() })),
  })
  .meta({ id: 'Health' });

/** No ready worker is told too, but does not take the server out of service: submissions wait. */
const ready = route({
  method: 'get',
  path: '/readyz',
  summary: 'Whether submissions can be accepted and queued',
  access: 'public',
  answers: {
    200: { description: 'They can; `degraded` when nobody would grade them yet.', schema: healthSchema },
    503: { description: 'Database, queue or disk keep it from that.', schema: healthSchema },
  },
  async handle({ deps, res }) {
    const answers = await Promise.all(Object.entries(probesOf(deps)).map(probe));
    const broken = answers.filter(([, answer]) => !answer.ok);
    const failed = broken.some(([, answer]) => answer.required);
    const status = failed ? 'unavailable' : broken.length > 0 ? 'degraded' : 'ok';
    const checks = Object.fromEntries(answers.map(([name, { ok, detail }]) => [name, { ok, detail }]));
    res.status(failed ? 503 : 200).json({ status, checks });
  },
});

export const healthRoutes: readonly Route[] = [live, ready];

const probesOf = ({ store, queue, config }: ApiDeps): Record<string, Probe> => ({
  database: { required: true, ask: async () => (await sql`select 1`.execute(store), 'answers') },
  queue: { required: true, ask: async () => (await queue.ping(), 'answers') },
  disk: { required: true, ask: () => freeSpace(config.stateDir) },
  engine: { required: false, ask: () => engineOfWorkers(store) },
});

/** Containers are the workers' business, so it is they who know of the engine. */
async function engineOfWorkers(store: Store): Promise<string> {
  const workers = await liveWorkers(store);
  const idle = workers.filter(({ state }) => state === 'ready').length;
  if (idle > 0) return `${idle} of ${workers.length} workers ready`;
  const waiting = workers.find(({ reason }) => reason !== null);
  throw new Error(waiting ? `no worker is ready: ${waiting.reason}` : 'no worker is running');
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
