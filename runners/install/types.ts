import type { SubmissionArchive, Verdict } from '../../assessments/kit/index.js';
import type { CacheVolume, ContainerUsage, Pod, Sandbox } from '../sandbox/types.js';

export type Manager = 'npm' | 'pnpm' | 'yarn';

/** A remark for the scorecard. `code` is the stable part. */
export interface Note {
  readonly code: string;
  readonly message: string;
}

/** What has to be done with a repo before it can start. Made from its manifest files alone; nothing of it has run. */
export interface InstallPlan {
  readonly manager: Manager;
  /** Major version of Node, from `engines`, `.nvmrc` or the default. */
  readonly nodeMajor: 20 | 22 | 24;
  /** Folder of the service inside the repo: `` for the root, such as `apps/api` in a monorepo. */
  readonly root: string;
  /** Where the package manager runs: that folder, or in a monorepo one above it. */
  readonly installRoot: string;
  /** Path of the lockfile; null when there is none. */
  readonly lockfile: string | null;
  /** The files an install needs: manifests, lockfile, workspace manifests, packages and patches in the repo. Sorted. */
  readonly manifestPaths: readonly string[];
  /** Names the dependency cache: digest of manifests, lockfile, manager, Node version and platform. */
  readonly cacheKey: string;
  readonly hasLockfile: boolean;
  readonly hasDependencies: boolean;
  /** The `build` script, or null. */
  readonly build: string | null;
  /** The shell command that starts the service: the `start` script, or `node server.js` as npm does. */
  readonly start: string;
  /** Remarks for the scorecard: no lockfile, another Node than asked, the monorepo folder that was chosen. */
  readonly notes: readonly Note[];
}

/** Expected outcomes are values; our own faults are thrown. */
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly verdict: Verdict };

export interface InstallDeps {
  readonly sandbox: Sandbox;
  readonly images: {
    readonly sandbox: string;
    readonly prober: string;
    readonly pause: string;
    /** Made when first asked for: few submissions have native modules to compile. */
    readonly builder: () => Promise<string>;
  };
  /** Serves the registry to the install pod's relay over its attached stream; started when first needed. */
  readonly registry: RegistryProxy;
}

/** The registry as install pods see it: a byte stream, answered on the worker by verdaccio. */
export interface RegistryProxy {
  /** Serves one relay: HTTP/2 over the container's attached stdio. Ends with the stream. */
  serve(stream: NodeJS.ReadWriteStream): RegistrySession;
  close(): Promise<void>;
}

/** One relay's use of the registry, and what went wrong on our side of it. */
export interface RegistrySession {
  /** Requests that failed for our or the registry's own reasons and have not succeeded since, in words. */
  faults(): readonly string[];
  /** How long the request has waited that has waited longest for its answer to begin; 0 when none does. */
  waitingMs(): number;
  /** What the registry says it does not have, by path. */
  missing(): readonly string[];
}

export interface Installed {
  /** Null when there are no dependencies. */
  readonly cache: CacheVolume | null;
  /** True when nothing had to be fetched. */
  readonly fromCache: boolean;
  /** How the install differed from what the lockfile asks for. */
  readonly notes: readonly Note[];
}

/** Reads manifests and decides. Pure but for reading the archive. */
export type PlanInstall = (archive: SubmissionArchive) => Promise<Outcome<InstallPlan>>;

/** Fetches dependencies into a cache volume, scripts off, and builds known native modules offline. */
export type InstallDependencies = (
  plan: InstallPlan,
  archive: SubmissionArchive,
  deps: InstallDeps,
  options: {
    run: string;
    attempt: number;
    seconds: number;
    signal: AbortSignal;
    onLog: (line: string) => void;
    /** What its containers used, once they are gone. */
    onUsage: (usage: readonly ContainerUsage[]) => void;
  },
) => Promise<Outcome<Installed>>;

/** Fills the pod's `work` volume with source and dependencies, then runs the build without any network. */
export type PrepareWork = (
  plan: InstallPlan,
  archive: SubmissionArchive,
  installed: Installed,
  pod: Pod,
  deps: InstallDeps,
  options: {
    memoryMb: number;
    cpus: number;
    pids: number;
    buildSeconds: number;
    signal: AbortSignal;
    onLog: (line: string) => void;
  },
) => Promise<Outcome<void>>;
