import type { Context } from '@opentelemetry/api';
import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TRACE_PARENT_HEADER, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { programVersion } from '../version.js';
import type { Span, SpanOptions, Tracing } from './tracing.js';

interface Collector {
  /** Base address; traces go to `v1/traces` below it. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Name of the program, unless OTEL_SERVICE_NAME says another. */
  readonly service: string;
}

const SEND_MS = 2000;
const KINDS = { server: SpanKind.SERVER, consumer: SpanKind.CONSUMER } as const;

/** Sends spans as JSON over HTTP, some seconds' worth at a time. A collector that is away costs nothing but the spans. */
export function openOtlp({ endpoint, headers, service }: Collector): Tracing {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const exporter = new OTLPTraceExporter({ url, headers: { ...headers } });
  const named = resourceFromAttributes({ 'service.name': service, 'service.version': programVersion() });
  const provider = new TracerProvider({
    resource: named.merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: SEND_MS })],
  });
  const tracer = provider.getTracer('assayer');
  const propagator = new W3CTraceContextPropagator();
  // Our own rather than the one of the process: nothing else here makes spans, and tests run beside each other.
  const contexts = new AsyncLocalStorageContextManager().enable();
  const inside = new WeakMap<Span, Context>();

  const parentOf = ({ parent }: SpanOptions): Context =>
    parent === undefined || parent === null
      ? contexts.active()
      : propagator.extract(ROOT_CONTEXT, { [TRACE_PARENT_HEADER]: parent }, defaultTextMapGetter);

  return {
    begin(name, options = {}) {
      const { kind, attributes = {} } = options;
      const context = parentOf(options);
      const made = tracer.startSpan(
        name,
        { kind: kind ? KINDS[kind] : SpanKind.INTERNAL, attributes },
        context,
      );
      const span: Span = {
        set: (more) => void made.setAttributes(more),
        end(problem) {
          if (problem !== undefined) made.setStatus({ code: SpanStatusCode.ERROR, message: problem });
          made.end();
        },
      };
      inside.set(span, trace.setSpan(context, made));
      return span;
    },
    within: (span, work) => contexts.with(inside.get(span) ?? ROOT_CONTEXT, work),
    current() {
      const carrier: Record<string, string> = {};
      propagator.inject(contexts.active(), carrier, defaultTextMapSetter);
      return carrier[TRACE_PARENT_HEADER] ?? null;
    },
    // What cannot be sent any more is lost, and keeps nobody from stopping.
    close: () => provider.shutdown().catch(() => undefined),
  };
}
