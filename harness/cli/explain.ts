import { reasonOf } from '../errors.js';

/** What a person is told of an error. The stack is for who asks for it. */
export function explain(error: unknown): string {
  if (process.env['ASSAYER_LOG_LEVEL'] === 'debug' && error instanceof Error)
    return error.stack ?? error.message;
  return reasonOf(error);
}
