import type { Level, Outcome } from '../../assessments/kit/index.js';
import { LEVELS } from '../../assessments/kit/index.js';
import type { ScorecardCheck, ScorecardTopic } from '../../assessments/kit/schema/scorecard.js';

/** The words and figures that every report uses alike. */

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  pass: 'Passed',
  fail: 'Failed',
  partial: 'In part',
  notApplicable: 'Not applicable',
  inconclusive: 'Inconclusive',
  error: 'Not measured',
};

/** Worst first: the order in which outcomes are listed. */
export const OUTCOME_ORDER: readonly Outcome[] = [
  'fail',
  'partial',
  'error',
  'inconclusive',
  'pass',
  'notApplicable',
];

export const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  junior: 'Junior',
  mid: 'Mid',
  senior: 'Senior',
};

export function levelWord(level: ScorecardTopic['level']): string {
  if (level === null) return 'Not measured';
  return level === 'below' ? 'Below the bar' : LEVEL_WORDS[level];
}

/** The level of a topic where its reason has no room; whoever has reached all that is asked here is not short of anything. */
export function levelAsked(topic: ScorecardTopic, checks: readonly ScorecardCheck[]): string {
  const word = levelWord(topic.level);
  if (topic.level === null || topic.level === 'below' || topic.level === LEVELS.at(-1)) return word;
  const reached = LEVELS.indexOf(topic.level);
  const more = checks.some((check) => check.topic === topic.id && LEVELS.indexOf(check.level) > reached);
  return more ? word : `${word}, the highest asked here`;
}

/** `3 checks`, `1 check`. */
export function plural(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
}

/** `a, b and c`. */
export function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** At most `decimals` decimals, thousands grouped. */
export function figure(value: number, decimals = 2): string {
  return value.toLocaleString('en', { maximumFractionDigits: decimals });
}

/** A score as shown everywhere: one decimal, or a dash where there is none. */
export function scoreWord(score: number | null): string {
  return score === null ? '–' : score.toFixed(1);
}

/** `412 ms`, `8.4 s`, `2 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${figure(ms, ms < 10 ? 1 : 0)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `2 of 3`, or `– of 3` without a result. */
export function pointsWord(points: number | null, maxPoints: number): string {
  return `${points === null ? '–' : figure(points)} of ${figure(maxPoints)}`;
}

/** `22 Nov 2026, 09:15 UTC`; the text as it is when it is no date. */
export function moment(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const [, day, month, year] = date.toUTCString().split(' ');
  return `${Number(day)} ${month} ${year}, ${date.toISOString().slice(11, 16)} UTC`;
}
