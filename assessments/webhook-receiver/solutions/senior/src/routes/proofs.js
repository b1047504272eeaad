import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { readPageQuery, toCursor } from '../http/page-query.js';
import { Problem } from '../http/problem.js';
import { Limiter } from '../registry/limiter.js';
import { toProof } from '../store/views.js';

const derive = promisify(scrypt);
// Node's thread pool has four threads, and the journal needs one.
const MAX_DERIVATIONS = 2;

export function proofRoutes(route, { store }) {
  const derivations = new Limiter(MAX_DERIVATIONS);

  const find = (id) => {
    const record = store.proof(id);
    if (!record) throw new Problem(404, 'There is no proof with this id.');
    return record;
  };

  const list = (request, response) => {
    const { records, next } = store.proofs(readPageQuery(request.query));
    response.json({ items: records.map(toProof), nextCursor: toCursor(next) });
  };

  // Express makes the ETag from the body and answers 304 to a matching If-None-Match.
  const one = (request, response) => response.json(toProof(find(request.params.id)));

  const commitment = async (request, response) => {
    const { id, contributor, repository, pullRequest } = find(request.params.id);
    const password = `${contributor}:${repository}:${pullRequest.number}`;
    const hash = await derivations.run(() => derive(password, id, 32, { N: 16_384, r: 8, p: 1 }));
    response.json({ proofId: id, algorithm: 'scrypt', commitment: hash.toString('hex') });
  };

  route('/api/v1/proofs', { get: list });
  route('/api/v1/proofs/:id', { get: one });
  route('/api/v1/proofs/:id/commitment', { get: commitment });
}
