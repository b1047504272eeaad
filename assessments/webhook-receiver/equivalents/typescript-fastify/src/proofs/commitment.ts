import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { Proof } from './types.js';

const derive = promisify<string, string, number, { N: number; r: number; p: number }, Buffer>(scrypt);

/**
 * Computes commitments one at a time. We have one CPU: more at once would finish no sooner, and would
 * fill the thread pool that the journal's writes need too.
 */
export class Committer {
  #last: Promise<unknown> = Promise.resolve();

  /** 64 hex digits, or null if nobody wanted them any more when their turn came. */
  commit(proof: Proof, isWanted: () => boolean): Promise<string | null> {
    const mine = this.#last.then(() => (isWanted() ? fingerprint(proof) : null));
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

async function fingerprint({ id, contributor, repository, pullRequest }: Proof): Promise<string> {
  const password = `${contributor}:${repository}:${pullRequest.number}`;
  return (await derive(password, id, 32, { N: 16_384, r: 8, p: 1 })).toString('hex');
}
