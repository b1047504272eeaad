import { Limiter } from './limiter.js';
import { retryAfterMs } from './pause.js';

/** Why a call to the registry gave nothing usable. `kind`: timeout, network, status or shape. */
export class RegistryError extends Error {
  constructor(kind, message, { status = null, retryAfterMs = 0 } = {}) {
    super(message);
    this.kind = kind;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The registry's API. All calls share one bound, one timeout and one way to fail. */
export class Registry {
  #url;
  #token;
  #timeoutMs;
  #limiter;

  constructor({ url, token, timeoutMs, concurrency }) {
    this.#url = url;
    this.#token = token;
    this.#timeoutMs = timeoutMs;
    this.#limiter = new Limiter(concurrency);
  }

  /**
   * One attempt at a credential. Failure is a normal outcome here, so it is a value:
   * minted, refused (do not try again) or failed (try again, after retryAfterMs at the earliest).
   */
  async mint(record, signal) {
    const { id, contributor, repository, pullRequest, mergedAt } = record;
    try {
      const credential = await this.#limiter.run(() =>
        this.#call('POST', '/v1/credentials', {
          requestId: record.requestId,
          headers: { 'Content-Type': 'application/json', 'Idempotency-Key': id },
          body: JSON.stringify({
            proofId: id,
            contributor,
            repository,
            pullRequestUrl: pullRequest.url,
            mergedAt,
          }),
          accepts: (value) => typeof value?.id === 'string' && typeof value.issuedAt === 'string',
          signal,
        }),
      );
      return { kind: 'minted', credential: { id: credential.id, issuedAt: credential.issuedAt } };
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      const isRefusal = error.status >= 400 && error.status < 500 && error.status !== 429;
      const { message: reason, retryAfterMs } = error;
      return isRefusal ? { kind: 'refused', reason } : { kind: 'failed', reason, retryAfterMs };
    }
  }

  status(id, requestId) {
    return this.#limiter.run(() =>
      this.#call('GET', `/v1/credentials/${encodeURIComponent(id)}/status`, {
        requestId,
        accepts: (value) => value?.status === 'active' || value?.status === 'revoked',
      }),
    );
  }

  issuer(requestId) {
    return this.#limiter.run(() =>
      this.#call('GET', '/v1/issuer', {
        requestId,
        accepts: (value) => typeof value === 'object' && value !== null,
      }),
    );
  }

  async isHealthy(requestId) {
    return this.#call('GET', '/v1/health', { requestId, accepts: () => true }).then(
      () => true,
      () => false,
    );
  }

  async #call(method, path, { requestId, headers, body, accepts, signal }) {
    // The timer runs on while the body is read, and its end closes the connection.
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    let response;
    let text;
    try {
      response = await fetch(this.#url + path, {
        method,
        body,
        headers: { Authorization: `Bearer ${this.#token}`, 'X-Request-Id': requestId, ...headers },
        redirect: 'manual',
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      text = await response.text();
    } catch (error) {
      if (signal?.aborted) throw error;
      if (timeout.aborted) throw new RegistryError('timeout', 'the registry did not answer in time');
      throw new RegistryError('network', 'the registry could not be reached');
    }
    if (!response.ok) {
      throw new RegistryError('status', `the registry answered ${response.status}`, {
        status: response.status,
        retryAfterMs: retryAfterMs(response.headers.get('retry-after')),
      });
    }
    const value = parse(text);
    if (!accepts(value)) throw new RegistryError('shape', 'the registry gave an answer that makes no sense');
    return value;
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
