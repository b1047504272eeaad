import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process of this machine. The start time tells it from a later process with the same id. */
export interface ProcessId {
  readonly pid: number;
  /** Clock ticks since boot, from /proc; null where there is no /proc. */
  readonly startedAt: string | null;
}

export function identify(pid: number): ProcessId {
  return { pid, startedAt: statOf(pid)?.startedAt ?? null };
}

export function isAlive({ pid, startedAt }: ProcessId): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const stat = statOf(pid);
  return stat === null ? startedAt === null : stat.state !== 'Z' && stat.startedAt === startedAt;
}

/** Sends `signal`, then SIGKILL after `graceMs`, and returns once the process is gone. */
export async function endProcess(id: ProcessId, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  if (!isAlive(id)) return;
  process.kill(id.pid, signal);
  if (await gone(id, graceMs)) return;
  process.kill(id.pid, 'SIGKILL');
  await gone(id, 5000);
}

async function gone(id: ProcessId, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (!isAlive(id)) return true;
    await sleep(20);
  }
  return !isAlive(id);
}

function statOf(pid: number): { state: string; startedAt: string } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the name in parentheses, may hold spaces: count from the last parenthesis.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', startedAt: fields[19] ?? '' };
  } catch {
    return null;
  }
}
