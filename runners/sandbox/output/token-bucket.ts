/** How long a reader must rest so that it takes no more than `perSecond` on average, after a burst of twice as much. */
export class TokenBucket {
  private tokens: number;
  private filledAt: number;

  constructor(
    private readonly perSecond: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.tokens = 2 * perSecond;
    this.filledAt = now();
  }

  /** Takes `amount` at once and answers the milliseconds to wait before taking more; 0 is at once. */
  take(amount: number): number {
    const now = this.now();
    this.tokens = Math.min(2 * this.perSecond, this.tokens + ((now - this.filledAt) / 1000) * this.perSecond);
    this.filledAt = now;
    this.tokens -= amount;
    return this.tokens >= 0 ? 0 : Math.ceil((-this.tokens / this.perSecond) * 1000);
  }
}
