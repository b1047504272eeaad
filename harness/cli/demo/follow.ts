import type { StoredEvent } from '../../store/types.js';

/** What a person who watches several runs wants to read of one of them. */
export interface RunStatus {
  readonly text: string;
  readonly checks: number;
}

export const WAITING: RunStatus = { text: 'waiting for a worker', checks: 0 };

/** The status after one more event. */
export function statusAfter(status: RunStatus, event: StoredEvent): RunStatus {
  switch (event.type) {
    case 'queued':
      return WAITING;
    case 'started':
      return { text: event.attempt === 1 ? 'started' : `started, attempt ${event.attempt}`, checks: 0 };
    case 'requeued':
      return { text: `back in the queue: ${event.reason}`, checks: 0 };
    case 'stageStarted':
      return { ...status, text: event.stage };
    case 'checkFinished': {
      const checks = status.checks + 1;
      const [stage = ''] = status.text.split(',', 1);
      return { text: checks % 5 === 0 ? `${stage}, ${checks} checks` : status.text, checks };
    }
    case 'finished':
      return {
        ...status,
        text: event.state === 'done' ? `done, score ${scoreText(event.score)}` : event.state,
      };
    case 'stageFinished':
    case 'checkStarted':
    case 'log':
    case 'note':
    case 'verdict':
      return status;
  }
}

export const scoreText = (score: number | null): string => (score === null ? '-' : score.toFixed(1));
