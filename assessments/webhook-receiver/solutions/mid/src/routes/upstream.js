import { config } from '../config.js';
import { HttpError, route } from '../errors.js';
import { callRegistry, limiter, RegistryError } from '../registry.js';

export function registerUpstream(scope) {
  const limited = limiter(config.concurrency);
  let issuer = { until: 0 };

  route(scope, 'GET', '/api/v1/issuer', async (request) => {
    if (Date.now() < issuer.until) return issuer.value;
    try {
      const value = await callRegistry('GET', '/v1/issuer', { requestId: request.id });
      issuer = { value, until: Date.now() + config.issuerTtlMs };
      return value;
    } catch (error) {
      throw new HttpError(error.timedOut ? 504 : 502, 'The registry failed');
    }
  });

  route(scope, 'GET', '/api/v1/credential-status', async (request) => {
    checkRate(request.headers['x-account-id'] ?? '');
    const ids = (request.query.ids ?? '').split(',');
    if (ids.length > 20 || !ids.every((id) => /^crd_[A-Za-z0-9]{1,40}$/.test(id))) {
      throw new HttpError(400, 'ids is wrong', [{ field: 'ids', reason: 'must be 1 to 20 credential ids' }]);
    }
    const results = await Promise.allSettled(
      ids.map((id) =>
        limited(() => callRegistry('GET', `/v1/credentials/${id}/status`, { requestId: request.id })),
      ),
    );
    const items = [];
    const failed = [];
    results.forEach((result, i) => {
      if (result.status === 'fulfilled') items.push({ id: ids[i], status: result.value.status });
      else failed.push({ id: ids[i], reason: result.reason.message });
    });
    return { items, failed };
  });

  route(scope, 'GET', '/readyz', async (request) => {
    try {
      await callRegistry('GET', '/v1/health', { requestId: request.id });
      return { status: 'ready' };
    } catch (error) {
      if (error instanceof RegistryError) throw new HttpError(503, 'The registry is down');
      throw error;
    }
  });
}

const windows = new Map();
setInterval(() => windows.clear(), config.rateWindowMs).unref();

function checkRate(account) {
  const count = (windows.get(account) ?? 0) + 1;
  windows.set(account, count);
  if (count > config.rateLimit) {
    throw new HttpError(429, 'Too many requests', undefined, {
      'retry-after': String(Math.ceil(config.rateWindowMs / 1000)),
    });
  }
}
