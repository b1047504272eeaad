import type { ErrorEntry } from './error-entry.js';
import { ERRORS } from './error-codes.js';

export { ERRORS } from './error-codes.js';
export { EXIT } from './error-entry.js';
export type { ExitCode } from './error-entry.js';

export type ErrorCode = keyof typeof ERRORS;

/** The names in braces of a sentence. */
type Names<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

export type ErrorDetails<C extends ErrorCode> = Readonly<
  Record<Names<(typeof ERRORS)[C]['sentence']>, string | number>
>;

/** The one error class of the harness. `message` is a whole sentence for people. */
export class AssayerError<C extends ErrorCode = ErrorCode> extends Error {
  constructor(
    readonly code: C,
    readonly details: ErrorDetails<C>,
    options?: ErrorOptions,
  ) {
    super(fill(ERRORS[code].sentence, details), options);
    this.name = 'AssayerError';
  }

  get entry(): ErrorEntry {
    return ERRORS[this.code];
  }
}

function fill(sentence: string, details: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? ''));
}

/** What it came from: libraries wrap the error that says something in others that say nothing. */
export function rootOf(error: unknown): unknown {
  const { cause } = Object(error) as { cause?: unknown };
  return typeof cause === 'object' && cause !== null && 'message' in cause ? rootOf(cause) : error;
}

/** What a thrown thing says, in one line. */
export function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { message, name, errors } = error as { message?: unknown; name?: unknown; errors?: unknown };
  if (message) return String(message);
  return Array.isArray(errors) ? errors.map(reasonOf).join('; ') : String(name ?? 'unknown');
}
