import { crc32, deflateRawSync } from 'node:zlib';
import type { Deflated } from './zeros.js';

/** Zip archives as no honest tool would write them. */

export interface ZipEntry {
  readonly name: string | Buffer;
  readonly body?: string | Buffer;
  /** Already deflated, with the truth about it: for bombs that are too large to hold unpacked. */
  readonly deflated?: Deflated;
  /** Unix mode with type bits, such as 0o120777 for a symbolic link. */
  readonly mode?: number;
  /** What the headers say about the unpacked size, if not the truth. */
  readonly claimedSize?: number;
  /** Points the directory at the data of the entry before, which is then stored once and listed often. */
  readonly sharesData?: boolean;
}

const FILE_MODE = 0o100644;
const MADE_BY_UNIX = 0x0314;
/** Names are UTF-8. */
const FLAGS = 0x0800;

export function zip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  let shared = 0;
  for (const entry of entries) {
    const local = localPart(entry);
    const at = entry.sharesData ? shared : offset;
    directory.push(directoryPart(entry, local, at));
    if (entry.sharesData) continue;
    shared = offset;
    parts.push(local.header, local.data);
    offset += local.header.length + local.data.length;
  }
  const listed = Buffer.concat(directory);
  return Buffer.concat([...parts, listed, ending(entries.length, listed.length, offset)]);
}

interface Local {
  readonly header: Buffer;
  readonly data: Buffer;
  readonly size: number;
  readonly crc: number;
}

function localPart(entry: ZipEntry): Local {
  const name = Buffer.from(entry.name);
  const body = Buffer.from(entry.body ?? '');
  const { data, size, crc } = entry.deflated ?? {
    data: deflateRawSync(body),
    size: body.length,
    crc: crc32(body),
  };
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(FLAGS, 6);
  header.writeUInt16LE(8, 8);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(data.length, 18);
  header.writeUInt32LE(entry.claimedSize ?? size, 22);
  header.writeUInt16LE(name.length, 26);
  return { header: Buffer.concat([header, name]), data, size, crc };
}

function directoryPart(entry: ZipEntry, local: Local, offset: number): Buffer {
  const name = Buffer.from(entry.name);
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(MADE_BY_UNIX, 4);
  record.writeUInt16LE(20, 6);
  record.writeUInt16LE(FLAGS, 8);
  record.writeUInt16LE(8, 10);
  record.writeUInt32LE(local.crc, 16);
  record.writeUInt32LE(local.data.length, 20);
  record.writeUInt32LE(entry.claimedSize ?? local.size, 24);
  record.writeUInt16LE(name.length, 28);
  record.writeUInt32LE(((entry.mode ?? FILE_MODE) << 16) >>> 0, 38);
  record.writeUInt32LE(offset, 42);
  return Buffer.concat([record, name]);
}

function ending(count: number, bytes: number, offset: number): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(count & 0xffff, 8);
  record.writeUInt16LE(count & 0xffff, 10);
  record.writeUInt32LE(bytes, 12);
  record.writeUInt32LE(offset, 16);
  return record;
}
