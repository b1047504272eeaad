import type { Verdict } from '../../assessments/kit/index.js';
import { VERDICT_CODES } from '../../assessments/kit/index.js';
import type { Scorecard, ScorecardCheck, ScorecardTopic } from '../../assessments/kit/schema/scorecard.js';
import { SCORECARD_SCHEMA_VERSION, scorecardSchema } from '../../assessments/kit/schema/scorecard.js';
import { ScoringError } from './errors.js';
import { scoreDimensions, scoreOverall, scoreTopics } from './groups.js';
import type { ScoredCheck } from './pair-findings.js';
import { pairFindings } from './pair-findings.js';
import type { RunRecord, ScoreRun } from './types.js';

/**
 * Findings and policy to a scorecard. Points are the fraction of a check's points, scores are points earned over points
 * measured (0 to 100, one decimal, rounded half up), the total is the mean of the topics by their weights. Null is never
 * zero; `isMeasured` says when something has no score. Only a graded run has scores, whatever its findings say.
 * @throws ScoringError for whatever cannot be judged; what comes back always fits the schema of scorecard.json.
 */
export const scoreRun: ScoreRun = (record, policy) => {
  refuseContradiction(record);
  const checks = pairFindings(record.findings, policy.checks);
  const judged = checks.map((check) => (record.status === 'graded' ? check : { ...check, points: null }));
  const { id, version, title, topicWeights, levelBars } = policy.spec;
  return fitting({
    schemaVersion: SCORECARD_SCHEMA_VERSION,
    status: record.status,
    verdict: record.verdict,
    assessment: { id, version, title },
    submission: record.submission,
    overall: scoreOverall(judged, policy),
    topics: scoreTopics(judged, policy).map((topic) => withVerdict(topic, record)),
    dimensions: scoreDimensions(judged),
    checks: judged.map(scorecardCheck),
    notes: record.notes,
    performance: record.performance,
    resources: record.resources,
    timings: record.timings,
    policy: { topicWeights, levelBars },
    provenance: record.provenance,
  });
};

const KIND_OF_STATUS = { graded: 'candidate', notGraded: 'ours', rejected: 'refused' } as const;

function refuseContradiction({ status, verdict }: RunRecord): void {
  const kind = verdict && VERDICT_CODES[verdict.code];
  if (kind === KIND_OF_STATUS[status] || (status === 'graded' && kind === null)) return;
  throw new ScoringError(
    'internal',
    `a run that is ${status} cannot have the verdict ${verdict?.code ?? 'none'}`,
  );
}

/** A level is explained by what stopped the submission before it is explained by points. */
function withVerdict(topic: ScorecardTopic, { status, verdict }: RunRecord): ScorecardTopic {
  switch (status) {
    case 'graded':
      return verdict ? { ...topic, reason: endedEarly(topic, verdict) } : topic;
    case 'notGraded':
      return {
        ...topic,
        reason: 'Not graded through a fault of the platform; nothing was held against the candidate.',
      };
    case 'rejected':
      return { ...topic, reason: 'The submission was refused before anything ran.' };
  }
}

/** Where nothing was earned, naming the checks that were never asked would explain nothing. */
function endedEarly({ score, reason }: ScorecardTopic, { stage }: Verdict): string {
  const early = `The submission ended early, in the ${stage} stage`;
  return score === 0 ? `${early}; nothing in this topic earned a point.` : `${early}. ${reason}`;
}

function scorecardCheck({ meta, finding, points }: ScoredCheck): ScorecardCheck {
  const { checkId: _, fraction: __, evidence, ...found } = finding;
  const { id, title, topic, practice, level, dimension, why, remedy, questions } = meta;
  return {
    id,
    title,
    publicTitle: meta.publicTitle ?? null,
    topic,
    practice,
    level,
    dimension,
    points,
    maxPoints: meta.points,
    ...found,
    evidence: evidence as ScorecardCheck['evidence'],
    why,
    remedy,
    questions: [...questions],
  };
}

function fitting(card: Readonly<Record<keyof Scorecard, unknown>>): Scorecard {
  const result = scorecardSchema.safeParse(card);
  if (result.success) return result.data;
  const fault = result.error.issues[0];
  throw new ScoringError(
    'internal',
    `the scorecard does not fit its schema: ${fault?.path.join('.')}: ${fault?.message}`,
  );
}
