import { z } from 'zod';

/** The body of a good answer to one of the profile's steps, cut. */
const sampleSchema = z.strictObject({ step: z.int().nonnegative(), text: z.string() });
export type Sample = z.infer<typeof sampleSchema>;

/** What the generator itself saw of a load; the worker adds what only it can read. Milliseconds. */
export const generatedSchema = z.strictObject({
  seconds: z.number().positive(),
  /** Answers received. */
  requests: z.int().nonnegative(),
  latencyMs: z.strictObject({ p50: z.number(), p90: z.number(), p99: z.number() }),
  /** Connections lost and requests without an answer in time. */
  errors: z.int().nonnegative(),
  non2xx: z.int().nonnegative(),
  samples: z.array(sampleSchema),
  /** Counted as answers, and none: interim ones (103), and those that came before their request. */
  interim: z.int().nonnegative(),
  unasked: z.int().nonnegative(),
});
export type Generated = z.infer<typeof generatedSchema>;

export interface LoadTarget {
  readonly host: string;
  readonly port: number;
  /** Sent with each request unless its step says otherwise. */
  readonly headers: Readonly<Record<string, string>>;
}
