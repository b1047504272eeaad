import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '../../accounts/principal.js';
import type { Catalogue } from '../../catalogue.js';
import { AssayerError } from '../../errors.js';
import type { Store } from '../../store/database.js';
import type { RegradeItem } from '../../store/regrade-items.js';
import { listItems } from '../../store/regrade-items.js';
import { beginRegrade, endRegrade } from './begin.js';
import { workOnRegrades } from './work.js';

export interface AtOnce {
  readonly submission: string;
  /** Id of its assessment. */
  readonly assessment: string;
  /** A total, 0 to 100, whose crossing is told. */
  readonly bar: number;
  readonly reason: string;
}

interface Deps {
  readonly store: Store;
  readonly catalogue: Pick<Catalogue, 'find' | 'ids'>;
}

const PAUSE_MS = 100;

/**
 * The rescore of one submission for somebody who waits: begun, worked out and promoted as every regrade is, so that what changed
 * and why stays readable. Null once the new total counts, else a sentence why it does not.
 * @throws AssayerError assessmentUnknown, regradeEmpty; submissionUnknown or regradeNotReady when somebody erased or closed it meanwhile
 */
export async function rescoreAtOnce(deps: Deps, actor: Actor, wanted: AtOnce): Promise<string | null> {
  const { submission, assessment, bar, reason } = wanted;
  // What is to be done is done here, so nobody has to be told of it.
  const begun = { ...deps, poke: { regrades: () => undefined } };
  const selection = { submissions: [submission] };
  const id = await beginRegrade(begun, actor, { kind: 'rescore', assessment, selection, bar, reason });
  const itemPast = (state: RegradeItem['state']) => workPast(deps, actor, id, submission, state);
  const draft = await itemPast('pending');
  if (draft.problem !== null) {
    await endRegrade(begun, actor, id, 'discarded', draft.problem);
    return draft.problem;
  }
  await endRegrade(begun, actor, id, 'promoted', reason);
  return (await itemPast('ready')).problem;
}

/** The only item of a regrade, once it is over that state: a server may be at it as well, and whoever is first moves it on. */
async function workPast(
  deps: Deps,
  { organisation }: Actor,
  id: string,
  submission: string,
  state: RegradeItem['state'],
): Promise<RegradeItem> {
  for (;;) {
    const [item] = await listItems(deps.store, organisation, id, { offset: 0, limit: 1 });
    if (!item) throw new AssayerError('submissionUnknown', { id: submission });
    if (item.state !== state) return item;
    if ((await workOnRegrades(deps)) === 0) await sleep(PAUSE_MS);
  }
}
