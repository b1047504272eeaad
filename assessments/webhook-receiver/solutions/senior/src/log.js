import { pino } from 'pino';

/** JSON lines on standard output. Callers log chosen fields, never whole requests or payloads. */
export function createLogger() {
  return pino({
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}
