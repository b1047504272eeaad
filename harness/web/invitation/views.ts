import type { Pack } from '../../../assessments/kit/index.js';
import type { CandidateView } from '../../../reports/scorecard/view/candidate.js';
import { oneLine } from '../../../reports/text/visible.js';
import { plural } from '../../../reports/text/words.js';
import type { PublicCheck, Visibility } from '../../review/candidate-result.js';
import { earlyEnd } from '../../review/candidate-result.js';
import type { Opening } from '../../review/hand-in.js';
import type { Appeal } from '../../store/appeals.js';
import type { OpenedInvite } from '../../store/invites.js';
import type { SubmissionView } from '../../store/submissions.js';
import { hours } from '../assessments/words.js';
import type { Article } from '../frame/markdown.js';
import type { Moment } from '../frame/moment.js';
import { moment } from '../frame/moment.js';
import type { NavigationItem } from '../frame/navigation.js';
import { marked } from '../frame/navigation.js';
import { definePage } from '../frame/page.js';

/** What stands above each page of an invitation. */
export interface InvitationHead {
  readonly title: string;
  readonly organisation: string;
  readonly tabs: readonly NavigationItem[];
}

const TABS = {
  home: { label: 'Hand in', href: '/invitation' },
  brief: { label: 'Brief', href: '/invitation/brief' },
  contract: { label: 'Contract', href: '/invitation/contract' },
  data: { label: 'Your data', href: '/invitation/data' },
} as const;

export const invitationHead = (invite: OpenedInvite, pack: Pack, tab: keyof typeof TABS): InvitationHead => ({
  title: pack.spec.title,
  organisation: invite.organisation.name,
  tabs: marked(TABS, tab),
});

/** What was handed in, in a line. */
export interface EntryRow {
  readonly href: string;
  readonly source: string;
  readonly at: Moment;
  readonly icon: 'queued' | 'running' | 'pass' | 'error';
  readonly word: string;
}

const STATE_WORDS: Readonly<Record<SubmissionView['run']['state'], Pick<EntryRow, 'icon' | 'word'>>> = {
  queued: { icon: 'queued', word: 'Waiting to be run' },
  running: { icon: 'running', word: 'Being run' },
  done: { icon: 'pass', word: 'Finished' },
  failed: { icon: 'error', word: 'Not run, by our fault' },
  cancelled: { icon: 'error', word: 'Cancelled' },
};

/** What never got to the end of the checks is not shown as if all were well. */
const ENDED_EARLY = { icon: 'error', word: 'Ended early' } as const;

/** The candidate wrote name and source, and may read them also where they are hidden from the team. */
export const entryRow = ({ submission, run }: SubmissionView): EntryRow => ({
  href: `/invitation/submissions/${submission.id}`,
  source: submission.source_kind === 'git' ? 'Repository' : 'Archive',
  at: moment(submission.created_at),
  ...(earlyEnd(run) !== null && run.state === 'done' ? ENDED_EARLY : STATE_WORDS[run.state]),
});

export interface HomeView {
  readonly head: InvitationHead;
  readonly csrf: string;
  readonly greeting: string;
  readonly summary: string;
  readonly time: string;
  readonly closes: Moment;
  readonly attempts: string;
  /** Whether something can be handed in; else `closed` says why not. */
  readonly open: boolean;
  readonly closed: string;
  readonly reveal: string;
  readonly entries: readonly EntryRow[];
  /** Sent with the form, so that a click that comes twice hands in once. */
  readonly key: string;
  readonly gitUrl: string;
  readonly ref: string;
  readonly maxMb: number;
  readonly problem: string | null;
}

export const REVEAL_WORDS: Readonly<Record<OpenedInvite['reveal'], string>> = {
  nothing: 'The team looks at the result with you, if you meet; it is not shown here.',
  whenGraded:
    'Once everything has run you see here which checks were met, without what is hidden about them.',
  whenDecided:
    'Once the team has decided you see here which checks were met, without what is hidden about them.',
};

const CLOSED_WORDS: Readonly<Record<Opening['kind'], string>> = {
  open: '',
  late: 'The time to hand in is over. What you handed in before is kept; ask who invited you if you need longer.',
  quotaUsed:
    'All your attempts are used, and every one of them is kept. Ask who invited you if you need another.',
};

export interface HomeInput {
  readonly invite: OpenedInvite;
  readonly pack: Pack;
  readonly opening: Opening;
  readonly entries: readonly SubmissionView[];
  readonly form: Pick<HomeView, 'csrf' | 'key' | 'gitUrl' | 'ref' | 'maxMb' | 'problem'>;
}

export const homeView = ({ invite, pack, opening, entries, form }: HomeInput): HomeView => ({
  ...form,
  head: invitationHead(invite, pack, 'home'),
  greeting: oneLine(invite.candidate ?? '', 120),
  summary: pack.spec.summary,
  time: hours(pack.spec.timeBudgetHours),
  closes: moment(invite.closesAt),
  attempts:
    opening.kind === 'open' ? `${plural(opening.left, 'attempt')} of ${invite.maxSubmissions} left` : '',
  open: opening.kind === 'open',
  closed: CLOSED_WORDS[opening.kind],
  reveal: REVEAL_WORDS[invite.reveal],
  entries: entries.map(entryRow),
});

export interface EntryView {
  readonly head: InvitationHead;
  readonly csrf: string;
  readonly id: string;
  readonly row: EntryRow;
  readonly over: boolean;
  readonly ended: string | null;
  readonly checks: readonly { readonly title: string; readonly icon: string; readonly word: string }[];
  readonly met: string;
  readonly result: CandidateView | null;
  readonly visibility: string;
  readonly mayAppeal: boolean;
  readonly appeals: readonly {
    readonly words: string;
    readonly at: Moment;
    readonly answer: { readonly word: string; readonly words: string; readonly at: Moment } | null;
  }[];
}

const CHECK_WORDS = {
  pass: { icon: 'pass', word: 'Met' },
  fail: { icon: 'fail', word: 'Not met' },
  partial: { icon: 'partial', word: 'Met in part' },
  notApplicable: { icon: 'notApplicable', word: 'Not applicable' },
  inconclusive: { icon: 'error', word: 'Not measured' },
  error: { icon: 'error', word: 'Not measured' },
} as const;

export interface EntryInput {
  readonly invite: OpenedInvite;
  readonly pack: Pack;
  readonly view: SubmissionView;
  readonly checks: readonly PublicCheck[];
  readonly result: CandidateView | null;
  readonly visibility: Visibility;
  readonly appeals: readonly Appeal[];
  readonly csrf: string;
}

export function entryView({
  invite,
  pack,
  view,
  checks,
  result,
  visibility,
  appeals,
  csrf,
}: EntryInput): EntryView {
  const over = view.run.finished_at !== null;
  const asked = checks.filter(({ outcome }) => outcome !== null);
  const met = asked.filter(({ outcome }) => outcome === 'pass').length;
  const waiting = over ? { icon: 'open', word: 'Not asked' } : { icon: 'open', word: 'Not yet' };
  return {
    head: invitationHead(invite, pack, 'home'),
    csrf,
    id: view.submission.id,
    row: entryRow(view),
    over,
    ended: over ? earlyEnd(view.run) : null,
    checks: checks.map(({ title, outcome }) => ({ title, ...(outcome ? CHECK_WORDS[outcome] : waiting) })),
    met: asked.length === 0 ? '' : `${met} of ${asked.length} met`,
    result,
    visibility: visibility === 'shown' ? '' : REVEAL_WORDS[invite.reveal],
    mayAppeal: over && visibility === 'shown' && appeals.every(({ answer }) => answer !== null),
    appeals: appeals.map(({ words, madeAt, answer }) => ({
      words,
      at: moment(madeAt),
      answer: answer && {
        word: answer.upheld ? 'Upheld' : 'Not upheld',
        words: answer.words,
        at: moment(answer.at),
      },
    })),
  };
}

export interface DataView {
  readonly head: InvitationHead;
  readonly csrf: string;
  readonly kept: string;
}

export const dataView = (invite: OpenedInvite, pack: Pack, csrf: string): DataView => ({
  head: invitationHead(invite, pack, 'data'),
  csrf,
  kept:
    invite.organisation.keepDays === null
      ? 'until somebody erases it: the team, or you on this page.'
      : `for ${plural(invite.organisation.keepDays, 'day')} after it was handed in, and is then erased by itself. You can erase it before.`,
});

/** Without an account there is no start page. */
const CANDIDATE = { home: '/invitation' } as const;

export const homePage = definePage<HomeView>('invitation-home', { ...CANDIDATE, scripts: ['drop'] });
export const entryPage = definePage<EntryView>('invitation-entry', { ...CANDIDATE, scripts: ['follow'] });
export const briefPage = definePage<{ readonly head: InvitationHead; readonly brief: Article | null }>(
  'invitation-brief',
  CANDIDATE,
);
export const contractPage = definePage<{ readonly head: InvitationHead; readonly text: string | null }>(
  'invitation-contract',
  CANDIDATE,
);
export const dataPage = definePage<DataView>('invitation-data', CANDIDATE);
export const goodbyePage = definePage<{ readonly organisation: string }>('invitation-goodbye', {
  home: null,
});
