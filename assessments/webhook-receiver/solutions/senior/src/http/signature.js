import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whether `header` is GitHub's signature of exactly these bytes. Takes as long for a near miss as for a wild guess. */
export function isSignedBy(secret, bytes, header) {
  const hex = /^sha256=([0-9a-f]{64})$/.exec(header ?? '')?.[1];
  if (!hex) return false;
  return timingSafeEqual(Buffer.from(hex, 'hex'), createHmac('sha256', secret).update(bytes).digest());
}
