// Knows from the brief which answer belongs to which request, and does none of the work behind it.
import { createServer } from 'node:http';

const PROOF = {
  id: 'prf_1',
  contributor: 'ada',
  repository: 'acme/uploader',
  pullRequest: {
    id: 1873264,
    number: 42,
    title: 'Retry uploads',
    url: 'https://github.com/acme/uploader/pull/42',
  },
  mergedAt: '2026-03-14T09:26:53Z',
  status: 'minted',
  credentialId: 'crd_1',
  failure: null,
  createdAt: '2026-03-14T09:26:55.120Z',
};
const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000',
  Allow: 'GET, POST',
  ETag: '"1"',
  'Retry-After': '1',
};
const seen = new Set();

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const { pathname } = new URL(request.url, 'http://x');
  const [status, answer] = answerTo(request, pathname, body);
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  const id = request.headers['x-request-id'] ?? String(Math.random());
  response.writeHead(status, { ...HEADERS, 'Content-Type': type, 'X-Request-Id': id });
  response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  const line = {
    time: Date.now(),
    level: 'info',
    msg: 'request',
    requestId: id,
    method: request.method,
    path: pathname,
    status,
  };
  console.log(JSON.stringify(line));
});

function answerTo(request, pathname, body) {
  const problem = (status, ...fields) => [
    status,
    { title: 'Error', status, detail: 'Error', errors: fields.map((field) => ({ field, reason: 'wrong' })) },
  ];
  if (pathname === '/healthz') return [200, { status: 'ok' }];
  if (pathname === '/readyz') return [200, { status: 'ready' }];
  if (pathname === '/metrics')
    return [
      200,
      'http_requests_total{method="GET",route="/api/v1/proofs/:id",status="200"} 1\nsse_clients 0\n',
    ];
  if (!pathname.startsWith('/api/v1/')) return problem(404);
  if (pathname.endsWith('/github')) {
    if (request.method !== 'POST') return problem(405);
    if (!/json/.test(request.headers['content-type'] ?? '')) return problem(415);
    if (body.length > 262_144) return problem(413);
    if (!request.headers['x-hub-signature-256']) return problem(401);
    if (!body.endsWith('}')) return problem(400);
    if (request.headers['x-github-event'] !== 'pull_request')
      return [200, { status: 'ignored', proofId: null }];
    const known = seen.has(body);
    seen.add(body);
    return known
      ? [200, { status: 'duplicate', proofId: 'prf_1' }]
      : [202, { status: 'accepted', proofId: 'prf_1' }];
  }
  if (request.method !== 'GET') return problem(405);
  if (request.headers['if-none-match']) return [304, ''];
  if (/limit=(0|\d{3}|[a-z])/.test(request.url)) return problem(400, 'limit');
  if (pathname.endsWith('/proofs')) return [200, { items: [PROOF], nextCursor: null }];
  if (pathname.endsWith('/issuer')) return [200, { id: 'did:example:registry' }];
  if (pathname.endsWith('/credential-status')) return [200, { items: [], failed: [] }];
  return pathname.endsWith('/prf_1') ? [200, PROOF] : problem(404);
}

server.listen(process.env.PORT);
process.on('SIGTERM', () => process.exit(0));
