import { readPageQuery, toCursor } from '../http/page-query.js';
import { Problem } from '../http/problem.js';
import { toCredential } from '../store/views.js';

export function credentialRoutes(route, { store }) {
  const list = (request, response) => {
    const { contributor, limit, before } = readPageQuery(request.query);
    const { records, next } = store.credentials({ contributor, limit, before });
    response.json({ items: records.map(toCredential), nextCursor: toCursor(next) });
  };

  const one = (request, response) => {
    const record = store.credential(request.params.id);
    if (!record) throw new Problem(404, 'There is no credential with this id.');
    response.json(toCredential(record));
  };

  route('/api/v1/credentials', { get: list });
  route('/api/v1/credentials/:id', { get: one });
}
