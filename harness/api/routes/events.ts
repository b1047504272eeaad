import { once } from 'node:events';
import type { Response } from 'express';
import { z } from 'zod';
import { ACCESS } from '../../accounts/roles.js';
import type { Store } from '../../store/database.js';
import { readEvents } from '../../store/events.js';
import { readEventPage } from '../event-pages.js';
import { SUBMISSIONS } from '../representation.js';
import type { Route } from '../routing/types.js';
import { route } from '../routing/types.js';
import type { ApiDeps } from '../types.js';
import { visibleSubmission } from '../visible.js';

/** Keeps proxies from closing a quiet stream, and looks for events should a notification have been lost. */
const QUIET_MS = 15_000;

/**
 * The events of a submission's latest run as a stream (SSE): those stored so far, then those that come, until the run
 * has ended. `id` is the number of the event; a client that comes back with Last-Event-ID goes on after it, and is told
 * with 204 that there is no more.
 */
const events = route({
  method: 'get',
  path: `${SUBMISSIONS}/:id/events`,
  summary: 'Follow the events of a submission',
  access: ACCESS.readOwn,
  query: z.object({
    after: z.string().optional().meta({ description: 'As Last-Event-ID, for who cannot send that header.' }),
  }),
  requestHeaders: { 'Last-Event-ID': 'The last event that was seen; those after it are sent.' },
  answers: {
    200: { description: 'Server-sent events, to the end of the run.', type: 'text/event-stream' },
    204: { description: 'The run has ended, and the client has seen its last event.' },
  },
  errors: ['submissionUnknown'],
  async handle({ principal, params, query, deps, req, res }) {
    const { run } = await visibleSubmission(deps.store, principal, params.id);
    await stream(deps, run.id, lastSeen(req.get('last-event-id') ?? query.after), res);
  },
});

export const eventRoutes: readonly Route[] = [events];

async function stream(
  { store, listener }: Pick<ApiDeps, 'store' | 'listener'>,
  run: string,
  after: number,
  res: Response,
): Promise<void> {
  const closed = new AbortController();
  res.once('close', () => closed.abort());
  const bell = doorbell(closed.signal);
  const unsubscribe = listener.subscribe(run, bell.ring);
  try {
    let seen = after;
    if (await isOver(store, run, seen)) return void res.status(204).end();
    open(res);
    while (!closed.signal.aborted) {
      const page = await readEventPage(store, run, seen);
      if (page.text !== '' && !res.write(page.text)) await once(res, 'drain', closed);
      seen = page.last ?? seen;
      if (page.over) return void res.end();
      if (page.last === null && (await bell.wait(QUIET_MS)) === 'quiet') res.write(': quiet\n\n');
    }
  } catch (error) {
    if (!closed.signal.aborted) throw error;
  } finally {
    unsubscribe();
  }
}

/** Whether the client has seen the last event of a run that ended. */
async function isOver(store: Store, run: string, seen: number): Promise<boolean> {
  if (seen === 0) return false;
  const [last, ...more] = await readEvents(store, run, seen - 1, 2);
  return more.length === 0 && last?.seq === seen && last.event.type === 'finished';
}

const lastSeen = (text: unknown): number =>
  typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : 0;

function open(res: Response): void {
  res.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  res.write('retry: 2000\n\n');
}

interface Doorbell {
  ring(): void;
  /** Until it rings (at once if it did since the last wait), the time is over, or nobody is at home. */
  wait(ms: number): Promise<'rung' | 'quiet'>;
}

function doorbell(gone: AbortSignal): Doorbell {
  let rung = false;
  let answer = (): void => undefined;
  const ring = (): void => {
    rung = true;
    answer();
  };
  gone.addEventListener('abort', ring, { once: true });
  return {
    ring,
    async wait(ms) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          answer = () => (clearTimeout(timer), resolve());
        });
      }
      const result = rung ? 'rung' : 'quiet';
      rung = false;
      return result;
    },
  };
}
