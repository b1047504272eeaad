import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isUtf8 } from 'node:buffer';
import type { Services } from '../../services.js';
import { readBody } from '../body.js';
import { mergeFrom } from '../delivery.js';
import { Problem } from '../problem.js';
import { isSignedBy } from '../signature.js';

const LONGEST_BODY = 256 * 1024;

/** The checks follow the order in which the brief wants them to win: 413, 415, 401, 400, 422. */
export function webhookRoutes(app: FastifyInstance, { webhookSecret, store, minter }: Services): void {
  app.register(async (scope) => {
    // What GitHub signed are bytes, so the body is taken before anything parses it.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.decorateRequest('bytes', undefined);
    scope.addHook('preParsing', async (request, _reply, payload) => {
      request.bytes = await readBody(request.raw, LONGEST_BODY);
      if (!isJson(request.headers['content-type']))
        throw new Problem(415, 'A delivery must be of type application/json.');
      return payload;
    });

    scope.post('/api/v1/webhooks/github', async (request, reply) => {
      const payload = readDelivery(request, webhookSecret);
      const merge = mergeFrom(String(request.headers['x-github-event']), payload);
      if (merge === null) return { status: 'ignored', proofId: null };

      const acceptance = await store.accept(merge, request.id).catch((err: unknown) => {
        request.log.error({ err }, 'delivery could not be stored');
        throw new Problem(503, 'The delivery could not be stored. Please send it again.');
      });
      const proofId = acceptance.proof.id;
      if (!acceptance.isNew) return { status: 'duplicate', proofId };
      minter.start({ proof: acceptance.proof, requestId: request.id, attempts: 0, notBefore: 0 });
      return reply.code(202).send({ status: 'accepted', proofId });
    });
  });
}

function readDelivery(request: FastifyRequest, secret: string): unknown {
  const { headers } = request;
  const bytes = request.bytes ?? Buffer.alloc(0);
  if (!isSignedBy(secret, bytes, headers['x-hub-signature-256']))
    throw new Problem(401, 'The signature is missing or does not belong to this body.');
  const payload = parseJson(bytes);
  for (const name of ['x-github-event', 'x-github-delivery'])
    if (!headers[name]) throw new Problem(400, `The header ${name} is missing.`);
  return payload;
}

function isJson(contentType: string | undefined): boolean {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';
}

/** The parser's own message quotes the body, and is not for anybody's eyes. */
function parseJson(bytes: Buffer): unknown {
  try {
    if (isUtf8(bytes)) return JSON.parse(bytes.toString());
  } catch {
    // Falls through to the same answer.
  }
  throw new Problem(400, 'The body is not JSON.');
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it was sent; only where deliveries are taken in. */
    bytes?: Buffer;
  }
}
