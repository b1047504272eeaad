import { randomUUID } from 'node:crypto';

const ACCEPTABLE_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** Gives each request its id, and logs and counts it when it is over. */
export function requestContext({ log, metrics }) {
  return (request, response, next) => {
    const brought = request.get('X-Request-Id');
    request.id = ACCEPTABLE_ID.test(brought ?? '') ? brought : randomUUID();
    response.set('X-Request-Id', request.id);
    const { method, path } = request;

    response.once('close', () => {
      const status = response.statusCode;
      log.info({ requestId: request.id, method, path, status }, 'request finished');
      metrics.requests.inc({ method, route: request.route?.path ?? 'none', status });
    });
    next();
  };
}
