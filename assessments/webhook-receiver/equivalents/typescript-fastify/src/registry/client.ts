import { z } from 'zod';
import type { Issued, Proof } from '../proofs/types.js';
import { Gate } from './gate.js';
import { retryAfterMs } from './retry-after.js';
import { Transport, type Reply, type TransportOptions } from './transport.js';

export type MintResult =
  | { kind: 'minted'; issued: Issued }
  /** The registry said no; asking again would not help. */
  | { kind: 'refused'; reason: string }
  | { kind: 'passing'; reason: string; retryAfterMs: number };

export type CredentialStatus = 'active' | 'revoked';
export type StatusResult = { kind: 'known'; status: CredentialStatus } | { kind: 'failed'; reason: string };

export type IssuerResult =
  /** `json` is the text as it came, so that nothing is lost on the way. */
  { kind: 'document'; json: string } | { kind: 'timeout' } | { kind: 'failed' };

const issuedAnswer = z.object({ id: z.string().startsWith('crd_'), issuedAt: z.string().min(1) });
const statusAnswer = z.object({ id: z.string(), status: z.enum(['active', 'revoked']) });
const jsonObject = z.record(z.string(), z.unknown());

type Options = Omit<TransportOptions, 'connections'> & { concurrency: number };

/** The registry's four calls, in our words. No method rejects. */
export class Registry {
  readonly #transport: Transport;
  readonly #healthTransport: Transport;
  readonly #gate: Gate;

  constructor({ concurrency, ...options }: Options) {
    // No more connections than calls: the place of a call that was cut off is only taken once its connection is gone.
    this.#transport = new Transport({ ...options, connections: concurrency });
    this.#healthTransport = new Transport({ ...options, connections: 1 });
    this.#gate = new Gate(concurrency);
  }

  /** The proof's id is the idempotency key: it is one to one with the proof and as durable. */
  async mint(proof: Proof, requestId: string): Promise<MintResult> {
    const { id, contributor, repository, pullRequest, mergedAt } = proof;
    const reply = await this.#gate.run('mint', () =>
      this.#transport.call({
        method: 'POST',
        path: '/v1/credentials',
        requestId,
        headers: { 'content-type': 'application/json', 'idempotency-key': id },
        body: JSON.stringify({
          proofId: id,
          contributor,
          repository,
          pullRequestUrl: pullRequest.url,
          mergedAt,
        }),
      }),
    );
    const issued = parseAs(issuedAnswer, goodText(reply));
    if (issued) return { kind: 'minted', issued };
    const reason = describe(reply);
    if (reply.kind !== 'answered') return { kind: 'passing', reason, retryAfterMs: 0 };
    if (isRefusal(reply.status)) return { kind: 'refused', reason };
    return { kind: 'passing', reason, retryAfterMs: retryAfterMs(reply.retryAfter, Date.now()) };
  }

  async status(credentialId: string, requestId: string): Promise<StatusResult> {
    const reply = await this.#read(`/v1/credentials/${credentialId}/status`, requestId);
    if (reply.kind === 'answered' && reply.status === 404)
      return { kind: 'failed', reason: 'the registry does not know this credential' };
    const answer = parseAs(statusAnswer, goodText(reply));
    if (answer?.id === credentialId) return { kind: 'known', status: answer.status };
    return { kind: 'failed', reason: describe(reply) };
  }

  async issuer(requestId: string): Promise<IssuerResult> {
    const reply = await this.#read('/v1/issuer', requestId);
    if (reply.kind === 'timeout') return reply;
    const json = goodText(reply);
    return json !== null && parseAs(jsonObject, json) ? { kind: 'document', json } : { kind: 'failed' };
  }

  /** Not counted among the open calls: whether we are ready must not depend on how busy we are. */
  async isHealthy(requestId: string): Promise<boolean> {
    const reply = await this.#healthTransport.call({ method: 'GET', path: '/v1/health', requestId });
    return reply.kind === 'answered' && reply.status >= 200 && reply.status < 300;
  }

  #read(path: string, requestId: string): Promise<Reply> {
    return this.#gate.run('reader', () => this.#transport.call({ method: 'GET', path, requestId }));
  }
}

/** The body of an answer with one of the good statuses. */
function goodText(reply: Reply): string | null {
  return reply.kind === 'answered' && isGood(reply.status) ? reply.text : null;
}

function isGood(status: number): boolean {
  return status === 200 || status === 201;
}

function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 429;
}

/** In our own words: what the registry or a library says may hold anything. */
function describe(reply: Reply): string {
  switch (reply.kind) {
    case 'timeout':
      return 'the registry did not answer in time';
    case 'broken':
      return 'the connection to the registry failed';
    case 'answered':
      return isGood(reply.status)
        ? 'the registry gave an answer that makes no sense'
        : `the registry answered with status ${reply.status}`;
  }
}

function parseAs<T>(schema: z.ZodType<T>, text: string | null): T | null {
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
