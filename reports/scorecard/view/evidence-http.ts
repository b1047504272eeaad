import type { HttpExchange } from '../../../assessments/kit/index.js';
import { oneLine } from '../../text/visible.js';
import { duration } from '../../text/words.js';
import type { Budget } from './budget.js';

const HEADERS = 30;
const BODY = 2400;

interface Message {
  readonly head: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly body: string | null;
}

/** One request and its answer. */
export interface HttpView {
  readonly partial: 'evidence-http';
  readonly label: string | null;
  readonly method: string;
  readonly path: string;
  /** The status, or that no complete answer came. */
  readonly answer: string;
  readonly took: string;
  readonly request: Message;
  readonly response: Message | null;
  readonly failure: string | null;
  readonly curl: string;
}

export function httpView(label: string | null, exchange: HttpExchange, budget: Budget): HttpView {
  const { request, response, failure } = exchange;
  const method = oneLine(request.method, 20);
  const path = oneLine(request.path, 160);
  return {
    partial: 'evidence-http',
    label: label === null ? null : oneLine(label, 120),
    method,
    path,
    answer: response === null ? 'no answer' : String(response.status),
    took: duration(exchange.durationMs),
    request: {
      head: `${method} ${oneLine(request.path, 1000)}`,
      headers: headerList(request.headers, budget),
      body: request.body === null || request.body === '' ? null : budget.take(request.body, BODY),
    },
    response: response && {
      head: String(response.status),
      headers: headerList(response.headers, budget),
      body:
        response.body === ''
          ? null
          : `${budget.take(response.body, BODY)}${response.truncated ? '\n(longer than what is kept)' : ''}`,
    },
    failure: failure === null ? null : oneLine(failure, 600),
    curl: budget.take(exchange.curl, BODY),
  };
}

function headerList(headers: Readonly<Record<string, string>>, budget: Budget): Message['headers'] {
  return Object.entries(headers)
    .slice(0, HEADERS)
    .map(([name, value]) => ({
      name: oneLine(name, 80),
      value: budget.take(value.replace(/\s+/g, ' '), 400),
    }));
}
