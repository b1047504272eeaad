import type { StageName } from '../../assessments/kit/index.js';
import { reasonOf } from '../errors.js';
import type { RunEvent } from '../pipeline/events.js';
import type { GradeClaim } from '../queue/types.js';
import type { Span, Tracing } from './tracing.js';

/** Tells of each attempt as a span of the request that submitted it, with its stages below. No names of people go along. */
export function traceGrading(tracing: Tracing | null, grade: GradeClaim): GradeClaim {
  if (!tracing) return grade;
  return async (claim, emit, signal) => {
    const { run, attempt, submission, assessment, trace } = claim;
    const attempted = tracing.begin('grade', {
      kind: 'consumer',
      parent: trace,
      attributes: {
        'assayer.run': run,
        'assayer.attempt': attempt,
        'assayer.submission': submission,
        'assayer.assessment': assessment,
      },
    });
    return tracing.within(attempted, async () => {
      const stages = traceStages(tracing, attempted);
      try {
        const graded = await grade(claim, (event) => (stages.follow(event), emit(event)), signal);
        const { status, verdict } = graded.record;
        attempted.set({ 'assayer.status': status, ...(verdict ? { 'assayer.verdict': verdict.code } : {}) });
        attempted.end();
        return graded;
      } catch (error) {
        stages.breakOff(reasonOf(error));
        attempted.end(reasonOf(error));
        throw error;
      }
    });
  };
}

interface Stages {
  follow(event: RunEvent): void;
  /** What has begun ends here, with the attempt. */
  breakOff(problem: string): void;
}

function traceStages(tracing: Tracing, attempted: Span): Stages {
  const open = new Map<StageName, Span>();
  // Named, since an event may come from a stream that was opened before the attempt.
  const begin = (stage: StageName): Span => tracing.within(attempted, () => tracing.begin(stage));
  return {
    follow(event) {
      if (event.type === 'stageStarted') open.set(event.stage, begin(event.stage));
      if (event.type === 'stageFinished') {
        open.get(event.stage)?.end();
        open.delete(event.stage);
      }
    },
    breakOff(problem) {
      for (const span of open.values()) span.end(problem);
    },
  };
}
