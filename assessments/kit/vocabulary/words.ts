/** The closed vocabularies of the product, as data; the types follow from the lists. */

export const LEVELS = ['junior', 'mid', 'senior'] as const;
/** The least experience at which a practice is expected. */
export type Level = (typeof LEVELS)[number];

export const DIMENSIONS = ['correctness', 'security', 'performance', 'testing'] as const;
/** The second axis of a scorecard, across topics. */
export type Dimension = (typeof DIMENSIONS)[number];

export const OUTCOMES = ['pass', 'fail', 'partial', 'notApplicable', 'inconclusive', 'error'] as const;
/**
 * What became of a check. `error` is our own fault and `inconclusive` the machine's: neither costs the candidate
 * a point, because both leave the check unmeasured. `notApplicable` takes the check out of the sum.
 */
export type Outcome = (typeof OUTCOMES)[number];

export const STATUSES = ['graded', 'notGraded', 'rejected'] as const;
/** How a run ended: with a score, without one through our fault, or refused before anything ran. */
export type RunStatus = (typeof STATUSES)[number];

export const STAGES = [
  'intake',
  'install',
  'boot',
  'correctness',
  'security',
  'testing',
  'performance',
  'score',
  'report',
] as const;
/** The stages of a run, in order. */
export type StageName = (typeof STAGES)[number];
