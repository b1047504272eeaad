import type { Readable, Writable } from 'node:stream';
import type { LogLine, ServiceFigures } from '../../assessments/kit/index.js';
import type { CacheLimits } from './evict.js';

/** The container layer, as everything else sees it. One implementation today (Docker); one conformance suite for any. */
export interface Sandbox {
  /** A namespace with a loopback interface and nothing else, its volumes, and a pause process that holds both. */
  createPod(spec: PodSpec): Promise<Pod>;
  /**
   * A named, persistent volume for caches; made when missing. It takes the mode of the image's folder that it is first mounted
   * on (see DEPS_DIR), which must be empty and open to all; later mounts may be anywhere.
   */
  cacheVolume(name: string): Promise<CacheVolume>;
  /** Removes what earlier processes left: everything labelled ours past its deadline, or `all` of this owner's. */
  sweep(scope: 'expired' | 'all'): Promise<Swept>;
  /** Removes caches that nothing uses, by age and by size; the names that are gone. */
  evictCaches(limits: CacheLimits): Promise<readonly string[]>;
  /** Engine, cgroup version, runtime: for provenance. Also the cheap liveness test: throws `SandboxError`. */
  describe(): Promise<EngineFacts>;
  /** Disposes of the pods that are still there. */
  close(): Promise<void>;
}

export interface Swept {
  readonly containers: number;
  readonly volumes: number;
}

export interface EngineFacts {
  readonly name: string;
  readonly version: string;
  readonly apiVersion: string;
  readonly cgroup: 'v1' | 'v2';
  readonly runtime: string;
  readonly cpus: number;
  readonly memoryMb: number;
  readonly kernel: string;
  readonly arch: string;
}

export interface PodSpec {
  /** Which run this is for; goes on every label. Letters, digits and `-`. */
  readonly run: string;
  readonly attempt: number;
  /** Seconds after which a sweep may remove the pod whatever its owner says. */
  readonly ttlSeconds: number;
  /** Quota-bound volumes by name. They live and die with the pod. */
  readonly volumes: Readonly<Record<string, VolumeSpec>>;
}

export interface VolumeSpec {
  readonly sizeMb: number;
  readonly inodes: number;
  /** Whose user id (`Pod.uid`) owns the root of the volume. */
  readonly owner: Slot;
}

/** The parties of a pod. Each has a numeric user id of its own. */
export type Slot = 'service' | 'prober' | 'relay' | 'install' | 'spare';

export interface CacheVolume {
  readonly name: string;
  remove(): Promise<void>;
}

export type Mount =
  | { readonly volume: string; readonly path: string; readonly readOnly: boolean }
  | { readonly cache: CacheVolume; readonly path: string; readonly readOnly: boolean };

export interface ContainerSpec {
  /** Short name for labels and messages: install, prepare, service, prober, relay, reference. */
  readonly role: string;
  /** Image reference or id. */
  readonly image: string;
  /** The whole command line; the image's own entrypoint and command are not used. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly workdir: string;
  readonly uid: number;
  readonly mounts: readonly Mount[];
  /** Private scratch space, path to MiB; counted against memory. `/tmp` is always there, with 64 MiB if not named. */
  readonly tmpfs?: Readonly<Record<string, number>>;
  readonly memoryMb: number;
  readonly cpus: number;
  /** Core list such as `0` or `0-1`; absent leaves it to the engine. */
  readonly cpuset?: string;
  readonly pids: number;
  readonly stdin: boolean;
  /** `stream`: the caller reads `stdout`. `log`: drained, head and tail of `logKb` KiB each kept per stream. */
  readonly output: { readonly kind: 'stream' } | { readonly kind: 'log'; readonly logKb: number };
}

/** What one container has used so far; of one that has ended, by the last look before. */
export interface ContainerUsage {
  readonly role: string;
  readonly cpuMs: number;
  readonly memoryPeakBytes: number;
  readonly pidsPeak: number;
  /** All that it wrote, kept or not. */
  readonly outputBytes: number;
}

export interface Pod {
  readonly id: string;
  /** Of each container that was started in it, also when they are gone. */
  usage(): readonly ContainerUsage[];
  /** Numeric user id of a party (20000 to 29999); no other party or live pod has it. */
  uid(slot: Slot): number;
  start(spec: ContainerSpec): Promise<Container>;
  /** Kills and removes containers, then volumes. Safe to call twice; never throws for what is already gone. */
  dispose(): Promise<void>;
}

export interface Container {
  readonly id: string;
  readonly role: string;
  /** Null unless asked for. */
  readonly stdin: Writable | null;
  /** With `stream` output: the raw standard output, which must be drained. Null with `log` output. */
  readonly stdout: Readable | null;
  /** Kept output so far, by line, both streams in order of arrival. With `stream` output: standard error only. */
  logs(): readonly LogLine[];
  /** Total bytes written, kept or not. */
  outputBytes(): number;
  signal(name: string): Promise<void>;
  /**
   * Resolves once the container has ended, always after its output was read. Rejects with `SandboxError` when the engine can no
   * longer tell; leaving it unhandled is harmless.
   */
  readonly ended: Promise<ContainerExit>;
  running(): boolean;
  pause(): Promise<void>;
  unpause(): Promise<void>;
  /**
   * Figures now; after the end, those of the last look before it (see Meter). `memoryPeakBytes` is the most that the kernel has
   * counted against the limit, page cache and files in memory included; where it keeps no such number, the highest seen.
   */
  figures(): Promise<ServiceFigures>;
  /** Total CPU time in nanoseconds, as cheap and exact as this host allows (the cgroup file, else the engine's stats). */
  cpuNanoseconds(): Promise<bigint>;
  /**
   * Milliseconds of its life that count against a deadline: all of them but those in which somebody on the host waited for a
   * processor, and never less than its own processor time amounts to on the processors it was given. See CountedTime.
   */
  countedMs(): Promise<number>;
  /** Kills if needed and removes. Safe to call twice. */
  remove(): Promise<void>;
}

export interface ContainerExit {
  /** 128 + signal when a signal ended it. */
  readonly code: number;
  /** The kernel killed some process of it for want of memory, be it the first one or a child. */
  readonly oomKilled: boolean;
  readonly figures: ServiceFigures | null;
}

/** The engine or the host failed us. `code` is a verdict code of the kind `ours`. */
export class SandboxError extends Error {
  constructor(
    readonly code: 'engineUnavailable' | 'imageMissing' | 'isolationBroken' | 'diskFull' | 'internal',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'SandboxError';
  }
}
