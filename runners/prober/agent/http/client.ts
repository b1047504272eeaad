import type { HttpClient, RequestOptions, Response } from '../../../../assessments/kit/index.js';
import { fail } from '../../../../assessments/kit/index.js';
import { exchange } from './exchange.js';
import { DEFAULT_TIMEOUT_MS } from './limits.js';
import { elapsed, type ClientSetup } from './setup.js';
import { sendRaw } from './raw.js';
import { recordExchange } from './record.js';
import { openEvents } from './sse.js';
import { toWire } from './wire.js';

/** The client that checks speak to the service with. Every exchange becomes evidence. */
export function createHttpClient(setup: ClientSetup): HttpClient {
  const { mask, cite } = setup;

  async function request(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const wire = toWire(method, path, options, [setup.signal]);
    const start = performance.now();
    const record = (response: Parameters<typeof recordExchange>[2], failure: string | null) => {
      const recorded = recordExchange(mask, wire, response, failure, elapsed(start));
      cite({ kind: 'http', label: options.label ?? null, exchange: recorded });
      return recorded;
    };
    try {
      const answer = await exchange(setup.address(), wire);
      const recorded = record(answer, null);
      const json = <T>(): T => parseJson<T>(answer.text, `${method} ${recorded.request.path}`);
      return { ...answer, durationMs: recorded.durationMs, exchange: recorded, json };
    } catch (error) {
      record(null, error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  return {
    request,
    get: (path, options) => request('GET', path, options),
    post: (path, body, options) => request('POST', path, { ...options, body }),
    put: (path, body, options) => request('PUT', path, { ...options, body }),
    patch: (path, body, options) => request('PATCH', path, { ...options, body }),
    delete: (path, options) => request('DELETE', path, options),
    raw: (bytes, options) => sendRaw(setup, bytes, options?.timeoutMs ?? DEFAULT_TIMEOUT_MS),
    events(path, options = {}) {
      const headers = { accept: 'text/event-stream', ...options.headers };
      const wire = toWire('GET', path, { ...options, headers }, [setup.signal]);
      return openEvents(setup, wire, options.label ?? null);
    },
  };
}

function parseJson<T>(text: string, what: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    return fail(`${what}: the body of the answer is not JSON`, {
      expected: 'a JSON body',
      observed: text.slice(0, 200),
    });
  }
}
