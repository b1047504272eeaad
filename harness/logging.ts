import type { Logger } from 'pino';
import { pino } from 'pino';
import type { Config } from './config.js';

/** One JSON line per event on standard output. What looks like a secret never gets there. */
export function createLogger(config: Pick<Config, 'logLevel'>): Logger {
  return pino({
    level: config.logLevel,
    redact: {
      paths: [
        'password',
        'token',
        'authorization',
        'cookie',
        '*.password',
        '*.token',
        '*.authorization',
        '*.cookie',
      ],
      censor: '[hidden]',
    },
  });
}
