import type { ServiceFigures } from '../../../assessments/kit/index.js';
import { SandboxError } from '../types.js';
import type { Gauge, Reading } from './gauge.js';

const NONE: Reading = { cpuNs: 0n, memoryBytes: 0, memoryPeakBytes: 0, pids: 0, oomKills: 0 };

/**
 * Follows one container from start to end. The kernel drops its numbers with the last process, so the final figures are those
 * of the last look: at most a quarter of a second (two seconds for an engine elsewhere) before it ended by itself, and
 * the moment before the signal when this program ended it.
 */
export class Meter {
  private last: Reading | null = null;
  private highest = 0;
  /** The most processes and threads that were seen at once. */
  mostPids = 0;
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;
  private oomNoticed = false;
  private readonly endWatch: (() => void) | undefined;

  constructor(private readonly gauge: Gauge) {
    this.endWatch = gauge.watchForOom?.(() => (this.oomNoticed = true));
    void this.follow();
  }

  /** Looks now; after the end, answers with the last look. */
  async look(): Promise<Reading> {
    if (!this.stopped) {
      try {
        const reading = await this.gauge.read();
        this.highest = Math.max(this.highest, reading.memoryPeakBytes, reading.memoryBytes);
        this.mostPids = Math.max(this.mostPids, reading.pids);
        this.last = { ...reading, memoryPeakBytes: this.highest };
      } catch {
        // It has just ended, or the engine is busy: the last look stands.
      }
    }
    return this.last ?? NONE;
  }

  async cpuNs(): Promise<bigint> {
    if (!this.stopped) {
      try {
        return await this.gauge.cpuNs();
      } catch (error) {
        // What has ended keeps its last look; an engine that does not answer must not pass for no work done.
        if (error instanceof SandboxError) throw error;
      }
    }
    return (this.last ?? NONE).cpuNs;
  }

  /** Null when it ended before anyone looked. */
  final(): Reading | null {
    return this.last;
  }

  /** Whether the kernel was seen to kill a process for want of memory. */
  sawOom(): boolean {
    return this.oomNoticed || (this.last ?? NONE).oomKills > 0;
  }

  stop(): void {
    this.stopped = true;
    this.endWatch?.();
    if (this.timer) clearTimeout(this.timer);
  }

  /** Often at first, as many containers end soon. */
  private async follow(afterMs = this.gauge.intervalMs / 16): Promise<void> {
    const nextMs = afterMs * 2;
    await this.look();
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.follow(nextMs), Math.min(nextMs / 2, this.gauge.intervalMs));
    this.timer.unref();
  }
}

export function toFigures(reading: Reading): ServiceFigures {
  return {
    cpuMs: Number(reading.cpuNs / 1_000n) / 1_000,
    memoryBytes: reading.memoryBytes,
    memoryPeakBytes: reading.memoryPeakBytes,
    pids: reading.pids,
  };
}
