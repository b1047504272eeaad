import { readFileSync } from 'node:fs';
import type { CgroupFolders } from './cgroup-layout.js';
import type { Gauge, Reading } from './gauge.js';
import { watchForOom } from './oom-watch.js';

/** Reads the kernel's own files: exact, and some tens of microseconds each; therefore not put off to a thread. */
export function cgroupGauge(folders: CgroupFolders): Gauge {
  const files = folders.version === 'v1' ? V1 : V2;
  return {
    intervalMs: 250,
    read: async () => files.read(folders),
    cpuNs: async () => files.cpuNs(folders),
    ...(folders.version === 'v2' ? { watchForOom: (noticed) => watchForOom(folders.memory, noticed) } : {}),
  };
}

interface Files {
  read(folders: CgroupFolders): Reading;
  cpuNs(folders: CgroupFolders): bigint;
}

const V1: Files = {
  cpuNs: ({ cpu }) => BigInt(text(cpu, 'cpuacct.usage')),
  read: (folders) => ({
    cpuNs: V1.cpuNs(folders),
    memoryBytes: busy(
      number(folders.memory, 'memory.usage_in_bytes'),
      field(folders.memory, 'memory.stat', 'total_inactive_file'),
    ),
    memoryPeakBytes: number(folders.memory, 'memory.max_usage_in_bytes'),
    pids: number(folders.pids, 'pids.current'),
    oomKills: field(folders.memory, 'memory.oom_control', 'oom_kill'),
  }),
};

const V2: Files = {
  cpuNs: ({ cpu }) => BigInt(field(cpu, 'cpu.stat', 'usage_usec')) * 1000n,
  read: (folders) => ({
    cpuNs: V2.cpuNs(folders),
    memoryBytes: busy(
      number(folders.memory, 'memory.current'),
      field(folders.memory, 'memory.stat', 'inactive_file'),
    ),
    memoryPeakBytes: ifKept(() => number(folders.memory, 'memory.peak')),
    pids: number(folders.pids, 'pids.current'),
    oomKills: field(folders.memory, 'memory.events', 'oom_kill'),
  }),
};

const text = (folder: string, file: string): string => readFileSync(`${folder}/${file}`, 'utf8').trim();
const number = (folder: string, file: string): number => Number(text(folder, file));
const busy = (usage: number, idleCache: number): number => Math.max(0, usage - idleCache);

/** The value of a line `name value`; 0 when there is none. */
function field(folder: string, file: string, name: string): number {
  const line = text(folder, file)
    .split('\n')
    .find((candidate) => candidate.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? 0);
}

/** memory.peak came with Linux 5.19. */
function ifKept(read: () => number): number {
  try {
    return read();
  } catch {
    return 0;
  }
}
