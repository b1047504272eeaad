import { candidateName } from '../../../reports/text/who.js';
import { oneLine } from '../../../reports/text/visible.js';
import { figure, scoreWord } from '../../../reports/text/words.js';
import type { DecisionVerdict } from '../../store/schema-review.js';
import { isStale } from '../../review/stale.js';
import type { Found } from '../../store/search.js';
import type { SubmissionView } from '../../store/submissions.js';
import { RUN_STATES, type RunState } from '../../store/types.js';
import type { When } from '../frame/ago.js';
import { when } from '../frame/ago.js';
import { definePage } from '../frame/page.js';
import type { ListQuery } from './query.js';
import { listAddress } from './query.js';
import type { Status } from './status.js';
import { STATE_WORDS, statusOf } from './status.js';

export interface SubmissionRow {
  readonly id: string;
  readonly href: string;
  readonly who: string;
  readonly source: string;
  readonly assessment: string;
  readonly version: string;
  readonly status: Status;
  readonly score: string;
  /** Of the meter; null without a score. */
  readonly width: string | null;
  readonly submitted: When;
  /** What people decided, in one or two words; null before. */
  readonly decision: string | null;
  /** Judged by an assessment that has changed since. */
  readonly stale: boolean;
}

interface Option {
  readonly value: string;
  readonly label: string;
  readonly selected: boolean;
}

export interface ListView {
  readonly query: { readonly q: string; readonly state: string };
  readonly tabs: readonly {
    readonly label: string;
    readonly href: string;
    readonly count: string;
    readonly current: 'page' | null;
  }[];
  readonly assessments: readonly Option[];
  readonly sorts: readonly Option[];
  readonly rows: readonly SubmissionRow[];
  readonly filtered: boolean;
  readonly first: string | null;
  readonly next: string | null;
  readonly maySubmit: boolean;
}

const SORT_WORDS = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  highest: 'Highest score',
  lowest: 'Lowest score',
  name: 'Name',
} as const;

const DECISION_WORDS: Readonly<Record<DecisionVerdict, string>> = {
  advance: 'Go on',
  hold: 'On hold',
  decline: 'Declined',
};

export interface ListInput {
  readonly query: ListQuery;
  readonly found: Found;
  readonly counts: Partial<Record<RunState, number>>;
  /** Ids and titles of the assessments that can be chosen. */
  readonly assessments: readonly { readonly id: string; readonly title: string; readonly digest: string }[];
  readonly now: Date;
  readonly maySubmit: boolean;
}

export function listView({ query, found, counts, assessments, now, ...rest }: ListInput): ListView {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const digests = new Map(assessments.map(({ id, digest }) => [id, digest]));
  const tab = (state: RunState | undefined, label: string, count: number): ListView['tabs'][number] => ({
    label,
    href: listAddress(query, { state }),
    count: figure(count),
    current: (query.state || undefined) === state ? 'page' : null,
  });
  return {
    ...rest,
    query: { q: query.q ?? '', state: query.state ?? '' },
    tabs: [
      tab(undefined, 'All', total),
      ...RUN_STATES.map((state) => tab(state, STATE_WORDS[state], counts[state] ?? 0)),
    ],
    assessments: assessments.map(({ id, title }) => ({
      value: id,
      label: title,
      selected: id === query.assessment,
    })),
    sorts: Object.entries(SORT_WORDS).map(([value, label]) => ({
      value,
      label,
      selected: value === query.sort,
    })),
    rows: found.items.map((view) => submissionRow(view, digests.get(view.submission.assessment_id), now)),
    filtered: Boolean(query.q || query.state || query.assessment),
    first: query.after ? listAddress(query, {}) : null,
    next: found.next && listAddress(query, { after: found.next }),
  };
}

function submissionRow(
  { submission, run, decision }: SubmissionView,
  digest: string | undefined,
  now: Date,
): SubmissionRow {
  return {
    id: submission.id,
    href: `/submissions/${submission.id}`,
    who: candidateName(submission.candidate, submission.archive_digest),
    source: oneLine(submission.source, 80),
    assessment: submission.assessment_id,
    version: submission.assessment_version,
    status: statusOf(run),
    score: scoreWord(run.score),
    width: run.score === null ? null : `${run.score}%`,
    submitted: when(submission.created_at, now),
    decision: decision && DECISION_WORDS[decision],
    stale: isStale({ run }, digest ?? null),
  };
}

export const listPage = definePage<ListView>('submissions', { section: 'submissions' });
