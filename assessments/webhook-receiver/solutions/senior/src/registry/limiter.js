/** Lets at most `limit` tasks run at once; the others wait in line. */
export class Limiter {
  #free;
  #line = [];

  constructor(limit) {
    this.#free = limit;
  }

  async run(task) {
    if (this.#free > 0) this.#free--;
    else await new Promise((resolve) => this.#line.push(resolve));
    try {
      return await task();
    } finally {
      // The place goes straight to the next in line, so that nobody slips in between.
      const next = this.#line.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
