import type { Pack } from '../../../assessments/kit/index.js';
import type { Actor } from '../../accounts/principal.js';
import { invitationCookie } from '../../api/routing/cookies.js';
import type { Context } from '../../api/routing/types.js';
import { AssayerError } from '../../errors.js';
import { candidateActor } from '../../review/hand-in.js';
import { openInvite, type OpenedInvite } from '../../store/invites.js';
import { findEntry } from '../../store/own-submissions.js';
import type { SubmissionView } from '../../store/submissions.js';

/** Who comes by an invite: no account, no role, and nothing but what belongs to the invite. */
export interface Guest {
  readonly invite: OpenedInvite;
  readonly pack: Pack;
  readonly actor: Actor;
}

type Asked = Pick<Context<'public'>, 'deps' | 'req' | 'res'>;

/** @throws AssayerError inviteNeeded, assessmentUnknown */
export async function guestOf({ deps, req, res }: Asked): Promise<Guest> {
  const secret = invitationCookie(req);
  const invite = secret === null ? null : await openInvite(deps.store, secret);
  if (!invite) throw new AssayerError('inviteNeeded', {});
  const pack = await deps.catalogue.find(invite.assessment);
  if (!pack) throw new AssayerError('assessmentUnknown', { id: invite.assessment, known: 'others' });
  const requestId = String(res.getHeader('x-request-id') ?? '') || null;
  return { invite, pack, actor: candidateActor(invite, req.ip ?? null, requestId) };
}

/** @throws AssayerError submissionUnknown, also for what somebody else handed in */
export async function entryOf({ deps }: Asked, { invite }: Guest, id: string): Promise<SubmissionView> {
  const view = await findEntry(deps.store, invite, id);
  if (!view) throw new AssayerError('submissionUnknown', { id });
  return view;
}
