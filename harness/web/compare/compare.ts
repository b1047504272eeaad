import type { Outcome } from '../../../assessments/kit/index.js';
import { DIMENSIONS } from '../../../assessments/kit/index.js';
import { oneLine } from '../../../reports/text/visible.js';
import { candidateName } from '../../../reports/text/who.js';
import { LEVEL_WORDS, OUTCOME_WORDS, figure, levelWord, scoreWord } from '../../../reports/text/words.js';
import type { Compared, SeveralCompared } from '../../api/compared.js';
import { checksApart, noiseOf, rank, standingWords } from '../../review/comparison.js';
import type { Standing } from '../../store/standing.js';
import { definePage } from '../frame/page.js';

interface Cell {
  readonly text: string;
  readonly sub: string | null;
  readonly width: string | null;
}

export interface CompareView {
  readonly assessment: string;
  readonly version: string;
  /** How small a difference counts as none, in points of 100. */
  readonly noise: string;
  readonly csv: string;
  readonly people: readonly {
    readonly id: string;
    readonly who: string;
    readonly rank: string;
    readonly score: string;
    readonly width: string | null;
    readonly range: string | null;
    /** Among all of this version of the assessment; null where they are too few. */
    readonly standing: string | null;
  }[];
  readonly groups: readonly {
    readonly heading: string;
    readonly rows: readonly { readonly name: string; readonly id: string; readonly cells: readonly Cell[] }[];
  }[];
  /** Checks that did not end alike, heaviest first. */
  readonly differences: readonly {
    readonly title: string;
    readonly meta: string;
    readonly cells: readonly { readonly icon: Outcome; readonly word: string; readonly href: string }[];
  }[];
  readonly alike: number;
}

/** At least two scorecards of one version of one assessment, in any order; `standing` tells of all that there are. */
export function compareView(compared: SeveralCompared, standing: Standing): CompareView {
  const first = compared[0].card;
  const noise = noiseOf(first);
  const ranked = rank(compared, ({ card }) => card.overall, noise);
  const people = ranked.map(({ item }) => item);
  const differences = differencesOf(people);
  return {
    assessment: oneLine(first.assessment.title),
    version: oneLine(first.assessment.version),
    noise: figure(noise, 1),
    csv: `/compare.csv?${people.map(({ id }) => `submission=${id}`).join('&')}`,
    people: ranked.map(({ item: { id, card }, rank: place, tied }) => ({
      id,
      standing: standingWords(card.overall.score, standing),
      who: candidateName(card.submission.candidate, card.submission.digest),
      rank: place === null ? 'No score' : tied ? `Tied at ${place}` : `Place ${place}`,
      score: scoreWord(card.overall.score),
      width: widthOf(card.overall.score),
      range:
        card.overall.range === null || card.overall.notMeasured.length === 0
          ? null
          : `${scoreWord(card.overall.range.low)} to ${scoreWord(card.overall.range.high)}`,
    })),
    groups: [
      { heading: 'Level and score by topic', rows: topicRows(people) },
      { heading: 'Score by dimension', rows: dimensionRows(people) },
    ],
    differences,
    alike: first.checks.length - differences.length,
  };
}

const widthOf = (score: number | null): string | null => (score === null ? null : `${score}%`);

function topicRows(people: readonly Compared[]): CompareView['groups'][number]['rows'] {
  const topics = people[0]?.card.topics ?? [];
  return topics.map(({ id, name }) => ({
    id,
    name: oneLine(name),
    cells: people.map(({ card }) => {
      const topic = card.topics.find((one) => one.id === id);
      const score = topic?.score ?? null;
      return { text: scoreWord(score), sub: levelWord(topic?.level ?? null), width: widthOf(score) };
    }),
  }));
}

function dimensionRows(people: readonly Compared[]): CompareView['groups'][number]['rows'] {
  const checks = people[0]?.card.checks ?? [];
  return DIMENSIONS.filter((name) => checks.some((check) => check.dimension === name)).map((name) => ({
    id: '',
    name: name.charAt(0).toUpperCase() + name.slice(1),
    cells: people.map(({ card }) => {
      const { score } = card.dimensions[name];
      return { text: scoreWord(score), sub: null, width: widthOf(score) };
    }),
  }));
}

const differencesOf = (people: readonly Compared[]): CompareView['differences'] =>
  checksApart(people).map(({ check: { id, title, topic, level, maxPoints }, outcomes }) => ({
    title: oneLine(title),
    meta: `${topic} · ${LEVEL_WORDS[level]} · ${figure(maxPoints)} points`,
    cells: outcomes.map(({ submission, outcome }) => ({
      icon: outcome,
      word: OUTCOME_WORDS[outcome],
      href: `/submissions/${submission}/checks/${id}`,
    })),
  }));

export const comparePage = definePage<CompareView>('compare', { section: 'compare' });

/** What can be compared, and why what was asked for cannot be. */
export interface ChooseView {
  readonly problem: string | null;
  readonly assessments: readonly { readonly title: string; readonly href: string; readonly graded: string }[];
}

export const choosePage = definePage<ChooseView>('choose', { section: 'compare' });
