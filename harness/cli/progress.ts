import type { EmitRunEvent } from '../pipeline/events.js';
import type { RunEvent } from '../pipeline/events.js';

/** Progress for a person who waits: a line for each stage, note and check that did not pass, on standard error. */
export function progressPrinter(quiet: boolean): EmitRunEvent {
  if (quiet) return () => undefined;
  return (event) => {
    const line = progressLine(event);
    if (line !== null) process.stderr.write(`${line}\n`);
  };
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
