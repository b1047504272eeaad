import type { Actor } from '../../accounts/principal.js';
import type { Catalogue } from '../../catalogue.js';
import { wantedPack } from '../../catalogue.js';
import { AssayerError } from '../../errors.js';
import type { Store } from '../../store/database.js';
import { cancelRun } from '../../store/endings.js';
import { findRegrade, type RegradeView } from '../../store/regrade-items.js';
import type { NewRegrade } from '../../store/regrades.js';
import { closeRegrade, createRegrade, pointlessRuns } from '../../store/regrades.js';

export interface RegradeRequest extends Omit<NewRegrade, 'assessment'> {
  readonly assessment: string;
}

interface Deps {
  readonly store: Store;
  readonly catalogue: Pick<Catalogue, 'find' | 'ids'>;
  readonly poke: { readonly regrades: () => void };
}

/** @throws AssayerError assessmentUnknown, regradeEmpty */
export async function beginRegrade(deps: Deps, actor: Actor, request: RegradeRequest): Promise<string> {
  const pack = await wantedPack(deps.catalogue, request.assessment);
  const { id, version } = pack.spec;
  const assessment = { id, version, digest: pack.digest };
  const regrade = await createRegrade(deps.store, actor, { ...request, assessment });
  if (regrade === null) throw new AssayerError('regradeEmpty', {});
  deps.poke.regrades();
  return regrade;
}

/** @throws AssayerError regradeUnknown, regradeNotReady */
export async function endRegrade(
  { store, poke }: Pick<Deps, 'store' | 'poke'>,
  actor: Actor,
  id: string,
  as: 'promoted' | 'discarded',
  reason: string,
): Promise<void> {
  const { state } = await regradeOf(store, actor.organisation, id);
  if (!(await closeRegrade(store, actor, id, as, reason)))
    throw new AssayerError('regradeNotReady', { state });
  if (as === 'discarded') {
    for (const run of await pointlessRuns(store, actor.organisation, id)) {
      await cancelRun(store, actor.organisation, run);
    }
  }
  poke.regrades();
}

/** @throws AssayerError regradeUnknown */
export async function regradeOf(store: Store, organisation: string, id: string): Promise<RegradeView> {
  const regrade = await findRegrade(store, organisation, id);
  if (!regrade) throw new AssayerError('regradeUnknown', { id });
  return regrade;
}
