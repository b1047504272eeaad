import { z } from 'zod';

/** One load profile as measured: figures, no judgement. Rates per second, times in milliseconds. */
export const loadResultSchema = z.strictObject({
  profile: z.string(),
  title: z.string(),
  seconds: z.number().positive(),
  connections: z.int().positive(),
  requests: z.int().nonnegative(),
  requestsPerSecond: z.number().nonnegative(),
  latencyMs: z.strictObject({ p50: z.number(), p90: z.number(), p99: z.number() }),
  errors: z.int().nonnegative(),
  non2xx: z.int().nonnegative(),
  /** CPU time of the service's container per answered request; null when nothing was answered. */
  cpuMsPerRequest: z.number().nonnegative().nullable(),
  memoryPeakMb: z.number().nonnegative(),
});

/** What the performance stage measured. */
export const performanceSchema = z.strictObject({
  loads: z.array(loadResultSchema),
  /** How it was measured, for the reader. */
  method: z.string(),
});

export type LoadResult = z.infer<typeof loadResultSchema>;
export type Performance = z.infer<typeof performanceSchema>;
