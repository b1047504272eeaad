import { STATUS_CODES } from 'node:http';

/** An answer other than success, thrown from anywhere and turned into application/problem+json at one place. */
export class Problem extends Error {
  constructor(status, detail, { errors, headers } = {}) {
    super(detail);
    this.status = status;
    this.errors = errors;
    this.headers = headers ?? {};
  }
}

/** A request whose content is wrong: `errors` is a list of {field, reason}. */
export const invalid = (status, errors) =>
  new Problem(status, 'The request is not valid; see errors.', { errors });

export function notFound() {
  throw new Problem(404, 'There is nothing at this path.');
}

/** For the end of a route: every method that nobody took. */
export function allowOnly(methods) {
  const allow = methods.map((method) => method.toUpperCase());
  if (allow.includes('GET')) allow.push('HEAD');
  return () => {
    throw new Problem(405, 'This path does not take that method.', { headers: { Allow: allow.join(', ') } });
  };
}

const DETAILS = {
  400: 'The request could not be read.',
  413: 'The body is larger than 262144 bytes.',
  415: 'The body has an encoding that is not supported.',
};

/** Express's error handler. Faults of ours are logged and told to nobody. */
export function answerProblem({ log }) {
  // eslint-disable-next-line no-unused-vars -- express knows error handlers by their four parameters
  return (error, request, response, next) => {
    if (response.headersSent) return response.destroy();
    const problem = asProblem(error);
    if (problem.status >= 500 && problem !== error) {
      log.error({ requestId: request.id, err: error }, 'a request failed');
    }
    const { status, message, errors, headers } = problem;
    response
      .status(status)
      .set(headers)
      .type('application/problem+json')
      .send(
        JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail: message, errors }),
      );
  };
}

function asProblem(error) {
  if (error instanceof Problem) return error;
  // Errors of express and its body reader say what the client did wrong; their messages stay inside.
  const status = error.status >= 400 && error.status < 500 ? error.status : 500;
  return new Problem(status, DETAILS[status] ?? 'The request could not be answered.');
}
