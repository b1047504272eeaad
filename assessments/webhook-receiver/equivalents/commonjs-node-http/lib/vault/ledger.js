'use strict';

const fs = require('node:fs/promises');
const { inBatches } = require('./batches');

const NEWLINE = 0x0a;

/** A file of JSON lines for what is settled and never changes again. */
class Ledger {
  #file;
  /** How much of the file is known to be good. */
  #size;
  #add;

  constructor(file, size) {
    this.#file = file;
    this.#size = size;
    this.#add = inBatches((lines) => this.#write(lines));
  }

  /** Calls `visit` with every entry. What a crash left of an unfinished last line is cut off. */
  static async open(filename, visit) {
    const file = await fs.open(filename, 'a+');
    let size = 0;
    let unfinished = [];
    for await (const chunk of file.createReadStream({ start: 0, autoClose: false })) {
      let start = 0;
      for (let end; (end = chunk.indexOf(NEWLINE, start)) !== -1; start = end + 1) {
        const line = Buffer.concat([...unfinished, chunk.subarray(start, end)]);
        unfinished = [];
        size += line.length + 1;
        visit(JSON.parse(line));
      }
      unfinished.push(chunk.subarray(start));
    }
    await file.truncate(size);
    return new Ledger(file, size);
  }

  /** Resolves when the entry is on the disk. */
  add(entry) {
    return this.#add(`${JSON.stringify(entry)}\n`);
  }

  async close() {
    await this.#file.close();
  }

  async #write(lines) {
    const bytes = Buffer.from(lines.join(''));
    try {
      await this.#file.appendFile(bytes);
      await this.#file.datasync();
    } catch (error) {
      await this.#file.truncate(this.#size);
      throw error;
    }
    this.#size += bytes.length;
  }
}

module.exports = { Ledger };
