import type { Pack } from '../../../assessments/kit/index.js';
import type { Catalogue } from '../../catalogue.js';
import { reasonOf } from '../../errors.js';
import { ScoringError } from '../../scoring/errors.js';
import type { Store } from '../../store/database.js';
import { readOverrides } from '../../store/overrides.js';
import type { PendingItem, WorkedOut } from '../../store/regrade-working.js';
import { workOut } from '../../store/regrade-working.js';
import { applyPromoted } from '../../store/regrades.js';
import { judge } from '../judge.js';
import { differenceOf } from './difference.js';

export interface RegradeDeps {
  readonly store: Store;
  readonly catalogue: Pick<Catalogue, 'find'>;
}

/** So many are at once in one transaction. */
const BATCH = 20;

/** Works out and applies some of what waits in regrades. Returns how many submissions it was at. */
export async function workOnRegrades(deps: RegradeDeps): Promise<number> {
  const workedOut = await workOut(deps.store, BATCH, (item) => workOutOne(deps, item));
  return workedOut + (await applyPromoted(deps.store, BATCH));
}

async function workOutOne(deps: RegradeDeps, item: PendingItem): Promise<WorkedOut> {
  if (item.kind === 'rescore') return rescore(deps, item);
  if (item.rerun)
    return { state: 'ready', difference: differenceOf(item.scorecard, item.rerun, item.bar), draft: null };
  return {
    state: 'failed',
    problem: 'The new run was not graded, by no fault of the candidate. Begin another regrade.',
  };
}

/** What people have overridden on the run holds under the new policy as well. */
async function rescore({ store, catalogue }: RegradeDeps, item: PendingItem): Promise<WorkedOut> {
  try {
    const pack: Pack | null = await catalogue.find(item.assessment);
    if (!pack)
      return { state: 'failed', problem: `There is no assessment ${item.assessment} here any more.` };
    const draft = judge(item.record, await readOverrides(store, item.run), pack);
    return { state: 'ready', difference: differenceOf(item.scorecard, draft, item.bar), draft };
  } catch (error) {
    if (!(error instanceof ScoringError)) throw error;
    const problem = `What was measured cannot be judged by the assessment of today (${reasonOf(error)}). Rerun it instead.`;
    return { state: 'failed', problem };
  }
}
