export const PROOF_STATUSES = ['pending', 'minted', 'failed'] as const;
export type ProofStatus = (typeof PROOF_STATUSES)[number];

export type Proof = Readonly<{
  id: string;
  contributor: string;
  repository: string;
  pullRequest: Readonly<{ id: number; number: number; title: string; url: string }>;
  mergedAt: string;
  status: ProofStatus;
  credentialId: string | null;
  failure: Readonly<{ reason: string }> | null;
  createdAt: string;
}>;

export type Credential = Readonly<{
  id: string;
  proofId: string;
  contributor: string;
  repository: string;
  issuedAt: string;
}>;

/** What a delivery tells us about a merge. */
export type Merge = Pick<Proof, 'contributor' | 'repository' | 'pullRequest' | 'mergedAt'>;

/** What the registry tells us about a credential. */
export type Issued = Pick<Credential, 'id' | 'issuedAt'>;

/** A mint that is still to be done; `attempts` have failed so far, and the next may start at `notBefore` (epoch, ms). */
export type PendingMint = Readonly<{ proof: Proof; requestId: string; attempts: number; notBefore: number }>;

/** The lines of the journal. The state is what results from applying them in order. */
export type JournalRecord =
  | Readonly<{ kind: 'accepted'; proof: Proof; requestId: string }>
  | Readonly<{ kind: 'attempt-failed'; proofId: string; attempts: number; notBefore: number }>
  | Readonly<{ kind: 'minted'; proofId: string; issued: Issued }>
  | Readonly<{ kind: 'failed'; proofId: string; reason: string }>;

export type ProofEventType = 'proof.created' | 'proof.minted' | 'proof.failed';
