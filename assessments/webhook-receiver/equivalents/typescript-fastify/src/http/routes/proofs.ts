import type { FastifyInstance } from 'fastify';
import { createHash } from 'node:crypto';
import type { ProofStore } from '../../proofs/store.js';
import { PROOF_STATUSES, type Proof, type ProofStatus } from '../../proofs/types.js';
import type { Services } from '../../services.js';
import { matchesTag } from '../conditional.js';
import { readCursor, readLimit, single, writeCursor, type Query } from '../paging.js';
import { badParameter, Problem } from '../problem.js';

type ById = { Params: { id: string } };

export function proofRoutes(app: FastifyInstance, { store, committer }: Services): void {
  app.get<{ Querystring: Query }>('/api/v1/proofs', async ({ query }) => {
    const status = readStatus(query);
    const page = store.proofs.page({
      contributor: single(query, 'contributor'),
      before: readCursor(query, 'proofs'),
      limit: readLimit(query),
      matches: (proof) => status === undefined || proof.status === status,
    });
    return { items: page.items, nextCursor: writeCursor(page.next, 'proofs') };
  });

  app.get<ById>('/api/v1/proofs/:id', async (request, reply) => {
    const body = JSON.stringify(proofById(store, request.params.id));
    const tag = `W/"${createHash('sha1').update(body).digest('base64url')}"`;
    reply.header('etag', tag);
    if (matchesTag(request.headers['if-none-match'], tag)) return reply.code(304).send();
    return reply.type('application/json').send(body);
  });

  app.get<ById>('/api/v1/proofs/:id/commitment', async (request, reply) => {
    const proof = proofById(store, request.params.id);
    const commitment = await committer.commit(proof, () => !reply.raw.destroyed);
    return { proofId: proof.id, algorithm: 'scrypt', commitment };
  });
}

function proofById(store: ProofStore, id: string): Proof {
  const proof = store.proofs.get(id);
  if (!proof) throw new Problem(404, 'There is no proof with this id.');
  return proof;
}

function readStatus(query: Query): ProofStatus | undefined {
  const text = single(query, 'status');
  const status = PROOF_STATUSES.find((known) => known === text);
  if (text !== undefined && status === undefined)
    throw badParameter('status', `must be one of ${PROOF_STATUSES.join(', ')}`);
  return status;
}
