/** Who a call is for: somebody who waits for an answer, or a mint in the background. */
export type Lane = 'reader' | 'mint';

/**
 * Bounds how many calls are open at once. When both lanes wait they take turns, so that a backlog of mints
 * does not keep readers waiting, nor the other way round.
 */
export class Gate {
  #free: number;
  #served: Lane = 'mint';
  readonly #waiting: Record<Lane, (() => void)[]> = { reader: [], mint: [] };

  constructor(limit: number) {
    this.#free = limit;
  }

  async run<T>(lane: Lane, call: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting[lane].push(resolve));
    try {
      return await call();
    } finally {
      this.#passOn();
    }
  }

  /** The place goes straight to the next in line; nobody can slip in between. */
  #passOn(): void {
    const turn: Lane = this.#served === 'mint' ? 'reader' : 'mint';
    const next = this.#waiting[turn].shift();
    if (next) {
      this.#served = turn;
      return next();
    }
    const other = this.#waiting[this.#served].shift();
    if (other) return other();
    this.#free += 1;
  }
}
