import type { AssessmentSpec, Pack, TopicId } from '../../../assessments/kit/index.js';
import { LEVELS, TOPICS } from '../../../assessments/kit/index.js';
import { LEVEL_WORDS, plural } from '../../../reports/text/words.js';

/** `3 to 4 hours`. */
export function hours([from, to]: AssessmentSpec['timeBudgetHours']): string {
  return from === to ? plural(to, 'hour') : `${from} to ${plural(to, 'hour')}`;
}

export interface TopicTag {
  readonly id: TopicId;
  readonly name: string;
  /** Of the total, such as `27 %`. */
  readonly weight: string;
  readonly main: boolean;
}

/** The topics an assessment measures, heaviest first. */
export function topicTags({ topicWeights, mainTopic }: AssessmentSpec): TopicTag[] {
  const weights = Object.entries(topicWeights) as [TopicId, number][];
  const sum = weights.reduce((all, [, weight]) => all + weight, 0);
  return weights
    .sort(([, a], [, b]) => b - a)
    .map(([id, weight]) => ({
      id,
      name: TOPICS[id].name,
      weight: `${Math.round((100 * weight) / sum)} %`,
      main: id === mainTopic,
    }));
}

/** How many checks there are of each level, least experience first. */
export const checksByLevel = (
  checks: Pack['checks'],
): readonly { readonly word: string; readonly count: number }[] =>
  LEVELS.map((level) => ({
    word: LEVEL_WORDS[level],
    count: checks.filter((check) => check.level === level).length,
  }));
