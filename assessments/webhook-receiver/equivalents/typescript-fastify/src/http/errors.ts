import type { FastifyError, FastifyInstance } from 'fastify';
import { Problem, PROBLEM_TYPE } from './problem.js';

/** Everything that is thrown while a request is handled becomes a problem; only our own words go out. */
export function sendErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError | Problem>((error, request, reply) => {
    const problem = error instanceof Problem ? error : toProblem(error);
    if (problem.status >= 500 && !(error instanceof Problem))
      request.log.error({ err: error }, 'request failed');
    return reply
      .code(problem.status)
      .headers(problem.headers)
      .type(PROBLEM_TYPE)
      .send(JSON.stringify(problem.toBody()));
  });
}

function toProblem(error: FastifyError): Problem {
  const status = error.statusCode ?? 500;
  if (status === 415) return new Problem(415, 'The content type of the body is not one that is taken here.');
  if (status >= 400 && status < 500) return new Problem(status, 'The request cannot be understood.');
  return new Problem(500, 'Something went wrong here. It has been logged under the id of this request.');
}
