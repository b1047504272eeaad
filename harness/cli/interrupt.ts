import { setMaxListeners } from 'node:events';
import { AssayerError } from '../errors.js';

/** Aborted by the first Ctrl-C or SIGTERM, so that what was started is cleaned up; a second one ends the program at once. */
export function interruptSignal(): AbortSignal {
  const stop = new AbortController();
  // Everything that runs listens to it, and each lets go when it ends.
  setMaxListeners(0, stop.signal);
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => stop.abort(new AssayerError('interrupted', {})));
  }
  return stop.signal;
}
