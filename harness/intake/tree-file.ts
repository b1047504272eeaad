import type { Kept } from './spool.js';

/** A regular file of the submission. */
export interface TreeFile {
  readonly path: string;
  readonly executable: boolean;
  readonly content: Kept;
}
