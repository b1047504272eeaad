import type { Engine } from './engine.js';

/** What the kernel's killer leaves: 128 + SIGKILL. */
const KILLED = 137;
const ASK_EVERY_MS = 500;
/** The engine learns of a want of memory and of the end by different ways; the one may come a little after the other. */
const OOM_NEWS = { looks: 4, everyMs: 40 };

/**
 * Waits for a started container to end; no limit but the signal, since that is its owner's to set. `closed` is the end of its
 * output: from then on the engine is also asked, since an engine that dies leaves the waiting call without any answer.
 */
export async function exitCode(
  engine: Engine,
  id: string,
  closed: Promise<void>,
  abortSignal: AbortSignal,
): Promise<number> {
  const decided = new AbortController();
  const asked = async (): Promise<number> => {
    await closed;
    return askUntilEnded(engine, id, decided.signal);
  };
  const told = async (): Promise<number> => {
    try {
      const answer: unknown = await engine.docker.getContainer(id).wait({ abortSignal });
      return (answer as { StatusCode: number }).StatusCode;
    } catch {
      return askUntilEnded(engine, id, decided.signal);
    }
  };
  const given = new Promise<never>((_, reject) =>
    abortSignal.addEventListener('abort', () => reject(abortSignal.reason), { once: true }),
  );
  try {
    return await Promise.race([told(), asked(), given]);
  } finally {
    decided.abort();
  }
}

async function askUntilEnded(engine: Engine, id: string, decided: AbortSignal): Promise<number> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    if (decided.aborted) return KILLED;
    const state = await inspectState(engine, id);
    if (state === null) return KILLED;
    if (!state.Running) return state.ExitCode;
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
