import { open, type FileHandle } from 'node:fs/promises';
import type { Scratch } from './scratch.js';
import type { FileContent } from './types.js';

/** Up to here contents stay in memory: most submissions never touch the spool file. */
const MEMORY_BYTES = 4 * 1024 * 1024;
const READ_BYTES = 256 * 1024;

/** Where one file's content waits until the order of all files is known. */
export type Kept = { readonly size: number } & (
  | { readonly in: 'memory'; readonly chunks: readonly Buffer[] }
  | { readonly in: 'file'; readonly offset: number }
);

/** Holds the contents of an archive while it is read: a few MiB in memory, the rest in one temporary file. */
export class Spool {
  #memory = 0;
  #file: FileHandle | null = null;
  #end = 0;

  constructor(private readonly scratch: Scratch) {}

  /** Takes one content to its end. `count` is told of every chunk first, and may throw. */
  async keep(content: FileContent, count: (bytes: number) => void): Promise<Kept> {
    let chunks: Buffer[] | null = [];
    const offset = this.#end;
    let size = 0;
    for await (const chunk of Buffer.isBuffer(content) ? [content] : content) {
      count(chunk.length);
      size += chunk.length;
      if (chunks !== null && this.#memory + chunk.length <= MEMORY_BYTES) {
        // A chunk may be a view of a much larger buffer that is used again or that memory would be held by.
        chunks.push(Buffer.from(chunk));
        this.#memory += chunk.length;
        continue;
      }
      for (const held of chunks ?? []) await this.#append(held);
      for (const held of chunks ?? []) this.#memory -= held.length;
      chunks = null;
      await this.#append(chunk);
    }
    return chunks === null ? { in: 'file', offset, size } : { in: 'memory', chunks, size };
  }

  async *read(kept: Kept): AsyncGenerator<Buffer> {
    if (kept.in === 'memory') {
      yield* kept.chunks;
      return;
    }
    const file = await this.#opened();
    for (let done = 0; done < kept.size;) {
      const length = Math.min(READ_BYTES, kept.size - done);
      const { bytesRead, buffer } = await file.read(
        Buffer.allocUnsafe(length),
        0,
        length,
        kept.offset + done,
      );
      if (bytesRead === 0) throw new Error('The spool file is shorter than what was written to it.');
      yield buffer.subarray(0, bytesRead);
      done += bytesRead;
    }
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
  }

  async #append(chunk: Buffer): Promise<void> {
    const file = await this.#opened();
    for (let done = 0; done < chunk.length;) {
      const { bytesWritten } = await file.write(chunk, done, chunk.length - done, this.#end);
      done += bytesWritten;
      this.#end += bytesWritten;
    }
  }

  async #opened(): Promise<FileHandle> {
    this.#file ??= await open(await this.scratch.path('spool'), 'wx+', 0o600);
    return this.#file;
  }
}
