import type { DeclaredLoad } from '../../../assessments/kit/index.js';
import type { DoneResult } from '../protocol.js';
import type { Driven, Side } from '../../performance/types.js';
import type { Note } from '../types.js';
import { wasLost, type Agent } from './agent.js';
import type { Service } from './service.js';

/** Beyond a stretch's own length: the last answers, and what the service still does. */
const SPARE_MS = 20_000;
const REWIND_MS = 30_000;
const RECONCILE_MS = 60_000;
/** The engine tells of an end a little after it. */
const LAST_BREATH_MS = 500;

export interface SideMeans {
  readonly agent: () => Promise<Agent>;
  readonly note: (note: Note) => void;
}

/** The service and its generator as one side of a measurement. A service that brings the generator down has answered nothing. */
export function createSide(
  { file, title, measures }: DeclaredLoad,
  service: Service,
  means: SideMeans,
): Side {
  const anyCore = measures.includes('cores');
  /** The generator was brought down; with the next restart there is a new one. */
  let gone = false;

  async function ask(request: Parameters<Agent['request']>[0], withinMs: number): Promise<DoneResult | null> {
    try {
      const result = await (await means.agent()).request(request, withinMs);
      if ('failed' in result) throw new Error(result.failed);
      return result;
    } catch (error) {
      if (!wasLost(error)) throw error;
      gone = true;
      return null;
    }
  }

  /** A service that has just ended cannot be frozen, and need not be. */
  async function unlessEnded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(await service.exited(LAST_BREATH_MS))) throw error;
    }
  }

  return {
    async restart(env = {}) {
      gone = false;
      await means.agent();
      const started = await service.start({ emptyData: true, env, anyCore });
      return started.ok && (await ask({ type: 'rewind', file }, REWIND_MS)) !== null;
    },
    async drive(stretch) {
      if (gone || !service.running) return nothing(stretch.count);
      const result = await ask({ type: 'drive', stretch }, stretch.withinMs + SPARE_MS);
      if (!result || !('driven' in result)) return nothing(stretch.count);
      const { driven } = result;
      if (driven.difference !== null)
        means.note({ code: 'answersDiffer', message: `In the load "${title}", ${driven.difference}.` });
      return driven;
    },
    async reconcile() {
      const result = gone || !service.running ? null : await ask({ type: 'reconcile' }, RECONCILE_MS);
      return result && 'reconciled' in result ? result.reconciled.fault : NOT_TOLD;
    },
    freeze: () => unlessEnded(() => service.pause()),
    thaw: () => unlessEnded(() => service.unpause()),
    running: () => !gone && service.running,
    cpuMs: async () => Number((await service.container?.cpuNanoseconds()) ?? 0n) / 1e6,
    async memory() {
      const figures = await service.container?.figures();
      return { bytes: figures?.memoryBytes ?? 0, peakBytes: figures?.memoryPeakBytes ?? 0 };
    },
  };
}

/** Whoever is gone when asked, or brings down whoever asks, has lost what it promised. */
const NOT_TOLD =
  'After the load, what the service had kept could not be learnt: it was gone, or brought the test program down.';

const nothing = (lost: number): Driven => ({
  ms: 0,
  good: 0,
  wrongStatus: 0,
  empty: 0,
  shed: 0,
  lost,
  late: 0,
  looked: 0,
  wrong: 0,
  fault: 'the service was gone',
  difference: null,
  latency: [],
  lightLatency: [],
  generatorMs: 0,
});
