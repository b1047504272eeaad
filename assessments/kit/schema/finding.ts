import { z } from 'zod';
import type { Finding } from '../contracts/finding.js';
import { OUTCOMES } from '../vocabulary/words.js';
import { evidenceSchema } from './evidence.js';

/** The shape of `Finding`. A fraction outside 0 to 1, or one on an unmeasured outcome, is our fault and refused here. */
export const findingSchema = z
  .strictObject({
    checkId: z.string(),
    outcome: z.enum(OUTCOMES),
    fraction: z.number().min(0).max(1).nullable(),
    message: z.string().max(4000),
    expected: z.string().max(2000).nullable(),
    observed: z.string().max(2000).nullable(),
    evidence: z.array(evidenceSchema).max(40),
    durationMs: z.number().nonnegative(),
  })
  .refine(consistent, 'the fraction does not fit the outcome') satisfies z.ZodType<Finding>;

function consistent(finding: { outcome: Finding['outcome']; fraction: number | null }): boolean {
  switch (finding.outcome) {
    case 'pass':
      return finding.fraction === 1;
    case 'fail':
      return finding.fraction === 0;
    case 'partial':
      return finding.fraction !== null && finding.fraction > 0 && finding.fraction < 1;
    case 'notApplicable':
    case 'inconclusive':
    case 'error':
      return finding.fraction === null;
  }
}
