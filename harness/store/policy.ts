import type { Actor } from '../accounts/principal.js';
import { recordAudit } from './audit.js';
import type { Store } from './database.js';
import { holdOrganisation } from './organisations.js';

/** How an organisation treats what candidates hand in. */
export interface Policy {
  /** Names are hidden until a decision is recorded. */
  readonly blindReview: boolean;
  /** Days after which a submission is erased; null keeps it. */
  readonly keepDays: number | null;
}

export function readPolicy(store: Store, organisation: string): Promise<Policy> {
  return store
    .selectFrom('organisations')
    .select(['blind_review as blindReview', 'keep_days as keepDays'])
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow();
}

/** `expect` may refuse what it finds, by throwing. */
export function changePolicy(
  store: Store,
  actor: Actor,
  policy: Policy,
  expect: (before: Policy) => void = () => undefined,
): Promise<void> {
  return store.transaction().execute(async (tx) => {
    await holdOrganisation(tx, actor.organisation);
    expect(await readPolicy(tx, actor.organisation));
    await tx
      .updateTable('organisations')
      .set({ blind_review: policy.blindReview, keep_days: policy.keepDays })
      .where('id', '=', actor.organisation)
      .execute();
    await recordAudit(tx, actor, { action: 'policy.changed', subject: null, details: { ...policy } });
  });
}
