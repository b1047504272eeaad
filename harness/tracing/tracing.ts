import type { Config } from '../config.js';

export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Something that takes time, and is told of when it has ended. */
export interface Span {
  set(attributes: Attributes): void;
  /** `problem` says what of ours went wrong in it. */
  end(problem?: string): void;
}

export interface SpanOptions {
  /** What it is to others: it answers a request, or takes up what was queued. Neither: it is a part of our own work. */
  readonly kind?: 'server' | 'consumer';
  /** W3C traceparent of what it belongs to, when that happens elsewhere; else it belongs to the span it begins in. */
  readonly parent?: string | null;
  readonly attributes?: Attributes;
}

/** Tells what happens, and how long it takes, to a collector of OpenTelemetry. */
export interface Tracing {
  begin(name: string, options?: SpanOptions): Span;
  /** Whatever `work` begins, now or in its promises, belongs to the span. */
  within<T>(span: Span, work: () => T): T;
  /** W3C traceparent of the span that this happens in. */
  current(): string | null;
  /** Sends what is left. */
  close(): Promise<void>;
}

/** Null where no collector is set: nothing of OpenTelemetry is loaded then. */
export async function openTracing(
  { otlpEndpoint, otlpHeaders }: Pick<Config, 'otlpEndpoint' | 'otlpHeaders'>,
  service: string,
): Promise<Tracing | null> {
  if (otlpEndpoint === undefined) return null;
  const { openOtlp } = await import('./otlp.js');
  return openOtlp({ endpoint: otlpEndpoint, headers: otlpHeaders, service });
}
