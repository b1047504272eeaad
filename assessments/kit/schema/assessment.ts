import { z } from 'zod';
import type { AssessmentSpec } from '../contracts/assessment.js';
import type { CheckMeta, SourceCheckMeta } from '../contracts/check.js';
import { MEASURES, type Bar, type LoadProfile, type MeasuredCheck } from '../contracts/load.js';
import { TOPIC_IDS, TOPICS } from '../vocabulary/topics.js';
import { DIMENSIONS, LEVELS } from '../vocabulary/words.js';

/** What pack authors write, checked when a pack is loaded. */

const kebab = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be kebab-case, such as `tampered-body`');
const text = z.string().trim().min(1, 'must not be empty');
const topicId = z.enum(TOPIC_IDS as [(typeof TOPIC_IDS)[number]]);
const port = z.int().min(1024, 'must be 1024 or more').max(65535);
const share = z.number().min(0).max(1);
const points = z.number().min(0).max(100);
const positive = z.number().positive('must be over 0');
const band = z.tuple([points, points]).refine(([low, high]) => low <= high, 'must go from low to high');
const byLevel = <T extends z.ZodType>(value: T) =>
  z.strictObject({ junior: value, mid: value, senior: value });

const envSource = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('literal'), value: z.string() }),
  z.strictObject({ from: z.literal('secret'), bytes: z.int().min(8).max(256) }),
  z.strictObject({ from: z.literal('port') }),
  z.strictObject({ from: z.literal('dataDir') }),
  z.strictObject({ from: z.literal('stub'), stub: z.string() }),
]);

const limits = z.strictObject({
  memoryMb: positive,
  cpus: positive,
  pids: z.int().positive(),
  workMb: positive,
  dataMb: positive,
  logKb: positive,
  installSeconds: positive,
  buildSeconds: positive,
  bootSeconds: positive,
  checksSeconds: positive,
});

export const assessmentSpecSchema = z
  .strictObject({
    id: kebab,
    version: z.string().regex(/^\d+\.\d+\.\d+$/, 'must be a semantic version, such as 1.0.0'),
    title: text,
    summary: text,
    mainTopic: topicId,
    timeBudgetHours: z.tuple([positive, positive]),
    port,
    readyPath: z.string().startsWith('/', 'must begin with /'),
    env: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'must be an upper-case variable name'), envSource),
    stubs: z.record(kebab, z.strictObject({ port, description: text })),
    limits,
    levelBars: byLevel(share),
    topicWeights: z.partialRecord(topicId, positive),
    solutionBands: byLevel(band),
    publicChecks: z.array(kebab).optional(),
    cheatCeiling: points,
  })
  .superRefine((spec, context) => {
    const taken = new Map([[spec.port, 'the service']]);
    for (const [name, stub] of Object.entries(spec.stubs)) {
      const owner = taken.get(stub.port);
      if (owner)
        context.addIssue({ code: 'custom', path: ['stubs', name, 'port'], message: `is taken by ${owner}` });
      taken.set(stub.port, `the stub ${name}`);
    }
    for (const [name, source] of Object.entries(spec.env)) {
      if (source.from !== 'stub' || source.stub in spec.stubs) continue;
      context.addIssue({
        code: 'custom',
        path: ['env', name, 'stub'],
        message: `names no declared stub: ${source.stub}`,
      });
    }
  }) satisfies z.ZodType<AssessmentSpec>;

const metaFields = {
  id: kebab,
  title: text,
  publicTitle: text.exactOptional(),
  topic: topicId,
  practice: z.string(),
  level: z.enum(LEVELS),
  points: positive,
  why: text,
  remedy: text,
  questions: z.array(z.strictObject({ ask: text, listenFor: text })),
};

export const checkMetaSchema = z
  .strictObject({
    ...metaFields,
    dimension: z.enum(DIMENSIONS),
    fresh: z.boolean().exactOptional(),
    timed: z.boolean().exactOptional(),
    timeoutMs: z.int().min(100).max(120_000).exactOptional(),
  })
  .superRefine(practiceOfTopic) satisfies z.ZodType<CheckMeta>;

const identifier = z.string().regex(/^[\p{L}$_][\p{L}\p{N}$_]*$/u, 'must be the name of a function alone');

export const sourceCheckMetaSchema = z
  .strictObject({
    ...metaFields,
    dimension: z.enum(DIMENSIONS),
    sought: z.strictObject({
      what: text,
      calls: z.array(identifier).min(1),
      packages: z.array(text).exactOptional(),
    }),
  })
  .superRefine(practiceOfTopic) satisfies z.ZodType<SourceCheckMeta>;

const bar = z.discriminatedUnion('figure', [
  z.strictObject({ figure: z.literal('cost'), atLeast: share }),
  z.strictObject({ figure: z.literal('latency'), atLeast: share, orWithinMs: positive }),
  z.strictObject({ figure: z.literal('eventLoop'), atLeast: share, orWithinMs: positive }),
  z.strictObject({ figure: z.literal('memory'), atMostKb: positive }),
  z.strictObject({ figure: z.literal('answers'), atLeast: share }),
  z.strictObject({ figure: z.literal('state') }),
  z.strictObject({ figure: z.literal('recovery'), withinMs: positive }),
  z.strictObject({ figure: z.literal('spike'), failedAtMost: share, withinMs: positive }),
  z.strictObject({ figure: z.literal('slowClients'), atLeast: share }),
  z.strictObject({ figure: z.literal('cores'), atLeast: z.number().gt(1) }),
]) satisfies z.ZodType<Bar>;

const measuredCheckSchema = z
  .strictObject({ ...metaFields, bar })
  .superRefine(practiceOfTopic) satisfies z.ZodType<MeasuredCheck>;

const aFunction = <T>() => z.custom<T>((value) => typeof value === 'function', 'must be a function');

export const loadProfileSchema = z.strictObject({
  title: text,
  connections: z.int().min(1).max(256),
  measures: z.array(z.enum(MEASURES)).min(1),
  requests: aFunction<LoadProfile['requests']>(),
  reconcile: aFunction<NonNullable<LoadProfile['reconcile']>>().exactOptional(),
  checks: z.array(measuredCheckSchema).exactOptional(),
});

function practiceOfTopic(
  meta: { topic: (typeof TOPIC_IDS)[number]; practice: string },
  context: z.RefinementCtx,
): void {
  const { practices } = TOPICS[meta.topic];
  if (meta.practice in practices) return;
  context.addIssue({
    code: 'custom',
    path: ['practice'],
    message: `${meta.topic} has no "${meta.practice}", only ${Object.keys(practices).join(', ')}`,
  });
}
