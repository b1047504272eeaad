import { open, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { inMib, type IntakeLimits } from '../limits.js';
import { Refusal, tooLarge } from '../refusal.js';
import type { Scratch } from '../scratch.js';

/** An archive at hand: small ones as bytes, the others as an open file. */
export type ArchiveInput =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'file'; readonly file: FileHandle; readonly size: number };

/** Up to here an archive is held in memory: no temporary file, and entries unpacked at once. */
const IN_MEMORY_BYTES = 1024 * 1024;

export async function fromFile(path: string, limits: IntakeLimits): Promise<ArchiveInput> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(
      'sourceUnreachable',
      `The archive cannot be opened (${error.code ?? error.message}). Check the path.`,
    );
  });
  try {
    const facts = await file.stat();
    if (!facts.isFile()) {
      throw new Refusal('sourceRefused', 'The source is neither a folder nor a file. Give one of these.');
    }
    if (facts.size > limits.compressedBytes) throw overLimit(limits);
    if (facts.size > IN_MEMORY_BYTES) return { kind: 'file', file, size: facts.size };
    const bytes = await file.readFile();
    await file.close();
    return { kind: 'bytes', bytes };
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
}

/** Takes an upload to its end; what is larger than memory should hold goes to a temporary file. */
export async function fromStream(
  stream: Readable,
  scratch: Scratch,
  limits: IntakeLimits,
): Promise<ArchiveInput> {
  let held: Buffer[] = [];
  let size = 0;
  let file: FileHandle | null = null;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limits.compressedBytes) throw overLimit(limits);
      held.push(chunk);
      if (size <= IN_MEMORY_BYTES) continue;
      file ??= await open(await scratch.path('upload'), 'wx+', 0o600);
      for (const part of held) await file.writeFile(part);
      held = [];
    }
  } catch (error) {
    await file?.close();
    throw error;
  }
  return file === null ? { kind: 'bytes', bytes: Buffer.concat(held) } : { kind: 'file', file, size };
}

export async function headOf(input: ArchiveInput, bytes: number): Promise<Buffer> {
  if (input.kind === 'bytes') return input.bytes.subarray(0, bytes);
  const { buffer, bytesRead } = await input.file.read(Buffer.alloc(bytes), 0, bytes, 0);
  return buffer.subarray(0, bytesRead);
}

export async function* contentOf(input: ArchiveInput): AsyncGenerator<Buffer> {
  if (input.kind === 'bytes') yield input.bytes;
  else yield* input.file.createReadStream({ start: 0, autoClose: false }) as AsyncIterable<Buffer>;
}

function overLimit(limits: IntakeLimits): Refusal {
  return tooLarge(`The archive is larger than ${inMib(limits.compressedBytes)}.`);
}
