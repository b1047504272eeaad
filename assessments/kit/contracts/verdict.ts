import type { StageName } from '../vocabulary/words.js';

/**
 * Why a run has no ordinary score, by whose doing. `refused`: at the door, nothing ran (status rejected).
 * `candidate`: the submission's doing (status graded; what never ran earns nothing). `ours`: the platform's (status notGraded).
 */
export const VERDICT_CODES = {
  archiveUnreadable: 'refused',
  archiveUnsafe: 'refused',
  archiveTooLarge: 'refused',
  sourceRefused: 'refused',
  sourceUnreachable: 'refused',
  unknownAssessment: 'refused',
  noPackageJson: 'candidate',
  depsRefused: 'candidate',
  installFailed: 'candidate',
  buildFailed: 'candidate',
  noStartScript: 'candidate',
  exited: 'candidate',
  neverReady: 'candidate',
  outOfMemory: 'candidate',
  outputLimit: 'candidate',
  timedOut: 'candidate',
  engineUnavailable: 'ours',
  isolationBroken: 'ours',
  imageMissing: 'ours',
  registryUnavailable: 'ours',
  queueUnavailable: 'ours',
  storeUnavailable: 'ours',
  diskFull: 'ours',
  findingsIncomplete: 'ours',
  attemptsExhausted: 'ours',
  cancelled: 'ours',
  internal: 'ours',
} as const;

export type VerdictCode = keyof typeof VERDICT_CODES;

export interface Verdict {
  readonly code: VerdictCode;
  readonly stage: StageName;
  /** One sentence: what happened, whose doing it is, what to do. */
  readonly message: string;
  /** The end of the relevant output, control characters removed; empty when there is none. */
  readonly logTail: string;
}
