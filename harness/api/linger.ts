import type { RequestHandler } from 'express';

/** How long a client that was answered early may go on sending. */
const LINGER_MS = 2000;

/**
 * A request that is answered before its body was read: what still arrives is thrown away for a moment, so that the
 * client can read the answer, and then the connection is cut. Closing at once would lose the answer on its way.
 */
export const lingerOnEarlyAnswers: RequestHandler = (req, res, next) => {
  res.once('finish', () => {
    if (req.complete) return;
    req.resume();
    const cut = setTimeout(() => req.socket.destroy(), LINGER_MS).unref();
    req.once('close', () => clearTimeout(cut));
    req.once('end', () => clearTimeout(cut));
  });
  next();
};
