import { z } from 'zod';
import { MAX_BUCKET } from './figures/histogram.js';

/** One stretch of load, as the worker orders it of a generator. */
export interface Stretch {
  readonly connections: number;
  /** The step to begin with, counted on over the end of the profile's requests. */
  readonly from: number;
  /** Requests to send. */
  readonly count: number;
  /** Requests a second, sent on time whether or not earlier ones were answered; null: each connection as fast as it is answered. */
  readonly rate: number | null;
  /** Gives up what is still unanswered after this time. */
  readonly withinMs: number;
  /** Connections beside these that send a few bytes a second. */
  readonly slowClients: number;
}

const count = z.int().nonnegative();

/** What a generator saw of a stretch. */
export const drivenSchema = z.strictObject({
  /** From the first request until the last answer, milliseconds. */
  ms: z.number().nonnegative(),
  /** Answers of the right status with a body where one is due. */
  good: count,
  /** Answers of another status, but for those that shed load. */
  wrongStatus: count,
  /** Good status, but no body where one is due. */
  empty: count,
  /** 429 and 503. */
  shed: count,
  /** Connections that broke before the answer was whole. */
  lost: count,
  /** No answer in time, or never sent because no connection came free. */
  late: count,
  /** Good answers that were looked into, and those of them that were wrong. */
  looked: count,
  wrong: count,
  /** The first fault, in words. */
  fault: z.string().max(400).nullable(),
  /** How the answers that were sampled differ from those at rest, in words. */
  difference: z.string().max(500).nullable(),
  /** Latencies of all answers, see Histogram.encode; with a rate, from when the request was due. */
  latency: z.array(count).max(2 * (MAX_BUCKET + 1)),
  /** The same of the `light` requests alone. */
  lightLatency: z.array(count).max(2 * (MAX_BUCKET + 1)),
  /** CPU time of the generator's process, milliseconds. */
  generatorMs: z.number().nonnegative(),
});
export type Driven = z.infer<typeof drivenSchema>;

/** One service under measurement, with the generator beside it. */
export interface Side {
  /** Starts the service anew on empty data, with settings over its usual ones, and its requests from the beginning; false when it does not come up. */
  restart(env?: Readonly<Record<string, string>>): Promise<boolean>;
  /** What the generator saw; everything lost when the service is down. */
  drive(stretch: Stretch): Promise<Driven>;
  /** What was lost or doubled, or that it cannot be learnt from the service any more, in words; null when nothing was. */
  reconcile(): Promise<string | null>;
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  running(): boolean;
  /** CPU time of the service's container since its start, milliseconds. */
  cpuMs(): Promise<number>;
  memory(): Promise<{ readonly bytes: number; readonly peakBytes: number }>;
}
