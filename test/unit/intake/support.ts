import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { deflateRawSync } from 'node:zlib';
import { takeIn, type IntakeLimits } from '../../../harness/intake/index.js';
import { crc32 } from '../../../harness/intake/sources/crc32.js';
import { padding } from '../../../harness/intake/tar-format.js';

/** A folder for blobs that goes away after the test file. */
export async function blobStore(): Promise<{ dir: string; remove: () => Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'assayer-intake-'));
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

export function takeBytes(bytes: Buffer, blobsDir: string, limits: Partial<IntakeLimits> = {}) {
  return takeIn({ kind: 'archiveStream', stream: Readable.from([bytes]) }, { blobsDir, limits });
}

/** The code and the sentence of a refusal; the paths of what was taken. */
export async function outcomeOf(bytes: Buffer, blobsDir: string, limits: Partial<IntakeLimits> = {}) {
  const outcome = await takeBytes(bytes, blobsDir, limits);
  return outcome.ok
    ? { paths: outcome.value.paths, digest: outcome.value.digest }
    : { code: outcome.verdict.code, message: outcome.verdict.message };
}

/** What an intake left in its scratch folder: nothing. */
export const leftovers = (blobsDir: string): Promise<string[]> =>
  readdir(join(blobsDir, 'tmp')).catch(() => []);

export interface TarEntry {
  readonly name: string;
  readonly type?: string;
  readonly content?: string | Buffer;
  readonly linkname?: string;
  readonly mode?: number;
  readonly mtime?: number;
  /** What the header states, when it is to lie. */
  readonly size?: number;
}

/** A tar with whatever names, types and sizes are asked for. */
export function tarOf(entries: readonly TarEntry[], end = true): Buffer {
  const parts = entries.flatMap((entry) => {
    const content = Buffer.from(entry.content ?? '');
    return [header(entry, content.length), content, padding(content.length)];
  });
  return Buffer.concat(end ? [...parts, Buffer.alloc(1024)] : parts);
}

function header(entry: TarEntry, length: number): Buffer {
  const block = Buffer.alloc(512);
  const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');
  block.write(entry.name, 0, 100);
  block.write(octal(entry.mode ?? 0o644, 7), 100);
  block.write(octal(1000, 7), 108);
  block.write(octal(1000, 7), 116);
  block.write(octal(entry.size ?? length, 11), 124);
  block.write(octal(entry.mtime ?? 1_700_000_000, 11), 136);
  block.write(' '.repeat(8), 148);
  block.write(entry.type ?? '0', 156);
  block.write(entry.linkname ?? '', 157, 100);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\0 `, 148);
  return block;
}

export interface ZipEntry {
  readonly name: string;
  readonly content?: string | Buffer;
  /** Unix mode with type bits. */
  readonly mode?: number;
  readonly store?: boolean;
  readonly flags?: number;
  /** What the headers state, when they are to lie. */
  readonly size?: number;
  readonly crc?: number;
  readonly method?: number;
}

/** A zip with whatever names, modes and sizes are asked for. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content ?? '');
    const packed = entry.store ? content : deflateRawSync(content);
    const name = Buffer.from(entry.name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800 | (entry.flags ?? 0), 2);
    common.writeUInt16LE(entry.method ?? (entry.store ? 0 : 8), 4);
    common.writeUInt32LE(entry.crc ?? crc32(content, 0), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(entry.size ?? content.length, 18);
    common.writeUInt16LE(name.length, 22);
    locals.push(Buffer.from([0x50, 0x4b, 3, 4]), common, name, packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    centrals.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 3]), common, rest, name);
    offset += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
