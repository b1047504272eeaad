import { z } from 'zod';
import { verdictSchema } from '../../../assessments/kit/schema/scorecard.js';
import { ACCESS } from '../../accounts/roles.js';
import type { OperatedRun } from '../../store/operations.js';
import { failedRuns, queueFigures, runningRuns } from '../../store/operations.js';
import { liveWorkers } from '../../store/workers.js';
import type { Route } from '../routing/types.js';
import { route } from '../routing/types.js';

const MOST = 20;
const time = z.iso.datetime().nullable();

const operatedRun = z
  .object({
    submission: z.string(),
    candidate: z.string().nullable(),
    assessment: z.string(),
    attempts: z.int(),
    worker: z.string().nullable(),
    verdict: verdictSchema.nullable(),
    startedAt: time,
    finishedAt: time,
  })
  .meta({ id: 'OperatedRun' });

const workersSchema = z
  .object({
    workers: z.array(
      z.object({
        id: z.string(),
        host: z.string(),
        state: z.enum(['ready', 'waiting', 'draining']),
        reason: z.string().nullable(),
      }),
    ),
    queue: z
      .object({
        waiting: z.int(),
        alone: z
          .int()
          .meta({ description: 'Of the waiting: those whose worker died, which run by themselves.' }),
        running: z.int(),
        oldestMs: z.number().nullable(),
        done: z.int(),
        failed: z.int(),
        medianMs: z.number().nullable(),
      })
      .meta({ description: 'Of all organisations together. The last three tell of 24 hours.' }),
    running: z.array(operatedRun).meta({ description: `At most ${MOST}, longest first.` }),
    failures: z.array(operatedRun).meta({ description: `At most ${MOST}, newest first.` }),
  })
  .meta({ id: 'Workers' });

const show = route({
  method: 'get',
  path: '/api/v1/workers',
  summary: 'Who grades, what waits, and what was not graded',
  access: ACCESS.read,
  answers: { 200: { description: 'As it is now.', schema: workersSchema } },
  async handle({ principal: { organisation }, deps: { store }, res }) {
    const [workers, queue, running, failures] = await Promise.all([
      liveWorkers(store),
      queueFigures(store),
      runningRuns(store, organisation, MOST),
      failedRuns(store, organisation, MOST),
    ]);
    res.json({ workers, queue, running: running.map(toRun), failures: failures.map(toRun) });
  },
});

const toRun = ({ digest: _, startedAt, finishedAt, ...run }: OperatedRun): z.input<typeof operatedRun> => ({
  ...run,
  startedAt: startedAt?.toISOString() ?? null,
  finishedAt: finishedAt?.toISOString() ?? null,
});

export const workerRoutes: readonly Route[] = [show];
