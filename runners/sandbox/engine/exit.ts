import type { Engine } from './engine.js';
import { isGone, toSandboxError } from './errors.js';

/** What the kernel's killer leaves: 128 + SIGKILL. */
const KILLED = 137;
/** The engine learns of a want of memory and of the end by different ways; the one may come a little after the other. */
const OOM_NEWS = { looks: 4, everyMs: 40 };

/**
 * Waits for a started container to end; no limit but the signal, since that is its owner's to set. When the
 * connection breaks, the engine is asked once more.
 */
export async function exitCode(engine: Engine, id: string, abortSignal: AbortSignal): Promise<number> {
  try {
    const { StatusCode } = (await engine.docker.getContainer(id).wait({ abortSignal })) as {
      StatusCode: number;
    };
    return StatusCode;
  } catch (cause) {
    if (abortSignal.aborted) throw abortSignal.reason;
    if (isGone(cause)) return KILLED;
    const state = await inspectState(engine, id);
    if (state === null) return KILLED;
    if (!state.Running) return state.ExitCode;
    throw toSandboxError(cause, 'wait for a container');
  }
}

/** Whether the kernel has killed any of its processes for want of memory. The first one may have gone on and ended well. */
export async function wasOomKilled(
  engine: Engine,
  id: string,
  code: number,
  killedByUs: boolean,
): Promise<boolean> {
  const looks = code === KILLED && !killedByUs ? OOM_NEWS.looks : 1;
  for (let look = 1; ; look++) {
    const state = await inspectState(engine, id);
    if (state === null || state.OOMKilled || look === looks) return state?.OOMKilled ?? false;
    await new Promise((resolve) => setTimeout(resolve, OOM_NEWS.everyMs));
  }
}

async function inspectState(engine: Engine, id: string) {
  const container = await engine.ifThere('look at a container', (abortSignal) =>
    engine.docker.getContainer(id).inspect({ abortSignal }),
  );
  return container?.State ?? null;
}
