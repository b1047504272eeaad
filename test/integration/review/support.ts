import type { Actor } from '../../../harness/accounts/principal.js';
import type { Store } from '../../../harness/store/database.js';
import type { Graded } from '../../../harness/store/endings.js';
import { commitResult } from '../../../harness/store/endings.js';
import type { NewInvite } from '../../../harness/store/invites.js';
import { createInvite } from '../../../harness/store/invites.js';
import { claimRun } from '../../../harness/store/leases.js';
import { DEFAULT_ORGANISATION } from '../../../harness/store/organisations.js';
import type { NewSubmission } from '../../../harness/store/submissions.js';
import { acceptSubmission } from '../../../harness/store/submissions.js';
import { scoreRun } from '../../../harness/scoring/index.js';
import type { Policy } from '../../../harness/scoring/index.js';
import { check, finding, policy, record } from '../../unit/scoring/build.js';
import { newSubmission } from '../support/records.js';

export const ORG = DEFAULT_ORGANISATION;
export const actor: Actor = {
  organisation: ORG,
  kind: 'person',
  id: 'per-mia',
  name: 'Mia',
  address: null,
  requestId: null,
};
export const stranger: Actor = { ...actor, organisation: 'org-other', id: 'per-eve', name: 'Eve' };

export const OPTIONS = { worker: 'w1', leaseSeconds: 20, maxAttempts: 3, alone: false };

export const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000);

export const invitation = (part: Partial<NewInvite> = {}): NewInvite => ({
  assessment: 'sample',
  candidate: 'Ada',
  deadline: inDays(1),
  extraMinutes: 0,
  maxSubmissions: 2,
  reveal: 'nothing',
  ...part,
});

export const invite = async (store: Store, part: Partial<NewInvite> = {}): Promise<string> =>
  (await createInvite(store, actor, invitation(part))).id;

/** A policy and what came of it: `a` passes, `b` does as it is told, `c` is worth as much as it is told. */
export const rules = (points = 2): Policy => policy([check('a'), check('b'), check('c', { points })]);

export function measured(b: 'pass' | 'fail', part: Partial<NewSubmission> = {}): Graded {
  const { archiveDigest, source, candidate } = { ...newSubmission(), ...part };
  const run = record([finding('a', 'pass'), finding('b', b), finding('c', 'pass')], {
    submission: { digest: archiveDigest ?? 'f'.repeat(64), source: source.name, candidate },
  });
  return { record: run, scorecard: scoreRun(run, rules()) };
}

export async function submitted(
  store: Store,
  part: Partial<NewSubmission> = {},
): Promise<{ id: string; run: string }> {
  const accepted = await acceptSubmission(store, ORG, { ...newSubmission(), ...part }, null);
  if (accepted.kind === 'keyReused') throw new Error('unexpected');
  return { id: accepted.view.submission.id, run: accepted.view.run.id };
}

export async function grade(store: Store, run: string, result: Graded): Promise<void> {
  const claim = await claimRun(store, run, OPTIONS);
  if (!claim || !(await commitResult(store, claim, result))) throw new Error('not graded');
}

export async function gradedSubmission(
  store: Store,
  b: 'pass' | 'fail' = 'fail',
  part: Partial<NewSubmission> = {},
): Promise<{ id: string; run: string }> {
  const submission = await submitted(store, part);
  await grade(store, submission.run, measured(b, part));
  return submission;
}
