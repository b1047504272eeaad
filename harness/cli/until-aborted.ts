import { once } from 'node:events';

/** For commands that go on until somebody ends them: that is how they are meant to end, so it is no error. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
