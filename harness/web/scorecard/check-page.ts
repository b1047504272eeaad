import type { CheckView } from '../../../reports/scorecard/index.js';
import { SECTIONS } from '../frame/navigation.js';
import { definePage } from '../frame/page.js';
import { render } from '../frame/templates.js';

/** One check with all of its evidence. */
export interface CheckPageView {
  /** Of the submission. */
  readonly id: string;
  readonly who: string;
  readonly check: CheckView;
}

const page = definePage<CheckPageView>('check-page', { section: 'submissions', scripts: ['scorecard'] });

export const checkPage = (frame: Parameters<typeof page>[0], view: CheckPageView): string =>
  page(
    { ...frame, crumbs: [SECTIONS.submissions, { label: view.who, href: `/submissions/${view.id}` }] },
    view,
  );

/** What the scorecard page puts in its place where scripts run. */
export const checkPart = ({ check }: Pick<CheckPageView, 'check'>): string => render('check-body', check);
