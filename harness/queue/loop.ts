import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { reasonOf } from '../errors.js';

export interface Loop {
  /** Runs the work soon rather than at the next tick. */
  poke(): void;
  /** Lets the work that goes on finish. */
  stop(): Promise<void>;
}

/**
 * Does `work` again and again, never twice at once, `everyMs` apart, as long as nobody stops it. A fault is logged when
 * it begins and when it is over, not at each tick: a database that is away for an hour is one line, not thousands.
 */
export function startLoop(name: string, everyMs: number, work: () => Promise<void>, log: Logger): Loop {
  const stopped = new AbortController();
  let pause = new AbortController();
  let failing = false;

  async function tick(): Promise<void> {
    try {
      await work();
      if (failing) log.info({ loop: name }, 'works again');
      failing = false;
    } catch (error) {
      if (!failing) log.warn({ loop: name, reason: reasonOf(error) }, 'failed; will go on trying');
      failing = true;
    }
  }

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      pause = new AbortController();
      const { signal } = pause;
      await tick();
      if (!stopped.signal.aborted) await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }

  const running = run();
  return {
    poke: () => pause.abort(),
    async stop() {
      stopped.abort();
      pause.abort();
      await running;
    },
  };
}
