import type { Level } from '../../../assessments/kit/index.js';
import { LEVELS } from '../../../assessments/kit/index.js';
import type { Scorecard, ScorecardTopic } from '../../../assessments/kit/schema/scorecard.js';
import { oneLine } from '../../text/visible.js';
import { LEVEL_WORDS, levelWord, scoreWord } from '../../text/words.js';
import { percent } from '../charts/percent.js';
import { topicAnchor } from './anchors.js';

export interface LevelView {
  readonly id: string;
  readonly name: string;
  readonly anchor: string;
  readonly level: string;
  /** Which colour the word has; never the only sign. */
  readonly tone: Level | 'below' | 'none';
  /** The band: one segment for each level. `absent` has no checks in this topic and cannot be shown. */
  readonly band: readonly { readonly word: string; readonly state: 'reached' | 'open' | 'absent' }[];
  readonly score: string;
  readonly width: string | null;
  /** Share of the total. */
  readonly weight: string;
  readonly reason: string;
}

export function levelViews(card: Scorecard): LevelView[] {
  const weights = card.topics.map((topic) => card.policy.topicWeights[topic.id] ?? 0);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return card.topics.map((topic, index) => ({
    id: topic.id,
    name: topic.name,
    anchor: topicAnchor(topic.id),
    level: levelWord(topic.level),
    tone: topic.level ?? 'none',
    band: band(topic, card),
    score: scoreWord(topic.score),
    width: topic.score === null ? null : percent(topic.score / 100),
    weight: all === 0 ? '–' : `${Math.round(((weights[index] ?? 0) / all) * 100)} %`,
    reason: oneLine(topic.reason, 1200),
  }));
}

function band(topic: ScorecardTopic, { checks }: Scorecard): LevelView['band'] {
  const own = checks.filter((check) => check.topic === topic.id && check.outcome !== 'notApplicable');
  const reached = topic.level === null || topic.level === 'below' ? -1 : LEVELS.indexOf(topic.level);
  return LEVELS.map((level, rank) => ({
    word: LEVEL_WORDS[level],
    state: rank <= reached ? 'reached' : own.some((check) => check.level === level) ? 'open' : 'absent',
  }));
}
