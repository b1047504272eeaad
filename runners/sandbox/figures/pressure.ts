import { readFileSync } from 'node:fs';

/**
 * Milliseconds, in all, in which some task of this host waited for a processor: the kernel's pressure stall figures (Linux 4.20
 * and newer). Null where the kernel does not tell.
 */
export function cpuWaitedMs(): number | null {
  try {
    const micros = /^some .*total=(\d+)/m.exec(readFileSync('/proc/pressure/cpu', 'utf8'))?.[1];
    return micros === undefined ? null : Number(micros) / 1000;
  } catch {
    return null;
  }
}

/** How much of this host's processors has been in use, by anybody, in all; taken away from a virtual host counts as in use. */
export interface HostUse {
  readonly busyMs: number;
  readonly cpus: number;
}

/** Ticks a second in the kernel's tables: the same on every Linux that Node runs on. */
const TICKS = 100;

/** Null where the kernel does not tell. */
export function hostUse(): HostUse | null {
  try {
    return readHostUse(readFileSync('/proc/stat', 'utf8'));
  } catch {
    return null;
  }
}

/** Pure: the text of /proc/stat. */
export function readHostUse(text: string): HostUse | null {
  const [user, nice, system, , , irq, softirq, steal] = (/^cpu +(.*)$/m.exec(text)?.[1] ?? '').split(' ');
  const ticks = [user, nice, system, irq, softirq, steal ?? '0'].map(Number);
  const busyMs = (ticks.reduce((sum, one) => sum + one, 0) * 1000) / TICKS;
  const cpus = text.match(/^cpu\d+ /gm)?.length ?? 0;
  return Number.isFinite(busyMs) && cpus > 0 ? { busyMs, cpus } : null;
}
