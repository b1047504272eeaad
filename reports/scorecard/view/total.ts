import type { Outcome } from '../../../assessments/kit/index.js';
import { DIMENSIONS, LEVELS } from '../../../assessments/kit/index.js';
import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import { countOutcomes, isUnmeasured } from '../../text/counts.js';
import { LEVEL_WORDS, OUTCOME_WORDS, list, plural, scoreWord } from '../../text/words.js';
import type { Gauge } from '../charts/gauge.js';
import { gauge } from '../charts/gauge.js';
import { percent } from '../charts/percent.js';

export interface TotalView {
  readonly graded: boolean;
  readonly score: string;
  readonly gauge: Gauge;
  /** In words what a screen reader says for the ring. */
  readonly label: string;
  /** What is uncertain about the total; null when everything was measured. */
  readonly uncertainty: string | null;
  readonly sentence: string;
  readonly counts: readonly { readonly outcome: Outcome; readonly count: number; readonly word: string }[];
  readonly dimensions: readonly {
    readonly name: string;
    readonly score: string;
    readonly width: string | null;
  }[];
}

export function totalView(card: Scorecard): TotalView {
  const { score, range } = card.overall;
  const count = countOutcomes(card.checks);
  return {
    graded: card.status === 'graded',
    score: scoreWord(score),
    gauge: gauge(score, range),
    label: score === null ? 'No total score' : `Total score ${scoreWord(score)} of 100`,
    uncertainty: uncertainty(card),
    sentence: sentence(card, count.pass),
    counts: (['pass', 'partial', 'fail', 'inconclusive', 'error', 'notApplicable'] as const)
      .map((outcome) => ({ outcome, count: count[outcome], word: OUTCOME_WORDS[outcome].toLowerCase() }))
      .filter((item) => item.count > 0),
    dimensions: DIMENSIONS.filter((name) => card.checks.some((check) => check.dimension === name)).map(
      (name) => {
        const own = card.dimensions[name].score;
        return {
          name: name.charAt(0).toUpperCase() + name.slice(1),
          score: scoreWord(own),
          width: own === null ? null : percent(own / 100),
        };
      },
    ),
  };
}

function uncertainty({ overall, checks, topics, status }: Scorecard): string | null {
  const unmeasured = checks.filter(isUnmeasured).length;
  if (status !== 'graded' || unmeasured === 0) return null;
  const counted = `${plural(unmeasured, 'check')} could not be measured, through no doing of the candidate`;
  if (overall.score === null || overall.range === null) return `No total: ${counted}.`;
  const without = topics.filter((topic) => topic.score === null).map((topic) => topic.id);
  const span = `The total lies between ${scoreWord(overall.range.low)} and ${scoreWord(overall.range.high)}: ${counted}.`;
  return without.length === 0
    ? span
    : `${span} ${list(without)} ${without.length === 1 ? 'is' : 'are'} not part of it.`;
}

/** `Senior level in 1 topic, mid in 4 and junior in 2. 31 of 43 checks passed.` */
function sentence({ topics, checks, status }: Scorecard, passed: number): string {
  if (status !== 'graded') return '';
  const at = [...LEVELS].reverse().map((level) => ({
    word: LEVEL_WORDS[level].toLowerCase(),
    n: topics.filter((topic) => topic.level === level).length,
  }));
  const below = topics.filter((topic) => topic.level === 'below').length;
  const parts = [...at, { word: 'below the bar', n: below }]
    .filter((part) => part.n > 0)
    .map((part) => `${part.word} in ${plural(part.n, 'topic')}`);
  const levels = parts.length === 0 ? 'No level could be told' : list(parts);
  return `${levels.charAt(0).toUpperCase()}${levels.slice(1)}. ${passed} of ${plural(checks.length, 'check')} passed.`;
}
