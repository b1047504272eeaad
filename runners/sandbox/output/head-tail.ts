/** The first and the last `keep` bytes of a stream of any length, and where each begins. Costs one copy a byte. */
export class HeadTail {
  total = 0;
  private head: Buffer | null = null;
  private ring: Buffer | null = null;

  constructor(private readonly keep: number) {}

  write(piece: Buffer): void {
    const forHead = Math.max(0, Math.min(piece.length, this.keep - this.total));
    if (forHead > 0) piece.copy((this.head ??= Buffer.alloc(this.keep)), this.total, 0, forHead);
    this.total += forHead;
    this.writeTail(piece.subarray(forHead));
  }

  private writeTail(piece: Buffer): void {
    if (piece.length === 0) return;
    this.ring ??= Buffer.alloc(this.keep);
    const kept = piece.subarray(Math.max(0, piece.length - this.keep));
    const at = (this.total + piece.length - kept.length) % this.keep;
    const copied = kept.copy(this.ring, at);
    kept.copy(this.ring, 0, copied);
    this.total += piece.length;
  }

  /** What is kept, as one part if nothing was left out, else as two. `start` is the offset of its first byte in the stream. */
  parts(): readonly { readonly start: number; readonly bytes: Buffer }[] {
    const head = (this.head ?? Buffer.alloc(0)).subarray(0, this.total);
    const tail = this.tail();
    if (this.total <= 2 * this.keep) return [{ start: 0, bytes: Buffer.concat([head, tail]) }];
    return [
      { start: 0, bytes: head },
      { start: this.total - tail.length, bytes: tail },
    ];
  }

  private tail(): Buffer {
    if (!this.ring) return Buffer.alloc(0);
    const seam = this.total % this.keep;
    return this.total < 2 * this.keep
      ? this.ring.subarray(0, seam)
      : Buffer.concat([this.ring.subarray(seam), this.ring.subarray(0, seam)]);
  }
}
