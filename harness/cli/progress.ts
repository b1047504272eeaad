import type { EmitRunEvent, RunEvent } from '../pipeline/events.js';
import type { StoredEvent } from '../store/types.js';

/** Progress for a person who waits: a line for each stage, note and check that did not pass, on standard error. */
export function progressPrinter(quiet: boolean): EmitRunEvent {
  if (quiet) return () => undefined;
  return (event) => {
    const line = progressLine(event);
    if (line !== null) process.stderr.write(`${line}\n`);
  };
}

/** The same for a run of a server, with what happens to it there. */
export function eventPrinter(quiet: boolean): (event: StoredEvent) => void {
  if (quiet) return () => undefined;
  return (event) => {
    const line = eventLine(event);
    if (line !== null) process.stderr.write(`${line}\n`);
  };
}

export function eventLine(event: StoredEvent): string | null {
  switch (event.type) {
    case 'queued':
      return 'waiting for a worker';
    case 'started':
      return event.attempt === 1 ? 'started' : `started, attempt ${event.attempt}`;
    case 'requeued':
      return `back in the queue: ${event.reason}`;
    case 'finished':
      return null;
    default:
      return progressLine(event);
  }
}

export function progressLine(event: RunEvent): string | null {
  switch (event.type) {
    case 'stageStarted':
      return `${event.stage} ...`;
    case 'stageFinished':
      return `${event.stage} took ${(event.ms / 1000).toFixed(1)} s`;
    case 'checkFinished':
      return event.outcome === 'pass' ? null : `  ${event.outcome}: ${event.checkId}: ${event.message}`;
    case 'note':
      return `  note: ${event.message}`;
    case 'verdict':
      return `  ${event.verdict.code}: ${event.verdict.message}`;
    case 'log':
    case 'checkStarted':
      return null;
  }
}
