import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

type Waiting = { line: string; resolve: () => void; reject: (error: unknown) => void };

/**
 * A file of JSON lines that only ever grows. Appends that arrive while the disk is busy are written and synced together,
 * so that a burst of deliveries costs a few syncs and not one each.
 */
export class Journal<R> {
  readonly #file: FileHandle;
  /** Bytes known to be whole and on the disk. */
  #size: number;
  #queue: Waiting[] = [];
  #writing: Promise<void> | null = null;
  #broken: Error | null = null;

  private constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.#size = size;
  }

  /** Hands every record in the file to `replay`, cuts off a last line that a crash left unfinished, and is ready to append. */
  static async open<R>(path: string, replay: (record: R) => void): Promise<Journal<R>> {
    const file = await open(path, 'a+');
    await syncDirectory(dirname(path));
    let size = 0;
    for await (const line of wholeLines(file)) {
      replay(JSON.parse(line.toString()) as R);
      size += line.length + 1;
    }
    await file.truncate(size);
    return new Journal<R>(file, size);
  }

  /** Resolves once the record is on the disk; appends resolve in the order in which they were made. */
  append(record: R): Promise<void> {
    if (this.#broken) return Promise.reject(this.#broken);
    return new Promise((resolve, reject) => {
      this.#queue.push({ line: `${JSON.stringify(record)}\n`, resolve, reject });
      this.#writing ??= this.#writeAll().finally(() => (this.#writing = null));
    });
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }

  async #writeAll(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      try {
        await this.#write(Buffer.from(batch.map(({ line }) => line).join('')));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
  }

  async #write(bytes: Buffer): Promise<void> {
    if (this.#broken) throw this.#broken;
    try {
      await this.#file.appendFile(bytes);
      await this.#file.datasync();
      this.#size += bytes.length;
    } catch (error) {
      // A full disk may have taken half a batch. Without this cut the next line would be glued to it.
      await this.#file.truncate(this.#size).catch((fault: Error) => (this.#broken = fault));
      throw error;
    }
  }
}

async function* wholeLines(file: FileHandle): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of file.createReadStream({ start: 0, autoClose: false })) {
    const bytes = Buffer.concat([rest, chunk as Buffer]);
    let start = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
      yield bytes.subarray(start, end);
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
}

/** A new file is only safe once the directory that names it is. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
