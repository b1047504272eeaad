import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { shortText } from '../../../assessments/kit/index.js';
import { codeOf } from '../error-code.js';
import type { IntakeLimits } from '../limits.js';
import { type Refusal, unreadable } from '../refusal.js';
import type { EntrySink, SpecialKind } from '../types.js';
import { formatOf, looksLikeTar } from './format.js';
import { Meter } from './meter.js';

const BLOCK = 512;

/** Reads a gzipped tar. What is inside must be a tar: an archive in an archive is not opened. */
export async function readGzip(
  chunks: AsyncIterable<Buffer>,
  sink: EntrySink,
  limits: IntakeLimits,
): Promise<void> {
  let packed = 0;
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      packed += chunk.length;
      yield chunk;
    }
  };
  const gunzip = createGunzip();
  const source = Readable.from(counted());
  // A failure of the source must end the unpacking; the reader below sees it as the error of `gunzip`.
  source.on('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    await readTar(gunzip, sink, new Meter(limits, () => packed));
  } catch (error) {
    const code = codeOf(error);
    throw code.startsWith('Z_') ? unreadable(`The archive is damaged or cut off (${code}).`) : error;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

export function readPlainTar(
  chunks: AsyncIterable<Buffer>,
  sink: EntrySink,
  limits: IntakeLimits,
): Promise<void> {
  return readTar(chunks, sink, new Meter(limits, () => Number.POSITIVE_INFINITY));
}

async function readTar(chunks: AsyncIterable<Buffer>, sink: EntrySink, meter: Meter): Promise<void> {
  const reader = extract();
  const feeding = pipeline(endChecked(meter.through(chunks)), reader);
  feeding.catch(() => undefined);
  try {
    for await (const entry of reader) {
      await handOver(entry.header, entry as AsyncIterable<Buffer>, sink);
      entry.resume();
    }
    await feeding;
  } catch (error) {
    throw TAR_ERRORS.test(String(error))
      ? unreadable('The tar in the archive is damaged or cut off.')
      : error;
  } finally {
    reader.destroy();
    await feeding.catch(() => undefined);
  }
}

const TAR_ERRORS = /Unexpected end of data|Invalid tar header|Invalid header|Header exceeds max size/;

async function handOver(header: Header, content: AsyncIterable<Buffer>, sink: EntrySink): Promise<void> {
  const { name } = header;
  if (isSparse(header)) return sink.special(name, 'sparse file');
  switch (header.type) {
    case 'file':
    case 'contiguous-file':
      return sink.file(name, (header.mode & 0o100) !== 0, content);
    case 'directory':
      return sink.folder(name);
    case 'symlink':
      return sink.link(name, header.linkname, 'symbolic');
    case 'link':
      return sink.link(name, header.linkname, 'hard');
    default:
      return sink.special(name, SPECIAL[header.type] ?? 'unknown kind of entry');
  }
}

const SPECIAL: Readonly<Record<string, SpecialKind>> = {
  'character-device': 'device',
  'block-device': 'device',
  fifo: 'named pipe',
};

/** GNU tar stores sparse files as a map with the data; read as a plain file the content would be wrong. */
function isSparse(header: Header): boolean {
  return Object.keys(header.pax ?? {}).some((key) => key.startsWith('GNU.sparse'));
}

/** A tar ends with blocks of zeros. Without them it was cut off between two entries, which no other error would show. */
async function* endChecked(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (head.length < BLOCK) {
      head = Buffer.concat([head, chunk.subarray(0, BLOCK - head.length)]);
      if (head.length === BLOCK && !looksLikeTar(head)) throw notTar(head);
    }
    tail = chunk.length >= BLOCK ? chunk.subarray(-BLOCK) : Buffer.concat([tail, chunk]).subarray(-BLOCK);
    yield chunk;
  }
  if (head.length < BLOCK) throw notTar(head);
  if (tail.some((byte) => byte !== 0)) throw unreadable('The tar in the archive is cut off before its end.');
}

function notTar(head: Buffer): Refusal {
  try {
    const inner = head.length === 0 ? 'empty' : `a ${formatOf(head)} archive`;
    return unreadable(`The gzip file holds no tar: what is inside is ${inner}.`);
  } catch {
    return unreadable(
      `The gzip file holds no tar; it begins with "${shortText(head.toString('latin1'), 16)}".`,
    );
  }
}
