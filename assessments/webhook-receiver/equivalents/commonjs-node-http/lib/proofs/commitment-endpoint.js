'use strict';

const { sendJson } = require('../http/reply');
const { findProof } = require('./proof-endpoints');
const { ScryptThread } = require('./scrypt-thread');

function routes({ vault }) {
  const thread = new ScryptThread();
  return {
    async 'GET /api/v1/proofs/:id/commitment'(exchange) {
      const { id, contributor, repository, pullRequest } = findProof(vault, exchange);
      const commitment = await thread.derive({
        password: `${contributor}:${repository}:${pullRequest.number}`,
        salt: id,
        isWanted: () => exchange.isOpen,
      });
      return sendJson(exchange, 200, { proofId: id, algorithm: 'scrypt', commitment });
    },
  };
}

module.exports = { routes };
