import type { RequestHandler } from 'express';
import { AssayerError } from '../errors.js';

/** Wrong tokens that one address may try in a minute. */
const MAX_WRONG = 30;
const MINUTE_MS = 60_000;
/** Addresses remembered; past that the oldest is forgotten. */
const MAX_ADDRESSES = 10_000;

/** Turns away addresses that keep showing wrong tokens. Only answers of 401 count, so that those who may ask never wait. */
export function slowGuesses(): RequestHandler {
  const wrong = new Map<string, { count: number; until: number }>();
  return (req, res, next) => {
    const address = req.ip ?? '';
    const now = performance.now();
    const known = wrong.get(address);
    if (known && known.until <= now) wrong.delete(address);
    else if (known && known.count >= MAX_WRONG) {
      res.setHeader('Retry-After', Math.ceil((known.until - now) / 1000));
      throw new AssayerError('rateLimited', {});
    }
    res.once('finish', () => {
      if (res.statusCode !== 401) return;
      const entry = wrong.get(address) ?? { count: 0, until: performance.now() + MINUTE_MS };
      wrong.set(address, { ...entry, count: entry.count + 1 });
      const oldest = wrong.keys().next();
      if (wrong.size > MAX_ADDRESSES && !oldest.done) wrong.delete(oldest.value);
    });
    next();
  };
}
