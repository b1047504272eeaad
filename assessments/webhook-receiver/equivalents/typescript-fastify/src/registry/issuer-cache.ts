import type { IssuerResult, Registry } from './client.js';

/** Keeps the issuer document for a while. However many ask at once, the registry gets one call; failures are not kept. */
export class IssuerCache {
  readonly #registry: Registry;
  readonly #ttlMs: number;
  #kept: { result: IssuerResult; until: number } | null = null;
  #asking: Promise<IssuerResult> | null = null;

  constructor(registry: Registry, ttlMs: number) {
    this.#registry = registry;
    this.#ttlMs = ttlMs;
  }

  async get(requestId: string): Promise<IssuerResult> {
    if (this.#kept && performance.now() < this.#kept.until) return this.#kept.result;
    this.#asking ??= this.#ask(requestId).finally(() => (this.#asking = null));
    return this.#asking;
  }

  async #ask(requestId: string): Promise<IssuerResult> {
    const result = await this.#registry.issuer(requestId);
    this.#kept = result.kind === 'document' ? { result, until: performance.now() + this.#ttlMs } : null;
    return result;
  }
}
