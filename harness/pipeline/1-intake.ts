import type { SubmissionArchive } from '../../assessments/kit/index.js';
import type { Outcome } from '../../runners/install/types.js';
import type { Progress } from './progress.js';
import type { GradeInput } from './types.js';

/** Brings the submission in: one clean tar, named by its content. */
export function intake(
  input: GradeInput,
  progress: Progress,
  signal: AbortSignal,
): Promise<Outcome<SubmissionArchive>> {
  return progress.stage('intake', () => input.takeIn(signal));
}
