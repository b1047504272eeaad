import { Problem } from './problem.js';

/** A fixed window for each account. Accounts are forgotten when their window is over. */
export function rateLimit({ limit, windowMs }) {
  const windows = new Map(); // account -> {endsAt, left}; oldest first

  const forget = (now) => {
    for (const [account, window] of windows) {
      if (window.endsAt > now) return;
      windows.delete(account);
    }
  };

  return (request, response, next) => {
    const account = request.get('X-Account-Id') ?? '';
    const now = performance.now();
    forget(now);
    let window = windows.get(account);
    if (!window) windows.set(account, (window = { endsAt: now + windowMs, left: limit }));
    if (window.left === 0) {
      const seconds = Math.max(1, Math.ceil((window.endsAt - now) / 1000));
      throw new Problem(429, 'Too many requests from this account.', {
        headers: { 'Retry-After': String(seconds) },
      });
    }
    window.left--;
    next();
  };
}
