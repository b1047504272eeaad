import type { ContainerStats } from 'dockerode';
import type { Engine } from '../engine/engine.js';
import type { Gauge, Reading } from './gauge.js';

/** The engine's time of a look at a container that does not run: all its numbers are 0 then. */
const NEVER = '0001-';

/** Asks the engine: for engines on other hosts. The kernel's peak is there with version 1 control groups only. */
export function statsGauge(engine: Engine, containerId: string): Gauge {
  const ask = async () => {
    const stats = await engine.call('tell the figures of a container', (abortSignal) => {
      const options = { stream: false, 'one-shot': true, abortSignal } as const;
      return engine.docker.getContainer(containerId).stats(options);
    });
    if (stats.read.startsWith(NEVER)) throw new RangeError('The container has ended.');
    return stats;
  };
  return {
    intervalMs: 2_000,
    read: async () => toReading(await ask()),
    cpuNs: async () => BigInt((await ask()).cpu_stats.cpu_usage.total_usage),
  };
}

function toReading({ cpu_stats, memory_stats, pids_stats }: ContainerStats): Reading {
  const stats = memory_stats.stats as
    Partial<Record<'total_inactive_file' | 'inactive_file', number>> | undefined;
  const idle = stats?.total_inactive_file ?? stats?.inactive_file ?? 0;
  return {
    cpuNs: BigInt(cpu_stats.cpu_usage.total_usage),
    memoryBytes: Math.max(0, (memory_stats.usage ?? 0) - idle),
    memoryPeakBytes: memory_stats.max_usage ?? 0,
    pids: pids_stats?.current ?? 0,
    oomKills: 0,
  };
}
