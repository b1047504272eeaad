'use strict';

const { Line } = require('./line');
const { readRetryAfter } = require('./retry-after');
const { Turnstile } = require('./turnstile');

/** What the registry can be asked. No method rejects; reasons are our own words, never the registry's. */
class Registry {
  #line;
  #turnstile;

  constructor({ concurrency, ...lineOptions }) {
    this.#line = new Line(lineOptions);
    this.#turnstile = new Turnstile(concurrency);
  }

  /**
   * One attempt at a mint: `{ verdict: 'minted', id, issuedAt }`, `{ verdict: 'refused', reason }` or
   * `{ verdict: 'try again', reason, earliestInMs }`. The proof's id is the key, so it is the same for every attempt.
   */
  async mint(proof, requestId) {
    const answer = await this.#turnstile.pass('mint', () =>
      this.#line.call({
        method: 'POST',
        path: '/v1/credentials',
        requestId,
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': proof.id },
        body: JSON.stringify({
          proofId: proof.id,
          contributor: proof.contributor,
          repository: proof.repository,
          pullRequestUrl: proof.pullRequest.url,
          mergedAt: proof.mergedAt,
        }),
      }),
    );
    const made = goodObject(answer, [200, 201]);
    if (isText(made?.id) && isText(made.issuedAt))
      return { verdict: 'minted', id: made.id, issuedAt: made.issuedAt };
    const reason = describe(answer);
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429)
      return { verdict: 'refused', reason };
    return { verdict: 'try again', reason, earliestInMs: readRetryAfter(answer.headers?.['retry-after']) };
  }

  /** `{ status }` or `{ reason }`. */
  async status(credentialId, requestId) {
    const answer = await this.#read(`/v1/credentials/${credentialId}/status`, requestId);
    const found = goodObject(answer, [200]);
    if (found?.id === credentialId && ['active', 'revoked'].includes(found.status))
      return { status: found.status };
    return { reason: answer.status === 404 ? 'unknown to the registry' : describe(answer) };
  }

  /** `{ document }`, the text as it came, or `{ failure: 'timeout' | 'bad answer' }`. */
  async issuer(requestId) {
    const answer = await this.#read('/v1/issuer', requestId);
    if (answer.outcome === 'timeout') return { failure: 'timeout' };
    return goodObject(answer, [200]) ? { document: answer.text } : { failure: 'bad answer' };
  }

  /** Passes the turnstile by: we may be busy and ready all the same. */
  async isHealthy(requestId) {
    const answer = await this.#line.call({ path: '/v1/health', requestId });
    return answer.status >= 200 && answer.status < 300;
  }

  #read(path, requestId) {
    return this.#turnstile.pass('reader', () => this.#line.call({ path, requestId }));
  }
}

/** The JSON object in the answer, or null if it is anything else or has another status. */
function goodObject(answer, statuses) {
  if (!statuses.includes(answer.status)) return null;
  try {
    const value = JSON.parse(answer.text);
    return typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function isText(value) {
  return typeof value === 'string' && value !== '';
}

function describe({ outcome, status }) {
  if (outcome === 'timeout') return 'no answer in time';
  if (outcome === 'broken') return 'connection trouble';
  return status >= 200 && status < 300 ? 'an answer that makes no sense' : `status ${status}`;
}

module.exports = { Registry };
