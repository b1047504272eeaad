import type { EngineFacts } from '../types.js';
import type { Lab } from './lab.js';

export interface Answer {
  /** Null: could not be tried here; `detail` says why. */
  readonly holds: boolean | null;
  /** What was tried and what came of it, in a few words. */
  readonly detail: string;
}

/** A script that does not come to its end proves nothing. */
export const NO_RESULT: Answer = { holds: false, detail: 'the script gave no result' };

/** One thing that must hold, proved by trying from where candidate code runs. */
export type Probe = Trial | Look;

/** Needs containers of its own. */
export interface Trial {
  readonly id: string;
  readonly title: string;
  try(lab: Lab): Promise<Answer>;
}

/** A Node script that shares one container with the others', and what its result means. See `look`. */
export interface Look {
  readonly id: string;
  readonly title: string;
  /** Body of an async function of `input`. */
  readonly script: string;
  readonly input: unknown;
  judge(seen: unknown, lab: Lab): Answer;
}

/** A look whose script returns a `T`. */
export const look = <T>(
  id: string,
  title: string,
  { script, input = null }: { readonly script: string; readonly input?: unknown },
  judge: (seen: T, lab: Lab) => Answer,
): Look => ({ id, title, script, input, judge: (seen, lab) => judge(seen as T, lab) });

/** A check of the host that has nothing to do with pods, such as free disk space. */
export interface HostCheck {
  readonly id: string;
  readonly title: string;
  run(): Promise<Answer>;
}

export interface PreflightResult extends Answer {
  readonly id: string;
  readonly title: string;
}

export interface PreflightReport {
  /** False when any result is false: then no candidate code may run here. */
  readonly holds: boolean;
  readonly results: readonly PreflightResult[];
  /** Null when the engine did not answer. */
  readonly engine: EngineFacts | null;
  readonly tookMs: number;
}
