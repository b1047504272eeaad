'use strict';

const fs = require('node:fs/promises');
const path = require('node:path');
const { inBatches } = require('./batches');

const UNFINISHED = '.tmp';

/**
 * A directory with one small file for each piece of open work. A file is either there as a whole or not at all:
 * it is written under another name, synced, and only then given its own.
 */
class Spool {
  #directory;
  #add = inBatches((files) => this.#addAll(files));

  constructor(directory) {
    this.#directory = directory;
  }

  /** Makes the directory and returns what is in it. */
  async open() {
    await fs.mkdir(this.#directory, { recursive: true });
    const items = [];
    for (const name of await fs.readdir(this.#directory)) {
      const file = path.join(this.#directory, name);
      if (name.endsWith(UNFINISHED)) await fs.rm(file);
      else items.push(JSON.parse(await fs.readFile(file, 'utf8')));
    }
    return items;
  }

  /** Resolves when the item is on the disk for good. If it rejects, nothing of it is. */
  add(name, item) {
    return this.#add({ name, item });
  }

  /** Puts the item in place of the one of this name. If it rejects, the old one is still there. */
  async replace(name, item) {
    const file = this.#pathOf(name);
    try {
      await fs.writeFile(file + UNFINISHED, JSON.stringify(item), { flush: true });
      await fs.rename(file + UNFINISHED, file);
    } catch (error) {
      await fs.rm(file + UNFINISHED, { force: true });
      throw error;
    }
  }

  async remove(name) {
    await fs.rm(this.#pathOf(name), { force: true });
  }

  /** One sync of the directory, which makes new names last, serves all files that were written meanwhile. */
  async #addAll(files) {
    const written = await Promise.allSettled(files.map(({ name, item }) => this.replace(name, item)));
    try {
      const failed = written.find(({ status }) => status === 'rejected');
      if (failed) throw failed.reason;
      await syncDirectory(this.#directory);
    } catch (error) {
      await Promise.all(files.map(({ name }) => this.remove(name)));
      throw error;
    }
  }

  #pathOf(name) {
    return path.join(this.#directory, `${name}.json`);
  }
}

async function syncDirectory(directory) {
  const handle = await fs.open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

module.exports = { Spool };
