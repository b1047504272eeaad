import { RUN_LENGTH, runHashes } from './prints.js';
import type { TokenFile } from './tokens.js';

/** Lines of a file, from 1, both ends included. */
export interface Place {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

/** A passage that both have. */
export interface Fragment {
  readonly left: Place;
  readonly right: Place;
  readonly tokens: number;
}

export interface Likeness {
  /** Share (0 to 1) of each side's own code that the other has too; null where a side has no code of its own. */
  readonly left: number | null;
  readonly right: number | null;
  /** Longest first. */
  readonly fragments: readonly Fragment[];
}

interface Spot {
  readonly file: number;
  readonly at: number;
}

interface Tile {
  readonly left: Spot;
  readonly right: Spot;
  readonly length: number;
}

/** Places of one run that are followed up; past that it is a table or a list rather than code. */
const MAX_PLACES = 20;
/** Tokens that one comparison looks at. Code written by people needs a few thousand; a file of one line repeated would need billions. */
const MAX_STEPS = 2_000_000;

/**
 * Which passages two submissions share, the longest first, each token in one passage at most. Runs in `ignored` (the
 * starter's, and what half the field writes) are nobody's own and never alike.
 */
export function compare(
  left: readonly TokenFile[],
  right: readonly TokenFile[],
  ignored: ReadonlySet<number>,
): Likeness {
  const search = { right, places: placesOf(right, ignored), ignored, stepsLeft: MAX_STEPS };
  const tiles = left
    .flatMap((file, index) => tilesOf(file, index, search))
    .sort((a, b) => b.length - a.length);
  const taken = { left: left.map(emptyMask), right: right.map(emptyMask) };
  const fragments: Fragment[] = [];
  for (const tile of tiles) {
    if (overlaps(taken.left, tile.left, tile.length) || overlaps(taken.right, tile.right, tile.length))
      continue;
    mark(taken.left, tile.left, tile.length);
    mark(taken.right, tile.right, tile.length);
    fragments.push({
      left: place(left, tile.left, tile.length),
      right: place(right, tile.right, tile.length),
      tokens: tile.length,
    });
  }
  return {
    left: share(left, taken.left, ignored),
    right: share(right, taken.right, ignored),
    fragments,
  };
}

function placesOf(files: readonly TokenFile[], ignored: ReadonlySet<number>): Map<number, Spot[]> {
  const places = new Map<number, Spot[]>();
  files.forEach((file, index) =>
    runHashes(file).forEach((hash, at) => {
      if (ignored.has(hash)) return;
      const known = places.get(hash);
      if (known === undefined) places.set(hash, [{ file: index, at }]);
      else if (known.length < MAX_PLACES) known.push({ file: index, at });
    }),
  );
  return places;
}

interface Search {
  readonly right: readonly TokenFile[];
  readonly places: ReadonlyMap<number, readonly Spot[]>;
  readonly ignored: ReadonlySet<number>;
  stepsLeft: number;
}

/** The longest passage from each place of the file on; one that begins inside of another is not looked for. */
function tilesOf(file: TokenFile, index: number, search: Search): Tile[] {
  const { right, places, ignored } = search;
  const tiles: Tile[] = [];
  const hashes = runHashes(file);
  const ends = new Map<number, number>();
  hashes.forEach((hash, at) => {
    if (ignored.has(hash) || search.stepsLeft <= 0) return;
    for (const spot of places.get(hash) ?? []) {
      const diagonal = spot.file * 2 ** 24 + spot.at - at;
      if ((ends.get(diagonal) ?? 0) > at) continue;
      const length = agreeing(file, at, right[spot.file] as TokenFile, spot.at);
      search.stepsLeft -= length;
      if (length < RUN_LENGTH) continue;
      ends.set(diagonal, at + length);
      tiles.push({ left: { file: index, at }, right: spot, length });
    }
  });
  return tiles;
}

function agreeing(left: TokenFile, from: number, right: TokenFile, at: number): number {
  let length = 0;
  while (
    from + length < left.tokens.length &&
    at + length < right.tokens.length &&
    left.tokens[from + length] === right.tokens[at + length]
  ) {
    length += 1;
  }
  return length;
}

const emptyMask = ({ tokens }: TokenFile): Uint8Array => new Uint8Array(tokens.length);

const overlaps = (masks: readonly Uint8Array[], { file, at }: Spot, length: number): boolean =>
  masks[file]?.subarray(at, at + length).includes(1) ?? false;

function mark(masks: readonly Uint8Array[], { file, at }: Spot, length: number): void {
  masks[file]?.fill(1, at, at + length);
}

function place(files: readonly TokenFile[], { file, at }: Spot, length: number): Place {
  const { path, lines } = files[file] as TokenFile;
  return { path, from: lines[at] ?? 1, to: lines[at + length - 1] ?? 1 };
}

/** Of the tokens that no ignored run covers, how many are in a passage. */
function share(
  files: readonly TokenFile[],
  taken: readonly Uint8Array[],
  ignored: ReadonlySet<number>,
): number | null {
  let own = 0;
  let shared = 0;
  files.forEach((file, index) => {
    const given = emptyMask(file);
    runHashes(file).forEach((hash, at) => ignored.has(hash) && given.fill(1, at, at + RUN_LENGTH));
    given.forEach((isGiven, at) => {
      if (isGiven) return;
      own += 1;
      shared += taken[index]?.[at] ?? 0;
    });
  });
  return own === 0 ? null : shared / own;
}
