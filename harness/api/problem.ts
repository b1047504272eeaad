import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { ErrorCode } from '../errors.js';
import { AssayerError, ERRORS } from '../errors.js';
import { storeFault } from '../store/database.js';
import { problemPage } from '../web/entry/problem.js';

/** RFC 9457. `type` and `code` are stable; `detail` is one sentence for a person. */
export const problemSchema = z
  .object({
    type: z.string(),
    code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string(),
    requestId: z.string().meta({ description: 'Names this request in the logs.' }),
  })
  .meta({ id: 'Problem' });
export type Problem = Readonly<z.output<typeof problemSchema>>;

const RETRY_SECONDS: Partial<Record<ErrorCode, number>> = {
  storeUnavailable: 5,
  queueUnavailable: 5,
  diskFull: 60,
  tooManyUploads: 2,
};

/** Whatever a handler threw as the catalogue's error; a bug becomes `internal`, and its words stay in the log. */
export function toKnown(error: unknown): AssayerError {
  if (error instanceof AssayerError) return error;
  return storeFault(error) ?? bodyParserError(error) ?? new AssayerError('internal', {}, { cause: error });
}

/** express.json and the router say what they met by `type` or `status`. */
function bodyParserError(error: unknown): AssayerError | null {
  if (!(error instanceof Error) || !('status' in error)) return null;
  if (error.status === 413) return new AssayerError('bodyTooLarge', { limit: '64 KiB of JSON' });
  if (error.status === 415) return new AssayerError('mediaTypeUnsupported', { types: 'text in UTF-8' });
  if (error.status === 400)
    return new AssayerError('bodyUnreadable', { problem: 'it is not what its headers say.' });
  return null;
}

export function problemOf(error: AssayerError, requestId: string): Problem {
  const { status, title } = error.entry;
  const { code, message } = error;
  return { type: `urn:assayer:problem:${code}`, code, title, status, detail: message, requestId };
}

export function sendProblem(error: AssayerError, res: Response): void {
  const problem = problemOf(error, String(res.getHeader('x-request-id') ?? ''));
  const retry = RETRY_SECONDS[error.code];
  if (retry !== undefined) res.setHeader('Retry-After', retry);
  if (problem.status === 401) res.setHeader('WWW-Authenticate', 'Bearer realm="assayer"');
  res.status(problem.status);
  if (res.req.method !== 'HEAD' && prefersHtml(res)) problemPage(problem, res);
  else res.type('application/problem+json').send(JSON.stringify(problem));
}

/** A person's browser, rather than a program: it names HTML before everything else. */
export const prefersHtml = ({ req }: Response): boolean => /^text\/html\b/.test(req.headers.accept ?? '');

export const handleErrors =
  (log: Logger): ErrorRequestHandler =>
  (error: unknown, _req, res, _next) => {
    const known = toKnown(error);
    if (known.code === 'internal') log.error({ err: error, requestId: res.getHeader('x-request-id') }, 'bug');
    if (res.headersSent) return void res.destroy();
    sendProblem(known, res);
  };

export const nothingHere: RequestHandler = (req) => {
  throw new AssayerError('routeUnknown', { path: req.path.slice(0, 200) });
};

/** The last handler of a path, for the methods that the path does not have. */
export const only =
  (...allowed: string[]): RequestHandler =>
  (req, res) => {
    res.setHeader('Allow', allowed.join(', '));
    throw new AssayerError('methodNotAllowed', { method: req.method, allowed: allowed.join(', ') });
  };
