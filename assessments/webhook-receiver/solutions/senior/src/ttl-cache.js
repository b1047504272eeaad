/** Keeps one loaded value for a while. Whoever asks while it is being loaded shares that load; a failed load is not kept. */
export class TtlCache {
  #load;
  #ttlMs;
  #value;
  #freshUntil = 0;
  #loading = null;

  constructor(ttlMs, load) {
    this.#ttlMs = ttlMs;
    this.#load = load;
  }

  async get(...args) {
    if (performance.now() < this.#freshUntil) return this.#value;
    this.#loading ??= this.#refresh(args).finally(() => (this.#loading = null));
    return this.#loading;
  }

  async #refresh(args) {
    this.#value = await this.#load(...args);
    this.#freshUntil = performance.now() + this.#ttlMs;
    return this.#value;
  }
}
