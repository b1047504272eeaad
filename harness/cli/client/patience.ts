import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem } from '../../api/problem.js';
import type { ExitCode } from '../../errors.js';
import { AssayerError, ERRORS, EXIT, reasonOf, rootOf } from '../../errors.js';

/** An answer of the server that is no success; says what the server said, and ends the command as the server's code wants. */
export class Refused extends Error {
  readonly exit: ExitCode;
  constructor(readonly problem: Pick<Problem, 'code' | 'detail' | 'status'>) {
    super(problem.detail);
    this.exit = ERRORS[problem.code]?.exit ?? (problem.status < 500 ? EXIT.usage : EXIT.ours);
  }
}

/** What the generated client answers: the body of a success, else what came in its place. */
export type Answered<T> =
  | { readonly data: T; readonly error?: never; readonly response: Response }
  | { readonly data?: never; readonly error: unknown; readonly response: Response };

const TRIES = 4;
export const PAUSE_MS = 1000;

/** @throws Refused */
export async function succeed<T>(call: Promise<Answered<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw new Refused(problemOf(error, response.status));
  return data as T;
}

/**
 * For requests that may be sent again: the network, and a server that says it is busy, get some tries.
 * @throws Refused, AssayerError serverUnreachable, or the reason of the signal
 */
export async function patiently<T>(
  url: string,
  call: () => Promise<Answered<T>>,
  signal: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await succeed(call());
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Refused && error.problem.code === 'unauthenticated')
        throw new AssayerError('tokenRefused', { url }, { cause: error });
      const again = !(error instanceof Refused) || error.problem.status === 503;
      if (!again) throw error;
      if (attempt === TRIES) throw error instanceof Refused ? error : unreachable(url, error);
      await sleep(PAUSE_MS * attempt, undefined, { signal });
    }
  }
}

function problemOf(error: unknown, status: number): Refused['problem'] {
  if (typeof error === 'object' && error !== null && 'code' in error) return error as Problem;
  const detail = `The server answered with ${status}, which is no answer of Assayer. Check its address.`;
  return { code: 'internal', detail, status };
}

function unreachable(url: string, error: unknown): AssayerError {
  return new AssayerError('serverUnreachable', { url, reason: reasonOf(rootOf(error)) }, { cause: error });
}
