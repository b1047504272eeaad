import { open, readFile, truncate } from 'node:fs/promises';

/**
 * An append-only file of JSON lines. `append` resolves when the entry is on disk; entries that arrive while a write is
 * under way share the next one, so that a burst costs a handful of syncs.
 */
export class Journal {
  #file;
  #waiting = [];
  #writing = null;

  constructor(file) {
    this.#file = file;
  }

  /** Opens the journal and hands over what it holds. A last line that a crash cut short was never promised: it goes. */
  static async open(path) {
    const bytes = await readFile(path).catch((error) => {
      if (error.code === 'ENOENT') return Buffer.alloc(0);
      throw error;
    });
    const end = bytes.lastIndexOf(0x0a) + 1;
    if (end < bytes.length) await truncate(path, end);
    const lines = bytes.toString('utf8', 0, end).split('\n').slice(0, -1);
    return { journal: new Journal(await open(path, 'a')), entries: lines.map((line) => JSON.parse(line)) };
  }

  append(entry) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line: `${JSON.stringify(entry)}\n`, resolve, reject });
      this.#writing ??= this.#drain();
    });
  }

  async close() {
    await this.#writing;
    await this.#file.close();
  }

  async #drain() {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0);
      try {
        await this.#file.appendFile(batch.map(({ line }) => line).join(''));
        await this.#file.datasync();
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#writing = null;
  }
}
