import type { Logger } from 'pino';
import { reasonOf } from '../errors.js';

export interface Loop {
  /** Runs the work soon rather than at the next tick; pokes in quick succession are one. */
  poke(): void;
  /** Lets the work that goes on finish. */
  stop(): Promise<void>;
}

/** What is done soon is done together with what comes right after it. */
const SOON_MS = 100;

/**
 * Does `work` again and again, never twice at once, `everyMs` apart, as long as nobody stops it. A fault is logged when
 * it begins and when it is over, not at each tick: a database that is away for an hour is one line, not thousands.
 */
export function startLoop(name: string, everyMs: number, work: () => Promise<void>, log: Logger): Loop {
  let stopped = false;
  let poked = false;
  let failing = false;
  let timer: NodeJS.Timeout | undefined;
  let wake = (): void => undefined;

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

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
      timer = setTimeout(resolve, poked ? SOON_MS : everyMs);
    });
  }

  async function run(): Promise<void> {
    while (!stopped) {
      poked = false;
      await tick();
      if (!stopped) await pause();
    }
  }

  const running = run();
  return {
    poke() {
      if (poked) return;
      poked = true;
      clearTimeout(timer);
      timer = setTimeout(() => wake(), SOON_MS);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      wake();
      await running;
    },
  };
}
