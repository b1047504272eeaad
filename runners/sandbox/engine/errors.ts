import { SandboxError } from '../types.js';

/** An engine's answer or a socket's failure, as dockerode throws them. */
interface EngineFailure {
  readonly statusCode?: number;
  readonly code?: string;
  readonly message: string;
}

interface Rule {
  readonly when: (failure: EngineFailure) => boolean;
  readonly code: SandboxError['code'];
  readonly sentence: (doing: string, failure: EngineFailure) => string;
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** First match wins; all of these are the platform's doing, never a submission's. */
const RULES: readonly Rule[] = [
  {
    when: (f) => f.code === 'EACCES' || f.code === 'EPERM',
    code: 'engineUnavailable',
    sentence: () =>
      'The container engine refuses this user (no permission on its socket): run as a user in the docker group.',
  },
  {
    when: (f) => UNREACHABLE.has(f.code ?? ''),
    code: 'engineUnavailable',
    sentence: (doing, f) =>
      `The container engine does not answer (${f.code}, ${doing}): start it, or set DOCKER_HOST to one that runs.`,
  },
  {
    when: (f) => /CERT|TLS|SSL|SIGNATURE/.test(f.code ?? ''),
    code: 'engineUnavailable',
    sentence: (_, f) =>
      `The container engine and this worker do not trust each other (${f.code}): correct the certificates in DOCKER_CERT_PATH.`,
  },
  {
    when: (f) => /transport is closing|containerd.*(connection|unavailable)/i.test(f.message),
    code: 'engineUnavailable',
    sentence: (doing) => `The container engine lost its runtime (${doing}): restart it.`,
  },
  {
    when: (f) => /no space left on device|disk quota exceeded/i.test(f.message),
    code: 'diskFull',
    sentence: (doing) => `The disk of the container engine is full (${doing}): free some space.`,
  },
  {
    when: (f) => f.statusCode === 404 && /no such image/i.test(f.message),
    code: 'imageMissing',
    sentence: (_, f) => `${reason(f)}: build the images (assayer doctor says how).`,
  },
];

const isFailure = (cause: unknown): cause is EngineFailure =>
  typeof cause === 'object' && cause !== null && 'message' in cause && typeof cause.message === 'string';

/** Turns any failure of an engine call into the one error that callers know. */
export function toSandboxError(cause: unknown, doing: string): SandboxError {
  if (cause instanceof SandboxError) return cause;
  const failure: EngineFailure = isFailure(cause) ? cause : { message: String(cause) };
  const rule = RULES.find((candidate) => candidate.when(failure));
  return rule
    ? new SandboxError(rule.code, rule.sentence(doing, failure), { cause })
    : new SandboxError(
        'internal',
        `The container engine could not ${doing}: ${reason(failure)}. This is the platform's fault.`,
        { cause },
      );
}

export function engineSilent(doing: string, ms: number): SandboxError {
  return new SandboxError(
    'engineUnavailable',
    `The container engine did not answer within ${ms / 1000} s (${doing}): see whether it hangs or is overloaded.`,
  );
}

/** The engine does not know the object: for a removal that is success. */
export const isGone = (cause: unknown): boolean => status(cause) === 404;

/** The object is in a state that excludes the request: in use, not running, being removed. */
export const isConflict = (cause: unknown): boolean => status(cause) === 409;

function status(cause: unknown): number | undefined {
  const origin = cause instanceof SandboxError ? cause.cause : cause;
  return (origin as { statusCode?: number } | undefined)?.statusCode;
}

/** The engine's own words without dockerode's wrapping. */
function reason(failure: EngineFailure): string {
  return failure.message
    .replace(/^\(HTTP code \d+\) [^-]*- /, '')
    .trim()
    .replace(/\.$/, '');
}
