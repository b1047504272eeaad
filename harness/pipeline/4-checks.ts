import type { Dimension, Finding, StageName, Verdict } from '../../assessments/kit/index.js';
import type { Prober, ProberEvent } from '../../runners/prober/types.js';
import type { EmitRunEvent } from './events.js';
import type { Progress } from './progress.js';
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

/** Runs the hidden checks of one dimension. */
export async function runChecks(
  dimension: Dimension,
  input: GradeInput,
  prober: Prober,
  progress: Progress,
  emit: EmitRunEvent,
): Promise<Checked> {
  const checks = input.pack.checks.filter((check) => check.dimension === dimension && !check.bar);
  if (checks.length === 0) return { findings: [], verdict: null };
  let verdict: Verdict | null = null;
  const findings = await prober.run(checks, (event) => {
    if (event.type === 'serviceExited' && event.oomKilled) verdict = outOfMemory(dimension, input);
    publish(event, progress, emit);
  });
  return { findings, verdict };
}

function publish(event: ProberEvent, progress: Progress, emit: EmitRunEvent): void {
  switch (event.type) {
    case 'checkStarted':
      return emit({ type: 'checkStarted', checkId: event.checkId });
    case 'checkFinished': {
      const { checkId, outcome, message } = event.finding;
      return emit({ type: 'checkFinished', checkId, outcome, message });
    }
    case 'serviceExited':
      if (event.oomKilled)
        progress.note('outOfMemory', 'The service was killed for using more memory than allowed.');
      return;
    case 'serviceStarted':
      return;
  }
}

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
