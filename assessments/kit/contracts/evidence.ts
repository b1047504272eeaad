/** What a check saw, kept small and free of secrets, so that judgement can be explained and repeated later. */

/** One HTTP request and what came back. Bodies and headers are capped and masked when recorded. */
export interface HttpExchange {
  readonly request: {
    readonly method: string;
    /** Path and query, without host: the same command works against any instance. */
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  };
  /** Null when no complete answer came; then `failure` says why. */
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    /** True when the body was longer than what is kept. */
    readonly truncated: boolean;
  } | null;
  readonly failure: string | null;
  /** Milliseconds from the first byte sent to the last byte read. */
  readonly durationMs: number;
  /** A command that repeats the request; secrets are shell variables. */
  readonly curl: string;
}

/** One call that the service made to a scripted third party. */
export interface UpstreamCall {
  /** Milliseconds since the stub's transcript was last cleared. */
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The status the stub gave, or null when it hung, reset, or the caller went away first. */
  readonly answered: number | null;
  /** True when the caller closed the connection before the stub had answered. */
  readonly aborted: boolean;
  /** Milliseconds from the request's arrival to the answer or the abort; null while open. */
  readonly durationMs: number | null;
}

export type Evidence =
  | { readonly kind: 'http'; readonly label: string | null; readonly exchange: HttpExchange }
  | { readonly kind: 'upstream'; readonly stub: string; readonly calls: readonly UpstreamCall[] }
  | { readonly kind: 'log'; readonly label: string; readonly lines: readonly string[] }
  | {
      readonly kind: 'measure';
      readonly name: string;
      readonly value: number;
      readonly unit: string;
      /** The bar in words, such as `at most 1500 ms`; null when there is none. */
      readonly limit: string | null;
    }
  | { readonly kind: 'source'; readonly file: string; readonly line: number; readonly snippet: string }
  | { readonly kind: 'note'; readonly text: string };
