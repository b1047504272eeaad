'use strict';

const { readListing, toPage } = require('../http/listing');
const { Problem, badParameter } = require('../http/problem');
const { sendJson, sendNothing } = require('../http/reply');

const STATUSES = ['pending', 'minted', 'failed'];

function routes({ vault }) {
  return {
    'GET /api/v1/proofs'(exchange) {
      const status = exchange.query.get('status');
      if (status !== null && !STATUSES.includes(status))
        throw badParameter('status', `must be one of ${STATUSES.join(', ')}`);
      const accepts = (proof) => status === null || proof.status === status;
      const page = vault.proofs.page({ ...readListing(exchange.query), accepts });
      return sendJson(exchange, 200, toPage(page));
    },

    'GET /api/v1/proofs/:id'(exchange) {
      const proof = findProof(vault, exchange);
      const headers = { ETag: tagOf(proof) };
      if (isCurrent(exchange.header('if-none-match'), headers.ETag))
        return sendNothing(exchange, 304, headers);
      return sendJson(exchange, 200, proof, headers);
    },
  };
}

function findProof(vault, exchange) {
  const proof = vault.proofs.get(exchange.params.id);
  if (!proof) throw new Problem(404, 'There is no such proof.');
  return proof;
}

/** A proof changes once in its life, and what changes is its status. Weak, since the bytes depend on the encoding. */
function tagOf({ id, status }) {
  return `W/"${id}.${status}"`;
}

function isCurrent(ifNoneMatch = '', tag) {
  const candidates = ifNoneMatch.split(',').map((candidate) => candidate.trim().replace(/^W\//, ''));
  return candidates.includes('*') || candidates.includes(tag.replace(/^W\//, ''));
}

module.exports = { routes, findProof };
