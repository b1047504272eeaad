import type { Logger } from 'pino';
import { reasonOf } from '../errors.js';
import type { Loop } from '../queue/loop.js';
import { startLoop } from '../queue/loop.js';
import type { Store } from '../store/database.js';
import type { Due } from '../store/hooks.js';
import { disableHook, recordTry, takeDue } from '../store/hooks.js';
import type { TrustedHosts } from './address.js';
import { send } from './send.js';

/** When a message that was not taken is tried again: as Standard Webhooks proposes, over a day and a half. */
export const RETRY_SECONDS = [5, 300, 1800, 7200, 18_000, 36_000, 36_000] as const;
/** Each wait is up to so much longer, so that many messages do not come back all at once. */
const JITTER = 0.2;

const EVERY_MS = 1000;
/** A try may take ten seconds: who answers that slowly waits for its own messages alone. */
const BOUNDS = { toOneHook: 8, ofOneOrganisation: 24, inAll: 240 } as const;
/** Longer than any try may take. */
const LEASE_SECONDS = 60;

/** Sends the messages that are due. Any number of processes may. */
export function startCourier(deps: {
  readonly store: Store;
  readonly trusted: TrustedHosts;
  readonly log: Logger;
}): Loop {
  const { store, trusted, log } = deps;
  const deliver = async (due: Due): Promise<void> => {
    const { delivered, gone, words } = await send(due, trusted);
    if (gone) {
      log.info({ hook: due.hook }, 'the address of a webhook is gone; nothing more is sent there');
      return disableHook(store, due.hook);
    }
    await recordTry(store, due.id, {
      delivered,
      answer: words,
      againSeconds: delivered ? null : waitAfter(due),
    });
  };
  const underWay = new Map<string, Promise<void>>();
  const carry = async (due: Due): Promise<void> => {
    try {
      await deliver(due);
    } catch (error) {
      log.warn({ hook: due.hook, reason: reasonOf(error) }, 'a message is sent again when its lease is over');
    } finally {
      underWay.delete(due.id);
      loop.poke();
    }
  };
  const work = async (): Promise<void> => {
    const due = await takeDue(store, [...underWay.keys()], BOUNDS, LEASE_SECONDS);
    for (const one of due) underWay.set(one.id, carry(one));
  };
  const loop = startLoop('webhooks', EVERY_MS, work, log);
  return {
    poke: loop.poke,
    async stop() {
      await loop.stop();
      await Promise.all(underWay.values());
    },
  };
}

/** Null when it was the last try. */
function waitAfter({ attempts }: Due): number | null {
  const seconds = RETRY_SECONDS[attempts - 1];
  return seconds === undefined ? null : seconds * (1 + Math.random() * JITTER);
}
