import type { CheckMeta, Finding } from '../../assessments/kit/index.js';
import type { Scorecard, ScorecardCheck } from '../../assessments/kit/schema/scorecard.js';
import { scoreRun, type Policy, type RunRecord } from '../scoring/index.js';
import type { OVERRIDE_OUTCOMES } from '../store/schema-review.js';

/** A person's word against a check's. */
export interface Override {
  readonly check: string;
  readonly outcome: (typeof OVERRIDE_OUTCOMES)[number];
  readonly reason: string;
  readonly by: string;
}

const FRACTION = { pass: 1, fail: 0, notApplicable: null } as const;

/**
 * The scorecard of a run with what people have overridden: the record stays what was measured, and the scorecard says at
 * each place, and in a note, that somebody thought otherwise and why. An override of a check that is no more is left out.
 * @throws ScoringError as scoreRun does
 */
export function judge(record: RunRecord, overrides: readonly Override[], policy: Policy): Scorecard {
  const byCheck = new Map(overrides.map((override) => [override.check, override]));
  const applied: Override[] = [];
  const findings = record.findings.map((finding) => {
    const override = byCheck.get(finding.checkId);
    if (!override) return finding;
    applied.push(override);
    return overridden(finding, override);
  });
  const notes = applied.map(({ check, outcome, reason, by }) => ({
    code: 'overridden',
    message: `${by} set the check ${check} to ${outcome}: ${reason}`,
  }));
  return scoreRun({ ...record, findings, notes: [...record.notes, ...notes] }, policy);
}

const overridden = (finding: Finding, { outcome, reason, by }: Override): Finding => ({
  ...finding,
  outcome,
  fraction: FRACTION[outcome],
  message: `Set to ${outcome} by ${by}: ${reason} Measured was ${finding.outcome}: ${finding.message}`,
});

/** What a scorecard was judged by: it says so itself, so that it can be judged again in the same way. */
export function policyOf({ assessment, policy, checks }: Scorecard): Policy {
  return {
    spec: { ...assessment, levelBars: policy.levelBars, topicWeights: policy.topicWeights as Weights },
    checks: checks.map(metaOf),
  };
}

type Weights = Policy['spec']['topicWeights'];

/** What a check was, as its scorecard tells it. */
export const metaOf = ({ publicTitle, maxPoints, ...check }: ScorecardCheck): CheckMeta => ({
  id: check.id,
  title: check.title,
  ...(publicTitle === null ? {} : { publicTitle }),
  topic: check.topic,
  practice: check.practice,
  level: check.level,
  dimension: check.dimension,
  points: maxPoints,
  why: check.why,
  remedy: check.remedy,
  questions: check.questions,
});
