import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** What has an id, by its first letters. */
export type IdPrefix =
  | 'sub' // submission
  | 'run'
  | 'org' // organisation
  | 'per' // person
  | 'tok' // API token
  | 'ses' // browser session
  | 'lnk' // one-time link
  | 'inv' // invite of a candidate
  | 'shr' // link to a scorecard
  | 'apl' // appeal
  | 'rgd' // regrade
  | 'hok' // outgoing webhook
  | 'dlv' // message of one
  | 'itk'; // incoming webhook

/**
 * An id such as `run-01kax2m5q9h7c3v8t1nbw4zd6e`: 48 bits of time and 80 of chance, so that ids sort by age and
 * cannot be guessed. Letters, digits and `-` only: it goes on container labels, into URLs and job names.
 */
export function newId(prefix: IdPrefix): string {
  const time = BigInt(Date.now()) << 80n;
  let value = time | BigInt(`0x${randomBytes(10).toString('hex')}`);
  let text = '';
  for (let index = 0; index < 26; index += 1) {
    text = ALPHABET[Number(value & 31n)] + text;
    value >>= 5n;
  }
  return `${prefix}-${text}`;
}
