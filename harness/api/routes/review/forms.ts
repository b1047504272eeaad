import { z } from 'zod';
import { DECISIONS, OVERRIDE_OUTCOMES, REVEALS } from '../../../store/schema-review.js';
import { id, text } from '../../routing/validate.js';

/** What people send about candidates and submissions: the same fields in JSON and in the forms of the pages. */

const words = text(10_000);
const reason = text(2000).min(3, 'has at least three characters');
const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

export const inviteForm = z.object({
  assessment: z.string().min(1).max(100),
  candidate: text(200).min(1),
  deadline: z.iso.datetime({ offset: true }).transform((moment) => new Date(moment)),
  extraMinutes: whole(0, 525_600).default(0),
  maxSubmissions: whole(1, 50).default(3),
  reveal: z.enum(REVEALS).default('whenDecided'),
});

export const inviteChange = inviteForm
  .omit({ assessment: true, candidate: true })
  .extend({ extraMinutes: whole(0, 525_600), maxSubmissions: whole(1, 50), reveal: z.enum(REVEALS) })
  .partial();

export const noteForm = z.object({
  note: words.default(''),
  rating: whole(1, 4).nullable().default(null),
});

export const decisionForm = z.object({ verdict: z.enum(DECISIONS), reason });

export const overrideForm = z.object({
  check: id,
  outcome: z.enum(OVERRIDE_OUTCOMES).nullable(),
  reason,
});

export const answerForm = z.object({ upheld: z.boolean(), words: words.min(1) });

export const shareForm = z.object({
  audience: z.enum(['team', 'candidate']).default('candidate'),
  days: whole(1, 90).default(14),
});

export const regradeForm = z.object({
  kind: z.enum(['rescore', 'rerun']),
  assessment: z.string().min(1).max(100),
  submissions: z.array(id).min(1).max(1000).optional(),
  stale: z.boolean().optional(),
  scoreFrom: z.number().min(0).max(100).optional(),
  scoreTo: z.number().min(0).max(100).optional(),
  bar: z.coerce.number().min(0).max(100).default(70),
  reason,
});

export const closeForm = z.object({ reason });

export const policyForm = z.object({
  blindReview: z.boolean(),
  /** Days; null keeps submissions for good. */
  keepDays: whole(1, 3650).nullable(),
});
