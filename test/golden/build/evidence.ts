import type { Evidence, UpstreamCall } from '../../../assessments/kit/index.js';

type Headers = Readonly<Record<string, string>>;

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Headers;
}

interface Ask {
  readonly headers?: Headers;
  readonly body?: unknown;
  readonly label?: string;
  readonly ms?: number;
}

const text = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

/** One exchange as the prober records it, with the headers that a hardened service gives. */
export function http(method: string, path: string, answer: Answer | string, ask: Ask = {}): Evidence {
  const body = ask.body === undefined ? null : text(ask.body);
  const headers = { ...(body === null ? {} : { 'content-type': 'application/json' }), ...ask.headers };
  return {
    kind: 'http',
    label: ask.label ?? null,
    exchange: {
      request: { method, path, headers, body },
      response: typeof answer === 'string' ? null : response(answer),
      failure: typeof answer === 'string' ? answer : null,
      durationMs: ask.ms ?? 4.2,
      curl: curl(method, path, headers, body),
    },
  };
}

function response({ status, body, headers }: Answer) {
  const problem = status >= 400 && typeof body !== 'string';
  return {
    status,
    headers: {
      ...(status === 304
        ? {}
        : { 'content-type': problem ? 'application/problem+json' : 'application/json; charset=utf-8' }),
      'x-request-id': 'req-6f1c0a9d2b',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      ...headers,
    },
    body: body === undefined ? '' : text(body),
    truncated: false,
  };
}

function curl(method: string, path: string, headers: Headers, body: string | null): string {
  return [
    `curl -i -X ${method} "$BASE_URL${path}"`,
    ...Object.entries(headers).map(([name, value]) => `-H '${name}: ${value.replaceAll("'", "'\\''")}'`),
    ...(body === null ? [] : [`--data-binary '${body.replaceAll("'", "'\\''")}'`]),
  ].join(' \\\n  ');
}

const pullRequest = {
  action: 'closed',
  pull_request: {
    id: 7300412,
    number: 118,
    title: 'Retry uploads that time out',
    html_url: 'https://github.com/acme/uploader/pull/118',
    merged: true,
    merged_at: '2026-11-21T16:04:11Z',
    user: { login: 'ada-wren', email: 'wren.4821@example.org' },
  },
  repository: { full_name: 'acme/uploader' },
};

export const signed: Headers = {
  'x-github-event': 'pull_request',
  'x-github-delivery': '2f0c7d0e-8f57-4f0b-9d6e-0f3a3a7b1c55',
  'x-hub-signature-256': 'sha256=$SIGNATURE',
};

export const accepted: Answer = { status: 202, body: { status: 'accepted', proofId: 'prf_8c1f07aa' } };
export const duplicate: Answer = { status: 200, body: { status: 'duplicate', proofId: 'prf_8c1f07aa' } };

export function problem(status: number, title: string, detail: string, errors?: unknown): Answer {
  return { status, body: { title, status, detail, ...(errors ? { errors } : {}) } };
}

/** A delivery and what came of it. */
export function delivery(answer: Answer | string, ask: Ask = {}): Evidence {
  return http('POST', '/api/v1/webhooks/github', answer, { headers: signed, body: pullRequest, ...ask });
}

/** One call to the registry: when, what it was answered (null: never), how long it took. */
export function call(
  atMs: number,
  answered: number | null,
  durationMs: number | null,
  part: Partial<UpstreamCall> = {},
) {
  return {
    atMs,
    method: 'POST',
    path: '/v1/credentials',
    headers: { 'idempotency-key': 'mint-prf_8c1f07aa', authorization: 'Bearer $REGISTRY_TOKEN' },
    body: '{"proofId":"prf_8c1f07aa","contributor":"ada-wren","repository":"acme/uploader"}',
    answered,
    aborted: false,
    durationMs,
    ...part,
  } satisfies UpstreamCall;
}

export const upstream = (...calls: UpstreamCall[]): Evidence => ({
  kind: 'upstream',
  stub: 'registry',
  calls,
});

export const measure = (name: string, value: number, unit: string, limit: string | null): Evidence => ({
  kind: 'measure',
  name,
  value,
  unit,
  limit,
});

export const log = (label: string, ...lines: string[]): Evidence => ({ kind: 'log', label, lines });
export const note = (words: string): Evidence => ({ kind: 'note', text: words });
