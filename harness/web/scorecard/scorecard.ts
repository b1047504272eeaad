import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import type { TeamView } from '../../../reports/scorecard/index.js';
import { contentHash, teamView } from '../../../reports/scorecard/index.js';
import type { SubmissionView } from '../../store/submissions.js';
import { judgementKey } from '../../store/submissions.js';
import { lastUsed } from '../../api/last-used.js';
import { SECTIONS } from '../frame/navigation.js';
import { definePage } from '../frame/page.js';

/** A scorecard inside the platform: evidence is loaded check by check, so that the page stays small. */
export interface ScorecardView {
  /** Of the submission. */
  readonly id: string;
  readonly card: TeamView;
  /** Whether this machine can print a page. */
  readonly pdf: boolean;
  /** The assessment has changed since it was judged. */
  readonly stale: boolean;
}

/** Scorecards that were looked at last; making a view of a megabyte takes a tenth of a second. */
const kept = lastUsed<TeamView>(40);

/** The view of the scorecard that counts now; `read` is asked for it when it is not the one that is kept. */
export const keptView = (view: SubmissionView, read: () => Promise<Scorecard>): Promise<TeamView> =>
  kept(judgementKey(view), async () => viewOf(await read()));

/** The interview has a page of its own here, where notes are kept. */
const viewOf = (card: Scorecard): TeamView => ({
  ...teamView(card, contentHash(card), 'check-linked'),
  questions: [],
});

export const scorecardPage = definePage<ScorecardView>('scorecard', {
  section: 'submissions',
  crumbs: [SECTIONS.submissions],
  scripts: ['scorecard', 'evidence'],
});
