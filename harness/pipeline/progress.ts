import { performance } from 'node:perf_hooks';
import type { StageName } from '../../assessments/kit/index.js';
import type { Scorecard } from '../../assessments/kit/schema/scorecard.js';
import type { ContainerUsage } from '../../runners/sandbox/types.js';
import type { EmitRunEvent } from './events.js';

type Resource = NonNullable<Scorecard['resources']>[number];

/** Times the stages of one attempt and collects its notes. */
export interface Progress {
  readonly timings: Readonly<Record<string, number>>;
  readonly notes: readonly { code: string; message: string }[];
  /** Runs one stage, or a further part of one; a cancelled run does not begin another. */
  stage<T>(name: StageName, work: () => Promise<T>): Promise<T>;
  note(code: string, message: string): void;
  /** By role, in order of their first start. */
  readonly resources: readonly Resource[];
  /** What containers used; to be told once of each. */
  used(usage: readonly ContainerUsage[]): void;
  log(stage: StageName, line: string): void;
}

export function trackProgress(emit: EmitRunEvent, signal: AbortSignal): Progress {
  const timings: Record<string, number> = {};
  const resources = new Map<string, Resource>();
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
        const ms = (timings[stage] ?? 0) + Math.round(performance.now() - start);
        timings[stage] = ms;
        emit({ type: 'stageFinished', stage, ms });
      }
    },
    note(code, message) {
      if (notes.some((known) => known.code === code && known.message === message)) return;
      notes.push({ code, message });
      emit({ type: 'note', code, message });
    },
    get resources() {
      return [...resources.values()];
    },
    used(usage) {
      for (const one of usage) resources.set(one.role, added(resources.get(one.role), one));
    },
    log: (stage, line) => emit({ type: 'log', stage, line }),
  };
}

function added(sum: Resource | undefined, one: ContainerUsage): Resource {
  const { containers, cpuSeconds, memoryPeakMb, pidsPeak, outputKb } = sum ?? NOTHING;
  return {
    role: one.role,
    containers: containers + 1,
    cpuSeconds: rounded(cpuSeconds + one.cpuMs / 1000),
    memoryPeakMb: Math.max(memoryPeakMb, rounded(one.memoryPeakBytes / 2 ** 20)),
    pidsPeak: Math.max(pidsPeak, one.pidsPeak),
    outputKb: rounded(outputKb + one.outputBytes / 1024),
  };
}

const NOTHING = { containers: 0, cpuSeconds: 0, memoryPeakMb: 0, pidsPeak: 0, outputKb: 0 };
const rounded = (value: number): number => Math.round(value * 100) / 100;
