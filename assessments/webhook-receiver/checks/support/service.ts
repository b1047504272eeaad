import { createHmac } from 'node:crypto';
import { expectStatus, fail, must, type CheckContext, type Response } from 'assayer/kit';
import { aMerge, eventOf, type Merge } from './merges.js';

export const WEBHOOK = '/api/v1/webhooks/github';

export interface Proof {
  readonly id: string;
  readonly contributor: string;
  readonly repository: string;
  readonly pullRequest: { id: number; number: number; title: string; url: string };
  readonly mergedAt: string;
  readonly status: string;
  readonly credentialId: string | null;
  readonly failure: { reason: string } | null;
  readonly createdAt: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** `sha256=<hex>` over exactly this text. */
export function signatureOf(secret: string, text: string, algorithm = 'sha256'): string {
  return `${algorithm}=${createHmac(algorithm, secret).update(text).digest('hex')}`;
}

export const secretOf = (t: CheckContext): string => t.service.env['GITHUB_WEBHOOK_SECRET'] ?? '';

export interface DeliveryOptions {
  readonly event?: string;
  readonly delivery?: string;
  readonly secret?: string;
  /** Over the usual ones; an empty value leaves the header out. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly label?: string;
  readonly timeoutMs?: number;
}

/** The headers of a delivery of this text. */
export function deliveryHeaders(
  t: CheckContext,
  text: string,
  options: DeliveryOptions = {},
): Record<string, string> {
  const all = {
    'content-type': 'application/json',
    'x-github-event': options.event ?? 'pull_request',
    'x-github-delivery': options.delivery ?? t.random.uuid(),
    'x-hub-signature-256': signatureOf(options.secret ?? secretOf(t), text),
    ...options.headers,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

/** Sends one delivery. Text goes out as it is, anything else as JSON. */
export function deliver(t: CheckContext, payload: unknown, options: DeliveryOptions = {}): Promise<Response> {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return t.http.post(WEBHOOK, text, {
    headers: deliveryHeaders(t, text, options),
    ...(options.label !== undefined && { label: options.label }),
    ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
  });
}

export interface Taken {
  readonly merge: Merge;
  readonly proofId: string;
  readonly response: Response;
}

/** Delivers a merge that must be new, and fails the check unless it is answered as such. */
export async function accept(
  t: CheckContext,
  over: Partial<Merge> = {},
  options: DeliveryOptions = {},
): Promise<Taken> {
  const merge = aMerge(t.random, over);
  const response = await deliver(t, eventOf(merge), options);
  return { merge, proofId: proofIdOf(response, 202, 'accepted', 'a new merged pull request'), response };
}

/** The proof's id in an answer that must have this status and say this. */
export function proofIdOf(response: Response, status: number, says: string, because: string): string {
  expectStatus(response, status, because);
  const body = response.json<{ status?: unknown; proofId?: unknown } | null>();
  must(body?.status === says, `${because}: the answer did not say "${says}"`, {
    expected: says,
    observed: String(body?.status),
  });
  must(
    typeof body.proofId === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(body.proofId),
    `${because}: no proofId was given`,
  );
  return body.proofId;
}

export async function proofOf(t: CheckContext, proofId: string): Promise<Proof> {
  const response = await t.http.get(`/api/v1/proofs/${proofId}`);
  expectStatus(response, 200, 'the proof just made');
  const proof = response.json<Proof | null>();
  must(proof?.id === proofId, 'a proof was not served under its id', {
    expected: proofId,
    observed: String(proof?.id),
  });
  return proof;
}

/** The proof of a delivery just taken: it must be about that merge, or any canned answer would do. */
export async function proofOfTaken(t: CheckContext, { proofId, merge }: Taken): Promise<Proof> {
  const proof = await proofOf(t, proofId);
  must(
    proof.contributor === merge.login && proof.pullRequest.number === merge.number,
    'the proof was not about the pull request that was delivered',
    {
      expected: `${merge.login}, number ${merge.number}`,
      observed: `${String(proof.contributor)}, number ${String(proof.pullRequest.number)}`,
    },
  );
  return proof;
}

/** Waits until the proof has this status. */
export async function settled(
  t: CheckContext,
  proofId: string,
  status: string,
  withinMs = 6000,
): Promise<Proof> {
  let last = 'nothing';
  const proof = await t.eventually(
    async () => {
      const seen = await proofOf(t, proofId);
      last = String(seen.status);
      return seen.status === status ? seen : null;
    },
    { withinMs, everyMs: 60 },
  );
  return (
    proof ??
    fail(`the proof did not become ${status} within ${withinMs} ms`, { expected: status, observed: last })
  );
}

/** One page of proofs, which must have items. */
export async function proofsOf(t: CheckContext, query: string): Promise<Page<Proof>> {
  const response = await t.http.get(`/api/v1/proofs?${query}`);
  expectStatus(response, 200, `proofs by ${query}`);
  const page = response.json<Page<Proof> | null>();
  must(Array.isArray(page?.items), 'a list had no items');
  return page;
}
