import { fail, must, type CheckContext, type Stub, type StubReply, type UpstreamCall } from 'assayer/kit';

export const MINT = { method: 'POST', path: '/v1/credentials' } as const;
export const ISSUER = { method: 'GET', path: '/v1/issuer' } as const;
export const statusPath = (id: string): string => `/v1/credentials/${id}/status`;

export function registry(t: CheckContext): Stub {
  return t.stubs['registry'] ?? fail('the assessment declares no stub named registry');
}

/** What the mints of one contributor looked like from the registry's side, oldest first. */
export function mintsOf(t: CheckContext, contributor: string): readonly UpstreamCall[] {
  return registry(t)
    .calls(MINT)
    .filter((call) => mintBody(call)['contributor'] === contributor);
}

export function mintBody(call: UpstreamCall): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(call.body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Waits for that many mints of a contributor and shows them on the scorecard. */
export async function mintsSeen(
  t: CheckContext,
  contributor: string,
  count: number,
  withinMs = 5000,
): Promise<readonly UpstreamCall[]> {
  await t.eventually(() => mintsOf(t, contributor).length >= count, { withinMs, everyMs: 15 });
  const calls = mintsOf(t, contributor);
  showCalls(t, calls);
  must(calls.length >= count, `the registry was not asked often enough within ${withinMs} ms`, {
    expected: `${count} calls`,
    observed: `${calls.length} calls`,
  });
  return calls;
}

export function showCalls(t: CheckContext, calls: readonly UpstreamCall[]): void {
  t.cite({ kind: 'upstream', stub: 'registry', calls });
}

export const keysOf = (calls: readonly UpstreamCall[]): readonly string[] => [
  ...new Set(calls.map((call) => call.headers['idempotency-key'] ?? '(none)')),
];

/** Pauses between attempts, milliseconds: from the end of one call to the start of the next. */
export function pausesOf(calls: readonly UpstreamCall[]): readonly number[] {
  return calls.slice(1).map((call, i) => {
    const before = calls[i] as UpstreamCall;
    return call.atMs - before.atMs - (before.durationMs ?? 0);
  });
}

/** Scripts how the mints of one contributor go; those of others, left over from earlier checks, are not its business. */
export const mintsBy = (contributor: string, reply: StubReply): StubReply => ({
  ...MINT,
  when: (call) => mintBody(call)['contributor'] === contributor,
  ...reply,
});

/** Mints of one contributor that fail in a way that is worth another try. */
export const failing = (contributor: string, over: StubReply = {}): StubReply =>
  mintsBy(contributor, { status: 503, body: { error: 'out of order' }, ...over });

export const settingOf = (t: CheckContext, name: string): number => Number(t.service.env[name]);
