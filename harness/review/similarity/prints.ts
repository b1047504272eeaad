import type { TokenFile } from './tokens.js';

/** Tokens in a row that must agree before anything is called alike: about three lines of code. */
export const RUN_LENGTH = 24;
/** Of each so many runs of tokens one is kept as a print; what is alike for longer than both together is never missed. */
const WINDOW = 16;

/** The hashes of all runs of RUN_LENGTH tokens of a file, by position. Whole numbers under 2^53. */
export function runHashes({ tokens }: Pick<TokenFile, 'tokens'>): number[] {
  const words = tokens.map(wordHash);
  const hashes: number[] = [];
  for (let at = 0; at + RUN_LENGTH <= words.length; at += 1) {
    let high = 0x811c9dc5;
    let low = 0x9747b28c;
    for (let index = at; index < at + RUN_LENGTH; index += 1) {
      const word = words[index] as number;
      high = Math.imul(high ^ word, 0x01000193);
      low = Math.imul((low << 5) ^ (low >>> 27) ^ word, 0x85ebca6b);
    }
    hashes.push((high >>> 0) * 2 ** 21 + (low >>> 11));
  }
  return hashes;
}

function wordHash(word: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < word.length; index += 1) {
    hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  }
  return hash;
}

/** All runs of the starter, which every candidate was given. */
export function runsOf(files: readonly TokenFile[]): Set<number> {
  return new Set(files.flatMap(runHashes));
}

/**
 * The prints of a submission: the smallest hash of each window of runs (winnowing), each once, sorted. Runs that are in
 * `ignored` leave no print.
 */
export function fingerprint(files: readonly TokenFile[], ignored: ReadonlySet<number>): number[] {
  const prints = new Set<number>();
  for (const file of files) {
    const hashes = runHashes(file).filter((hash) => !ignored.has(hash));
    for (let at = 0; at === 0 || at + WINDOW <= hashes.length; at += 1) {
      const window = hashes.slice(at, at + WINDOW);
      if (window.length > 0) prints.add(Math.min(...window));
    }
  }
  return [...prints].sort((a, b) => a - b);
}
