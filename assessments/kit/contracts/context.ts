import type { Evidence, HttpExchange, UpstreamCall } from './evidence.js';
import type { Random } from './random.js';

/** What a request may say. A `body` that is not a string or bytes is sent as JSON with its content type. */
export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Deadline for the whole exchange, milliseconds. Default 5000. */
  readonly timeoutMs?: number;
  /** Aborts the request from our side: the client that goes away. */
  readonly signal?: AbortSignal;
  /** Shown above the exchange on the scorecard. */
  readonly label?: string;
}

/** A complete answer. Bodies are capped at 1 MiB after decompression; past that the request fails. */
export interface Response {
  readonly status: number;
  /** Names in lower case; repeated headers joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Bytes on the wire, before decompression. */
  readonly wireBytes: number;
  readonly durationMs: number;
  /** The body as JSON; a body that is not JSON fails the check with a sentence that says so. */
  json<T = unknown>(): T;
  /** The recorded exchange, already part of the check's evidence. */
  readonly exchange: HttpExchange;
}

/**
 * HTTP to the candidate's service. Every exchange is recorded as evidence. A refused, reset, late or oversize answer
 * throws `ServiceError`, which fails the check: it is the service's doing.
 */
export interface HttpClient {
  request(method: string, path: string, options?: RequestOptions): Promise<Response>;
  get(path: string, options?: RequestOptions): Promise<Response>;
  post(path: string, body?: unknown, options?: RequestOptions): Promise<Response>;
  put(path: string, body?: unknown, options?: RequestOptions): Promise<Response>;
  patch(path: string, body?: unknown, options?: RequestOptions): Promise<Response>;
  delete(path: string, options?: RequestOptions): Promise<Response>;
  /** Sends bytes as they are on a new connection and returns what comes back (64 KiB at most) until close or deadline. */
  raw(bytes: string | Uint8Array, options?: { timeoutMs?: number }): Promise<string>;
  /** Opens a server-sent event stream. */
  events(path: string, options?: RequestOptions): Promise<EventStream>;
}

export interface ServerSentEvent {
  readonly id: string | null;
  readonly event: string;
  readonly data: string;
}

export interface EventStream {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Everything received so far (1000 events at most). */
  readonly received: readonly ServerSentEvent[];
  /** Resolves with the first event, past or future, that matches; null after the deadline. */
  next(match: (event: ServerSentEvent) => boolean, timeoutMs: number): Promise<ServerSentEvent | null>;
  close(): void;
}

/** How a stub answers one call. The first rule that matches and has uses left wins; with none, the stub's default. */
export interface StubReply {
  /** Only calls whose method and path match; absent matches all. Path is compared without its query. */
  readonly method?: string;
  readonly path?: string | RegExp;
  /** Only calls of which this is true: lets a check script the calls about its own data, and leave others alone. */
  readonly when?: (call: UpstreamCall) => boolean;
  /** How many calls this rule serves. Default: without limit. */
  readonly times?: number;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is a string. A function sees the call and makes the body. */
  readonly body?: unknown | ((call: UpstreamCall) => unknown);
  /** Wait before answering, milliseconds. */
  readonly delayMs?: number;
  /** `hang` never answers; `reset` drops the connection after reading the request. */
  readonly fault?: 'hang' | 'reset';
}

/** A scripted third party that the prober plays on a port of the pod. */
export interface Stub {
  readonly name: string;
  /** Where the service was told to find it, such as `http://127.0.0.1:9101`. */
  readonly url: string;
  /** Puts rules in front of the default; they last until `reset` or the end of the check. */
  script(...rules: readonly StubReply[]): void;
  /** Drops all rules and the transcript. Done before each check as well. */
  reset(): void;
  /** Calls so far, oldest first (10 000 at most). Reading it adds nothing to the evidence: see `CheckContext.cite`. */
  calls(match?: { method?: string; path?: string | RegExp }): readonly UpstreamCall[];
  /** The most calls that were open at once since `reset`. */
  readonly peakConcurrency: number;
}

/** Figures of the service's container, read by the engine, never by the candidate. */
export interface ServiceFigures {
  readonly cpuMs: number;
  readonly memoryBytes: number;
  readonly memoryPeakBytes: number;
  readonly pids: number;
}

export interface ServiceExit {
  readonly code: number | null;
  readonly oomKilled: boolean;
  /** Milliseconds from the signal (or the call) to the exit. */
  readonly afterMs: number;
}

/** What only the worker can do, asked for over the control channel. A failure of ours throws `HarnessError`. */
export interface ServiceControl {
  /** Settings given to the service as environment variables, by name; secrets are random per run. */
  readonly env: Readonly<Record<string, string>>;
  /** True while the container runs. */
  running(): Promise<boolean>;
  /** Sends a signal to the program (not to npm or the shell around it). */
  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGKILL' | 'SIGHUP'): Promise<void>;
  /** Waits for the program to end; null after the deadline. */
  exited(timeoutMs: number): Promise<ServiceExit | null>;
  /**
   * Ends the program if it runs (`how`: SIGKILL is the crash, SIGTERM the polite way with 10 s of grace), starts it again
   * on the same data unless `emptyData`, with `env` over the usual settings, and waits until it is ready.
   * A service that does not come back throws `ServiceError`.
   */
  restart(options?: {
    how?: 'SIGTERM' | 'SIGKILL';
    emptyData?: boolean;
    env?: Record<string, string>;
  }): Promise<void>;
  /** Stops and resumes all its processes through the freezer. */
  pause(): Promise<void>;
  unpause(): Promise<void>;
  /** Its output since the current start, by line (head and tail where long), oldest first. */
  logs(): Promise<readonly LogLine[]>;
  figures(): Promise<ServiceFigures>;
}

export interface LogLine {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** What a check body is given. */
export interface CheckContext {
  readonly http: HttpClient;
  readonly service: ServiceControl;
  /** By the names that the assessment declares. */
  readonly stubs: Readonly<Record<string, Stub>>;
  /** Seeded per run and check: the same seed gives the same data, and no two runs share it. */
  readonly random: Random;
  /** Adds evidence. */
  cite(evidence: Evidence): void;
  /** Adds a measured figure as evidence. */
  measure(name: string, value: number, unit: string, limit?: string): void;
  sleep(ms: number): Promise<void>;
  /** Calls `attempt` until it returns something that is neither null, undefined nor false, or the deadline passes: then null. */
  eventually<T>(
    attempt: () => Promise<T | null | undefined | false> | T | null | undefined | false,
    options?: { withinMs?: number; everyMs?: number },
  ): Promise<T | null>;
  /** Ends the check unmeasured: the machine, not the candidate, kept it from a result. */
  inconclusive(reason: string): never;
  /** Ends the check and takes it out of the sum. */
  notApplicable(reason: string): never;
  /** Ends the check with a share of its points, over 0 and under 1. */
  partial(fraction: number, reason: string): never;
}
