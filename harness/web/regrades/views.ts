import { oneLine } from '../../../reports/text/visible.js';
import { plural, scoreWord } from '../../../reports/text/words.js';
import type { RegradeItem, RegradeView as Regrade } from '../../store/regrade-items.js';
import { SECTIONS } from '../frame/navigation.js';
import type { Moment } from '../frame/moment.js';
import { moment } from '../frame/moment.js';
import { definePage } from '../frame/page.js';
import { changesOf, totalChange } from './changes.js';

const KINDS = { rescore: 'Rescore', rerun: 'Rerun' } as const;
const STATES = {
  working: { icon: 'running', word: 'Being worked out' },
  ready: { icon: 'open', word: 'To be promoted or discarded' },
  /** Worked out, and there is none of which something could be promoted. */
  empty: { icon: 'error', word: 'Nothing of it can be promoted' },
  promoted: { icon: 'pass', word: 'Promoted' },
  discarded: { icon: 'notApplicable', word: 'Discarded' },
} as const;

export interface RegradeRow {
  readonly href: string;
  readonly kind: string;
  readonly assessment: string;
  readonly version: string;
  readonly reason: string;
  readonly by: string;
  readonly at: Moment;
  readonly icon: string;
  readonly word: string;
  readonly submissions: string;
  readonly crossing: string;
}

export interface RegradesView {
  readonly rows: readonly RegradeRow[];
  readonly assessments: readonly {
    readonly value: string;
    readonly label: string;
    readonly selected: boolean;
  }[];
  readonly mayManage: boolean;
  /** Submissions that were chosen elsewhere; empty for all of the assessment. */
  readonly chosen: readonly string[];
  readonly chosenWords: string;
  readonly csrf: string;
}

export interface ItemRow {
  readonly href: string;
  readonly who: string;
  readonly before: string;
  readonly after: string;
  /** The scorecard of the new run of a rerun. */
  readonly card: string | null;
  readonly change: string;
  readonly crosses: string;
  readonly causes: readonly string[];
  readonly state: string;
}

export interface OneRegradeView {
  readonly row: RegradeRow;
  readonly bar: string;
  readonly items: readonly ItemRow[];
  readonly next: string | null;
  readonly working: boolean;
  readonly mayClose: boolean;
  readonly mayDiscard: boolean;
  readonly closed: { readonly by: string; readonly reason: string; readonly at: Moment } | null;
  readonly csrf: string;
}

export function regradeRow(regrade: Regrade): RegradeRow {
  const { pending, ready, failed, promoted, superseded, up, down } = regrade.counts;
  return {
    href: `/regrades/${regrade.id}`,
    kind: KINDS[regrade.kind],
    assessment: regrade.assessment.id,
    version: regrade.assessment.version,
    reason: oneLine(regrade.reason, 300),
    by: regrade.by,
    at: moment(regrade.createdAt),
    ...STATES[regrade.state === 'ready' && ready === 0 ? 'empty' : regrade.state],
    submissions: plural(pending + ready + failed + promoted + superseded, 'submission'),
    crossing: up + down === 0 ? 'nobody crosses the bar' : `${up} up, ${down} down across the bar`,
  };
}

export interface RegradesInput {
  readonly regrades: readonly Regrade[];
  readonly assessments: readonly { readonly id: string; readonly title: string }[];
  readonly chosen: readonly string[];
  /** The assessment of the chosen ones; null where none are. */
  readonly assessment: string | null;
  readonly mayManage: boolean;
  readonly csrf: string;
}

export const regradesView = ({
  regrades,
  assessments,
  assessment,
  chosen,
  ...rest
}: RegradesInput): RegradesView => ({
  ...rest,
  chosen,
  chosenWords: chosen.length === 0 ? '' : plural(chosen.length, 'chosen submission'),
  rows: regrades.map(regradeRow),
  assessments: assessments.map(({ id, title }) => ({ value: id, label: title, selected: id === assessment })),
});

export interface OneRegradeInput {
  readonly regrade: Regrade;
  readonly items: readonly (RegradeItem & { readonly who: string })[];
  readonly next: string | null;
  readonly mayManage: boolean;
  readonly csrf: string;
}

export function oneRegradeView({ regrade, items, next, mayManage, csrf }: OneRegradeInput): OneRegradeView {
  const open = regrade.closed === null;
  return {
    csrf,
    next,
    row: regradeRow(regrade),
    bar: String(regrade.bar),
    working: regrade.state === 'working',
    mayClose: mayManage && regrade.state === 'ready' && regrade.counts.ready > 0,
    mayDiscard: mayManage && open,
    closed: regrade.closed && { ...regrade.closed, at: moment(regrade.closed.at) },
    items: items.map(({ submission, run, who, state, difference, problem }) => ({
      href: `/submissions/${submission}/review`,
      who,
      before: scoreWord(difference?.before ?? null),
      after: scoreWord(difference?.after ?? null),
      card: run !== null && difference ? `/submissions/${submission}/attempts/${run}` : null,
      change: totalChange(difference),
      crosses: difference?.crosses ? `crosses the bar ${difference.crosses}` : '',
      causes: difference ? changesOf(difference, NAMED) : [],
      state: problem ?? ITEM_STATES[state],
    })),
  };
}

/** Checks of one submission in the table of all. */
const NAMED = 4;

const ITEM_STATES: Readonly<Record<RegradeItem['state'], string>> = {
  pending: 'waits',
  ready: 'ready',
  failed: 'not possible',
  promoted: 'counts',
  superseded: 'left as it was',
};

const crumb = { label: 'Regrades', href: '/regrades' };
export const regradesPage = definePage<RegradesView>('regrades', {
  section: 'submissions',
  crumbs: [SECTIONS.submissions],
});
export const regradePage = definePage<OneRegradeView>('regrade', {
  section: 'submissions',
  crumbs: [SECTIONS.submissions, crumb],
  scripts: ['follow'],
});
