import type { Pack, SubmissionArchive } from '../../assessments/kit/index.js';
import type { Images } from '../../docker/types.js';
import type { Outcome, RegistryProxy } from '../../runners/install/types.js';
import type { Admit } from '../../runners/sandbox/admission.js';
import type { Sandbox } from '../../runners/sandbox/types.js';
import type { RunRecord } from '../scoring/types.js';
import type { EmitRunEvent } from './events.js';
import type { Lane } from './performance/lane.js';

/** One attempt at grading one submission. */
export interface GradeInput {
  /** Letters, digits and `-`; on every label of the engine. */
  readonly run: string;
  /** From 1. */
  readonly attempt: number;
  readonly pack: Pack;
  /** Brings the submission in: opens the stored archive, or fetches it. Called once. */
  readonly takeIn: (signal: AbortSignal) => Promise<Outcome<SubmissionArchive>>;
  /** As the submitter wrote it, for the scorecard. */
  readonly source: string;
  readonly candidate: string | null;
  /** Decides all random data of the run. */
  readonly seed: string;
  /** False leaves the performance stage out, such as for mutants, whose loads nobody reads. */
  readonly withLoad: boolean;
}

/** What a worker has at hand for all its runs. */
export interface GradeDeps {
  readonly sandbox: Sandbox;
  readonly images: Images;
  readonly registry: RegistryProxy;
  /** One load test at a time on a host: waits for the lane, then runs `work`. */
  readonly performanceLane: Lane;
  /** The pack's senior solution, which load is compared with. */
  readonly reference: (pack: Pack, signal: AbortSignal) => Promise<SubmissionArchive>;
  /** Waits until the host can hold a pod of that size. */
  readonly admit: Admit;
  /** Names and versions for provenance, such as `assayer` and `node`. */
  readonly versions: Readonly<Record<string, string>>;
  /** Wall clock, for `gradedAt` alone; durations are monotonic. */
  readonly now: () => Date;
}

/**
 * Runs one attempt. Resolves for everything that is the submission's doing (also when it is refused or broken); rejects
 * with a fault of ours, whose `code` (see VERDICT_CODES) says which, and with the signal's reason when cancelled.
 */
export type Grade = (
  input: GradeInput,
  deps: GradeDeps,
  emit: EmitRunEvent,
  signal: AbortSignal,
) => Promise<RunRecord>;
