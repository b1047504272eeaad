import { setTimeout as sleep } from 'node:timers/promises';
import { pause } from './registry/pause.js';
import { toProof } from './store/views.js';

/** Has credentials minted, in the background, until each proof is minted or has failed. */
export class Minter {
  #deps;
  #stopping = new AbortController();

  constructor(deps) {
    this.#deps = deps;
  }

  /** Takes up what was pending when the service last ended. */
  resume() {
    for (const record of this.#deps.store.pending()) this.begin(record);
  }

  /** Returns at once. A fault of ours is logged; the proof stays pending and is taken up at the next start. */
  begin(record) {
    const log = this.#deps.log.child({ requestId: record.requestId, proofId: record.id });
    this.#mint(record, log).catch((error) => {
      if (!this.#stopping.signal.aborted) log.error({ err: error }, 'the mint broke off');
    });
  }

  stop() {
    this.#stopping.abort();
  }

  async #mint(record, log) {
    const { registry, maxAttempts } = this.#deps;
    for (let attempt = 1; ; attempt++) {
      const outcome = await registry.mint(record, this.#stopping.signal);
      switch (outcome.kind) {
        case 'minted':
          return this.#settle(record, { minted: outcome.credential }, 'proof.minted', log);
        case 'refused':
          return this.#settle(record, { failed: outcome.reason }, 'proof.failed', log);
        case 'failed':
          log.warn({ attempt, reason: outcome.reason }, 'an attempt to mint failed');
          if (attempt === maxAttempts) {
            const reason = `given up after ${attempt} attempts; the last: ${outcome.reason}`;
            return this.#settle(record, { failed: reason }, 'proof.failed', log);
          }
          await this.#wait(attempt, outcome.retryAfterMs);
      }
    }
  }

  async #settle(record, result, event, log) {
    await this.#deps.store.settle(record, result);
    log.info({ status: record.status }, 'the mint is settled');
    this.#deps.feed.publish(event, toProof(record));
  }

  #wait(attempt, retryAfterMs) {
    const ms = Math.max(pause(attempt, this.#deps.baseMs), retryAfterMs);
    return sleep(ms, undefined, { signal: this.#stopping.signal });
  }
}
