/**
 * Milliseconds to wait before the n-th retry: doubling, so that a registry in trouble is left in peace, and spread out, so
 * that mints which failed together do not come back together.
 */
export function pause(retry, baseMs, random = Math.random) {
  return baseMs * 2 ** (retry - 1) * (0.5 + random());
}

/** Milliseconds that a Retry-After header (seconds or an HTTP date) asks for; 0 when it is absent or makes no sense. */
export function retryAfterMs(header, now = Date.now()) {
  if (!header) return 0;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
