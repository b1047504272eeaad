import type { Proof, ProofEventType } from '../proofs/types.js';

type FeedEvent = Readonly<{ id: string; sequence: number; type: ProofEventType; proof: Proof }>;
/** Gets each event as it goes over the wire. */
type Listener = (text: string) => void;

const KEPT_EVENTS = 500;

/** What happens to proofs, as it happens, and the last few hundred events for those who come back. */
export class Feed {
  /** Tells our event ids from those of an earlier run, whose events are gone. */
  readonly #run = Date.now().toString(36);
  readonly #events: FeedEvent[] = [];
  readonly #listeners = new Set<Listener>();
  #sequence = 0;

  publish(type: ProofEventType, proof: Proof): void {
    const sequence = ++this.#sequence;
    const event = { id: `${this.#run}-${sequence}`, sequence, type, proof };
    this.#events.push(event);
    if (this.#events.length > KEPT_EVENTS) this.#events.shift();
    if (this.#listeners.size === 0) return;
    const text = format(event);
    for (const listener of this.#listeners) listener(text);
  }

  /** The kept events after the one with this id: all of them if it is of an earlier run, none if it is no id of ours. */
  since(lastEventId: string): string[] {
    const match = /^([0-9a-z]{1,12})-(\d{1,15})$/.exec(lastEventId);
    if (!match) return [];
    const seen = match[1] === this.#run ? Number(match[2]) : 0;
    return this.#events.filter((event) => event.sequence > seen).map(format);
  }

  /** Returns what ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function format({ id, type, proof }: FeedEvent): string {
  return `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(proof)}\n\n`;
}
