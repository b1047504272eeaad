/** One look at a container's use of the host. */
export interface Reading {
  readonly cpuNs: bigint;
  /** In use and not to be had back by the kernel at once: without page cache that lies idle. */
  readonly memoryBytes: number;
  /** The most the kernel has counted against the limit, page cache and files in memory included; 0 where it keeps no such number. */
  readonly memoryPeakBytes: number;
  readonly pids: number;
  /** Processes that the kernel has killed for want of memory; 0 where the source does not tell. */
  readonly oomKills: number;
}

/** Where readings come from. Both throw when the container has ended. */
export interface Gauge {
  /** How often a sampler may look, milliseconds. */
  readonly intervalMs: number;
  read(): Promise<Reading>;
  cpuNs(): Promise<bigint>;
  /**
   * Calls `noticed` once, when the kernel has killed a process for want of memory; the answer ends the watch. Absent where readings
   * and the engine tell of it in time.
   */
  watchForOom?(noticed: () => void): () => void;
}
