const IMF_FIXDATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Milliseconds from `now` (epoch, ms) that a Retry-After header asks for: seconds or an HTTP date. Zero if it says nothing usable. */
export function retryAfterMs(value: string | undefined, now: number): number {
  if (value === undefined) return 0;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  return IMF_FIXDATE.test(value) ? Math.max(0, Date.parse(value) - now) : 0;
}
