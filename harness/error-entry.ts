/** How the program ends, for scripts and CI. */
export const EXIT = {
  passed: 0,
  /** A score under the bar, or a submission that broke by its own doing. */
  barNotMet: 1,
  /** Wrong usage, a wrong setting, or input that was refused. */
  usage: 2,
  /** Our fault or the infrastructure's. */
  ours: 3,
  timedOut: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface ErrorEntry {
  /** HTTP status when an API request ends in it. */
  readonly status: number;
  /** Exit code when a command ends in it. */
  readonly exit: ExitCode;
  /** Short and the same every time. */
  readonly title: string;
  /** What happened, whose doing it is, what to do. `{name}` is filled in from the details. */
  readonly sentence: string;
}

export const entry = <const S extends string>(
  status: number,
  exit: keyof typeof EXIT,
  title: string,
  sentence: S,
): ErrorEntry & { readonly sentence: S } => ({ status, exit: EXIT[exit], title, sentence });
