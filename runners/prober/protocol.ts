import { z } from 'zod';
import type { Finding } from '../../assessments/kit/index.js';
import { findingSchema } from '../../assessments/kit/schema/finding.js';
import { drivenSchema, type Stretch } from '../performance/types.js';

/**
 * What the worker and the agent in the prober container say to each other: JSON, one message a line, over the
 * container's standard streams. The agent's side is checked here before the worker believes a word of it.
 */

/** Longest line either side sends, bytes. */
export const MAX_LINE_BYTES = 4 * 1024 * 1024;
/** The most one agent may write in its life, bytes. */
export const MAX_STREAM_BYTES = 128 * 1024 * 1024;

/** What the agent is told first: all it will ever know of the run. */
export interface Job {
  readonly seed: string;
  /** Compiled files of the pack, by name. */
  readonly files: Readonly<Record<string, string>>;
  /** Settings of the service that checks may read. */
  readonly env: Readonly<Record<string, string>>;
  /** Names in `env` whose values appear in no evidence. */
  readonly secrets: readonly string[];
  /** Stub name to its port. */
  readonly stubs: Readonly<Record<string, number>>;
  readonly readyPath: string;
  /** Port the service is told to use. */
  readonly toldPort: number;
  /** Processors that the service is given. */
  readonly cpus: number;
}

export interface CheckRequest {
  readonly id: string;
  readonly file: string;
  readonly fresh: boolean;
  readonly timed: boolean;
  readonly timeoutMs: number;
}

/** Requests of the worker; each is answered by one `done` with the same id. */
export type AgentRequest =
  | { readonly type: 'find'; readonly uid: number; readonly withinMs: number }
  | { readonly type: 'run'; readonly checks: readonly CheckRequest[] }
  /** A load profile: its requests from the beginning; a stretch of them; and what the service has kept of them. */
  | { readonly type: 'rewind'; readonly file: string }
  | { readonly type: 'drive'; readonly stretch: Stretch }
  | { readonly type: 'reconcile' };

export type ToAgent =
  | { readonly type: 'job'; readonly nonce: string; readonly job: Job }
  | { readonly type: 'request'; readonly id: number; readonly request: AgentRequest }
  | { readonly type: 'reply'; readonly id: number; readonly reply: ControlReply };

/** How the worker answers a control operation. `service`: the candidate's doing; `harness`: ours. */
export type ControlReply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly fault: 'service' | 'harness'; readonly message: string };

const address = z.strictObject({ host: z.string().max(64), port: z.int().min(1).max(65535) });

const foundSchema = z.strictObject({
  /** Where the service answers HTTP; null when it does not. */
  at: address.nullable(),
  /** False while it says that it is not ready yet, and where it does not answer. */
  ready: z.boolean(),
  /** Every address it listens on, as it bound it. */
  listening: z.array(address).max(200),
});
export type Found = z.infer<typeof foundSchema>;
export type Address = z.infer<typeof address>;

/** What is lost or doubled after a load, in words. */
const reconciledSchema = z.strictObject({ fault: z.string().max(1000).nullable() });

/** Checks that a `run` could not carry out through a fault of ours or the pack's. */
const ranSchema = z.strictObject({
  faults: z.array(z.strictObject({ file: z.string(), message: z.string().max(4000) })),
});

const operationSchema = z.discriminatedUnion('op', [
  /** Before each check: up, unpaused, with its usual settings; started anew where asked for or needed. */
  z.strictObject({ op: z.literal('prepare'), checkId: z.string(), fresh: z.boolean() }),
  z.strictObject({ op: z.literal('revive'), checkId: z.string() }),
  z.strictObject({ op: z.literal('running') }),
  z.strictObject({ op: z.literal('signal'), name: z.enum(['SIGTERM', 'SIGINT', 'SIGKILL', 'SIGHUP']) }),
  z.strictObject({ op: z.literal('exited'), timeoutMs: z.number().min(0).max(600_000) }),
  z.strictObject({
    op: z.literal('restart'),
    how: z.enum(['SIGTERM', 'SIGKILL']),
    emptyData: z.boolean(),
    env: z.record(z.string(), z.string()),
  }),
  z.strictObject({ op: z.literal('pause') }),
  z.strictObject({ op: z.literal('unpause') }),
  z.strictObject({ op: z.literal('logs') }),
  z.strictObject({ op: z.literal('figures') }),
]);
/** What only the worker can do. */
export type ControlOperation = z.infer<typeof operationSchema>;

const messageSchemas = [
  /** The stubs listen; requests may come. */
  z.strictObject({ type: z.literal('hello') }),
  /** The agent cannot go on. */
  z.strictObject({ type: z.literal('broken'), message: z.string().max(4000) }),
  z.strictObject({ type: z.literal('ask'), id: z.int(), operation: operationSchema }),
  z.strictObject({ type: z.literal('checkStarted'), checkId: z.string() }),
  z.strictObject({ type: z.literal('checkFinished'), finding: findingSchema as z.ZodType<Finding> }),
  z.strictObject({
    type: z.literal('done'),
    id: z.int(),
    result: z.union([
      z.strictObject({ found: foundSchema }),
      z.strictObject({ ran: ranSchema }),
      z.strictObject({ rewound: z.literal(true) }),
      z.strictObject({ driven: drivenSchema }),
      z.strictObject({ reconciled: reconciledSchema }),
      z.strictObject({ failed: z.string().max(4000) }),
    ]),
  }),
] as const;

export const messageSchema = z.discriminatedUnion('type', messageSchemas);
export type AgentMessage = z.infer<typeof messageSchema>;
export type DoneResult = Extract<AgentMessage, { type: 'done' }>['result'];

/** A line of the agent: the message and the nonce that only this agent was told. */
export const lineSchema = z.strictObject({ nonce: z.string(), message: messageSchema });
