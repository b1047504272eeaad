import type { Article } from '../frame/markdown.js';
import { definePage } from '../frame/page.js';
import type { AssessmentHead } from './tabs.js';
import { ASSESSMENT_CRUMBS } from './tabs.js';

export interface BriefView {
  readonly head: AssessmentHead;
  /** Null when the pack has none. */
  readonly brief: Article | null;
}

export const briefPage = definePage<BriefView>('brief', {
  section: 'assessments',
  crumbs: ASSESSMENT_CRUMBS,
});
