import { SECTIONS } from '../frame/navigation.js';
import { definePage } from '../frame/page.js';

/** The form for a new submission; what was typed stays when something in it is wrong. */
export interface NewView {
  readonly assessments: readonly {
    readonly value: string;
    readonly label: string;
    readonly selected: boolean;
  }[];
  readonly candidate: string;
  /** Sent with the form, so that a click that comes twice submits once. */
  readonly key: string;
  readonly gitUrl: string;
  readonly ref: string;
  readonly maxMb: number;
  readonly mayInvite: boolean;
  /** One sentence; null on the first visit. */
  readonly problem: string | null;
}

export const newPage = definePage<NewView>('new-submission', {
  section: 'submissions',
  crumbs: [SECTIONS.submissions],
  scripts: ['drop'],
});
