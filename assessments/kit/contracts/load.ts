import type { CheckMeta } from './check.js';
import type { Random } from './random.js';

/** One request of a load profile. A `body` that is not a string is sent as JSON with its content type. */
export interface LoadStep {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Status of a right answer. Default: any from 200 to 299. */
  readonly expect?: number;
  /** Looks at the text of some good answers; false is a wrong answer. Must be quick and must not throw. */
  right?(text: string): boolean;
  /** The texts of its good answers are kept for `reconcile`. */
  readonly keep?: boolean;
  /** Asks for next to nothing: what it waits for is the event loop, held by other requests. */
  readonly light?: boolean;
}

/** What a profile makes its requests from. */
export interface LoadInput {
  readonly random: Random;
  /** Settings given to the service as environment variables, by name. */
  readonly env: Readonly<Record<string, string>>;
}

/** A good answer under load to a step that asked to be kept. */
export interface KeptAnswer {
  readonly step: LoadStep;
  readonly text: string;
}

/** What the state of the service is compared with after the load. */
export interface LoadAftermath {
  /** Each different answer to each kept step, in no order. */
  readonly kept: readonly KeptAnswer[];
  /** Asks the service, at rest. @throws ServiceError when it gives no answer */
  get(path: string): Promise<{ readonly status: number; readonly text: string }>;
}

/**
 * What can be measured with a profile. `cost`: CPU time and throughput against the reference, turn by turn. `latency`: at a rate
 * that the reference bears easily; of the `light` requests apart, since they tell how long others hold the event loop. `memory`:
 * growth under sustained load. `slowClients`: readers and writers of a few bytes a second beside a steady load. `spike`: for a
 * moment twice the load that the reference bears, and what is left afterwards; `overload`: three times, for long. `cores`: how many
 * processors are kept busy, for a profile of its own with requests that compute for some milliseconds each; it needs `limits.cpus` of 2
 * or more, since a service is kept to one processor only where this is not measured, and a check of the cost beside it.
 */
export const MEASURES = ['cost', 'latency', 'memory', 'slowClients', 'spike', 'overload', 'cores'] as const;
export type Measure = (typeof MEASURES)[number];

/**
 * The bar of a check that is derived from a measurement. Ratios are reference over candidate: 1 is as good as the reference, 0.5
 * half as good. A bar is missed when the whole interval of the figure lies beyond it.
 */
export type Bar =
  /** CPU time for each correct request, as a ratio. */
  | { readonly figure: 'cost'; readonly atLeast: number }
  /** The 99th percentile at a fixed rate, as a ratio; what is within `orWithinMs` is good whatever the ratio. */
  | { readonly figure: 'latency'; readonly atLeast: number; readonly orWithinMs: number }
  /** The same of the `light` requests alone. */
  | { readonly figure: 'eventLoop'; readonly atLeast: number; readonly orWithinMs: number }
  /** Memory gained for each 1000 requests beyond what the reference gains, KiB. */
  | { readonly figure: 'memory'; readonly atMostKb: number }
  /** Share (0 to 1) of the requests in ordinary load that got a right answer. */
  | { readonly figure: 'answers'; readonly atLeast: number }
  /** What `reconcile` says. */
  | { readonly figure: 'state' }
  /** After the overload, ordinary requests are answered as before within this time. */
  | { readonly figure: 'recovery'; readonly withinMs: number }
  /** In a spike at most this share (0 to 1) is neither answered nor turned away, half is answered, and it is over within this time. */
  | { readonly figure: 'spike'; readonly failedAtMost: number; readonly withinMs: number }
  /** Share of the ordinary requests answered in time while slow clients hold connections. */
  | { readonly figure: 'slowClients'; readonly atLeast: number }
  /** Processors kept busy at once, such as 1.4 of two: one thread alone needs hardly more than 1. */
  | { readonly figure: 'cores'; readonly atLeast: number };

/** A check without a body: the performance stage judges it by what was measured with its profile. */
export type MeasuredCheck = Omit<CheckMeta, 'dimension' | 'fresh' | 'timed' | 'timeoutMs'> & {
  readonly bar: Bar;
};

/** A load profile; `load/<name>.load.ts` exports one as its default. */
export interface LoadProfile {
  readonly title: string;
  /** Connections kept busy at once, 1 to 256. */
  readonly connections: number;
  readonly measures: readonly Measure[];
  /** At most 10 000 requests, sent in turn, again and again. Called once for each start of the service. */
  requests(input: LoadInput): readonly LoadStep[];
  /** After the load, on a service at rest: what was lost or doubled, in one sentence; null when all is as it should be. */
  reconcile?(aftermath: LoadAftermath): Promise<string | null>;
  readonly checks?: readonly MeasuredCheck[];
}

/** Declares a load profile. Checked against the schema on loading. */
export function defineLoad(profile: LoadProfile): LoadProfile {
  return profile;
}
