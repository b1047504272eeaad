import { createHash } from 'node:crypto';
import type { StubReply, UpstreamCall } from 'assayer/kit';

/** The registry on a good day. One idempotency key gives one credential, however often it is sent. */
const replies: StubReply[] = [
  { method: 'POST', path: '/v1/credentials', status: 201, body: minted },
  { method: 'GET', path: /^\/v1\/credentials\/crd_[A-Za-z0-9]+\/status$/, status: 200, body: status },
  {
    method: 'GET',
    path: '/v1/issuer',
    status: 200,
    body: { id: 'did:example:registry', name: 'The registry', keys: [] },
  },
  { method: 'GET', path: '/v1/health', status: 200, body: { status: 'ok' } },
  { status: 404, body: { error: 'the registry knows nothing of that path' } },
];

function minted(call: UpstreamCall): unknown {
  const key = createHash('sha256')
    .update(call.headers['idempotency-key'] ?? '')
    .digest('hex');
  return { id: `crd_${key.slice(0, 24)}`, issuedAt: new Date().toISOString() };
}

function status(call: UpstreamCall): unknown {
  return { id: call.path.split('/')[3], status: 'active' };
}

export default replies;
