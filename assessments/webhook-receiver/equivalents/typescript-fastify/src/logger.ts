import { pino, type Logger } from 'pino';

export type { Logger };

/** One JSON object on each line of standard output. */
export function createLogger(): Logger {
  return pino({
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
  });
}
