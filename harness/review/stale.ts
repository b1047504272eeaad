import type { SubmissionView } from '../store/submissions.js';

/** Whether a scorecard was judged by another state of the assessment than today's; `digest` is null where it is not installed. */
export const isStale = ({ run }: Pick<SubmissionView, 'run'>, digest: string | null): boolean =>
  digest !== null && run.judged_by !== null && run.judged_by !== digest;
