import { inMib, type IntakeLimits } from '../limits.js';
import { tooLarge } from '../refusal.js';

/** Counts what really comes out of an archive; sizes that the archive states are not believed. */
export class Meter {
  #out = 0;

  constructor(
    private readonly limits: IntakeLimits,
    /** Packed bytes behind what came out so far. */
    private readonly packed: () => number,
  ) {}

  count(bytes: number): void {
    const { scannedBytes, ratio, ratioFromBytes } = this.limits;
    this.#out += bytes;
    if (this.#out > scannedBytes) throw tooLarge(`The archive unpacks to more than ${inMib(scannedBytes)}.`);
    if (this.#out > ratioFromBytes && this.#out > ratio * this.packed()) {
      throw tooLarge(`The archive unpacks to more than ${ratio} times its size.`);
    }
  }

  async *through(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      this.count(chunk.length);
      yield chunk;
    }
  }
}
