import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import { seen } from '../../text/seen.js';
import { clip, oneLine } from '../../text/visible.js';
import { LEVEL_WORDS } from '../../text/words.js';
import { checkAnchor } from './anchors.js';
import { hardestFirst } from './highlights.js';

/** A bar of the performance dimension that was missed. */
export interface MissedBar {
  readonly title: string;
  readonly level: string;
  /** What was measured, and what the bar would have needed. */
  readonly detail: string;
  readonly anchor: string;
}

const SHOWN = 6;

/** The bars that were missed, the most basic first: the first is what stands before the next band. */
export const missedBars = ({ checks }: Pick<Scorecard, 'checks'>): MissedBar[] =>
  checks
    .filter(({ dimension, outcome }) => dimension === 'performance' && outcome === 'fail')
    .sort((a, b) => hardestFirst(b, a))
    .slice(0, SHOWN)
    .map((check) => ({
      title: oneLine(check.title),
      level: LEVEL_WORDS[check.level],
      detail: clip(seen(check), 320),
      anchor: checkAnchor(check.id),
    }));
