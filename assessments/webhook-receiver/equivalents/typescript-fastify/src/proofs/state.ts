import { Timeline } from './timeline.js';
import type { Credential, JournalRecord, PendingMint, Proof, ProofEventType } from './types.js';

export type Change = { type: ProofEventType; proof: Proof };

/** Everything we know, in memory: the journal folded up. */
export class State {
  readonly proofs = new Timeline<Proof>();
  readonly credentials = new Timeline<Credential>();
  readonly #idsByPullRequest = new Map<number, string>();
  readonly #pending = new Map<string, PendingMint>();

  /** Takes in one record and says what it changed for those who watch; null if that is nothing of interest to them. */
  apply(record: JournalRecord): Change | null {
    switch (record.kind) {
      case 'accepted': {
        const { proof, requestId } = record;
        this.proofs.add(proof);
        this.#idsByPullRequest.set(proof.pullRequest.id, proof.id);
        this.#pending.set(proof.id, { proof, requestId, attempts: 0, notBefore: 0 });
        return { type: 'proof.created', proof };
      }
      case 'attempt-failed': {
        const { proofId, attempts, notBefore } = record;
        this.#pending.set(proofId, { ...this.#pendingMint(proofId), attempts, notBefore });
        return null;
      }
      case 'minted': {
        const { issued } = record;
        const proof = this.#settle(record.proofId, { status: 'minted', credentialId: issued.id });
        const { id: proofId, contributor, repository } = proof;
        this.credentials.add({ id: issued.id, proofId, contributor, repository, issuedAt: issued.issuedAt });
        return { type: 'proof.minted', proof };
      }
      case 'failed': {
        const failure = { reason: record.reason };
        return { type: 'proof.failed', proof: this.#settle(record.proofId, { status: 'failed', failure }) };
      }
    }
  }

  proofOfPullRequest(pullRequestId: number): Proof | undefined {
    const id = this.#idsByPullRequest.get(pullRequestId);
    return id === undefined ? undefined : this.proofs.get(id);
  }

  pendingMints(): PendingMint[] {
    return [...this.#pending.values()];
  }

  #pendingMint(proofId: string): PendingMint {
    const mint = this.#pending.get(proofId);
    if (!mint) throw new Error(`Proof ${proofId} has no pending mint`);
    return mint;
  }

  #settle(proofId: string, outcome: Partial<Proof>): Proof {
    const proof = { ...this.#pendingMint(proofId).proof, ...outcome };
    this.#pending.delete(proofId);
    this.proofs.replace(proof);
    return proof;
  }
}
