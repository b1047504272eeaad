/** What the world sees of a record; the rest (request id, order) is ours. */
export function toProof(record) {
  const { id, contributor, repository, pullRequest, mergedAt, status, createdAt } = record;
  return {
    id,
    contributor,
    repository,
    pullRequest,
    mergedAt,
    status,
    credentialId: record.credential?.id ?? null,
    failure: record.failure ?? null,
    createdAt,
  };
}

export function toCredential(record) {
  const { contributor, repository, credential } = record;
  return {
    id: credential.id,
    proofId: record.id,
    contributor,
    repository,
    issuedAt: credential.issuedAt,
  };
}
