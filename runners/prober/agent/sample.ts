import type { LoadStep } from '../../../assessments/kit/index.js';
import type { Address } from '../protocol.js';
import { exchange } from './http/exchange.js';
import { toWire } from './http/wire.js';

const AT_REST = 12;
const ANSWER_MS = 5000;
/** With fewer, equal answers may be chance. */
const ENOUGH = 3;

/** A good answer to one of the steps of a load. */
export interface Answer {
  readonly method: string;
  readonly text: string;
}

/** Sends some steps of a load, spread over all of them, by the client that checks use. */
export async function answersAtRest(at: Address, steps: readonly LoadStep[]): Promise<Answer[]> {
  const every = Math.ceil(steps.length / AT_REST);
  const answers = steps
    .filter((_, index) => index % every === 0)
    .map(async ({ method, path, ...step }): Promise<Answer[]> => {
      const wire = toWire(method, path, { ...step, timeoutMs: ANSWER_MS }, []);
      const answer = await exchange(at, wire).catch(() => null);
      return answer && answer.status >= 200 && answer.status < 300 ? [{ method, text: answer.text }] : [];
    });
  return (await Promise.all(answers)).flat();
}

/**
 * What sets answers under load apart from those at rest, in words; null when nothing does. They need not be to the same
 * steps: a service that answers by the shape of a request under load cannot know which of them are looked at.
 */
export function difference(atRest: readonly Answer[], underLoad: readonly Answer[]): string | null {
  for (const method of new Set(underLoad.map((answer) => answer.method))) {
    const texts = (answers: readonly Answer[]): string[] =>
      answers.filter((answer) => answer.method === method).map(({ text }) => text);
    const [rest, load] = [texts(atRest), texts(underLoad)];
    const empty = load.filter((text) => text === '').length;
    if (empty > 0 && rest.length > 0 && !rest.includes(''))
      return `${empty} of ${load.length} sampled answers to ${method} had no body, though at rest all of them had one`;
    if (load.length >= ENOUGH && new Set(load).size === 1 && new Set(rest).size >= ENOUGH)
      return `${load.length} different ${method} requests got one and the same answer, though at rest they did not`;
  }
  return null;
}
