import { setTimeout as sleep } from 'node:timers/promises';
import { cpuWaitedMs, hostUse, type HostUse } from '../../../sandbox/figures/pressure.js';

/** Over this share of the time somebody on the host waited for a processor: times measured then say little. */
const PRESSURE_LIMIT = 0.6;
/** Less waiting than this in all spoils no check: those that look at time leave it as slack, and cause that much themselves. */
const NEGLIGIBLE_MS = 200;
/** A service that itself used more than this share of one processor, or of the part it is given, may have caused the waiting. */
const OWN_SHARE_LIMIT = 0.5;

/**
 * Less than this share of all processors used by others is no shortage of their making. A service can make tasks wait without using
 * much itself: on one processor of many, behind the tester that it sends a lot to.
 */
const OTHERS_SHARE = 0.35;

/** The shortest stretch that passes for calm. */
const CALM_MS = 1000;

/** What a stretch of time was like, seen from outside the service. */
export interface Stretch {
  readonly wallMs: number;
  /** Time in which some task of the host waited for a processor; null where the kernel does not tell. */
  readonly waitedMs: number | null;
  /** Processor time that the service used; null where it was started anew meanwhile or cannot be asked. */
  readonly serviceMs: number | null;
  /** Share of all processors that neither the service nor this program used, 0 to 1; null where the kernel does not tell. */
  readonly others: number | null;
}

/** True when the host was short of processor time, by whosever doing. Unknown is not short. */
export const wasPressed = ({ wallMs, waitedMs }: Stretch): boolean =>
  waitedMs !== null && waitedMs > NEGLIGIBLE_MS && waitedMs / wallMs > PRESSURE_LIMIT;

/** True when that was certainly not the doing of a service that is given so many processors. */
export const wasStarved = (stretch: Stretch, cpus: number): boolean =>
  wasPressed(stretch) &&
  stretch.serviceMs !== null &&
  stretch.serviceMs / stretch.wallMs < OWN_SHARE_LIMIT * Math.min(1, cpus) &&
  (stretch.others === null || stretch.others > OTHERS_SHARE);

/** Begins a stretch; the answer ends it. `serviceCpuMs` gives the service's total, lower after a new start. */
export async function beginStretch(
  serviceCpuMs: () => Promise<number | null>,
): Promise<() => Promise<Stretch>> {
  const [waited, used, start] = [cpuWaitedMs(), await serviceCpuMs(), performance.now()];
  const [host, own] = [hostUse(), process.cpuUsage()];
  return async () => {
    const [waitedNow, usedNow] = [cpuWaitedMs(), await serviceCpuMs()];
    const wallMs = performance.now() - start;
    const serviceMs = used === null || usedNow === null || usedNow < used ? null : usedNow - used;
    return {
      wallMs,
      waitedMs: waited === null || waitedNow === null ? null : waitedNow - waited,
      serviceMs,
      others: othersShare(host, (serviceMs ?? 0) + ms(process.cpuUsage(own)), wallMs),
    };
  };
}

const ms = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000;

function othersShare(before: HostUse | null, oursMs: number, wallMs: number): number | null {
  const now = hostUse();
  if (before === null || now === null) return null;
  return Math.max(0, now.busyMs - before.busyMs - oursMs) / (wallMs * now.cpus);
}

/** Waits for a stretch without shortage, at most this long. What is measured after it means something again. */
export async function untilCalm(withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    const end = await beginStretch(async () => null);
    await sleep(CALM_MS);
    if (!wasPressed(await end())) return;
  }
}
