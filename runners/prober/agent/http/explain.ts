import { ServiceError } from '../../../../assessments/kit/index.js';
import { MAX_HEADER_BYTES } from './limits.js';

/** What a failed exchange says about the service, in a sentence that names the request. */
export function explain(error: unknown, { method, path }: { method: string; path: string }): unknown {
  const what = `${method} ${path.length > 100 ? `${path.slice(0, 100)}…` : path}`;
  if (error instanceof ServiceError) return new ServiceError(`${what}: the service ${error.message}`);
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const reason = sentence(code);
  return reason === null ? error : new ServiceError(`${what}: the service ${reason}`, code);
}

/** Null for what is not the service's doing, such as an abort from our side. */
function sentence(code: string): string | null {
  switch (code) {
    case 'ECONNREFUSED':
      return 'refused the connection';
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return 'closed the connection before its answer was complete';
    case 'ETIMEDOUT':
      return 'did not accept the connection';
    case 'HPE_HEADER_OVERFLOW':
      return `sent more than ${MAX_HEADER_BYTES / 1024} KiB of headers`;
  }
  if (code.startsWith('HPE_')) return 'answered with something that is not HTTP';
  if (/^(Z_|ERR__ERROR|ERR_BROTLI|ERR__)/.test(code))
    return 'sent a body that does not match its content-encoding';
  return null;
}
