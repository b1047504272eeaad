import autocannon, { type Client, type Instance, type Request } from 'autocannon';
import type { LoadProfile, LoadStep } from '../../assessments/kit/index.js';
import type { Generated, LoadTarget, Sample } from './types.js';

const MAX_STEPS = 10_000;
const ANSWER_SECONDS = 5;
/** autocannon keeps a whole answer in memory: a longer one ends the load. */
const MAX_ANSWER_BYTES = 1024 * 1024;
/** autocannon connects again at once and forever: a service that is gone ends the load. */
const MAX_LOST_IN_A_ROW = 500;
/** Of so many steps at most the answers are looked at, of so many answers, and so much of each. */
const LOOKED_AT = 64;
const MAX_SAMPLES = 16;
const MAX_SAMPLE_CHARS = 4096;

/**
 * Runs a load against the service. What the service does wrong shows in the figures; only a wrong profile throws. Some good
 * answers of the second half are kept: whatever was sent beside the load could be told from it, and be answered better.
 */
export async function generateLoad(
  profile: LoadProfile,
  steps: readonly LoadStep[],
  target: LoadTarget,
): Promise<Generated> {
  if (steps.length === 0 || steps.length > MAX_STEPS) {
    throw new Error(`a load profile makes 1 to ${MAX_STEPS} requests, not ${steps.length}`);
  }
  const samples: Sample[] = [];
  const sampleFrom = performance.now() + profile.seconds * 500;
  const every = Math.ceil(steps.length / LOOKED_AT);
  const requests = steps.map((step, index) => {
    const request = toRequest(step, target.headers);
    if (index % every !== 0) return request;
    return {
      ...request,
      onResponse(status: number, text: string) {
        if (samples.length < MAX_SAMPLES && performance.now() >= sampleFrom && status >= 200 && status < 300)
          samples.push({ step: index, text: text.slice(0, MAX_SAMPLE_CHARS) });
      },
    };
  });
  let clients = 0;
  const extra = { interim: 0, unasked: 0 };
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const instance: Instance = autocannon(
      {
        url: `http://${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`,
        connections: profile.connections,
        duration: profile.seconds,
        timeout: ANSWER_SECONDS,
        setupClient: (client) => {
          client.setRequests(share(requests, clients++, profile.connections));
          watch(client, extra);
          guard(client, () => (instance as Instance & { stop(): void }).stop());
        },
      },
      (error: Error | null, done) => (error ? reject(error) : resolve(done)),
    );
  });
  const { latency } = result;
  return {
    seconds: Math.max(result.duration, 0.01),
    requests: result['2xx'] + result.non2xx,
    latencyMs: { p50: latency.p50, p90: latency.p90, p99: latency.p99 },
    errors: result.errors + result.timeouts,
    non2xx: result.non2xx,
    samples,
    ...extra,
  };
}

/** Each connection has requests of its own, so that no two send the same at once. */
function share(requests: readonly Request[], index: number, of: number): Request[] {
  const own = requests.filter((_, position) => position % of === index % of);
  return own.length > 0 ? own : [requests[index % requests.length] as Request];
}

/**
 * Counts what autocannon takes for an answer and is none: interim ones (103), and those that were there before their request
 * was sent. One that is written in this turn of the event loop cannot be answered in it.
 */
function watch(client: Client, extra: { interim: number; unasked: number }): void {
  const events = client as NodeJS.EventEmitter;
  let justSent = false;
  events.on('request', () => {
    justSent = true;
    setImmediate(() => (justSent = false));
  });
  events.on('headers', ({ statusCode }: { readonly statusCode: number }) => {
    if (statusCode < 200) extra.interim += 1;
    else if (justSent) extra.unasked += 1;
  });
}

function guard(client: Client, stop: () => void): void {
  let answerBytes = 0;
  let lost = 0;
  client.on('headers', () => {
    answerBytes = 0;
    lost = 0;
  });
  client.on('body', (body) => {
    answerBytes += body.length;
    if (answerBytes > MAX_ANSWER_BYTES) stop();
  });
  (client as NodeJS.EventEmitter).on('connError', () => {
    if (++lost > MAX_LOST_IN_A_ROW) stop();
  });
}

function toRequest(step: LoadStep, defaults: Readonly<Record<string, string>>): Request {
  const headers: Record<string, string> = { ...defaults };
  const isText = typeof step.body === 'string';
  if (step.body !== undefined && !isText) headers['content-type'] = 'application/json';
  for (const [name, value] of Object.entries(step.headers ?? {})) headers[name.toLowerCase()] = value;
  const body =
    step.body === undefined ? undefined : isText ? (step.body as string) : JSON.stringify(step.body);
  return {
    method: step.method as NonNullable<Request['method']>,
    path: step.path,
    headers,
    ...(body !== undefined && { body }),
  };
}
