import express from 'express';
import { isMerge, parseBody, readMerge } from '../http/delivery.js';
import { Problem } from '../http/problem.js';
import { isSignedBy } from '../http/signature.js';
import { toProof } from '../store/views.js';

const MAX_BODY_BYTES = 262_144;

export function webhookRoutes(route, { config, store, minter, feed }) {
  // The signature is over bytes: they are taken as they come, whatever the content type.
  const rawBody = express.raw({ type: () => true, limit: MAX_BODY_BYTES, inflate: false });

  const receive = async (request, response) => {
    if (!request.is('application/json')) throw new Problem(415, 'Deliveries are application/json.');
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    if (!isSignedBy(config.webhookSecret, bytes, request.get('X-Hub-Signature-256'))) {
      throw new Problem(401, 'The signature is missing or does not fit the body.');
    }
    const payload = parseBody(bytes);
    const event = request.get('X-GitHub-Event');
    if (!event || !request.get('X-GitHub-Delivery')) {
      throw new Problem(400, 'X-GitHub-Event and X-GitHub-Delivery are required.');
    }
    if (event === 'pull_request' && (typeof payload !== 'object' || payload === null)) {
      throw new Problem(422, 'The body must be an object.');
    }
    if (!isMerge(event, payload)) return response.json({ status: 'ignored', proofId: null });

    const { record, isNew } = await store.admit(readMerge(payload), request.id);
    if (isNew) {
      feed.publish('proof.created', toProof(record));
      minter.begin(record);
    }
    response.status(isNew ? 202 : 200).json({ status: isNew ? 'accepted' : 'duplicate', proofId: record.id });
  };

  route('/api/v1/webhooks/github', { post: [rawBody, receive] });
}
