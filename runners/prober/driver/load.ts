import type { DeclaredLoad } from '../../../assessments/kit/index.js';
import type { LoadResult } from '../../../assessments/kit/schema/performance.js';
import type { ControlReply, Loaded } from '../protocol.js';
import type { Note } from '../types.js';
import { wasLost, type Agent } from './agent.js';
import type { Service } from './service.js';

/** Beyond a load's own length: the last answers, and the figures. */
const SPARE_MS = 30_000;

export interface LoadMeans {
  /** Sees to it that the service is up as usual. */
  readonly prepare: () => Promise<ControlReply>;
  readonly agent: () => Promise<Agent>;
  readonly note: (note: Note) => void;
}

/** Runs one load and adds what only the engine knows. A service that is down, or brings the generator down, has no figures. */
export async function measureLoad(
  profile: DeclaredLoad,
  service: Service,
  means: LoadMeans,
): Promise<LoadResult> {
  const agent = await means.agent();
  const prepared = await means.prepare();
  const before = await cpuNanoseconds(service);
  const generated = prepared.ok ? await generate(agent, profile) : null;
  const after = await cpuNanoseconds(service);
  const { requests, difference, ...measured } = generated ?? nothing(profile);
  if (difference !== null) {
    means.note({ code: 'answersDiffer', message: `In the load "${profile.title}", ${difference}.` });
  }
  const figures = await service.figures();
  const cpuMs = before === null || after === null ? null : Number(after - before) / 1e6;
  return {
    profile: profile.profile,
    title: profile.title,
    connections: profile.connections,
    ...measured,
    requests,
    requestsPerSecond: requests / measured.seconds,
    cpuMsPerRequest: cpuMs === null || requests === 0 ? null : cpuMs / requests,
    memoryPeakMb: (figures?.memoryPeakBytes ?? 0) / 2 ** 20,
  };
}

async function generate(agent: Agent, { file, seconds }: DeclaredLoad): Promise<Loaded | null> {
  try {
    const result = await agent.request({ type: 'load', file }, seconds * 1000 + SPARE_MS);
    if ('loaded' in result) return result.loaded;
    throw new Error(
      'failed' in result ? result.failed : 'the prober answered another question than was asked',
    );
  } catch (error) {
    if (wasLost(error)) return null;
    throw error;
  }
}

const nothing = ({ seconds, connections }: DeclaredLoad): Loaded => ({
  seconds,
  requests: 0,
  latencyMs: { p50: 0, p90: 0, p99: 0 },
  errors: connections,
  non2xx: 0,
  difference: null,
});

/** Null when the service is down. */
const cpuNanoseconds = async ({ container, running }: Service): Promise<bigint | null> =>
  container && running ? container.cpuNanoseconds() : null;
