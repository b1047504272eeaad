import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whether the header is GitHub's signature of exactly these bytes. Compares in constant time. */
export function isSignedBy(secret: string, body: Buffer, header: string | string[] | undefined): boolean {
  const claimed = typeof header === 'string' ? /^sha256=([0-9a-f]{64})$/.exec(header)?.[1] : undefined;
  if (claimed === undefined) return false;
  const actual = createHmac('sha256', secret).update(body).digest();
  return timingSafeEqual(actual, Buffer.from(claimed, 'hex'));
}
