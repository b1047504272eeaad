import type { CheckContext, ProbeRequest, Response } from '../../assessments/kit/index.js';
import { fail, HarnessError, must } from '../../assessments/kit/index.js';

/** What most probes are given: how to send a body, signed and authenticated as the contract wants, and a good one. */
export interface BodyOptions {
  /** Makes a request that carries exactly this text as its body. */
  request(t: CheckContext, body: string): ProbeRequest;
  /** The content of a request that the service accepts; sent as JSON. New on each call. */
  benign(t: CheckContext): unknown;
}

export type Options = Readonly<Record<string, unknown>>;

/** @throws HarnessError when the pack left the option out: the pack's fault, never the candidate's */
export function option<T>(options: Options, name: string): T {
  const value = options[name];
  if (value === undefined) throw new HarnessError(`the pack gave this probe no option "${name}"`);
  return value as T;
}

export const bodyOptions = (options: Options): BodyOptions => ({
  request: option<BodyOptions['request']>(options, 'request'),
  benign: option<BodyOptions['benign']>(options, 'benign'),
});

export function send(
  t: CheckContext,
  { method, path, ...options }: ProbeRequest,
  label: string,
): Promise<Response> {
  return t.http.request(method, path, { label, ...options });
}

/** The benign twin: a request of the same shape must succeed, so that refusing everything earns nothing. */
export async function twinSucceeds(t: CheckContext, { request, benign }: BodyOptions): Promise<Response> {
  return succeeds(t, request(t, JSON.stringify(benign(t))), 'the benign twin of the attack');
}

export async function succeeds(t: CheckContext, request: ProbeRequest, what: string): Promise<Response> {
  const response = await send(t, request, what);
  must(response.status < 400, `${what} did not succeed: status ${response.status}`, {
    expected: 'a status under 400',
    observed: `status ${response.status}`,
  });
  return response;
}

/** The answer to an attack: one of the allowed statuses, and nothing of the service's insides. */
export function refuses(response: Response, allowed: readonly number[], attack: string): void {
  must(
    allowed.includes(response.status),
    `${attack} was not refused: status ${response.status} instead of ${allowed.join(' or ')}`,
    {
      expected: `status ${allowed.join(' or ')}`,
      observed: `status ${response.status}`,
    },
  );
  leaksNothing(response, attack);
}

const INSIDES: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'a stack trace', pattern: /\bat .{0,200}[\w)>] ?\(?(?:file:\/\/|node:|\/)[^\s)]*:\d+(?::\d+)?\)?/ },
  {
    what: 'a path of the server',
    pattern: /(?:\/work\/|\/node_modules\/|\/usr\/src\/|\/app\/|\/home\/)[\w./-]+\.[cm]?[jt]s\b/,
  },
  { what: 'an SQL error', pattern: /\b(?:syntax error at or near|SQLITE_ERROR|SQLSTATE|ER_PARSE_ERROR)\b/ },
];

/** Fails when an answer shows a stack, a path or a database's words. */
export function leaksNothing(response: Response, what: string): void {
  const found = INSIDES.find(({ pattern }) => pattern.test(response.text));
  if (found)
    fail(`the answer to ${what} showed ${found.what}`, {
      observed: found.pattern.exec(response.text)?.[0] ?? '',
    });
}

/** The service's process lives on after an attack. */
export async function livesOn(t: CheckContext, attack: string): Promise<void> {
  must(await t.service.running(), `the service ended over ${attack}`);
}
