import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../logger.js';
import type { ProofStore } from '../proofs/store.js';
import type { PendingMint, Proof } from '../proofs/types.js';
import type { MintResult, Registry } from '../registry/client.js';
import { backoffMs } from './backoff.js';

/** Timers cannot count further (about 25 days); a longer one would fire at once. */
const LONGEST_PAUSE_MS = 2 ** 31 - 1;

type Options = {
  registry: Registry;
  store: ProofStore;
  logger: Logger;
  retryBaseMs: number;
  maxAttempts: number;
};

type Job = { proof: Proof; attempts: number; requestId: string; log: Logger };

/** Sees each mint through: attempt, pause, attempt, until the registry has decided or the attempts are used up. */
export class Minter {
  readonly #options: Options;
  #stopped = false;

  constructor(options: Options) {
    this.#options = options;
  }

  start({ proof, requestId, attempts, notBefore }: PendingMint): void {
    const log = this.#options.logger.child({ requestId, proofId: proof.id });
    this.#run({ proof, requestId, attempts, log }, notBefore - Date.now()).catch((err: unknown) => {
      // The disk did not take the outcome. The proof stays pending, and the next start asks with the same key.
      log.error({ err }, 'mint given up until the next start');
    });
  }

  /** Starts no more attempts, and leaves those that are under way without consequence. */
  stop(): void {
    this.#stopped = true;
  }

  async #run(job: Job, firstPauseMs: number): Promise<void> {
    if (firstPauseMs > 0) await pause(firstPauseMs);
    while (!this.#stopped) {
      const result = await this.#options.registry.mint(job.proof, job.requestId);
      if (this.#stopped || (await this.#isSettled(job, result))) return;
    }
  }

  async #isSettled(job: Job, result: MintResult): Promise<boolean> {
    const { store, maxAttempts } = this.#options;
    job.attempts += 1;
    switch (result.kind) {
      case 'minted':
        await store.recordMinted(job.proof.id, result.issued);
        job.log.info({ attempt: job.attempts, credentialId: result.issued.id }, 'credential minted');
        return true;
      case 'refused':
        await this.#fail(job, result.reason);
        return true;
      case 'passing':
        if (job.attempts >= maxAttempts) {
          await this.#fail(job, `${result.reason}, after ${job.attempts} attempts`);
          return true;
        }
        await this.#waitForNextTry(job, result);
        return false;
    }
  }

  async #fail(job: Job, reason: string): Promise<void> {
    await this.#options.store.recordFailed(job.proof.id, reason);
    job.log.error({ attempt: job.attempts, reason }, 'mint failed for good');
  }

  async #waitForNextTry(job: Job, failure: Extract<MintResult, { kind: 'passing' }>): Promise<void> {
    const { store, retryBaseMs } = this.#options;
    const pauseMs = Math.ceil(Math.max(backoffMs(retryBaseMs, job.attempts), failure.retryAfterMs));
    job.log.warn({ attempt: job.attempts, reason: failure.reason, pauseMs }, 'mint attempt failed');
    const recorded = store.recordFailedAttempt(job.proof.id, job.attempts, Date.now() + pauseMs);
    await Promise.all([recorded, pause(pauseMs)]);
  }
}

function pause(ms: number): Promise<void> {
  return sleep(Math.min(ms, LONGEST_PAUSE_MS));
}
