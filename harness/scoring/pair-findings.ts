import type { CheckMeta, Finding } from '../../assessments/kit/index.js';
import { findingSchema } from '../../assessments/kit/schema/finding.js';
import { ScoringError } from './errors.js';
import { round } from './round.js';

/** A declared check with what came of it. */
export interface ScoredCheck {
  readonly meta: CheckMeta;
  readonly finding: Finding;
  /** Points earned, two decimals; null where the outcome leaves the check unmeasured or out of the sum. */
  readonly points: number | null;
}

/**
 * Puts each declared check together with its finding, in declared order, whatever the order of the findings.
 * @throws ScoringError when the two are not the same set, or a finding contradicts itself (a fraction of NaN, a pass of 0.5).
 */
export function pairFindings(findings: readonly Finding[], checks: readonly CheckMeta[]): ScoredCheck[] {
  const byId = new Map(findings.map((finding) => [finding.checkId, finding]));
  const declared = new Set(checks.map((check) => check.id));
  refuse('reported twice', duplicates(findings.map((finding) => finding.checkId)));
  refuse('declared twice', duplicates(checks.map((check) => check.id)));
  refuse(
    'reported but not declared',
    [...byId.keys()].filter((id) => !declared.has(id)),
  );
  refuse(
    'declared but not reported',
    [...declared].filter((id) => !byId.has(id)),
  );
  return checks.map((meta) => score(meta, byId.get(meta.id) as Finding));
}

function score(meta: CheckMeta, finding: Finding): ScoredCheck {
  const fault = findingSchema.safeParse(finding).error?.issues[0];
  if (fault) {
    const where = fault.path.join('.') || 'outcome';
    throw new ScoringError(
      'internal',
      `the finding of "${meta.id}" cannot be judged: ${where}: ${fault.message}`,
    );
  }
  if (!(meta.points > 0 && Number.isFinite(meta.points))) {
    throw new ScoringError(
      'internal',
      `"${meta.id}" is declared with ${meta.points} points; it needs more than 0`,
    );
  }
  return {
    meta,
    finding,
    points: finding.fraction === null ? null : round(finding.fraction * meta.points, 2),
  };
}

function duplicates(ids: readonly string[]): string[] {
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}

function refuse(what: string, ids: readonly string[]): void {
  if (ids.length > 0)
    throw new ScoringError('findingsIncomplete', `checks ${what}: ${ids.slice(0, 5).join(', ')}`);
}
