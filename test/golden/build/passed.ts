import type { Evidence } from '../../../assessments/kit/index.js';
import { accepted, call, delivery, duplicate, http, log, measure, problem, upstream } from './evidence.js';

const unauthorised = problem(401, 'Unauthorized', 'The signature does not match.');
const backoff = upstream(
  call(36, 503, 11),
  call(241, 503, 8),
  call(702, null, 1000, { aborted: true }),
  call(2490, 201, 24),
);

/** What the passing checks showed, where it is more than one plain exchange. */
export const PASSED: Readonly<Record<string, readonly Evidence[]>> = {
  'tampered-body-refused': [
    delivery(accepted, { label: 'Twin: as it was signed' }),
    delivery(unauthorised, { label: 'One digit of the pull request id changed' }),
    delivery(unauthorised, {
      label: 'Signed with another key',
      headers: { 'x-hub-signature-256': 'sha256=5f1c…e2' },
    }),
  ],
  'signature-over-raw-bytes': [
    delivery(accepted, { label: 'Keys in another order, four spaces of indent' }),
    delivery(accepted, {
      label: 'Escaped letters',
      body: '{"action":"clos\\u0065d","pull_request":{"id":7300413}}',
    }),
  ],
  'malformed-signature-refused': ['sha1=2fd4e1c6', 'sha256=', 'sha256=zz', 'rubbish'].map((value) =>
    delivery(unauthorised, { headers: { 'x-hub-signature-256': value } }),
  ),
  'same-delivery-twice': [
    delivery(accepted),
    delivery(duplicate),
    upstream(call(40, 201, 22)),
    http('GET', '/api/v1/credentials?contributor=ada-wren', {
      status: 200,
      body: { items: [{ id: 'crd_51', proofId: 'prf_8c1f07aa' }], nextCursor: null },
    }),
  ],
  'twenty-at-once': [
    delivery(accepted, { label: 'First of twenty' }),
    delivery(duplicate, { label: 'Last of twenty', ms: 18 }),
    upstream(call(52, 201, 25)),
    measure('credentials minted', 1, 'credentials', 'at most 1'),
  ],
  'answers-before-minting': [
    delivery(accepted, { ms: 7 }),
    measure('slowest answer', 7, 'ms', 'at most 1000 ms'),
  ],
  'retry-until-minted': [delivery(accepted), backoff],
  'backoff-with-jitter': [
    backoff,
    measure('pause before retry 1', 194, 'ms', '100 to 300 ms'),
    measure('pause before retry 2', 453, 'ms', '200 to 600 ms'),
    measure('pause before retry 3', 788, 'ms', '400 to 1200 ms'),
  ],
  'retry-after-honoured': [upstream(call(33, 429, 3), call(2061, 201, 19))],
  'readiness-follows-registry': [
    http(
      'GET',
      '/readyz',
      { status: 503, body: { status: 'unavailable' } },
      { label: 'Registry down', ms: 31 },
    ),
    http('GET', '/healthz', { status: 200, body: { status: 'ok' } }, { label: 'Alive all the same' }),
    http('GET', '/readyz', { status: 200, body: { status: 'ok' } }, { label: 'Registry back' }),
  ],
  'status-in-parallel': [
    http(
      'GET',
      '/api/v1/credential-status?ids=crd_1,crd_2,crd_3',
      {
        status: 200,
        body: { items: ['crd_1', 'crd_2', 'crd_3'].map((id) => ({ id, status: 'active' })), failed: [] },
      },
      { ms: 322 },
    ),
    upstream(
      ...[1, 2, 3].map((n) =>
        call(10 + n, 200, 300, { method: 'GET', path: `/v1/credentials/crd_${n}/status`, body: '' }),
      ),
    ),
    measure('whole answer, calls of 300 ms each', 322, 'ms', 'at most 650 ms'),
  ],
  'calls-bounded': [
    measure('most calls open at once', 3, 'calls', 'at most 3'),
    upstream(
      ...Array.from({ length: 9 }, (_, n) =>
        call(20 + Math.floor(n / 3) * 310, 200, 300, {
          method: 'GET',
          path: `/v1/credentials/crd_${n}/status`,
          body: '',
        }),
      ),
    ),
  ],
  'status-codes': [
    http('GET', '/api/v1/webhooks/github', {
      ...problem(405, 'Method not allowed', 'Use POST.'),
      headers: { allow: 'POST' },
    }),
    delivery(problem(415, 'Unsupported media type', 'Send application/json.'), {
      headers: { 'content-type': 'text/plain' },
    }),
    delivery(
      problem(422, 'Unprocessable content', 'One field is missing.', [
        { field: 'pull_request.user.login', reason: 'is required' },
      ]),
    ),
    http('GET', '/api/v1/proofs/prf_none', problem(404, 'Not found', 'No proof has this id.')),
  ],
  'json-log-line': [
    http('GET', '/healthz', { status: 200, body: { status: 'ok' } }),
    log(
      'service',
      '{"level":"info","time":"2026-11-22T09:13:58.310Z","msg":"request","method":"GET","path":"/healthz","status":200,"requestId":"req-6f1c0a9d2b"}',
    ),
  ],
  'no-header-injection': [
    http(
      'GET',
      '/healthz',
      { status: 200, body: { status: 'ok' } },
      { headers: { 'x-request-id': '<script>alert(1)</script>' } },
    ),
  ],
  compression: [
    http('GET', '/api/v1/proofs?limit=100', {
      status: 200,
      body: '(gzip, 1,904 bytes on the wire, 21,377 after)',
      headers: { 'content-encoding': 'gzip', vary: 'Accept-Encoding' },
    }),
  ],
  'issuer-stampede': [
    measure('calls to the registry for 50 readers', 1, 'calls', 'at most 1'),
    upstream(call(12, 200, 41, { method: 'GET', path: '/v1/issuer', body: '' })),
  ],
};

/** For the rest: one exchange that went well. */
export const PLAIN: readonly Evidence[] = [delivery(accepted)];
