import { performance } from 'node:perf_hooks';
import type { StageName } from '../../assessments/kit/index.js';
import type { EmitRunEvent } from './events.js';

/** Times the stages of one attempt and collects its notes. */
export interface Progress {
  readonly timings: Readonly<Record<string, number>>;
  readonly notes: readonly { code: string; message: string }[];
  /** Runs one stage; a cancelled run does not begin another. */
  stage<T>(name: StageName, work: () => Promise<T>): Promise<T>;
  note(code: string, message: string): void;
  log(stage: StageName, line: string): void;
}

export function trackProgress(emit: EmitRunEvent, signal: AbortSignal): Progress {
  const timings: Record<string, number> = {};
  const notes: { code: string; message: string }[] = [];
  return {
    timings,
    notes,
    async stage(stage, work) {
      signal.throwIfAborted();
      emit({ type: 'stageStarted', stage });
      const start = performance.now();
      try {
        return await work();
      } finally {
        const ms = Math.round(performance.now() - start);
        timings[stage] = ms;
        emit({ type: 'stageFinished', stage, ms });
      }
    },
    note(code, message) {
      if (notes.some((known) => known.code === code && known.message === message)) return;
      notes.push({ code, message });
      emit({ type: 'note', code, message });
    },
    log: (stage, line) => emit({ type: 'log', stage, line }),
  };
}
