import { createInflateRaw, inflateRawSync } from 'node:zlib';
import { Readable } from 'node:stream';
import * as yauzl from 'yauzl';
import { shortText } from '../../../assessments/kit/index.js';
import { reasonOf } from '../../errors.js';
import { codeOf } from '../error-code.js';
import type { IntakeLimits } from '../limits.js';
import { unreadable } from '../refusal.js';
import type { EntrySink } from '../types.js';
import { crc32 } from './crc32.js';
import type { ArchiveInput } from './input.js';
import { Meter } from './meter.js';

/** Entries up to here are unpacked in one go, without a stream. */
const AT_ONCE_BYTES = 256 * 1024;
const LINK_BYTES = 4096;
const OPTIONS = { lazyEntries: true, decodeStrings: false, autoClose: false } as const;

/** Reads a zip by its central directory. Sizes and checksums must be true; encrypted entries are refused. */
export async function readZip(input: ArchiveInput, sink: EntrySink, limits: IntakeLimits): Promise<void> {
  const size = input.kind === 'bytes' ? input.bytes.length : input.size;
  const meter = new Meter(limits, () => size);
  try {
    const zip =
      input.kind === 'bytes'
        ? await yauzl.fromBufferPromise(input.bytes, OPTIONS)
        : await yauzl.fromFdPromise(input.file.fd, OPTIONS);
    for await (const entry of zip.eachEntry()) await handOver(entry, zip, input, sink, meter);
  } catch (error) {
    throw isDamage(error) ? unreadable(`The zip archive is damaged (${reasonOf(error)}).`) : error;
  }
}

async function handOver(
  entry: yauzl.Entry,
  zip: yauzl.ZipFile,
  input: ArchiveInput,
  sink: EntrySink,
  meter: Meter,
): Promise<void> {
  const name = yauzl.getFileNameLowLevel(
    entry.generalPurposeBitFlag,
    entry.fileNameRaw,
    entry.extraFields,
    true,
  );
  const mode = unixMode(entry);
  const type = mode & TYPE_BITS;
  if (name.endsWith('/') || type === FOLDER) return sink.folder(name);
  if (type !== 0 && type !== REGULAR && type !== LINK) return sink.special(name, SPECIAL[type] ?? 'device');
  if (sink.leavesOut(name)) return sink.file(name, false, Buffer.alloc(0));

  const packed = await packedContent(entry, zip, input, name);
  const content = unpacked(entry, packed, meter, name);
  if (type !== LINK) return sink.file(name, (mode & 0o100) !== 0, content);
  sink.link(name, await textOf(content, name), 'symbolic');
}

const TYPE_BITS = 0o170000;
const FOLDER = 0o040000;
const REGULAR = 0o100000;
const LINK = 0o120000;
const SPECIAL: Readonly<Record<number, 'named pipe' | 'socket'>> = {
  0o010000: 'named pipe',
  0o140000: 'socket',
};

/** Systems whose zips carry a Unix mode: Unix and macOS. */
const WITH_MODE: ReadonlySet<number> = new Set([3, 19]);

function unixMode(entry: yauzl.Entry): number {
  return WITH_MODE.has(entry.versionMadeBy >>> 8) ? entry.externalFileAttributes >>> 16 : 0;
}

async function packedContent(
  entry: yauzl.Entry,
  zip: yauzl.ZipFile,
  input: ArchiveInput,
  name: string,
): Promise<Buffer | Readable> {
  const shown = `The file "${shortText(name)}" in the zip archive`;
  if (entry.isEncrypted()) throw unreadable(`${shown} is encrypted.`);
  if (!entry.canDecodeFileData()) {
    throw unreadable(`${shown} is packed by method ${entry.compressionMethod}, which is not supported.`);
  }
  const { fileDataStart: start } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  const length = entry.compressedSize;
  if (input.kind === 'bytes') return input.bytes.subarray(start, start + length);
  if (length <= AT_ONCE_BYTES) {
    const { buffer, bytesRead } = await input.file.read(Buffer.alloc(length), 0, length, start);
    return buffer.subarray(0, bytesRead);
  }
  return input.file.createReadStream({ start, end: start + length - 1, autoClose: false });
}

/** The content, proved against the size and the checksum that the archive states. */
async function* unpacked(
  entry: yauzl.Entry,
  packed: Buffer | Readable,
  meter: Meter,
  name: string,
): AsyncGenerator<Buffer> {
  let size = 0;
  let sum = 0;
  try {
    for await (const chunk of inflated(entry, packed)) {
      meter.count(chunk.length);
      size += chunk.length;
      if (size > entry.uncompressedSize) break;
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
    throw unreadable(`The file "${shortText(name)}" in the zip archive is damaged (${reasonOf(error)}).`);
  }
  if (size !== entry.uncompressedSize) {
    throw unreadable(
      `The file "${shortText(name)}" in the zip archive has another size than the archive states.`,
    );
  }
  if (sum !== entry.crc32) {
    throw unreadable(`The file "${shortText(name)}" in the zip archive is damaged: its checksum is wrong.`);
  }
}

async function* inflated(entry: yauzl.Entry, packed: Buffer | Readable): AsyncGenerator<Buffer> {
  if (entry.compressionMethod === 0) {
    if (Buffer.isBuffer(packed)) yield packed;
    else yield* packed as AsyncIterable<Buffer>;
  } else if (Buffer.isBuffer(packed) && entry.uncompressedSize <= AT_ONCE_BYTES) {
    yield inflateRawSync(packed, { maxOutputLength: entry.uncompressedSize + 1 });
  } else {
    const inflate = createInflateRaw({ chunkSize: 64 * 1024 });
    const source = Buffer.isBuffer(packed) ? Readable.from([packed]) : packed;
    source.on('error', (error) => inflate.destroy(error));
    try {
      yield* source.pipe(inflate) as AsyncIterable<Buffer>;
    } finally {
      source.destroy();
      inflate.destroy();
    }
  }
}

async function textOf(content: AsyncIterable<Buffer>, name: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > LINK_BYTES) throw unreadable(`The link "${shortText(name)}" has a target that is too long.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A fault of the archive, not of the machine or of ours: yauzl throws plain errors, zlib and Buffer have codes of their own. */
function isDamage(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== '') return /^Z_|^ERR_BUFFER_|^ERR_OUT_OF_RANGE$/.test(code);
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'Error';
}
