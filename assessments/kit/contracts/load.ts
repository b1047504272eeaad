import type { Random } from './random.js';

/** One request of a load profile. A `body` that is not a string is sent as JSON with its content type. */
export interface LoadStep {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What a profile makes its requests from. */
export interface LoadInput {
  readonly random: Random;
  /** Settings given to the service as environment variables, by name. */
  readonly env: Readonly<Record<string, string>>;
}

/** A load profile; `load/<name>.load.ts` exports one as its default. */
export interface LoadProfile {
  readonly title: string;
  /** How long it runs, 1 to 60. */
  readonly seconds: number;
  /** Connections kept busy at once, 1 to 256. */
  readonly connections: number;
  /** At most 10 000 requests; each connection takes them in turn, again and again. Called once, before the load. */
  requests(input: LoadInput): readonly LoadStep[];
}

/** Declares a load profile. Checked against the schema on loading. */
export function defineLoad(profile: LoadProfile): LoadProfile {
  return profile;
}
