/**
 * Proofs that are younger than this many others need not be listed yet: their delivery may have been answered after the list was made,
 * by as many as there are connections.
 */
const SETTLED = 24;
/** Merges that were sent and have no proof yet, as far as is known: with more, some were lost, and nobody knows what the list should hold. */
const MOST_BEHIND = 24;

/** What a service has promised since its start, in the order of its answers, to hold its lists against. */
export class Ledger {
  readonly #people = new Map<string, string>();
  /** Of each person, how many proofs are settled; in `''` how many in all. */
  readonly #settled = new Map<string, number>();
  readonly #settling: string[] = [];
  #sent = 0;

  /** A delivery of this person's merge was answered with this proof. */
  accept(person: string, proofId: string): void {
    if (this.#people.has(proofId)) return;
    this.#people.set(proofId, person);
    this.#settling.push(person);
    const settled = this.#settling.length > SETTLED ? this.#settling.shift() : undefined;
    if (settled === undefined) return;
    for (const whose of ['', settled]) this.#settled.set(whose, this.settled(whose) + 1);
  }

  /** Proofs that must be in a list by now: a person's, or everybody's. */
  settled(person = ''): number {
    return this.#settled.get(person) ?? 0;
  }

  /**
   * Whether a first page may be of what was promised: as long as it has to be, and with a proof among it that is known.
   * @param sent different merges that were sent before it
   */
  allows(ids: readonly string[], least: number, sent: number): boolean {
    this.#sent = Math.max(this.#sent, sent);
    if (ids.length < least) return false;
    const isBehind = this.#sent - this.#people.size > MOST_BEHIND;
    return least === 0 || isBehind || ids.some((id) => this.#people.has(id));
  }
}
