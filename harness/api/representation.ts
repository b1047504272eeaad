import { z } from 'zod';
import { verdictSchema } from '../../assessments/kit/schema/scorecard.js';
import { STAGES } from '../../assessments/kit/index.js';
import type { SubmissionView } from '../store/submissions.js';
import { RUN_STATES } from '../store/types.js';

const time = z.iso.datetime();

/** A submission as the API shows it. Times are ISO 8601, UTC. */
export const submissionSchema = z
  .object({
    id: z.string(),
    assessment: z.object({ id: z.string(), version: z.string() }),
    candidate: z.string().nullable(),
    source: z.object({ kind: z.enum(['upload', 'git']), name: z.string() }),
    createdAt: time,
    run: z.object({
      id: z.string(),
      state: z.enum(RUN_STATES),
      attempts: z.int(),
      score: z
        .number()
        .nullable()
        .meta({ description: '0 to 100; null while there is none, or when nothing could be measured.' }),
      verdict: verdictSchema.nullable(),
      startedAt: time.nullable(),
      finishedAt: time.nullable(),
      progress: z
        .object({
          stage: z.enum(STAGES).nullable(),
          checksFinished: z.int(),
          checksTotal: z.int().nullable(),
        })
        .optional()
        .meta({ description: 'Only for one submission, and only while it runs.' }),
    }),
    links: z.object({ self: z.string(), events: z.string(), scorecard: z.string() }),
  })
  .meta({ id: 'Submission' });
export type SubmissionResource = z.output<typeof submissionSchema>;

export const SUBMISSIONS = '/api/v1/submissions';

export function toResource({ submission, run }: SubmissionView): SubmissionResource {
  const self = `${SUBMISSIONS}/${submission.id}`;
  return {
    id: submission.id,
    assessment: { id: submission.assessment_id, version: submission.assessment_version },
    candidate: submission.candidate,
    source: { kind: submission.source_kind, name: submission.source },
    createdAt: submission.created_at.toISOString(),
    run: {
      id: run.id,
      state: run.state,
      attempts: run.attempts,
      score: run.score,
      verdict: run.verdict,
      startedAt: run.started_at?.toISOString() ?? null,
      finishedAt: run.finished_at?.toISOString() ?? null,
    },
    links: { self, events: `${self}/events`, scorecard: `${self}/scorecard` },
  };
}
