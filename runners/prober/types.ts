import type {
  DeclaredCheck,
  DeclaredLoad,
  Finding,
  Pack,
  ServiceFigures,
  Verdict,
} from '../../assessments/kit/index.js';
import type { Side } from '../performance/types.js';
import type { Container, ContainerSpec, Pod } from '../sandbox/types.js';

/** How to start the candidate's service; the driver adds env, data path and uid. */
export interface ServiceLaunch {
  readonly image: string;
  /** Shell command, run in `workdir` by the image's launcher. */
  readonly start: string;
  readonly workdir: string;
  readonly path: string;
  readonly limits: Pick<ContainerSpec, 'memoryMb' | 'cpus' | 'pids'> & { readonly logKb: number };
  readonly cpuset?: string;
}

export interface ProberOptions {
  readonly pod: Pod;
  readonly pack: Pack;
  readonly image: string;
  readonly service: ServiceLaunch;
  /** Decides all random data of the run. */
  readonly seed: string;
  /** Folder of the data volume for the service's data: a prober that follows another in its pod needs one of its own. */
  readonly folder: string;
  /** Cores of the prober itself, such as `1`. */
  readonly cpuset?: string;
  readonly signal: AbortSignal;
}

/** What happens while checks run, for live progress. */
export type ProberEvent =
  | { readonly type: 'checkStarted'; readonly checkId: string }
  | { readonly type: 'checkFinished'; readonly finding: Finding }
  | { readonly type: 'serviceStarted'; readonly start: number }
  | { readonly type: 'serviceExited'; readonly code: number; readonly oomKilled: boolean };

export type Note = { readonly code: string; readonly message: string };

export type BootResult =
  | { readonly ok: true; readonly address: string; readonly bootMs: number; readonly notes: readonly Note[] }
  | { readonly ok: false; readonly verdict: Verdict };

/** The worker's end of a prober, for one pod. The candidate's service belongs to it, since checks restart it. */
export interface Prober {
  /** Starts the service and finds where it listens. */
  boot(): Promise<BootResult>;
  /** Runs these checks in their share of the time; returns exactly one finding for each, in the same order. Suspect ones are run again alone. */
  run(checks: readonly DeclaredCheck[], onEvent: (event: ProberEvent) => void): Promise<readonly Finding[]>;
  /** The service and a generator of this profile's requests, to be measured. */
  side(profile: DeclaredLoad): Side;
  /** The service's container now; null between starts. */
  service(): Container | null;
  /** Highest figures over all starts of the service. */
  figures(): Promise<ServiceFigures | null>;
  readonly notes: readonly Note[];
  close(): Promise<void>;
}

export type OpenProber = (options: ProberOptions) => Promise<Prober>;
