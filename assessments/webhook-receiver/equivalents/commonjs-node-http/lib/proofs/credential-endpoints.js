'use strict';

const { readListing, toPage } = require('../http/listing');
const { Problem } = require('../http/problem');
const { sendJson } = require('../http/reply');

function routes({ vault }) {
  return {
    'GET /api/v1/credentials'(exchange) {
      return sendJson(exchange, 200, toPage(vault.credentials.page(readListing(exchange.query))));
    },

    'GET /api/v1/credentials/:id'(exchange) {
      const credential = vault.credentials.get(exchange.params.id);
      if (!credential) throw new Problem(404, 'There is no such credential.');
      return sendJson(exchange, 200, credential);
    },
  };
}

module.exports = { routes };
