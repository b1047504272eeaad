import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadStep } from '../../../assessments/kit/index.js';
import { exchange } from './http/exchange.js';
import { toWire } from './http/wire.js';
import type { Session } from './session.js';

const SAMPLES = 8;
const ANSWER_MS = 5000;
/** With fewer, equal answers may be chance. */
const MIN_DISTINCT = 3;

/** A good answer's body; null for any other answer and for none. */
type Sample = string | null;

/** Asks some of a load's requests once, by the client that checks use. */
export async function sampleAnswers(
  session: Session,
  steps: readonly LoadStep[],
  afterMs: number,
): Promise<Sample[]> {
  await sleep(afterMs);
  return Promise.all(
    steps.slice(0, SAMPLES).map(async ({ method, path, ...step }) => {
      const wire = toWire(method, path, { ...step, timeoutMs: ANSWER_MS }, []);
      const answer = await exchange(session.address(), wire).catch(() => null);
      return answer && answer.status >= 200 && answer.status < 300 ? answer.text : null;
    }),
  );
}

/** What sets answers under load apart from those at rest, in words; null when nothing does. */
export function difference(atRest: readonly Sample[], underLoad: readonly Sample[]): string | null {
  const pairs = atRest.flatMap((rest, index): [string, string][] => {
    const loaded = underLoad[index] ?? null;
    return rest === null || loaded === null ? [] : [[rest, loaded]];
  });
  const emptied = pairs.filter(([rest, loaded]) => rest !== '' && loaded === '').length;
  if (emptied > 0)
    return `${emptied} of ${pairs.length} sampled answers had no body under load, though they had one at rest`;
  const distinct = (side: 0 | 1): number => new Set(pairs.map((pair) => pair[side])).size;
  if (distinct(0) >= MIN_DISTINCT && distinct(1) === 1) {
    return `${pairs.length} different requests got one and the same answer under load, though not at rest`;
  }
  return null;
}
