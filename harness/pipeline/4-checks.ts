import type {
  Dimension,
  Finding,
  StageName,
  SubmissionArchive,
  Verdict,
} from '../../assessments/kit/index.js';
import type { Prober, ProberEvent } from '../../runners/prober/types.js';
import type { EmitRunEvent } from './events.js';
import type { Progress } from './progress.js';
import { findInSource, isOfSource } from './source.js';
import type { GradeInput } from './types.js';

/** What a stage of checks gives: a finding for each of its checks, and a verdict when the service ran out of memory. */
export interface Checked {
  readonly findings: readonly Finding[];
  readonly verdict: Verdict | null;
}

/** The stages with the hidden checks of one dimension; what is measured under load follows in that of performance. */
export const CHECK_STAGES = [
  'correctness',
  'security',
  'testing',
  'performance',
] as const satisfies (Dimension & StageName)[];

/** Runs the hidden checks of one dimension, and looks into the source for those that are answered by it. */
export async function runChecks(
  dimension: Dimension,
  input: GradeInput,
  archive: SubmissionArchive,
  prober: Prober,
  progress: Progress,
  emit: EmitRunEvent,
): Promise<Checked> {
  const checks = input.pack.checks.filter((check) => check.dimension === dimension && !check.bar);
  const asked = checks.filter((check) => !isOfSource(check));
  let verdict: Verdict | null = null;
  const onEvent = (event: ProberEvent): void => {
    if (event.type === 'serviceExited' && event.oomKilled) verdict = outOfMemory(dimension, input);
    publish(event, progress, emit);
  };
  const heard = asked.length === 0 ? [] : await prober.run(asked, onEvent);
  const seen = await findInSource(archive, checks.filter(isOfSource));
  for (const finding of seen) emit(finished(finding));
  return { findings: [...heard, ...seen], verdict };
}

function publish(event: ProberEvent, progress: Progress, emit: EmitRunEvent): void {
  switch (event.type) {
    case 'checkStarted':
      return emit({ type: 'checkStarted', checkId: event.checkId });
    case 'checkFinished':
      return emit(finished(event.finding));
    case 'serviceExited':
      if (event.oomKilled)
        progress.note('outOfMemory', 'The service was killed for using more memory than allowed.');
      return;
    case 'serviceStarted':
      return;
  }
}

const finished = ({ checkId, outcome, message }: Finding) =>
  ({ type: 'checkFinished', checkId, outcome, message }) as const;

function outOfMemory(stage: StageName, input: GradeInput): Verdict {
  const { memoryMb } = input.pack.spec.limits;
  return {
    code: 'outOfMemory',
    stage,
    message:
      `The service used more than its ${memoryMb} MiB of memory while it was checked and was killed; ` +
      'it was scored on what worked. Look for unbounded buffers, caches or reads of whole inputs.',
    logTail: '',
  };
}
