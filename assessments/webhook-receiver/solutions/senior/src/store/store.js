import { randomUUID } from 'node:crypto';
import { Journal } from './journal.js';
import { Shelf } from './shelf.js';

/**
 * Proofs and their credentials: in memory for reading, in the journal for keeping. A change is visible only once it is on disk;
 * so nobody is shown what a crash could take back.
 */
export class Store {
  #journal;
  #proofs = new Map();
  #credentials = new Map();
  #arrivals = new Map(); // pull request id -> promise of its record, from the moment that it is first reported
  #proofShelf = new Shelf();
  #credentialShelf = new Shelf();

  constructor(journal) {
    this.#journal = journal;
  }

  static async open(path) {
    const { journal, entries } = await Journal.open(path);
    const store = new Store(journal);
    for (const entry of entries) {
      if (entry.type === 'arrived') {
        store.#admit(entry.record);
        store.#arrivals.set(entry.record.pullRequest.id, Promise.resolve(entry.record));
      } else {
        store.#conclude(store.#proofs.get(entry.id), entry.result);
      }
    }
    return store;
  }

  /**
   * Keeps a merge. Reports of the same pull request share one record, however close together they come, and all of them
   * wait until it is on disk.
   */
  async admit(merge, requestId) {
    const known = this.#arrivals.get(merge.pullRequest.id);
    if (known) return { record: await known, isNew: false };

    const record = {
      id: `prf_${randomUUID()}`,
      ...merge,
      status: 'pending',
      createdAt: new Date().toISOString(),
      requestId,
    };
    const arrival = this.#journal.append({ type: 'arrived', record }).then(() => {
      this.#admit(record);
      return record;
    });
    this.#arrivals.set(merge.pullRequest.id, arrival);
    try {
      return { record: await arrival, isNew: true };
    } catch (error) {
      this.#arrivals.delete(merge.pullRequest.id);
      throw error;
    }
  }

  /** Ends a pending proof: `{minted: {id, issuedAt}}` or `{failed: reason}`. */
  async settle(record, result) {
    await this.#journal.append({ type: 'settled', id: record.id, result });
    this.#conclude(record, result);
  }

  proof(id) {
    return this.#proofs.get(id);
  }

  /** The record behind a credential. */
  credential(id) {
    return this.#credentials.get(id);
  }

  proofs({ status, ...page }) {
    return this.#proofShelf.page({ ...page, matches: (record) => !status || record.status === status });
  }

  credentials(page) {
    return this.#credentialShelf.page(page);
  }

  pending() {
    return [...this.#proofs.values()].filter((record) => record.status === 'pending');
  }

  close() {
    return this.#journal.close();
  }

  #admit(record) {
    this.#proofs.set(record.id, record);
    this.#proofShelf.add(record);
  }

  #conclude(record, result) {
    if (result.minted) {
      record.status = 'minted';
      record.credential = result.minted;
      this.#credentials.set(result.minted.id, record);
      this.#credentialShelf.add(record);
    } else {
      record.status = 'failed';
      record.failure = { reason: result.failed };
    }
  }
}
