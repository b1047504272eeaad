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
