import type { EmitRunEvent, RunEvent } from '../pipeline/events.js';

export interface EventBuffer {
  readonly emit: EmitRunEvent;
  /** Writes what is left; a fault is kept to itself, since progress is not worth a result. */
  close(): Promise<void>;
}

const FLUSH_MS = 150;
/** Lines of install and build output that are kept of one attempt. */
const MAX_LOG_LINES = 2000;
const MAX_LINE = 2000;

/**
 * Collects events and writes them in batches. `write` returns false when the run is not ours any more; a fault of it
 * (the database is away) keeps the events for the next try.
 */
export function bufferEvents(
  write: (events: readonly RunEvent[]) => Promise<boolean>,
  onLost: () => void,
): EventBuffer {
  let waiting: RunEvent[] = [];
  let logLines = 0;
  let lost = false;
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;

  async function flush(): Promise<void> {
    if (lost || waiting.length === 0) return;
    const batch = waiting;
    waiting = [];
    try {
      lost = !(await write(batch));
      if (lost) onLost();
    } catch {
      waiting = [...batch, ...waiting];
    }
  }

  function schedule(): void {
    timer ??= setTimeout(() => {
      timer = null;
      writing = writing.then(flush).then(() => {
        if (!lost && waiting.length > 0) schedule();
      });
    }, FLUSH_MS);
  }

  function keep(event: RunEvent): void {
    waiting.push(event);
    schedule();
  }

  return {
    emit(event) {
      if (event.type !== 'log') return keep(event);
      logLines += 1;
      if (logLines < MAX_LOG_LINES) return keep({ ...event, line: event.line.slice(0, MAX_LINE) });
      if (logLines === MAX_LOG_LINES) keep({ ...event, line: 'Further output of this attempt is left out.' });
    },
    async close() {
      if (timer) clearTimeout(timer);
      await writing;
      if (timer) clearTimeout(timer);
      await flush();
    },
  };
}
