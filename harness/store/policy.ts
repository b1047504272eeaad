import type { Actor } from '../accounts/principal.js';
import { recordAudit } from './audit.js';
import type { Store } from './database.js';

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

export function changePolicy(store: Store, actor: Actor, policy: Policy): Promise<void> {
  return store.transaction().execute(async (tx) => {
    await tx
      .updateTable('organisations')
      .set({ blind_review: policy.blindReview, keep_days: policy.keepDays })
      .where('id', '=', actor.organisation)
      .execute();
    await recordAudit(tx, actor, { action: 'policy.changed', subject: null, details: { ...policy } });
  });
}
