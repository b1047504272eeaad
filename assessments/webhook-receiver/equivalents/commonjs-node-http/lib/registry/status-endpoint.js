'use strict';

const { sendJson } = require('../http/reply');
const { Problem, badParameter } = require('../http/problem');
const { TokenBuckets } = require('./token-bucket');

const MOST_IDS = 20;

function routes({ config, registry }) {
  const buckets = new TokenBuckets(config.statusRate);
  return {
    async 'GET /api/v1/credential-status'(exchange) {
      // Those without a name share one bucket; no named account can have an empty name.
      const waitMs = buckets.take(exchange.header('x-account-id') ?? '');
      if (waitMs > 0) throw tooMany(Math.ceil(waitMs / 1000));
      const ids = readIds(exchange.query.get('ids'));
      const answers = await Promise.all(ids.map((id) => registry.status(id, exchange.requestId)));
      const named = answers.map((answer, i) => ({ id: ids[i], ...answer }));
      return sendJson(exchange, 200, {
        items: named.filter(({ status }) => status !== undefined),
        failed: named.filter(({ reason }) => reason !== undefined),
      });
    },
  };
}

/** Each id once, in the order asked. */
function readIds(text) {
  const ids = (text ?? '').split(',');
  if (ids.length > MOST_IDS || !ids.every((id) => /^crd_[A-Za-z0-9]{1,40}$/.test(id)))
    throw badParameter('ids', `must be 1 to ${MOST_IDS} credential ids, separated by commas`);
  return [...new Set(ids)];
}

function tooMany(seconds) {
  return new Problem(429, 'This account has asked too often.', { headers: { 'Retry-After': seconds } });
}

module.exports = { routes };
