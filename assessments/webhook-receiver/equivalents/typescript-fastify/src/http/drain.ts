import type { ServerResponse } from 'node:http';

/** Knows the answers that are under way, so that a shutdown can wait for them. */
export class Drain {
  readonly #open = new Set<ServerResponse>();
  #whenEmpty: (() => void) | null = null;

  get isDraining(): boolean {
    return this.#whenEmpty !== null;
  }

  track(response: ServerResponse): void {
    this.#open.add(response);
    response.once('close', () => {
      this.#open.delete(response);
      if (this.#open.size === 0) this.#whenEmpty?.();
    });
  }

  /** Resolves when the last answer that is under way has been sent. */
  empty(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenEmpty = resolve;
      if (this.#open.size === 0) resolve();
    });
  }
}
