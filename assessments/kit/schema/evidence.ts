import { z } from 'zod';

const headers = z.record(z.string(), z.string());

export const httpExchangeSchema = z.strictObject({
  request: z.strictObject({ method: z.string(), path: z.string(), headers, body: z.string().nullable() }),
  response: z.strictObject({ status: z.int(), headers, body: z.string(), truncated: z.boolean() }).nullable(),
  failure: z.string().nullable(),
  durationMs: z.number().nonnegative(),
  curl: z.string(),
});

export const upstreamCallSchema = z.strictObject({
  atMs: z.number(),
  method: z.string(),
  path: z.string(),
  headers,
  body: z.string(),
  answered: z.int().nullable(),
  aborted: z.boolean(),
  durationMs: z.number().nullable(),
});

/** The shape of `Evidence`, checked where it crosses a border: the prober's stream, the store, scorecard.json. */
export const evidenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('http'), label: z.string().nullable(), exchange: httpExchangeSchema }),
  z.strictObject({ kind: z.literal('upstream'), stub: z.string(), calls: z.array(upstreamCallSchema) }),
  z.strictObject({ kind: z.literal('log'), label: z.string(), lines: z.array(z.string()) }),
  z.strictObject({
    kind: z.literal('measure'),
    name: z.string(),
    value: z.number(),
    unit: z.string(),
    limit: z.string().nullable(),
  }),
  z.strictObject({ kind: z.literal('source'), file: z.string(), line: z.int(), snippet: z.string() }),
  z.strictObject({ kind: z.literal('note'), text: z.string() }),
]);
