import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { config } from '../config.js';
import { HttpError, route } from '../errors.js';
import { startMint } from '../mint.js';
import { findByPullRequest, save } from '../store.js';

export function registerWebhook(scope) {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) =>
    done(null, body),
  );

  route(scope, 'POST', '/api/v1/webhooks/github', async (request, reply) => {
    const raw = request.body ?? Buffer.alloc(0);
    if (!request.headers['content-type']) throw new HttpError(415, 'The type must be application/json');
    if (!isSigned(raw, request.headers['x-hub-signature-256']))
      throw new HttpError(401, 'The signature is wrong');
    const payload = parse(raw);
    const event = request.headers['x-github-event'];
    if (!event || !request.headers['x-github-delivery'])
      throw new HttpError(400, 'A GitHub header is missing');
    const pull = payload?.pull_request;
    if (event !== 'pull_request' || payload?.action !== 'closed' || pull?.merged !== true) {
      return { status: 'ignored', proofId: null };
    }
    validate(payload);
    const known = findByPullRequest(pull.id);
    if (known) return { status: 'duplicate', proofId: known };

    const proof = {
      id: randomUUID(),
      contributor: pull.user.login,
      repository: payload.repository.full_name,
      pullRequest: { id: pull.id, number: pull.number, title: pull.title, url: pull.html_url },
      mergedAt: pull.merged_at,
      status: 'pending',
      credentialId: null,
      failure: null,
      createdAt: new Date().toISOString(),
    };
    save('proof.created', proof);
    startMint(proof, request.id);
    return reply.code(202).send({ status: 'accepted', proofId: proof.id });
  });
}

function isSigned(raw, header) {
  if (!/^sha256=[0-9a-f]{64}$/.test(header ?? '')) return false;
  const expected = createHmac('sha256', config.secret).update(raw).digest();
  return timingSafeEqual(Buffer.from(header.slice(7), 'hex'), expected);
}

function parse(raw) {
  try {
    return JSON.parse(raw);
  } catch {
    throw new HttpError(400, 'The body is not JSON');
  }
}

const rules = {
  'pull_request.id': Number.isInteger,
  'pull_request.number': Number.isInteger,
  'pull_request.title': isText,
  'pull_request.html_url': isText,
  'pull_request.merged_at': isText,
  'pull_request.user.login': isText,
  'repository.full_name': isText,
};

function isText(value) {
  return typeof value === 'string' && value.length > 0;
}

function validate(payload) {
  const errors = Object.entries(rules)
    .filter(([path, rule]) => !rule(path.split('.').reduce((value, key) => value?.[key], payload)))
    .map(([field]) => ({ field, reason: 'is missing or has the wrong type' }));
  if (errors.length > 0) throw new HttpError(422, 'Some fields are wrong', errors);
}
