import { z } from 'zod';

/** What was measured under load: figures, no judgement. Ratios are reference over candidate, over 1 is better than the reference. */

const amount = z.number().nonnegative();

/** A figure and where it lies with a confidence of 95 %. */
const intervalSchema = z.strictObject({ value: amount, low: amount, high: amount });

const bothSchema = z.strictObject({ candidate: amount, reference: amount });

const costSchema = z.strictObject({
  /** Ratio of CPU time for each correct request: the main figure. */
  ratio: intervalSchema,
  /** CPU time of the service's container for each correct request, milliseconds. */
  cpuMs: bothSchema,
  /** Ratio of correct requests a second, candidate over reference: over 1 is faster. */
  speed: intervalSchema,
  /** Correct requests a second. */
  perSecond: bothSchema,
  /** The ratio of each pair of segments, by start of the two programs. */
  pairs: z.array(z.array(z.number().positive())),
  /** By what share the reference's cost differs between those two of its starts that are closest: how much the machine disagrees with itself. */
  referenceSpread: amount,
});

const latencyMs = z.strictObject({ p50: amount, p90: amount, p99: amount });

const tailSchema = z.strictObject({
  /** From the moment each request was due, milliseconds. */
  candidate: latencyMs,
  reference: latencyMs,
  /** Ratio of the 99th percentiles. */
  p99: intervalSchema,
  /** Share of the candidate's requests that were answered, and rightly: whoever turns the slow ones away is quick. */
  right: amount.default(1),
});

const latencySchema = z.strictObject({
  /** Requests a second sent to both, whatever they answered. */
  perSecond: amount,
  ...tailSchema.shape,
});

const memorySchema = z.strictObject({
  requests: z.int().nonnegative(),
  /** Gained for each 1000 requests, KiB; negative when memory was given back. */
  growthKb: z.strictObject({ candidate: z.number(), reference: z.number().nullable() }),
  /** Megabytes in use after each stretch. */
  candidateMb: z.array(amount),
  referenceMb: z.array(amount),
});

/** More than a service can bear, for a while. */
const excessSchema = z.strictObject({
  /** Requests a second that were sent. */
  perSecond: amount,
  /** Shares of the requests, 0 to 1. */
  answered: amount,
  shed: amount,
  failed: amount,
  /** The same share of the reference; null where it was spared. */
  referenceFailed: amount.nullable().default(null),
  /** Share of the answers that had the right status and wrong content. */
  wrong: amount.default(0),
  /** Until ordinary requests were answered as before; null when they were not. */
  recoveredMs: amount.nullable(),
});

export const loadResultSchema = z.strictObject({
  profile: z.string(),
  title: z.string(),
  connections: z.int().positive(),
  /** Why the comparison is to be taken with care: the machine was unsteady. Null when all is well. */
  unsure: z.string().nullable(),
  /** What the candidate's service did that ended the measurement early; null when it did nothing of the kind. */
  ended: z.string().nullable(),
  cost: costSchema.nullable(),
  latency: latencySchema.nullable(),
  /** Of the lightest requests beside the others: how long these hold the event loop. Null when the profile has none. */
  eventLoop: tailSchema.nullable().default(null),
  memory: memorySchema.nullable(),
  spike: excessSchema.nullable().default(null),
  overload: excessSchema.nullable(),
  /** Share of the ordinary requests answered while slow clients held connections, by the candidate and by the reference. */
  slowClients: z.strictObject({ clients: z.int(), answered: amount, reference: amount }).nullable(),
  /** Processors that each kept busy at once. */
  cores: bothSchema.nullable().default(null),
  /** Of the candidate, in ordinary load. */
  answers: z.strictObject({
    requests: z.int().nonnegative(),
    /** Share of right answers, 0 to 1. */
    right: amount,
    /** Share of wrong answers among all that were given from the first start to the end of what is measured at a bearable load. */
    wrong: amount.default(0),
    /** The first wrong answer in words. */
    fault: z.string().nullable(),
  }),
  /** What the state of the service lacks after the load; `looked` is false when the profile does not look. */
  state: z.strictObject({ looked: z.boolean(), fault: z.string().nullable() }),
  memoryPeakMb: amount,
  /** CPU time of the load generator over time, 0 to 1: from 0.9 the service may be faster than measured. */
  generatorShare: amount,
});

const hotSpotSchema = z.strictObject({
  name: z.string(),
  /** Path inside the submission, with the line. */
  at: z.string(),
  /** Share of the busy time, 0 to 1. */
  share: amount,
});

/** What Clinic.js Doctor finds: nothing; waiting for input and output; a held event loop; long garbage collection; several at once; too little to tell. */
export const DOCTOR_CATEGORIES = ['none', 'io', 'event-loop', 'gc', 'unknown', 'data'] as const;

/** A look into the candidate's process in a run of its own. Its process made it: a hint, never a point. */
export const diagnosisSchema = z.strictObject({
  summary: z.string(),
  /** Null where its analysis could not be made, and in scorecards of former versions. */
  category: z.enum(DOCTOR_CATEGORIES).nullable().default(null),
  hot: z.array(hotSpotSchema).max(10),
  /** Longest event loop delay (milliseconds) and heap in use (megabytes) in each interval. */
  samples: z.array(z.strictObject({ atMs: amount, delayMs: amount, heapMb: amount, busy: amount })).max(100),
});

/** What the performance stage measured. */
export const performanceSchema = z.strictObject({
  loads: z.array(loadResultSchema),
  diagnosis: diagnosisSchema.nullable(),
  /** How it was measured, for the reader. */
  method: z.string(),
  /** What on: cores, engine. */
  environment: z.string(),
});

export type LoadResult = z.infer<typeof loadResultSchema>;
export type Cost = z.infer<typeof costSchema>;
export type Latency = z.infer<typeof latencySchema>;
export type MemoryUse = z.infer<typeof memorySchema>;
export type Tail = z.infer<typeof tailSchema>;
export type Excess = z.infer<typeof excessSchema>;
export type Diagnosis = z.infer<typeof diagnosisSchema>;
export type Performance = z.infer<typeof performanceSchema>;
