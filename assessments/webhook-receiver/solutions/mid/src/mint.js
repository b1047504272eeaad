import { setTimeout as sleep } from 'node:timers/promises';
import { config } from './config.js';
import { log } from './log.js';
import { callRegistry, limiter } from './registry.js';
import { save } from './store.js';

const limited = limiter(config.concurrency);

/** Mints in the background. */
export function startMint(proof, requestId) {
  limited(() => mint(proof, requestId)).catch((error) => {
    log('error', 'mint crashed', { requestId, proofId: proof.id, reason: error.message });
  });
}

async function mint(proof, requestId) {
  for (let attempt = 1; ; attempt++) {
    try {
      const credential = await callRegistry('POST', '/v1/credentials', {
        requestId,
        headers: { 'content-type': 'application/json', 'idempotency-key': proof.id },
        body: {
          proofId: proof.id,
          contributor: proof.contributor,
          repository: proof.repository,
          pullRequestUrl: proof.pullRequest.url,
          mergedAt: proof.mergedAt,
        },
      });
      if (typeof credential.id !== 'string')
        throw Object.assign(new Error('no credential in the answer'), { status: 502 });
      return finish('proof.minted', { ...proof, status: 'minted', credentialId: credential.id }, credential);
    } catch (error) {
      log('warn', 'mint attempt failed', { requestId, proofId: proof.id, attempt, reason: error.message });
      const refused = error.status >= 400 && error.status < 500 && error.status !== 429;
      if (refused || attempt >= config.maxAttempts) {
        return finish('proof.failed', { ...proof, status: 'failed', failure: { reason: error.message } });
      }
      const asked = Number(error.retryAfter) * 1000 || 0;
      await sleep(Math.max(asked, config.retryBaseMs * 2 ** (attempt - 1)));
    }
  }
}

function finish(event, proof, credential) {
  save(
    event,
    proof,
    credential && {
      id: credential.id,
      proofId: proof.id,
      contributor: proof.contributor,
      repository: proof.repository,
      issuedAt: credential.issuedAt,
    },
  );
}
