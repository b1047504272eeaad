import type { Container } from '../types.js';
import type { Look } from './types.js';

/** Marks the lines that are for us. */
const SAID = 'said ';

/** A whole program of the body of an async function of `input`. */
export const program = (body: string): string => `
const say = (value) => console.log('${SAID}' + JSON.stringify(value));
(async (input) => {${body}})(JSON.parse(process.env.INPUT));
`;

/** Says `[id, result]` for each look whose script comes to its end; one that fails must not keep the others from running. */
export const lookScript = (looks: readonly Pick<Look, 'id' | 'script'>[]): string =>
  looks
    .map(({ id, script }) => {
      const name = JSON.stringify(id);
      return `try { say([${name}, await (async (input) => {${script}})(input[${name}])]); } catch (e) { console.error(${name}, e); }`;
    })
    .join('\n');

/** All values that a script has said so far. */
export const saidBy = <T>(container: Container): T[] =>
  container
    .logs()
    .filter(({ stream, text }) => stream === 'stdout' && text.startsWith(SAID))
    .map(({ text }) => JSON.parse(text.slice(SAID.length)) as T);

/** Waits until a script that goes on running has said something; undefined when it never does. */
export async function untilSaid<T>(container: Container): Promise<T | undefined> {
  for (let tries = 0; tries < 400; tries++) {
    const value = saidBy<T>(container).at(-1);
    if (value !== undefined || !container.running()) return value;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return undefined;
}
