'use strict';

/** Readers wait in person, so they go first; but after this many of them it is a mint's turn. */
const READERS_PER_MINT = 2;

/** Lets a limited number of calls through at a time. */
class Turnstile {
  #places;
  #readers = [];
  #mints = [];
  #readersInARow = 0;

  constructor(places) {
    this.#places = places;
  }

  /** Runs `call` when there is a place for it; `kind` is 'reader' or 'mint'. */
  async pass(kind, call) {
    if (this.#places > 0) this.#places--;
    else await new Promise((enter) => (kind === 'mint' ? this.#mints : this.#readers).push(enter));
    try {
      return await call();
    } finally {
      const enter = this.#next();
      // A place is handed over directly, so that nobody who comes just now can take it.
      if (enter) enter();
      else this.#places++;
    }
  }

  #next() {
    const isMintsTurn = this.#readers.length === 0 || this.#readersInARow >= READERS_PER_MINT;
    if (isMintsTurn && this.#mints.length > 0) {
      this.#readersInARow = 0;
      return this.#mints.shift();
    }
    this.#readersInARow++;
    return this.#readers.shift();
  }
}

module.exports = { Turnstile };
