import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A span as OTLP/JSON writes it, as far as we look into it. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
  readonly status: { readonly code?: number; readonly message?: string };
}

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: Pick<ReceivedSpan, 'attributes'>;
    readonly scopeSpans: readonly { readonly spans: readonly ReceivedSpan[] }[];
  }[];
}

export interface Collector {
  readonly url: string;
  /** What has come so far, with the name of the program that sent it. */
  readonly spans: readonly (ReceivedSpan & { readonly service: unknown })[];
  /** Path and headers of each request. */
  readonly requests: readonly { readonly path: string; readonly authorization: string | undefined }[];
  close(): Promise<void>;
}

/** Takes OTLP as JSON over HTTP, as a collector of OpenTelemetry does. */
export async function startCollector(): Promise<Collector> {
  const spans: (ReceivedSpan & { service: unknown })[] = [];
  const requests: Collector['requests'][number][] = [];
  const server = createServer((req, res) => {
    requests.push({ path: `${req.method} ${req.url}`, authorization: req.headers.authorization });
    void json(req).then((body) => {
      for (const { resource, scopeSpans } of (body as Export).resourceSpans) {
        const service = attributeOf(resource, 'service.name');
        for (const scope of scopeSpans) spans.push(...scope.spans.map((span) => ({ ...span, service })));
      }
      res.setHeader('Content-Type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    requests,
    close: async () => void (await new Promise((resolve) => server.close(resolve).closeAllConnections())),
  };
}

/** The value of an attribute, whatever its type. */
export const attributeOf = (of: Pick<ReceivedSpan, 'attributes'>, name: string): unknown =>
  Object.values(of.attributes.find(({ key }) => key === name)?.value ?? {})[0];
