'use strict';

const path = require('node:path');
const { Worker } = require('node:worker_threads');

/**
 * A thread that does nothing but scrypt, one at a time. Node's own pool would do it too, but there the disk and
 * compression would have to queue behind it.
 */
class ScryptThread {
  #worker = null;
  #queue = [];
  #current = null;

  /** 64 hex digits; null if by the time of its turn nobody wanted it any more. */
  derive({ password, salt, isWanted }) {
    return new Promise((resolve, reject) => {
      this.#queue.push({ password, salt, isWanted, resolve, reject });
      if (this.#current === null) this.#next();
    });
  }

  #next() {
    do this.#current = this.#queue.shift() ?? null;
    while (this.#current !== null && !isStillWanted(this.#current));
    if (this.#current === null) return;
    const { password, salt } = this.#current;
    this.#worker ??= this.#start();
    this.#worker.postMessage({ password, salt });
  }

  #start() {
    const worker = new Worker(path.join(__dirname, 'scrypt-worker.js'), {
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
    });
    worker.on('message', (commitment) => {
      this.#current.resolve(commitment);
      this.#next();
    });
    worker.on('error', (error) => {
      // The thread is gone; the next in line gets a new one.
      this.#worker = null;
      this.#current.reject(error);
      this.#next();
    });
    worker.unref();
    return worker;
  }
}

function isStillWanted({ isWanted, resolve }) {
  if (isWanted()) return true;
  resolve(null);
  return false;
}

module.exports = { ScryptThread };
