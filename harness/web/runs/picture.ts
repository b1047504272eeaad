import type { Finding, StageName } from '../../../assessments/kit/index.js';
import { STAGES } from '../../../assessments/kit/index.js';
import type { NumberedEvent } from '../../store/events.js';

export type StageState = 'open' | 'running' | 'done';

/** How far an attempt is, as its events tell. */
export interface RunPicture {
  readonly attempt: number;
  readonly worker: string | null;
  readonly stages: readonly {
    readonly name: StageName;
    readonly state: StageState;
    readonly startedAt: Date | null;
    /** Null until it is done. */
    readonly ms: number | null;
  }[];
  /** Outcome by check, in the order in which they finished. */
  readonly checks: ReadonlyMap<string, Finding['outcome']>;
  /** Checks that have begun and not ended. */
  readonly underway: ReadonlySet<string>;
  readonly notes: readonly string[];
}

export function pictureOf(events: readonly NumberedEvent[]): RunPicture {
  const begun = new Map<StageName, Date>();
  const ended = new Map<StageName, number>();
  const checks = new Map<string, Finding['outcome']>();
  const underway = new Set<string>();
  const notes: string[] = [];
  let attempt = 0;
  let worker: string | null = null;
  for (const { event, at } of events) {
    switch (event.type) {
      case 'started':
        ({ attempt, worker } = event);
        break;
      case 'stageStarted':
        begun.set(event.stage, at);
        ended.delete(event.stage);
        break;
      case 'stageFinished':
        ended.set(event.stage, event.ms);
        break;
      case 'checkStarted':
        underway.add(event.checkId);
        break;
      case 'checkFinished':
        underway.delete(event.checkId);
        checks.set(event.checkId, event.outcome);
        break;
      case 'note':
        notes.push(event.message);
        break;
      case 'requeued':
        notes.push(event.reason);
        break;
      case 'queued':
      case 'log':
      case 'verdict':
      case 'finished':
        break;
    }
  }
  const stages = STAGES.map((name) => {
    const startedAt = begun.get(name) ?? null;
    const ms = ended.get(name) ?? null;
    const state: StageState = ms !== null ? 'done' : startedAt !== null ? 'running' : 'open';
    return { name, state, startedAt, ms };
  });
  return { attempt, worker, stages, checks, underway, notes };
}
