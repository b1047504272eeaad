import type { Level } from '../../assessments/kit/index.js';
import { LEVELS } from '../../assessments/kit/index.js';
import type { Step } from './ladder.js';
import type { ScoredCheck } from './pair-findings.js';

const NAMED = 3;

/**
 * The level of a topic in words for somebody who reads no code: which bar was met or missed, by how many points, and which
 * checks cost most.
 */
export function reasonFor(
  reached: Level | 'below' | null,
  steps: readonly Step[],
  checks: readonly ScoredCheck[],
): string {
  const top = steps.find((step) => step.level === reached);
  const missed = steps.find((step) => step.state === 'missed');
  return [
    top && `${capital(top.level)}: ${pointsOf(top)}.`,
    missed &&
      `${reached === 'below' ? 'Below' : 'Not'} ${missed.level}: ${pointsOf(missed)}; ${shortfall(missed, checks)}.`,
    ...steps.filter((step) => step.state === 'unmeasured').map(notJudged),
    !missed && absentAbove(steps),
    leftOut(checks),
  ]
    .filter(Boolean)
    .join(' ');
}

/** Why a topic has neither score nor level. */
export function reasonUnmeasured(checks: readonly ScoredCheck[]): string {
  const applicable = checks.filter((check) => check.finding.outcome !== 'notApplicable');
  if (applicable.length === 0) return 'Not measured: no check of this topic applies to this submission.';
  const without = applicable.filter((check) => check.points === null).length;
  return (
    `Not measured: ${without} of ${plural(applicable.length, 'check')} ended without a result, through no doing of the ` +
    'candidate. Under half of the points have one, which is too little to judge by.'
  );
}

function pointsOf(step: Step): string {
  return `${number(step.earned)} of ${plural(number(step.of), 'point')}, bar ${number(step.bar * 100)} %`;
}

/** Names the checks up to that level which cost most. */
function shortfall(step: Step, checks: readonly ScoredCheck[]): string {
  const rank = LEVELS.indexOf(step.level);
  const lost = checks
    .filter((check) => LEVELS.indexOf(check.meta.level) <= rank && lostPoints(check) > 0)
    .sort((a, b) => lostPoints(b) - lostPoints(a));
  const failed = lost
    .slice(0, NAMED)
    .map(
      (check) =>
        `"${check.meta.title}" ${check.finding.outcome === 'partial' ? 'was met in part' : 'failed'}`,
    );
  if (lost.length > NAMED) failed.push(`${lost.length - NAMED} more`);
  return list(failed);
}

function lostPoints({ meta, points }: ScoredCheck): number {
  return points === null ? 0 : meta.points - points;
}

function notJudged(step: Step): string {
  return `${capital(step.level)} could not be judged: too few of its checks have a result.`;
}

function absentAbove(steps: readonly Step[]): string | null {
  const highest = LEVELS.indexOf(steps.at(-1)?.level ?? 'senior');
  const absent = LEVELS.slice(highest + 1);
  return absent.length > 0 ? `This topic has no ${list(absent)} checks here.` : null;
}

function leftOut(checks: readonly ScoredCheck[]): string | null {
  const count = checks.filter(
    ({ finding, points }) => points === null && finding.outcome !== 'notApplicable',
  ).length;
  if (count === 0) return null;
  return `${plural(count, 'check')} without a result, through no doing of the candidate, ${count === 1 ? 'is' : 'are'} left out.`;
}

function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

function plural(count: number | string, word: string): string {
  return `${count} ${word}${Number(count) === 1 ? '' : 's'}`;
}

function number(value: number): string {
  return String(Number(value.toFixed(2)));
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
