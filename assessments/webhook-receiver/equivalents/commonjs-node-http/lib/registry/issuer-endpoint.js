'use strict';

const { sendText } = require('../http/reply');
const { Problem } = require('../http/problem');

function routes({ config, registry }) {
  const issuer = keepFor(config.issuerTtlMs, (requestId) => registry.issuer(requestId));
  return {
    async 'GET /api/v1/issuer'(exchange) {
      const { document, failure } = await issuer(exchange.requestId);
      if (failure === 'timeout') throw new Problem(504, 'The registry did not answer in time.');
      if (failure) throw new Problem(502, 'The registry gave no usable answer.');
      return sendText(exchange, 200, 'application/json', document);
    },
  };
}

/** Shares one question among all who ask while it is open, and its answer, unless a failure, for `ttlMs` after. */
function keepFor(ttlMs, ask) {
  let open = null;
  let kept = null;
  let keptUntil = 0;
  return (requestId) => {
    if (kept && performance.now() < keptUntil) return kept;
    open ??= ask(requestId).then((answer) => {
      open = null;
      kept = answer.failure ? null : answer;
      keptUntil = performance.now() + ttlMs;
      return answer;
    });
    return open;
  };
}

module.exports = { routes };
