import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { connect } from '../../../harness/cli/client/client.js';
import { traceGrading } from '../../../harness/tracing/grading.js';
import { openTracing } from '../../../harness/tracing/tracing.js';
import { graded } from '../support/records.js';
import type { TestServer } from '../support/server.js';
import { startTestServer, startTestWorker } from '../support/server.js';
import { until } from '../support/until.js';
import type { Collector, ReceivedSpan } from './collector.js';
import { attributeOf, startCollector } from './collector.js';

jest.setTimeout(60_000);

const SERVER = 2;
const CONSUMER = 5;
const ERROR = 2;

let collector: Collector;
let server: TestServer;

beforeAll(async () => {
  collector = await startCollector();
  server = await startTestServer({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20of-the-collector',
  });
});
afterAll(async () => {
  await server?.close();
  await collector?.close();
});

const named = (name: string, has: (span: ReceivedSpan) => boolean = () => true) =>
  until(() => collector.spans.find((span) => span.name === name && has(span)), 20_000);

test('a request, the run that it asked for and the stages of that are one trace', async () => {
  const settings = { otlpEndpoint: collector.url, otlpHeaders: {} };
  const tracing = await openTracing(settings, 'assayer-worker');
  const grade = traceGrading(tracing, async ({ attempt }, emit) => {
    emit({ type: 'stageStarted', stage: 'intake' });
    emit({ type: 'stageFinished', stage: 'intake', ms: 1 });
    emit({ type: 'stageStarted', stage: 'boot' });
    if (attempt === 1) throw new Error('the engine went away.');
    emit({ type: 'stageFinished', stage: 'boot', ms: 1 });
    return graded({ score: 70 });
  });
  const worker = await startTestWorker(server, grade, 0);
  try {
    const client = connect(server);
    const signal = AbortSignal.timeout(30_000);
    const source = { gitUrl: 'https://git.example.org/ada/private.git' };
    const { id, run } = await client.submit(
      { assessment: 'pack-basic', candidate: 'Ada L.', source },
      signal,
    );
    for await (const event of client.events(id, signal)) if (event.type === 'finished') break;

    const request = await named('POST /api/v1/submissions');
    expect(request).toMatchObject({ kind: SERVER, service: 'assayer-server' });
    expect(attributeOf(request, 'http.response.status_code')).toBe(202);

    const again = await named('grade', (span) => attributeOf(span, 'assayer.attempt') === 2);
    const first = await named('grade', (span) => attributeOf(span, 'assayer.attempt') === 1);
    for (const attempt of [first, again]) {
      expect(attempt).toMatchObject({ kind: CONSUMER, service: 'assayer-worker', traceId: request.traceId });
      expect(attempt.parentSpanId).toBe(request.spanId);
      expect(attributeOf(attempt, 'assayer.run')).toBe(run.id);
    }
    expect(attributeOf(again, 'assayer.status')).toBe('graded');
    expect(first.status).toEqual({ code: ERROR, message: 'the engine went away.' });

    const stages = collector.spans.filter(({ parentSpanId }) => parentSpanId === first.spanId);
    expect(stages.map(({ name, status }) => [name, status.code ?? 0])).toEqual([
      ['intake', 0],
      ['boot', ERROR],
    ]);
    expect(collector.spans.filter(({ parentSpanId }) => parentSpanId === again.spanId)).toHaveLength(2);
    expect(JSON.stringify(collector.spans)).not.toMatch(/Ada L|private\.git/);
  } finally {
    await worker.stop();
    await tracing?.close();
  }
});

test('a trace that began elsewhere is gone on with, and no secret of a path is told', async () => {
  const traceId = 'a'.repeat(32);
  const traceparent = `00-${traceId}-${'b'.repeat(16)}-01`;
  await fetch(`${server.url}/invitation/asr_secret?key=hidden`, { headers: { traceparent } });
  const span = await until(() => collector.spans.find((one) => one.traceId === traceId), 20_000);
  expect(span.parentSpanId).toBe('b'.repeat(16));
  expect(span.name).toMatch(/^GET \/invitation\/:\w+$/);
  expect(JSON.stringify(collector.spans)).not.toMatch(/asr_|hidden/);
});

test('the collector is sent what it asks for, and nothing of what machines ask every few seconds', async () => {
  await fetch(`${server.url}/readyz`);
  await fetch(`${server.url}/signin`);
  await named('GET /signin');
  expect(collector.spans.filter(({ name }) => name.endsWith('/readyz'))).toEqual([]);
  expect(collector.requests[0]).toMatchObject({ path: 'POST /v1/traces' });
  expect(collector.requests.map(({ authorization }) => authorization)).toContain('Bearer of-the-collector');
});

test('without a collector there is no tracing', async () => {
  expect(await openTracing({ otlpEndpoint: undefined, otlpHeaders: {} }, 'assayer-server')).toBeNull();
});
