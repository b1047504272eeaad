import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import type { Problem } from '../../api/problem.js';
import type { SubmissionResource } from '../../api/representation.js';
import { SUBMISSIONS } from '../../api/representation.js';
import type { ExitCode } from '../../errors.js';
import { AssayerError, ERRORS, EXIT, reasonOf } from '../../errors.js';
import type { StoredEvent } from '../../store/types.js';
import { parseEventStream } from './event-stream.js';

/** Where the server is, and who asks. */
export interface ServerAddress {
  readonly url: string;
  readonly token: string;
}

export interface NewSubmission {
  readonly assessment: string;
  readonly candidate: string | null;
  /** An archive of this machine, under the name that the scorecard shows; or a git URL. */
  readonly source: { readonly archive: string; readonly name: string } | { readonly gitUrl: string };
}

/** An answer of the server that is no success; says what the server said, and ends the command as the server's code wants. */
export class Refused extends Error {
  readonly exit: ExitCode;
  constructor(readonly problem: Pick<Problem, 'code' | 'detail' | 'status'>) {
    super(problem.detail);
    this.exit = ERRORS[problem.code]?.exit ?? (problem.status < 500 ? EXIT.usage : EXIT.ours);
  }
}

/** The API of a server, as the command line uses it. */
export interface Client {
  submit(submission: NewSubmission, signal: AbortSignal): Promise<SubmissionResource>;
  submission(id: string, signal: AbortSignal): Promise<SubmissionResource>;
  /** Everything that happens to it, to the end; goes on by itself after a break of the connection. */
  events(id: string, signal: AbortSignal): AsyncGenerator<StoredEvent>;
  scorecard(id: string, signal: AbortSignal): Promise<Scorecard>;
  page(id: string, signal: AbortSignal): Promise<string>;
  cancel(id: string, signal: AbortSignal): Promise<void>;
  /** An address that signs a browser in, once. */
  link(to: string, signal: AbortSignal): Promise<string>;
}

const TRIES = 4;
const PAUSE_MS = 1000;

export function connect({ url, token }: ServerAddress): Client {
  const origin = url.replace(/\/+$/, '');

  async function call(path: string, init: RequestInit, signal: AbortSignal): Promise<Response> {
    const headers = { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) };
    const answer = await fetch(`${origin}${path}`, { ...init, headers, signal, redirect: 'error' });
    if (!answer.ok) throw await refusalOf(answer);
    return answer;
  }

  /** For requests that may be sent again: the network, and a server that says it is busy, get some tries. */
  async function patiently(path: string, init: RequestInit, signal: AbortSignal): Promise<Response> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await call(path, init, signal);
      } catch (error) {
        signal.throwIfAborted();
        const again = !(error instanceof Refused) || error.problem.status === 503;
        if (!again) throw error;
        if (attempt === TRIES) throw error instanceof Refused ? error : unreachable(origin, error);
        await sleep(PAUSE_MS * attempt, undefined, { signal });
      }
    }
  }

  return {
    async submit(submission, signal) {
      const init = { method: 'POST', ...(await bodyOf(submission)) };
      // Sent again after a lost answer, it is still one submission.
      const headers = { ...init.headers, 'idempotency-key': randomUUID() };
      const answer = await patiently(SUBMISSIONS, { ...init, headers }, signal);
      return (await answer.json()) as SubmissionResource;
    },
    submission: async (id, signal) =>
      (await (await patiently(`${SUBMISSIONS}/${id}`, {}, signal)).json()) as SubmissionResource,
    async *events(id, signal) {
      let last = '0';
      for (;;) {
        const headers = { accept: 'text/event-stream', 'last-event-id': last };
        const answer = await patiently(`${SUBMISSIONS}/${id}/events`, { headers }, signal);
        if (answer.status === 204 || !answer.body) return;
        try {
          for await (const arrived of parseEventStream(answer.body)) {
            const event = JSON.parse(arrived.data) as StoredEvent;
            last = arrived.id;
            yield event;
            if (event.type === 'finished') return;
          }
        } catch {
          signal.throwIfAborted();
        }
        await sleep(PAUSE_MS, undefined, { signal });
      }
    },
    scorecard: async (id, signal) =>
      (await (await patiently(`${SUBMISSIONS}/${id}/scorecard.json`, {}, signal)).json()) as Scorecard,
    page: async (id, signal) => (await patiently(`${SUBMISSIONS}/${id}/scorecard.html`, {}, signal)).text(),
    cancel: async (id, signal) =>
      void (await call(`${SUBMISSIONS}/${id}/cancel`, { method: 'POST' }, signal)),
    async link(to, signal) {
      const headers = { 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: JSON.stringify({ to }) };
      const answer = await patiently('/api/v1/signin-links', init, signal);
      return `${origin}${((await answer.json()) as { path: string }).path}`;
    },
  };
}

async function bodyOf({
  assessment,
  candidate,
  source,
}: NewSubmission): Promise<{ body: string | FormData; headers: Record<string, string> }> {
  const fields = { assessment, ...(candidate === null ? {} : { candidate }) };
  if ('gitUrl' in source) {
    const [gitUrl = '', ref] = source.gitUrl.split('#', 2);
    const body = JSON.stringify({ ...fields, gitUrl, ...(ref ? { ref } : {}) });
    return { body, headers: { 'content-type': 'application/json' } };
  }
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('archive', await openAsBlob(source.archive), source.name);
  return { body: form, headers: {} };
}

async function refusalOf(answer: Response): Promise<Refused> {
  const problem = (await answer.json().catch(() => null)) as Problem | null;
  if (problem?.code) return new Refused(problem);
  const detail = `The server answered with ${answer.status}, which is no answer of Assayer. Check its address.`;
  return new Refused({ code: 'internal', detail, status: answer.status });
}

function unreachable(url: string, error: unknown): AssayerError {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  return new AssayerError('serverUnreachable', { url, reason: reasonOf(cause) }, { cause: error });
}
