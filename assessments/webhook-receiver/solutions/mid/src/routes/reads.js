import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { HttpError, route } from '../errors.js';
import { register } from '../metrics.js';
import { getCredential, getProof, listCredentials, listProofs } from '../store.js';

const hash = promisify(scrypt);

export function registerReads(scope) {
  route(scope, 'GET', '/api/v1/proofs', async (request) => listProofs(readQuery(request.query)));
  route(scope, 'GET', '/api/v1/credentials', async (request) =>
    listCredentials(readQuery({ ...request.query, status: undefined })),
  );
  route(scope, 'GET', '/api/v1/proofs/:id', async (request) => found(getProof(request.params.id)));
  route(scope, 'GET', '/api/v1/credentials/:id', async (request) => found(getCredential(request.params.id)));
  route(scope, 'GET', '/api/v1/proofs/:id/commitment', async (request) => {
    const { id, contributor, repository, pullRequest } = found(getProof(request.params.id));
    const key = await hash(`${contributor}:${repository}:${pullRequest.number}`, id, 32, {
      N: 16384,
      r: 8,
      p: 1,
    });
    return { proofId: id, algorithm: 'scrypt', commitment: key.toString('hex') };
  });
  route(scope, 'GET', '/healthz', async () => ({ status: 'ok' }));
  route(scope, 'GET', '/metrics', async (request, reply) =>
    reply.type(register.contentType).send(await register.metrics()),
  );
}

function found(thing) {
  if (!thing) throw new HttpError(404, 'There is nothing with this id');
  return thing;
}

function readQuery({ contributor, status, limit = '20', cursor }) {
  const errors = [];
  if (!/^\d+$/.test(limit) || limit < 1 || limit > 100)
    errors.push({ field: 'limit', reason: 'must be 1 to 100' });
  if (status !== undefined && !['pending', 'minted', 'failed'].includes(status)) {
    errors.push({ field: 'status', reason: 'is unknown' });
  }
  if (cursor !== undefined && !/^\d+$/.test(cursor))
    errors.push({ field: 'cursor', reason: 'is not a cursor' });
  if (errors.length > 0) throw new HttpError(400, 'Some parameters are wrong', errors);
  return {
    contributor,
    status,
    limit: Number(limit),
    before: cursor === undefined ? Infinity : Number(cursor),
  };
}
