const MIB = 1024 * 1024;

/** Ceilings of intake. What exceeds one is refused with a sentence that names it. All bytes are counted as they stream. */
export interface IntakeLimits {
  /** The archive as it arrives. */
  readonly compressedBytes: number;
  /** Everything unpacked, with what is left out. */
  readonly scannedBytes: number;
  /** Every entry, with folders and what is left out. */
  readonly scannedEntries: number;
  /** The files that are kept, together. */
  readonly totalBytes: number;
  readonly fileBytes: number;
  /** The files that are kept. */
  readonly entries: number;
  /** Links are looked up one by one: a real project has a handful. */
  readonly links: number;
  /** Folders above a file, and the file. */
  readonly pathDepth: number;
  /** UTF-8 bytes of a path. */
  readonly pathBytes: number;
  /** Unpacked over packed bytes, once more than `ratioFromBytes` came out. Text packs 3 to 20 times, a bomb 1,000 times. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
  /** For fetching a git repository. */
  readonly gitSeconds: number;
  /** What git may take of this machine's memory: to resolve a delta it unpacks whole objects there. */
  readonly gitMemoryBytes: number;
}

export const DEFAULT_LIMITS: IntakeLimits = {
  compressedBytes: 100 * MIB,
  scannedBytes: 1024 * MIB,
  scannedEntries: 200_000,
  totalBytes: 256 * MIB,
  fileBytes: 64 * MIB,
  entries: 20_000,
  links: 1000,
  pathDepth: 32,
  pathBytes: 512,
  ratio: 200,
  ratioFromBytes: 16 * MIB,
  gitSeconds: 120,
  gitMemoryBytes: 1024 * MIB,
};

/** `104857600` as `100 MiB`. */
export function inMib(bytes: number): string {
  return bytes < MIB ? `${Math.ceil(bytes / 1024)} KiB` : `${Math.round(bytes / MIB)} MiB`;
}
