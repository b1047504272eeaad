import type { Readable } from 'node:stream';
import type { SubmissionArchive, Verdict } from '../../assessments/kit/index.js';
import type { Outcome } from '../../runners/install/types.js';
import type { IntakeLimits } from './limits.js';

/** Where a submission comes from. */
export type IntakeSource =
  /** A folder of this machine, such as the CLI is given. `.gitignore` is honoured. */
  | { readonly kind: 'directory'; readonly path: string }
  /** A .zip, .tar or .tar.gz on this machine; told by its first bytes, not by its name. */
  | { readonly kind: 'archiveFile'; readonly path: string }
  /** The same as bytes that are still arriving. */
  | { readonly kind: 'archiveStream'; readonly stream: Readable }
  /** An https URL, or with `allowLocal` a path of this machine. `ref` is a branch, tag or commit; null is the default branch. */
  | { readonly kind: 'git'; readonly url: string; readonly ref: string | null };

export interface IntakeOptions {
  /** Folder of the blob store; made when missing. */
  readonly blobsDir: string;
  readonly limits?: Partial<IntakeLimits>;
  /** Folders and git repositories of this machine are taken: for the command line, never for a server's API. */
  readonly allowLocal?: boolean;
  /** Git hosts that may have an internal address, such as a company's own server. */
  readonly trustedGitHosts?: readonly string[];
  readonly signal?: AbortSignal;
}

export type TakeIn = (source: IntakeSource, options: IntakeOptions) => Promise<Outcome<SubmissionArchive>>;

/** The codes of intake's own verdicts. */
export type RefusalCode = Extract<
  Verdict['code'],
  'archiveUnreadable' | 'archiveUnsafe' | 'archiveTooLarge' | 'sourceRefused' | 'sourceUnreachable'
>;

/** Something that is neither file nor folder. */
export type SpecialKind = 'device' | 'named pipe' | 'socket' | 'sparse file' | 'unknown kind of entry';

/** What a reader of some format hands its entries to. Names come as they were found; every method may refuse. */
export interface EntrySink {
  folder(name: string): void;
  /** Takes the content unless the entry is one that is left out; then it is not read. */
  file(name: string, executable: boolean, content: FileContent): Promise<void>;
  /** A symbolic link (`target` seen from the link's folder) or a hard one (seen from the archive's root). */
  link(name: string, target: string, kind: 'symbolic' | 'hard'): void;
  special(name: string, kind: SpecialKind): void;
  /** Whether the sink would leave the entry out: then a reader need not unpack it. */
  leavesOut(name: string): boolean;
}

export type FileContent = Buffer | AsyncIterable<Buffer>;
