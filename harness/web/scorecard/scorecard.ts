import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import type { TeamView } from '../../../reports/scorecard/index.js';
import { contentHash, teamView } from '../../../reports/scorecard/index.js';
import { SECTIONS } from '../frame/navigation.js';
import { definePage } from '../frame/page.js';

/** A scorecard inside the platform: evidence is loaded check by check, so that the page stays small. */
export interface ScorecardView {
  /** Of the submission. */
  readonly id: string;
  readonly card: TeamView;
  /** Whether this machine can print a page. */
  readonly pdf: boolean;
}

export const scorecardView = (id: string, card: Scorecard, pdf: boolean): ScorecardView => ({
  id,
  card: teamView(card, contentHash(card), 'check-linked'),
  pdf,
});

export const scorecardPage = definePage<ScorecardView>('scorecard', {
  section: 'submissions',
  crumbs: [SECTIONS.submissions],
  scripts: ['scorecard', 'evidence'],
});
