/**
 * Counts of durations in microseconds, in buckets that are never wider than 1/128 of what they hold: under a hundredth of
 * error from a microsecond to an hour, in a few hundred numbers.
 */
export class Histogram {
  private readonly counts = new Map<number, number>();
  private total = 0;

  get count(): number {
    return this.total;
  }

  /** @param micros what is under a microsecond counts as one */
  record(micros: number, times = 1): void {
    const bucket = bucketOf(Math.max(1, Math.round(micros)));
    this.counts.set(bucket, (this.counts.get(bucket) ?? 0) + times);
    this.total += times;
  }

  /** Milliseconds that the share `p` (0 to 1) of all durations do not exceed; 0 when there are none. */
  percentileMs(p: number): number {
    let left = Math.max(1, Math.ceil(p * this.total));
    for (const [bucket, count] of this.sorted()) {
      left -= count;
      if (left <= 0) return middleOf(bucket) / 1000;
    }
    return 0;
  }

  merge(other: Histogram): this {
    for (const [bucket, count] of other.counts) {
      this.counts.set(bucket, (this.counts.get(bucket) ?? 0) + count);
      this.total += count;
    }
    return this;
  }

  /** Pairs of bucket and count, one after the other, as they cross a border. */
  encode(): number[] {
    return this.sorted().flat();
  }

  static decode(pairs: readonly number[]): Histogram {
    const histogram = new Histogram();
    for (let i = 0; i + 1 < pairs.length; i += 2) {
      const [bucket, count] = [pairs[i] as number, pairs[i + 1] as number];
      histogram.counts.set(bucket, (histogram.counts.get(bucket) ?? 0) + count);
      histogram.total += count;
    }
    return histogram;
  }

  private sorted(): [number, number][] {
    return [...this.counts].sort(([a], [b]) => a - b);
  }
}

/** Buckets for each doubling. */
const FINENESS = 128;
/** An hour is in the last. */
export const MAX_BUCKET = FINENESS * 26;

function bucketOf(micros: number): number {
  const doublings = Math.max(0, Math.floor(Math.log2(micros)) - 7);
  return Math.min(MAX_BUCKET, doublings * FINENESS + Math.floor(micros / 2 ** doublings));
}

function middleOf(bucket: number): number {
  if (bucket < FINENESS * 2) return bucket;
  const doublings = Math.floor(bucket / FINENESS) - 1;
  return (bucket - doublings * FINENESS + 0.5) * 2 ** doublings;
}
