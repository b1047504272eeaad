'use strict';

const { isUtf8 } = require('node:buffer');
const { randomUUID } = require('node:crypto');
const log = require('../log');
const { readBytes } = require('../http/body');
const { Problem } = require('../http/problem');
const { sendJson } = require('../http/reply');
const { readMerge } = require('./merge');
const { isSigned } = require('./signature');

const MOST_BYTES = 256 * 1024;

function routes({ config, vault, mintDesk }) {
  return {
    async 'POST /api/v1/webhooks/github'(exchange) {
      const { event, payload } = await readDelivery(exchange, config.webhookSecret);
      const merge = readMerge(event, payload);
      if (merge === null) return sendJson(exchange, 200, { status: 'ignored', proofId: null });

      const { proof, job } = await store(vault, newProof(merge), exchange.requestId);
      if (job === null) return sendJson(exchange, 200, { status: 'duplicate', proofId: proof.id });
      await sendJson(exchange, 202, { status: 'accepted', proofId: proof.id });
      return mintDesk.take(job);
    },
  };
}

/** What arrived, if it may be believed. The order of the checks is the one in which they are to win. */
async function readDelivery(exchange, secret) {
  const bytes = await readBytes(exchange.request, MOST_BYTES);
  const [type] = (exchange.header('content-type') ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/json')
    throw new Problem(415, 'Deliveries are application/json.');
  if (!isSigned(bytes, secret, exchange.header('x-hub-signature-256')))
    throw new Problem(401, 'The signature is missing or wrong.');
  const payload = parse(bytes);
  const event = exchange.header('x-github-event');
  if (!event) throw new Problem(400, 'X-GitHub-Event is missing.');
  if (!exchange.header('x-github-delivery')) throw new Problem(400, 'X-GitHub-Delivery is missing.');
  return { event, payload };
}

/** The message of JSON.parse quotes what it could not read, so it is dropped. */
function parse(bytes) {
  try {
    if (isUtf8(bytes)) return JSON.parse(bytes);
  } catch {}
  throw new Problem(400, 'The body is not JSON.');
}

async function store(vault, proof, requestId) {
  try {
    return await vault.accept(proof, requestId);
  } catch (error) {
    log.error('delivery not stored', { requestId, reason: error.message });
    throw new Problem(503, 'The delivery could not be stored; please send it again.');
  }
}

function newProof({ contributor, repository, pullRequest, mergedAt }) {
  return {
    id: randomUUID(),
    contributor,
    repository,
    pullRequest,
    mergedAt,
    status: 'pending',
    credentialId: null,
    failure: null,
    createdAt: new Date().toISOString(),
  };
}

module.exports = { routes };
