import { oneLine } from '../../../reports/text/visible.js';
import { plural } from '../../../reports/text/words.js';
import type { Invite } from '../../store/invites.js';
import type { Reveal } from '../../store/schema-review.js';
import { SECTIONS } from '../frame/navigation.js';
import type { Moment } from '../frame/moment.js';
import { moment } from '../frame/moment.js';
import { definePage } from '../frame/page.js';

interface Option {
  readonly value: string;
  readonly label: string;
  readonly selected: boolean;
}

export interface InviteRow {
  readonly href: string;
  readonly who: string;
  readonly assessment: string;
  readonly closes: Moment;
  readonly handedIn: string;
  readonly icon: string;
  readonly word: string;
}

/** The form of an invite, new or to be changed. */
export interface InviteFields {
  /** As an input of the type datetime-local takes it, UTC. */
  readonly deadline: string;
  readonly extraMinutes: number;
  readonly maxSubmissions: number;
  readonly reveals: readonly Option[];
}

export interface InvitesView {
  readonly rows: readonly InviteRow[];
  readonly next: string | null;
  readonly assessments: readonly Option[];
  readonly fields: InviteFields;
  /** The whole address of the link that was made just now; null at all other times. */
  readonly link: string | null;
  readonly csrf: string;
}

export interface InviteView {
  readonly row: InviteRow;
  readonly fields: InviteFields;
  readonly created: Moment;
  readonly opened: Moment | null;
  readonly over: boolean;
  readonly csrf: string;
}

const REVEALS: Readonly<Record<Reveal, string>> = {
  whenDecided: 'Once a decision is recorded',
  whenGraded: 'As soon as it is graded, also between attempts',
  nothing: 'Never',
};

/** Which result a candidate sees is the redacted one, whenever it is. */
const revealOptions = (chosen: Reveal): Option[] =>
  Object.entries(REVEALS).map(([value, label]) => ({ value, label, selected: value === chosen }));

const local = (date: Date): string => date.toISOString().slice(0, 16);

export const newFields = (now: Date): InviteFields => ({
  deadline: local(new Date(now.getTime() + 7 * 86_400_000)),
  extraMinutes: 0,
  maxSubmissions: 3,
  reveals: revealOptions('whenDecided'),
});

const fieldsOf = ({ deadline, extraMinutes, maxSubmissions, reveal }: Invite): InviteFields => ({
  deadline: local(deadline),
  extraMinutes,
  maxSubmissions,
  reveals: revealOptions(reveal),
});

export function inviteRow(invite: Invite, now: Date): InviteRow {
  return {
    href: `/invites/${invite.id}`,
    who: invite.candidate === null ? 'Withdrawn candidate' : oneLine(invite.candidate, 120),
    assessment: invite.assessment,
    closes: moment(invite.closesAt),
    handedIn: invite.submissions === 0 ? 'nothing yet' : plural(invite.submissions, 'attempt'),
    ...stateOf(invite, now),
  };
}

function stateOf(invite: Invite, now: Date): Pick<InviteRow, 'icon' | 'word'> {
  if (invite.withdrawnAt) return { icon: 'notApplicable', word: 'Withdrawn and erased' };
  if (invite.revokedAt) return { icon: 'notApplicable', word: 'Closed' };
  if (now > invite.closesAt) return { icon: 'open', word: 'Over' };
  if (invite.submissions > 0) return { icon: 'pass', word: 'Handed in' };
  return invite.openedAt ? { icon: 'running', word: 'Opened' } : { icon: 'queued', word: 'Not opened yet' };
}

export interface InvitesInput {
  readonly invites: readonly Invite[];
  readonly next: string | null;
  readonly assessments: readonly { readonly id: string; readonly title: string }[];
  readonly now: Date;
  readonly link: string | null;
  readonly csrf: string;
}

export const invitesView = ({ invites, assessments, now, ...rest }: InvitesInput): InvitesView => ({
  ...rest,
  rows: invites.map((invite) => inviteRow(invite, now)),
  assessments: assessments.map(({ id, title }) => ({ value: id, label: title, selected: false })),
  fields: newFields(now),
});

export const inviteView = (invite: Invite, now: Date, csrf: string): InviteView => ({
  csrf,
  row: inviteRow(invite, now),
  fields: fieldsOf(invite),
  created: moment(invite.createdAt),
  opened: invite.openedAt && moment(invite.openedAt),
  over: invite.revokedAt !== null || invite.withdrawnAt !== null,
});

const crumb = { label: 'Invites', href: '/invites' };
export const invitesPage = definePage<InvitesView>('invites', {
  section: 'submissions',
  crumbs: [SECTIONS.submissions],
});
export const invitePage = definePage<InviteView>('invite', {
  section: 'submissions',
  crumbs: [SECTIONS.submissions, crumb],
});
