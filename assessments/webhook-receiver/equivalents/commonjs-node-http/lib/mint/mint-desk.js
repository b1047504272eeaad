'use strict';

const log = require('../log');
const { pauseAfter, LONGEST_MS } = require('./pause');

/** Works through the jobs of the vault: each is attempted until the registry decides or its attempts are used up. */
class MintDesk {
  #registry;
  #vault;
  #retry;
  #isOpen = true;

  constructor({ registry, vault, retry }) {
    this.#registry = registry;
    this.#vault = vault;
    this.#retry = retry;
  }

  /** Starts on a job, new or left over from before a restart. */
  take(job) {
    this.#attemptIn(Math.min(LONGEST_MS, job.notBefore - Date.now()), job);
  }

  /** No more attempts. What the registry still answers is not taken in: the next start asks again with the same key. */
  close() {
    this.#isOpen = false;
  }

  #attemptIn(pauseMs, job) {
    const attempt = () =>
      this.#attempt(job).catch((error) => {
        // The outcome could not be stored; the job is still in the spool, so the next start takes it up.
        this.#log('error', 'mint left for the next start', job, { reason: error.message });
      });
    if (pauseMs > 0) setTimeout(attempt, pauseMs);
    else attempt();
  }

  async #attempt(job) {
    if (!this.#isOpen) return;
    const result = await this.#registry.mint(job.proof, job.requestId);
    if (!this.#isOpen) return;
    job.attempts++;
    switch (result.verdict) {
      case 'minted':
        await this.#vault.settleAsMinted(job, result);
        this.#log('info', 'minted', job, { credentialId: result.id });
        return;
      case 'refused':
        await this.#giveUp(job, `The registry refused: ${result.reason}.`);
        return;
      case 'try again':
        if (job.attempts >= this.#retry.maxAttempts)
          await this.#giveUp(job, `Given up after ${job.attempts} attempts: ${result.reason}.`);
        else await this.#tryAgain(job, result);
    }
  }

  async #giveUp(job, reason) {
    await this.#vault.settleAsFailed(job, reason);
    this.#log('error', 'mint failed', job, { reason });
  }

  async #tryAgain(job, { reason, earliestInMs }) {
    const pauseMs = pauseAfter(job.attempts, { baseMs: this.#retry.baseMs, earliestInMs });
    job.notBefore = Date.now() + pauseMs;
    this.#log('warn', 'mint attempt failed', job, { reason, pauseMs });
    // Without the note a restart would allow more attempts than it should; no reason to stop now.
    await this.#vault.noteFailedAttempt(job).catch((error) => {
      this.#log('warn', 'attempt not noted', job, { reason: error.message });
    });
    this.#attemptIn(job.notBefore - Date.now(), job);
  }

  #log(level, msg, { requestId, proof, attempts }, fields) {
    log[level](msg, { requestId, proofId: proof.id, attempts, ...fields });
  }
}

module.exports = { MintDesk };
