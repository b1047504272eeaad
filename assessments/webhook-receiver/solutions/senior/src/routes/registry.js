import { Problem, invalid } from '../http/problem.js';
import { rateLimit } from '../http/rate-limit.js';
import { RegistryError } from '../registry/registry.js';
import { TtlCache } from '../ttl-cache.js';

const CREDENTIAL_ID = /^crd_[A-Za-z0-9]{1,40}$/;
const MAX_IDS = 20;

/** Reads that go through to the registry. */
export function registryRoutes(route, { config, registry }) {
  const issuers = new TtlCache(config.issuerTtlMs, (requestId) => registry.issuer(requestId));

  const issuer = async (request, response) => {
    response.json(await issuers.get(request.id).catch(asGatewayProblem));
  };

  const status = async (request, response) => {
    const ids = readIds(request.query.ids);
    const answers = await Promise.allSettled(ids.map((id) => registry.status(id, request.id)));
    const items = [];
    const failed = [];
    answers.forEach((answer, i) => {
      if (answer.status === 'fulfilled') items.push({ id: ids[i], status: answer.value.status });
      else failed.push({ id: ids[i], reason: asReason(answer.reason) });
    });
    response.json({ items, failed });
  };

  route('/api/v1/issuer', { get: issuer });
  route('/api/v1/credential-status', { get: [rateLimit(config.statusRate), status] });
}

function readIds(text) {
  const ids = typeof text === 'string' ? [...new Set(text.split(','))] : [];
  if (ids.length < 1 || ids.length > MAX_IDS || !ids.every((id) => CREDENTIAL_ID.test(id))) {
    throw invalid(400, [
      { field: 'ids', reason: `must be 1 to ${MAX_IDS} credential ids, separated by commas` },
    ]);
  }
  return ids;
}

function asReason(error) {
  if (error instanceof RegistryError) return error.message;
  throw error;
}

function asGatewayProblem(error) {
  if (!(error instanceof RegistryError)) throw error;
  throw new Problem(error.kind === 'timeout' ? 504 : 502, `No issuer document: ${error.message}.`);
}
