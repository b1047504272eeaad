import { randomBytes } from 'node:crypto';
import type { Actor } from '../accounts/principal.js';
import type { Catalogue } from '../catalogue.js';
import { wantedPack } from '../catalogue.js';
import { recordAudit } from '../store/audit.js';
import type { Store } from '../store/database.js';
import { addIntake, deleteIntake } from '../store/intakes.js';

/** What a code host is told: where to send its messages, and what to sign them with. */
export interface MadeIntake {
  readonly id: string;
  readonly path: string;
  /** Shown once. */
  readonly secret: string;
}

export const RECEIVE = '/api/v1/hooks/github';
export const receivePath = (intake: string): string => `${RECEIVE}/${intake}`;

/** Has the pushes that come by it graded. @throws AssayerError assessmentUnknown */
export async function makeIntake(
  { store, catalogue }: { readonly store: Store; readonly catalogue: Pick<Catalogue, 'find' | 'ids'> },
  actor: Actor,
  assessment: string,
): Promise<MadeIntake> {
  await wantedPack(catalogue, assessment);
  const secret = randomBytes(32).toString('base64url');
  const id = await store.transaction().execute(async (tx) => {
    const made = await addIntake(tx, actor.organisation, { assessment, secret, createdBy: actor.id });
    await recordAudit(tx, actor, { action: 'intake.created', subject: made, details: { assessment } });
    return made;
  });
  return { id, path: receivePath(id), secret };
}

/** False when there is none of that id. */
export function dropIntake(store: Store, actor: Actor, id: string): Promise<boolean> {
  return store.transaction().execute(async (tx) => {
    const gone = await deleteIntake(tx, actor.organisation, id);
    if (gone) await recordAudit(tx, actor, { action: 'intake.deleted', subject: id });
    return gone;
  });
}
