import { STATUS_CODES } from 'node:http';

export class HttpError extends Error {
  constructor(status, detail, errors, headers = {}) {
    super(detail);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

export function sendProblem(reply, status, detail, errors, headers = {}) {
  reply
    .code(status)
    .headers(headers)
    .header('content-type', 'application/problem+json')
    .send(JSON.stringify({ title: STATUS_CODES[status], status, detail, errors }));
}

/** Registers a GET or POST route and a 405 for the other methods. */
export function route(scope, method, url, handler) {
  scope.route({ method, url, handler });
  const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((other) => other !== method);
  scope.route({
    method: others,
    url,
    handler: async () => {
      throw new HttpError(405, `Only ${method} is allowed`, undefined, { allow: method });
    },
  });
}
