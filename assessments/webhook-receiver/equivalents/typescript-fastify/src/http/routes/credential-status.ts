import type { FastifyInstance } from 'fastify';
import type { Registry } from '../../registry/client.js';
import type { Services } from '../../services.js';
import { single, type Query } from '../paging.js';
import { badParameter, Problem } from '../problem.js';

const MOST_IDS = 20;

export function credentialStatusRoutes(app: FastifyInstance, { registry, statusRateLimit }: Services): void {
  app.get<{ Querystring: Query }>('/api/v1/credential-status', async ({ query, headers, id: requestId }) => {
    const ids = readIds(query);
    // Those who are not named share one allowance.
    const wait = statusRateLimit.take(String(headers['x-account-id'] ?? ''));
    if (wait > 0)
      throw new Problem(429, `The allowance is used up. Please ask again in ${wait} seconds.`, {
        headers: { 'retry-after': String(wait) },
      });
    return askForAll(registry, ids, requestId);
  });
}

async function askForAll(registry: Registry, ids: string[], requestId: string) {
  const results = await Promise.all(
    ids.map(async (id) => ({ id, result: await registry.status(id, requestId) })),
  );
  return {
    items: results.flatMap(({ id, result }) =>
      result.kind === 'known' ? { id, status: result.status } : [],
    ),
    failed: results.flatMap(({ id, result }) =>
      result.kind === 'failed' ? { id, reason: result.reason } : [],
    ),
  };
}

/** Each id once, in the order asked. */
function readIds(query: Query): string[] {
  const ids = (single(query, 'ids') ?? '').split(',');
  if (ids.length > MOST_IDS) throw badParameter('ids', `must be at most ${MOST_IDS} ids`);
  if (!ids.every((id) => /^crd_[A-Za-z0-9]{1,40}$/.test(id)))
    throw badParameter('ids', 'must be ids of credentials, separated by commas');
  return [...new Set(ids)];
}
