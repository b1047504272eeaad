import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Journal } from './journal.js';
import { State, type Change } from './state.js';
import type { Issued, JournalRecord, Merge, PendingMint, Proof } from './types.js';

export type Acceptance = { isNew: boolean; proof: Proof };

/**
 * Proofs and credentials. Nothing becomes visible, to readers or to watchers, before it is on the disk.
 * Methods that write reject when the disk does not take the record.
 */
export class ProofStore {
  readonly #journal: Journal<JournalRecord>;
  readonly #state: State;
  readonly #onChange: (change: Change) => void;
  /** Pull requests whose proof is being written. */
  readonly #arriving = new Map<number, Promise<Proof>>();

  private constructor(journal: Journal<JournalRecord>, state: State, onChange: (change: Change) => void) {
    this.#journal = journal;
    this.#state = state;
    this.#onChange = onChange;
  }

  static async open(directory: string, onChange: (change: Change) => void): Promise<ProofStore> {
    await mkdir(directory, { recursive: true });
    const state = new State();
    const journal = await Journal.open<JournalRecord>(join(directory, 'proofs.jsonl'), (record) => {
      state.apply(record);
    });
    return new ProofStore(journal, state, onChange);
  }

  get proofs() {
    return this.#state.proofs;
  }

  get credentials() {
    return this.#state.credentials;
  }

  pendingMints(): PendingMint[] {
    return this.#state.pendingMints();
  }

  /** The one proof of this merge: the one there is, the one being written by somebody else, or a new one. */
  async accept(merge: Merge, requestId: string): Promise<Acceptance> {
    const { id } = merge.pullRequest;
    const known = this.#state.proofOfPullRequest(id);
    if (known) return { isNew: false, proof: known };
    const arriving = this.#arriving.get(id);
    if (arriving) return { isNew: false, proof: await arriving };

    const proof = newProof(merge);
    const written = this.#record({ kind: 'accepted', proof, requestId }).then(() => proof);
    this.#arriving.set(id, written);
    try {
      return { isNew: true, proof: await written };
    } finally {
      this.#arriving.delete(id);
    }
  }

  recordFailedAttempt(proofId: string, attempts: number, notBefore: number): Promise<void> {
    return this.#record({ kind: 'attempt-failed', proofId, attempts, notBefore });
  }

  recordMinted(proofId: string, issued: Issued): Promise<void> {
    return this.#record({ kind: 'minted', proofId, issued });
  }

  recordFailed(proofId: string, reason: string): Promise<void> {
    return this.#record({ kind: 'failed', proofId, reason });
  }

  close(): Promise<void> {
    return this.#journal.close();
  }

  async #record(record: JournalRecord): Promise<void> {
    await this.#journal.append(record);
    const change = this.#state.apply(record);
    if (change) this.#onChange(change);
  }
}

function newProof(merge: Merge): Proof {
  return {
    id: `prf_${randomBytes(12).toString('hex')}`,
    ...merge,
    status: 'pending',
    credentialId: null,
    failure: null,
    createdAt: new Date().toISOString(),
  };
}
