import type { AssessmentSpec, CheckMeta, Finding, Verdict } from '../../assessments/kit/index.js';
import type { Performance } from '../../assessments/kit/schema/performance.js';
import type { Provenance, Scorecard } from '../../assessments/kit/schema/scorecard.js';

/** The result of running, before any judgement: all that is stored, and all that scoring may look at. */
export interface RunRecord {
  readonly status: Scorecard['status'];
  readonly verdict: Verdict | null;
  readonly submission: Scorecard['submission'];
  readonly findings: readonly Finding[];
  readonly notes: Scorecard['notes'];
  readonly performance: Performance | null;
  /** Absent where nothing ran, and in older records. */
  readonly resources?: readonly NonNullable<Scorecard['resources']>[number][];
  readonly timings: Readonly<Record<string, number>>;
  readonly provenance: Provenance;
}

/** What decides points: the assessment's weights and bars, and its checks. */
export interface Policy {
  readonly spec: Pick<AssessmentSpec, 'id' | 'version' | 'title' | 'levelBars' | 'topicWeights'>;
  readonly checks: readonly CheckMeta[];
}

/**
 * Findings and policy to a scorecard. Pure.
 * @throws ScoringError, whose `code` is the verdict: findings and declared checks are not the same set, or cannot be judged.
 */
export type ScoreRun = (record: RunRecord, policy: Policy) => Scorecard;
