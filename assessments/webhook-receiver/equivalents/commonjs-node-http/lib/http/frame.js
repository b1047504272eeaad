'use strict';

const log = require('../log');
const { Exchange } = require('./exchange');
const { ALWAYS } = require('./headers');
const { Problem } = require('./problem');
const { sendProblem } = require('./reply');

/** What is the same around every request: headers, errors, the log line, the count, and the wait at the end of our life. */
class Frame {
  #router;
  #metrics;
  #underWay = 0;
  #whenDrained = null;

  constructor({ router, metrics }) {
    this.#router = router;
    this.#metrics = metrics;
  }

  async handle(request, response) {
    const exchange = new Exchange(request, response);
    this.#watch(exchange);
    for (const name in ALWAYS) response.setHeader(name, ALWAYS[name]);
    response.setHeader('X-Request-Id', exchange.requestId);
    try {
      this.#refuseIfDraining(response);
      const handler = this.#router.find(exchange);
      await handler(exchange);
    } catch (error) {
      await this.#answerError(exchange, error);
    }
  }

  /** Takes no more requests; resolves when those under way are answered. */
  drain() {
    return new Promise((resolve) => {
      this.#whenDrained = resolve;
      if (this.#underWay === 0) resolve();
    });
  }

  #refuseIfDraining(response) {
    if (this.#whenDrained === null) return;
    response.setHeader('Connection', 'close');
    throw new Problem(503, 'This service is just being stopped.');
  }

  async #answerError(exchange, error) {
    if (!(error instanceof Problem)) {
      log.error('unexpected error', { requestId: exchange.requestId, stack: error.stack });
      error = new Problem(500, 'An error on our side. The request id leads to it in our logs.');
    }
    if (exchange.response.headersSent) exchange.response.destroy();
    else await sendProblem(exchange, error);
  }

  #watch(exchange) {
    const { request, response, requestId, method, path } = exchange;
    const startedAt = performance.now();
    this.#underWay++;
    response.once('close', () => {
      const { route } = exchange;
      const status = response.statusCode;
      this.#metrics.countRequest(method, route, status);
      log.info('request', {
        method,
        path,
        status,
        requestId,
        ms: Math.round(performance.now() - startedAt),
        ...(response.writableFinished ? {} : { cutOff: true }),
      });
      if (--this.#underWay === 0) this.#whenDrained?.();
    });
    // A client that goes away in the middle is its own affair.
    request.on('error', () => {});
  }
}

module.exports = { Frame };
