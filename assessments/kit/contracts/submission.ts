/** A submission as everything after intake sees it: one clean tar, addressed by its content. */
export interface SubmissionArchive {
  /** SHA-256 of the clean tar, hex. */
  readonly digest: string;
  readonly bytes: number;
  /** Paths of the files, sorted, `/` separated, relative. Folders are left out. */
  readonly paths: readonly string[];
  /** The clean tar, uncompressed. A new stream on each call. */
  open(): NodeJS.ReadableStream;
  /** One file's bytes, at most `maxBytes`; null when there is no such file. A larger file is an error of code EFBIG. */
  read(path: string, maxBytes: number): Promise<Buffer | null>;
}
