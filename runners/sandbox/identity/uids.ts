import { randomInt } from 'node:crypto';
import type { Slot } from '../types.js';

const FIRST = 20_000;
const LAST = 29_999;
/** Ids of one pod: its parties' and the pause container's, and some to spare. */
const BLOCK = 10;

const OFFSETS: Readonly<Record<Slot | 'pause', number>> = {
  service: 0,
  prober: 1,
  relay: 2,
  install: 3,
  spare: 4,
  pause: 9,
};

/** The first user id of a pod's block. */
export type UidBlock = number;

export const uidOf = (block: UidBlock, slot: Slot | 'pause'): number => block + OFFSETS[slot];

/** Hands out blocks, no two alike in this process, at random so that other processes seldom choose the same. */
export class UidBlocks {
  private readonly held = new Set<UidBlock>();

  /** @throws RangeError when all are taken */
  take(): UidBlock {
    const blocks = Math.floor((LAST - FIRST + 1) / BLOCK);
    if (this.held.size === blocks) throw new RangeError('All user ids for pods are in use.');
    for (let index = randomInt(blocks); ; index = (index + 1) % blocks) {
      const block = FIRST + index * BLOCK;
      if (this.held.has(block)) continue;
      this.held.add(block);
      return block;
    }
  }

  release(block: UidBlock): void {
    this.held.delete(block);
  }
}
