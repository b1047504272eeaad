import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { StageName, Verdict, VerdictCode } from '../../assessments/kit/index.js';
import { reasonOf } from '../errors.js';
import { faultCode } from '../pipeline/faults.js';
import type { Store } from '../store/database.js';
import { isStoreUnavailable } from '../store/database.js';
import type { Graded } from '../store/endings.js';
import { cancelledVerdict, commitResult, endWithout } from '../store/endings.js';
import { appendEvents } from '../store/events.js';
import type { Claim } from '../store/leases.js';
import { releaseRun } from '../store/leases.js';
import { bufferEvents } from './event-buffer.js';
import { keepLease } from './heartbeat.js';
import type { GradeClaim, StopReason } from './types.js';
import { AttemptStopped } from './types.js';

export interface AttemptOptions {
  readonly store: Store;
  readonly grade: GradeClaim;
  readonly leaseSeconds: number;
  readonly maxAttempts: number;
  readonly runMinutes: number;
  /** Before the second try, and three times as long before each further one. */
  readonly retrySeconds: number;
  readonly log: Logger;
}

/** How an attempt ended; a `fault` is ours, with its code. */
export type AttemptEnd =
  | { readonly kind: 'done' | StopReason | 'superseded' }
  | { readonly kind: 'fault'; readonly code: VerdictCode };

/** After being told to stop, an attempt may take this long to clean up; then its run goes on without it. */
const UNWIND_MS = 15_000;
const COMMIT_RETRY_MS = 500;
const COMMIT_PATIENCE_MS = 120_000;

/** One attempt from claim to commit. Rejects only when the database stays away; the lease then ends by itself. */
export async function runAttempt(
  claim: Claim,
  options: AttemptOptions,
  stop: AbortController,
): Promise<AttemptEnd> {
  const { store } = options;
  let stage: StageName = 'intake';
  const halt = (reason: StopReason): void => {
    if (!stop.signal.aborted) stop.abort(new AttemptStopped(reason));
  };
  const buffer = bufferEvents(
    (events) => appendEvents(store, claim.run, claim.fence, events),
    () => halt('leaseLost'),
  );
  const heartbeat = keepLease(store, claim, options.leaseSeconds, halt);
  const deadline = setTimeout(() => halt('overdue'), options.runMinutes * 60_000);
  try {
    const graded = await settled(
      options.grade(
        claim,
        (event) => {
          if (event.type === 'stageStarted') stage = event.stage;
          buffer.emit(event);
        },
        stop.signal,
      ),
      stop.signal,
    );
    await buffer.close();
    return await finish(graded);
  } finally {
    clearTimeout(deadline);
    await heartbeat.stop();
  }

  async function finish(outcome: Graded | Error): Promise<AttemptEnd> {
    if (!(outcome instanceof Error)) {
      const first = await patiently(() => commitResult(store, claim, outcome));
      return { kind: first ? 'done' : 'superseded' };
    }
    const stopped = stop.signal.reason instanceof AttemptStopped ? stop.signal.reason.reason : null;
    switch (stopped) {
      case 'leaseLost':
        return { kind: stopped };
      case 'cancelled':
        await patiently(() => endWithout(store, claim, 'cancelled', cancelledVerdict(stage)));
        return { kind: stopped };
      case 'shutdown':
        await patiently(() =>
          releaseRun(store, claim, {
            reason: 'The worker is being restarted; another one takes over.',
            counts: false,
            delaySeconds: 0,
          }),
        );
        return { kind: stopped };
      case 'overdue':
        await retryOrFail('internal', `it did not end within ${options.runMinutes} minutes.`);
        return { kind: stopped };
      case null: {
        const code = faultCode(outcome);
        options.log.error({ run: claim.run, attempt: claim.attempt, code, err: outcome }, 'attempt failed');
        await retryOrFail(code, reasonOf(outcome));
        return { kind: 'fault', code };
      }
    }
  }

  async function retryOrFail(code: VerdictCode, reason: string): Promise<void> {
    if (claim.attempt >= options.maxAttempts) {
      const verdict = exhausted(claim.attempt, stage, reason);
      await patiently(() => endWithout(store, claim, 'failed', verdict));
      return;
    }
    const delaySeconds = options.retrySeconds * 3 ** (claim.attempt - 1);
    const sentence = `Attempt ${claim.attempt} failed through no fault of the candidate (${code}: ${reason}); it is tried again.`;
    await patiently(() => releaseRun(store, claim, { reason: sentence, counts: true, delaySeconds }));
  }
}

/** The result, or what it was rejected with. One that goes on in spite of being told to stop is not waited for. */
async function settled(grading: Promise<Graded>, signal: AbortSignal): Promise<Graded | Error> {
  const caught = grading.catch((error: unknown) =>
    error instanceof Error ? error : new Error(String(error)),
  );
  const gaveUp = new Promise<Error>((resolve) => {
    const give = (): void => void setTimeout(resolve, UNWIND_MS, signal.reason).unref();
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });
  return Promise.race([caught, gaveUp]);
}

/** What was graded for minutes is worth waiting for a database that comes back. */
async function patiently<T>(write: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + COMMIT_PATIENCE_MS;
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isStoreUnavailable(error) || performance.now() > deadline) throw error;
      await sleep(COMMIT_RETRY_MS);
    }
  }
}

const exhausted = (attempts: number, stage: StageName, reason: string): Verdict => ({
  code: 'attemptsExhausted',
  stage,
  message:
    `The submission was not graded: ${attempts} attempts failed through no fault of the candidate, the last because ` +
    `${reason} Look after the cause and submit it again.`,
  logTail: '',
});
