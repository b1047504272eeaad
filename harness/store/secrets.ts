import { createHash, randomBytes } from 'node:crypto';

/** A long random text for a token, a session or a link, and the digest of it, which alone is stored. */
export function newSecret(): { readonly secret: string; readonly hash: string } {
  const secret = `asr_${randomBytes(32).toString('base64url')}`;
  return { secret, hash: hashOf(secret) };
}

/** Fast is right here: what is random and long cannot be guessed from its digest. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
