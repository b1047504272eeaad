'use strict';

/**
 * A bucket of tokens for each account: full at first, refilled evenly. A full bucket plus what flows in during one
 * window is twice the limit, and no more can be had in any window.
 */
class TokenBuckets {
  #limit;
  #msPerToken;
  #windowMs;
  #buckets = new Map();
  #nextSweep = 0;

  constructor({ limit, windowMs }) {
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#msPerToken = windowMs / limit;
  }

  /** Takes a token of the account's. Returns 0, or in how many milliseconds there will be one. */
  take(account, now = performance.now()) {
    this.#sweep(now);
    const bucket = this.#buckets.get(account) ?? { tokens: this.#limit, at: now };
    const tokens = Math.min(this.#limit, bucket.tokens + (now - bucket.at) / this.#msPerToken);
    const isServed = tokens >= 1;
    this.#buckets.set(account, { tokens: isServed ? tokens - 1 : tokens, at: now });
    return isServed ? 0 : (1 - tokens) * this.#msPerToken;
  }

  /** A bucket that was not touched for a whole window is full again, and no different from none. */
  #sweep(now) {
    if (now < this.#nextSweep) return;
    this.#nextSweep = now + this.#windowMs;
    for (const [account, { at }] of this.#buckets) {
      if (now - at >= this.#windowMs) this.#buckets.delete(account);
    }
  }
}

module.exports = { TokenBuckets };
