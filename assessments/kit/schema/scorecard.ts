import { z } from 'zod';
import type { VerdictCode } from '../contracts/verdict.js';
import { VERDICT_CODES } from '../contracts/verdict.js';
import { TOPIC_IDS } from '../vocabulary/topics.js';
import { DIMENSIONS, LEVELS, OUTCOMES, STAGES, STATUSES } from '../vocabulary/words.js';
import { every } from './every.js';
import { evidenceSchema } from './evidence.js';
import { performanceSchema } from './performance.js';

/** Raised by one in its first part when a reader of the former shape would break. */
export const SCORECARD_SCHEMA_VERSION = '1.0';

const topicId = z.enum(TOPIC_IDS as [(typeof TOPIC_IDS)[number]]);
const score = z.number().min(0).max(100).nullable();

export const verdictSchema = z.strictObject({
  code: z.enum(Object.keys(VERDICT_CODES) as [VerdictCode, ...VerdictCode[]]),
  stage: z.enum(STAGES),
  message: z.string(),
  logTail: z.string(),
});

export const scorecardCheckSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  publicTitle: z.string().nullable(),
  topic: topicId,
  practice: z.string(),
  level: z.enum(LEVELS),
  dimension: z.enum(DIMENSIONS),
  outcome: z.enum(OUTCOMES),
  /** Null when unmeasured. */
  points: z.number().nonnegative().nullable(),
  maxPoints: z.number().positive(),
  message: z.string(),
  expected: z.string().nullable(),
  observed: z.string().nullable(),
  durationMs: z.number().nonnegative(),
  evidence: z.array(evidenceSchema),
  why: z.string(),
  remedy: z.string(),
  questions: z.array(z.strictObject({ ask: z.string(), listenFor: z.string() })),
});

export const scorecardTopicSchema = z.strictObject({
  id: topicId,
  name: z.string(),
  score,
  level: z.enum(['below', ...LEVELS]).nullable(),
  /** The level in words: which bar was met or missed, and by which checks. */
  reason: z.string(),
});

export const provenanceSchema = z.strictObject({
  assessmentDigest: z.string(),
  /** Image role (sandbox, prober, pause) to image id. */
  images: z.record(z.string(), z.string()),
  engine: z.strictObject({
    name: z.string(),
    version: z.string(),
    apiVersion: z.string(),
    cgroup: z.enum(['v1', 'v2']),
    runtime: z.string(),
  }),
  limits: z.record(z.string(), z.number()),
  seed: z.string(),
  host: z.strictObject({ cpus: z.int(), memoryMb: z.number(), kernel: z.string(), arch: z.string() }),
  versions: z.record(z.string(), z.string()),
  /** ISO 8601, UTC. */
  gradedAt: z.string(),
  attempt: z.int(),
});

/** `scorecard.json`. The HTML page and every other format are made from this and nothing else. */
export const scorecardSchema = z.strictObject({
  schemaVersion: z.literal(SCORECARD_SCHEMA_VERSION),
  status: z.enum(STATUSES),
  verdict: verdictSchema.nullable(),
  assessment: z.strictObject({ id: z.string(), version: z.string(), title: z.string() }),
  submission: z.strictObject({
    /** SHA-256 of the clean tar, hex; null when nothing could be taken in. */
    digest: z.string().nullable(),
    /** Where it came from, as the submitter wrote it. */
    source: z.string(),
    candidate: z.string().nullable(),
  }),
  overall: z.strictObject({
    score,
    /** What the score could have been, had every unmeasured check of the counted topics failed, or passed. Null without a score. */
    range: z.strictObject({ low: z.number().min(0).max(100), high: z.number().min(0).max(100) }).nullable(),
    /** Ids of the checks without a result through no doing of the candidate. */
    notMeasured: z.array(z.string()),
  }),
  topics: z.array(scorecardTopicSchema),
  dimensions: every(DIMENSIONS, z.strictObject({ score })),
  checks: z.array(scorecardCheckSchema),
  /** Things worth knowing that are worth no points: the port it really listened on, restarts, signs of cheating. */
  notes: z.array(z.strictObject({ code: z.string(), message: z.string() })),
  performance: performanceSchema.nullable(),
  /** What containers used of the host, by what they were for; files in their memory and volumes are part of their memory. */
  resources: z
    .array(
      z.strictObject({
        role: z.string(),
        containers: z.int().positive(),
        cpuSeconds: z.number().nonnegative(),
        /** The most that one of them held. */
        memoryPeakMb: z.number().nonnegative(),
        pidsPeak: z.int().nonnegative(),
        outputKb: z.number().nonnegative(),
      }),
    )
    .optional(),
  /** Stage to milliseconds. */
  timings: z.record(z.string(), z.number()),
  /** What decided the points: weight of each topic in the total, and the share (0 to 1) of points each level asks for. */
  policy: z.strictObject({
    topicWeights: z.partialRecord(topicId, z.number().nonnegative()),
    levelBars: every(LEVELS, z.number().min(0).max(1)),
  }),
  provenance: provenanceSchema,
});

export type Scorecard = z.infer<typeof scorecardSchema>;
export type ScorecardCheck = z.infer<typeof scorecardCheckSchema>;
export type ScorecardTopic = z.infer<typeof scorecardTopicSchema>;
export type Provenance = z.infer<typeof provenanceSchema>;
