import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** As OWASP recommends for argon2id: 19 MiB, two passes. The library's own default, written out so that it stays. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const MIN_LENGTH = 12;
const MAX_LENGTH = 200;
const MIN_DIFFERENT = 5;

/** What is wrong with a new password, in one sentence; null when it may be used. Length is what counts. */
export function passwordFault(password: string, email: string): string | null {
  const length = [...password].length;
  if (length < MIN_LENGTH) return `A password has at least ${MIN_LENGTH} characters.`;
  if (length > MAX_LENGTH) return `A password has at most ${MAX_LENGTH} characters.`;
  if (new Set(password).size < MIN_DIFFERENT) return 'This password repeats itself too much.';
  const [name = ''] = email.split('@', 1);
  const lower = password.toLowerCase();
  if (lower === email || (name.length >= 4 && lower.replaceAll(name, '').length < MIN_LENGTH / 2)) {
    return 'A password is not the e-mail address.';
  }
  return null;
}

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), COST);

/** Somebody unknown takes as long as somebody known, so that the time tells nothing. */
export async function passwordHolds(stored: string | null, password: string): Promise<boolean> {
  if (password.length > MAX_LENGTH * 4) return false;
  const held = await verify(stored ?? (await nobody()), password.normalize('NFKC'));
  return held && stored !== null;
}

let dummy: Promise<string> | null = null;
const nobody = (): Promise<string> => (dummy ??= hashPassword(randomBytes(24).toString('base64')));
