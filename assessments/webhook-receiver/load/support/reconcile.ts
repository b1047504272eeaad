import type { LoadAftermath } from 'assayer/kit';
import { itemsOf, parse, proofIdOf } from './steps.js';

const MAX_PAGES = 100;

/** Every delivery that was taken in has its proof, and every pull request has one. */
export async function reconcile({ kept, get }: LoadAftermath): Promise<string | null> {
  const promised = new Map<string, Set<string>>();
  for (const { step, text } of kept) {
    const proofId = proofIdOf(text);
    const body = String(step.body);
    if (proofId !== null) promised.set(body, (promised.get(body) ?? new Set()).add(proofId));
  }
  const doubled = [...promised.values()].filter((ids) => ids.size > 1).length;
  if (doubled > 0)
    return `Under load, ${doubled} of ${promised.size} pull requests were given more than one proof.`;

  const listed = await listAll(get);
  if (typeof listed === 'string') return listed;
  const expected = [...promised.values()].flatMap((ids) => [...ids]);
  const lost = expected.filter((id) => !listed.has(id)).length;
  return lost === 0
    ? null
    : `After the load, ${lost} of ${expected.length} accepted proofs are not in the list.`;
}

/** The ids of all proofs, or what is wrong with the list. */
async function listAll(get: LoadAftermath['get']): Promise<Set<string> | string> {
  const ids = new Set<string>();
  let cursor: unknown = '';
  for (let pages = 0; typeof cursor === 'string' && pages < MAX_PAGES; pages++) {
    const more: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { status, text } = await get(`/api/v1/proofs?limit=100${more}`);
    const items = itemsOf(text);
    if (status !== 200 || items === null) return `After the load, the list of proofs answered ${status}.`;
    for (const { id } of items) {
      if (ids.has(String(id))) return 'After the load, the list shows a proof twice.';
      ids.add(String(id));
    }
    cursor = parse(text)['nextCursor'];
  }
  return ids;
}
