import type { FastifyInstance } from 'fastify';
import type { Services } from '../../services.js';
import { readCursor, readLimit, single, writeCursor, type Query } from '../paging.js';
import { Problem } from '../problem.js';

export function credentialRoutes(app: FastifyInstance, { store }: Services): void {
  app.get<{ Querystring: Query }>('/api/v1/credentials', async ({ query }) => {
    const page = store.credentials.page({
      contributor: single(query, 'contributor'),
      before: readCursor(query, 'credentials'),
      limit: readLimit(query),
    });
    return { items: page.items, nextCursor: writeCursor(page.next, 'credentials') };
  });

  app.get<{ Params: { id: string } }>('/api/v1/credentials/:id', async ({ params }) => {
    const credential = store.credentials.get(params.id);
    if (!credential) throw new Problem(404, 'There is no credential with this id.');
    return credential;
  });
}
