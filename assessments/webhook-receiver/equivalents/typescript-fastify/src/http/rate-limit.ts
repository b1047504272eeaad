/**
 * A fixed window, the same for all accounts: whoever asks at its end and again at its beginning gets twice the limit
 * within one span, never more. Counts are dropped with their window, so they cannot pile up.
 */
export class RateLimit {
  readonly #limit: number;
  readonly #windowMs: number;
  #used = new Map<string, number>();
  #windowEnds = 0;

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** Zero if the account may go on, else in how many whole seconds it may again. */
  take(account: string, now: number = performance.now()): number {
    if (now >= this.#windowEnds) {
      this.#used = new Map();
      this.#windowEnds = now + this.#windowMs;
    }
    const used = this.#used.get(account) ?? 0;
    if (used >= this.#limit) return Math.max(1, Math.ceil((this.#windowEnds - now) / 1000));
    this.#used.set(account, used + 1);
    return 0;
  }
}
