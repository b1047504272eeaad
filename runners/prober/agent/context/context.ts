import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CheckEnd,
  seededRandom,
  type CheckContext,
  type Evidence,
} from '../../../../assessments/kit/index.js';
import { createHttpClient } from '../http/client.js';
import type { Session } from '../session.js';
import { createControl } from './control.js';
import { createEvidenceLog } from './evidence.js';

/** A check's context and the means to end it. */
export interface OpenContext {
  readonly context: CheckContext;
  /** Ends every exchange that is still open; a body that goes on after its deadline can do nothing more. */
  close(): void;
  evidence(): readonly Evidence[];
}

/** Each `attempt` has random data of its own: what the one before sent is known to the service already. */
export function openContext(session: Session, checkId: string, attempt = 1): OpenContext {
  const ended = new AbortController();
  // Every exchange listens; a check may have a hundred under way.
  setMaxListeners(0, ended.signal);
  const log = createEvidenceLog(session.mask);
  const cite = (evidence: Evidence): void => log.cite(evidence);
  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal: ended.signal });

  const context: CheckContext = {
    http: createHttpClient({ address: session.address, mask: session.mask, cite, signal: ended.signal }),
    service: createControl(session.channel, session.job.env, ended.signal),
    stubs: session.stubs,
    random: seededRandom(`${session.job.seed}:${checkId}:${attempt}`),
    cite,
    measure: (name, value, unit, limit) => cite({ kind: 'measure', name, value, unit, limit: limit ?? null }),
    sleep: pause,
    async eventually(attempt, { withinMs = 5000, everyMs = 50 } = {}) {
      const deadline = performance.now() + withinMs;
      for (;;) {
        const result = await attempt();
        if (result !== null && result !== undefined && result !== false) return result;
        if (performance.now() + everyMs > deadline) return null;
        await pause(everyMs);
      }
    },
    inconclusive(reason) {
      throw new CheckEnd('inconclusive', reason);
    },
    notApplicable(reason) {
      throw new CheckEnd('notApplicable', reason);
    },
    partial(fraction, reason) {
      throw new CheckEnd('partial', reason, { fraction });
    },
  };
  return { context, close: () => ended.abort(), evidence: () => log.all() };
}
