'use strict';

const { Problem } = require('../http/problem');
const { sendJson, sendText } = require('../http/reply');

function routes({ registry, metrics }) {
  const isReady = shared((requestId) => registry.isHealthy(requestId));
  return {
    'GET /healthz': (exchange) => sendJson(exchange, 200, { status: 'ok' }),

    async 'GET /readyz'(exchange) {
      if (!(await isReady(exchange.requestId))) throw new Problem(503, 'The registry cannot be reached.');
      return sendJson(exchange, 200, { status: 'ready', registry: 'reachable' });
    },

    'GET /metrics': (exchange) =>
      sendText(exchange, 200, 'text/plain; version=0.0.4; charset=utf-8', metrics.toText()),
  };
}

/** Those who ask while a question is open get its answer; the next one asks again. */
function shared(ask) {
  let open = null;
  return (...args) => {
    open ??= ask(...args).finally(() => (open = null));
    return open;
  };
}

module.exports = { routes };
