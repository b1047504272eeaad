import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, such that another process of the same place can tell whether it still lives. */
export interface ProcessIdentity {
  /** Where process ids mean the same: this boot of this machine and this namespace of processes. */
  readonly place: string;
  readonly pid: number;
  /** When it began, in the kernel's ticks; tells a process from a later one with the same id. Empty where unknown. */
  readonly startedAt: string;
}

export function thisProcess(): ProcessIdentity {
  return { place: thisPlace(), pid: process.pid, startedAt: startOf(process.pid) };
}

/** True when it has certainly ended: asked from its own place only; from elsewhere nobody can tell. */
export function hasEnded(identity: ProcessIdentity, place = thisPlace()): boolean {
  if (identity.place !== place) return false;
  if (!exists(identity.pid)) return true;
  return identity.startedAt !== '' && startOf(identity.pid) !== identity.startedAt;
}

export const formatIdentity = ({ place, pid, startedAt }: ProcessIdentity): string =>
  [place, pid, startedAt].join('/');

export function parseIdentity(text: string): ProcessIdentity | null {
  const match = /^([^/]+)\/(\d+)\/(\d*)$/.exec(text);
  return match ? { place: match[1]!, pid: Number(match[2]), startedAt: match[3]! } : null;
}

function thisPlace(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const namespace = /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0];
    return `${boot}.${namespace}`;
  } catch {
    return hostname();
  }
}

/** Field 22 of /proc/<pid>/stat; fields are counted after the last `)`, as a program's name may hold anything. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
