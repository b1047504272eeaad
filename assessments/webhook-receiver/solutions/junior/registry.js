const base = process.env.REGISTRY_URL;

async function call(path, options = {}) {
  const response = await fetch(base + path, {
    ...options,
    headers: { authorization: 'Bearer ' + process.env.REGISTRY_TOKEN, ...options.headers },
  });
  if (!response.ok) throw new Error('registry answered ' + response.status);
  return response.json();
}

function mint(proof, requestId) {
  return call('/v1/credentials', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': proof.id, 'x-request-id': requestId },
    body: JSON.stringify({
      proofId: proof.id,
      contributor: proof.contributor,
      repository: proof.repository,
      pullRequestUrl: proof.pullRequest.url,
      mergedAt: proof.mergedAt,
    }),
  });
}

const getStatus = (id) => call('/v1/credentials/' + id + '/status');
const getIssuer = () => call('/v1/issuer');

module.exports = { mint, getStatus, getIssuer };
