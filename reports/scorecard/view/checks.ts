import type { Scorecard, ScorecardCheck } from '../../../assessments/kit/schema/scorecard.js';
import { isUnmeasured, lostPoints, worstFirst } from '../../text/counts.js';
import { seen } from '../../text/seen.js';
import { clip, oneLine } from '../../text/visible.js';
import { LEVEL_WORDS, OUTCOME_WORDS, duration, plural, pointsWord } from '../../text/words.js';
import { checkAnchor } from './anchors.js';
import { shareBudget } from './budget.js';
import type { ShownEvidence } from './evidence.js';
import { showEvidence } from './evidence.js';
import { practiceTitle } from './highlights.js';
import type { LevelView } from './levels.js';
import { levelViews } from './levels.js';

/** `check`: with everything. `check-linked`: without evidence, by a template of the platform that leads to it. */
export type CheckPartial = 'check' | 'check-linked';

export interface CheckView {
  /** Name of the template that draws it. */
  readonly partial: CheckPartial;
  readonly id: string;
  readonly anchor: string;
  readonly title: string;
  readonly topic: string;
  readonly practice: string;
  readonly outcome: ScorecardCheck['outcome'];
  readonly outcomeWord: string;
  readonly level: ScorecardCheck['level'];
  readonly levelWord: string;
  readonly dimension: ScorecardCheck['dimension'];
  readonly points: string;
  readonly took: string;
  readonly message: string;
  /** As much of the message as a list has room for; null where all is well. */
  readonly brief: string | null;
  /** Expected against observed, as far as the check says. */
  readonly versus: readonly { readonly name: string; readonly value: string }[];
  readonly evidence: ShownEvidence;
  readonly why: string;
  readonly remedy: string;
  /** Shown where there is something to look into: the command that runs this assessment again. */
  readonly reproduce: string | null;
}

export interface TopicSection extends LevelView {
  readonly counts: string;
  readonly checks: readonly CheckView[];
}

export interface ChecksView {
  readonly topics: readonly TopicSection[];
  /** Without a result through no doing of the candidate: kept apart from the topics. */
  readonly unmeasured: readonly CheckView[];
  readonly facets: readonly Facet[];
}

/** One row of filter chips. */
export interface Facet {
  readonly name: 'outcome' | 'topic' | 'level' | 'dimension';
  readonly legend: string;
  readonly values: readonly { readonly value: string; readonly word: string }[];
}

export function checksView(card: Scorecard, partial: CheckPartial): ChecksView {
  const budgetOf = shareBudget(card.checks);
  const show = (check: ScorecardCheck) => {
    const evidence = partial === 'check' ? showEvidence(check, budgetOf(check)) : NO_EVIDENCE;
    return checkView(check, { partial, evidence, reproduce: reproduceCommand(card) });
  };
  const measured = card.checks.filter((check) => !isUnmeasured(check));
  return {
    topics: levelViews(card).map((topic) => {
      const own = measured.filter((check) => check.topic === topic.id);
      const apart = card.checks.filter((check) => check.topic === topic.id).length - own.length;
      const passed = own.filter((check) => check.outcome === 'pass').length;
      const counts = `${passed} of ${plural(own.length, 'check')} passed`;
      return {
        ...topic,
        counts: apart === 0 ? counts : `${counts}, ${apart} not measured`,
        checks: [...own].sort(worstFirst).map(show),
      };
    }),
    unmeasured: card.checks.filter(isUnmeasured).map(show),
    facets: facets(card),
  };
}

/** Runs everything again, on the same archive. The path is the reader's to fill in: the recorded source is a stranger's text. */
export function reproduceCommand({ assessment }: Scorecard): string {
  return `npm run -s assayer -- grade ./submission --assessment ${assessment.id.replace(/[^A-Za-z0-9_.-]/g, '')} --out ./result`;
}

/** One check with all of its evidence that there is room for; null when the scorecard has none of that id. */
export function oneCheck(card: Scorecard, id: string): CheckView | null {
  const check = card.checks.find((one) => one.id === id);
  if (!check) return null;
  const evidence = showEvidence(check, shareBudget([check])(check));
  return checkView(check, { partial: 'check', evidence, reproduce: reproduceCommand(card) });
}

const NO_EVIDENCE: ShownEvidence = { pieces: [], rest: null };

function checkView(
  check: ScorecardCheck,
  { partial, evidence, reproduce }: Pick<CheckView, 'partial' | 'evidence'> & { readonly reproduce: string },
): CheckView {
  const { id, outcome, level, dimension, topic } = check;
  return {
    partial,
    id: oneLine(id, 80),
    anchor: checkAnchor(id),
    title: oneLine(check.title),
    topic,
    practice: `${oneLine(check.practice, 10)} ${practiceTitle(check)}`,
    outcome,
    outcomeWord: OUTCOME_WORDS[outcome],
    level,
    levelWord: LEVEL_WORDS[level],
    dimension,
    points: pointsWord(check.points, check.maxPoints),
    took: duration(check.durationMs),
    message: oneLine(check.message, 1200),
    brief: outcome === 'pass' ? null : clip(seen(check), 120),
    versus: versus(check),
    evidence,
    why: oneLine(check.why, 600),
    remedy: oneLine(check.remedy, 600),
    reproduce: lostPoints(check) > 0 || isUnmeasured(check) ? reproduce : null,
  };
}

function versus({ expected, observed }: ScorecardCheck): CheckView['versus'] {
  return [
    { name: 'Expected', value: expected },
    { name: 'Observed', value: observed },
  ].flatMap(({ name, value }) => (value === null ? [] : [{ name, value: oneLine(value, 1200) }]));
}

function facets({ checks, topics }: Scorecard): Facet[] {
  const distinct = <T extends string>(values: readonly T[]) => [...new Set(values)];
  const plain = (value: string) => ({ value, word: value.charAt(0).toUpperCase() + value.slice(1) });
  const sorted = [...checks].sort(worstFirst);
  return [
    {
      name: 'outcome',
      legend: 'Outcome',
      values: distinct(sorted.map((check) => check.outcome)).map((value) => ({
        value,
        word: OUTCOME_WORDS[value],
      })),
    },
    {
      name: 'level',
      legend: 'Level',
      values: (['junior', 'mid', 'senior'] as const)
        .filter((level) => checks.some((check) => check.level === level))
        .map(plain),
    },
    {
      name: 'dimension',
      legend: 'Dimension',
      values: distinct(checks.map((check) => check.dimension)).map(plain),
    },
    { name: 'topic', legend: 'Topic', values: topics.map(({ id }) => ({ value: id, word: id })) },
  ];
}
