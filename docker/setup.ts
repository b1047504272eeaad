/** What every step of the set-up is told. */
export interface Setup {
  /** Absolute path of the folder for logs, pid files and caches; all of it may be deleted and comes back. */
  readonly stateDir: string;
  /** Gets one short line for the person who waits, for each thing that takes time. */
  readonly say: (line: string) => void;
}
