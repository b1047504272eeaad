import { unreadable, type Refusal } from '../refusal.js';

export type ArchiveFormat = 'zip' | 'gzip' | 'tar';

/** As many first bytes as `formatOf` wants to see. */
export const HEAD_BYTES = 512;

const startsWith = (head: Buffer, bytes: readonly number[]): boolean =>
  bytes.every((byte, index) => head[index] === byte);

/** Formats that people send by mistake; naming them saves a guess. */
const OTHERS: readonly (readonly [string, readonly number[]])[] = [
  ['a 7-Zip archive', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['a RAR archive', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ['compressed with xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['compressed with bzip2', [0x42, 0x5a, 0x68]],
  ['compressed with zstd', [0x28, 0xb5, 0x2f, 0xfd]],
];

/** Tells an archive by its first bytes, whatever its name says. */
export function formatOf(head: Buffer): ArchiveFormat {
  if (head.length === 0) throw unreadable('The archive is empty.');
  if (startsWith(head, [0x50, 0x4b, 3, 4]) || startsWith(head, [0x50, 0x4b, 5, 6])) return 'zip';
  if (startsWith(head, [0x1f, 0x8b])) return 'gzip';
  if (looksLikeTar(head)) return 'tar';
  throw unknown(head);
}

function unknown(head: Buffer): Refusal {
  const other = OTHERS.find(([, bytes]) => startsWith(head, bytes));
  const what = other === undefined ? 'not an archive that can be read' : other[0];
  return unreadable(`The upload is ${what}; .zip, .tar and .tar.gz are taken.`);
}

/** By the header's checksum, since tars older than POSIX have no mark. */
export function looksLikeTar(head: Buffer): boolean {
  if (head.length < HEAD_BYTES) return false;
  const stated = Number.parseInt(head.toString('latin1', 148, 156).replace(/[\0 ].*$/, ''), 8);
  let sum = 8 * 0x20;
  for (let index = 0; index < HEAD_BYTES; index += 1) {
    if (index < 148 || index >= 156) sum += head[index] ?? 0;
  }
  return sum === stated || head.every((byte) => byte === 0);
}
