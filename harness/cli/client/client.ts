import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredEvent } from '../../store/types.js';
import { parseEventStream } from './event-stream.js';
import type { components } from './openapi.js';
import type { ServerAddress } from './openapi-client.js';
import { formOf, openApiClient } from './openapi-client.js';
import type { Answered } from './patience.js';
import { patiently, PAUSE_MS, succeed } from './patience.js';

export type Submission = components['schemas']['Submission'];
type Scorecard = components['schemas']['Scorecard'];

export interface NewSubmission {
  readonly assessment: string;
  readonly candidate: string | null;
  /** An archive of this machine, under the name that the scorecard shows; or a git URL. */
  readonly source: { readonly archive: string; readonly name: string } | { readonly gitUrl: string };
}

/** The server, as the command line uses it. */
export interface Client {
  submit(submission: NewSubmission, signal: AbortSignal): Promise<Submission>;
  submission(id: string, signal: AbortSignal): Promise<Submission>;
  /** Everything that happens to it, to the end; goes on by itself after a break of the connection. */
  events(id: string, signal: AbortSignal): AsyncGenerator<StoredEvent>;
  scorecard(id: string, signal: AbortSignal): Promise<Scorecard>;
  page(id: string, signal: AbortSignal): Promise<string>;
  cancel(id: string, signal: AbortSignal): Promise<void>;
  /** An address that signs a browser in, once. */
  link(to: string, signal: AbortSignal): Promise<string>;
}

export function connect(address: ServerAddress): Client {
  const api = openApiClient(address);
  const { url } = address;
  const of = (id: string) => ({ params: { path: { id } } });
  const ask = <T>(signal: AbortSignal, call: () => Promise<Answered<T>>): Promise<T> =>
    patiently(url, call, signal);

  return {
    async submit({ assessment, candidate, source }, signal) {
      const fields = { assessment, ...(candidate === null ? {} : { candidate }) };
      const body =
        'gitUrl' in source
          ? { body: { ...fields, ...commitOf(source.gitUrl) } }
          : { body: { ...fields, archive: await fileOf(source) }, bodySerializer: formOf };
      // Sent again after a lost answer, it is still one submission.
      const params = { header: { 'Idempotency-Key': randomUUID() } };
      return ask(signal, () => api.POST('/api/v1/submissions', { ...body, params, signal }));
    },
    submission: (id, signal) => ask(signal, () => api.GET('/api/v1/submissions/{id}', { ...of(id), signal })),
    async *events(id, signal) {
      let last = '0';
      for (;;) {
        const params = { path: { id }, header: { 'Last-Event-ID': last } };
        const headers = { accept: 'text/event-stream' };
        const stream = await ask(signal, () =>
          api.GET('/api/v1/submissions/{id}/events', { params, headers, parseAs: 'stream', signal }),
        );
        if (!stream) return;
        try {
          for await (const arrived of parseEventStream(stream)) {
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
    scorecard: (id, signal) =>
      ask(signal, () => api.GET('/api/v1/submissions/{id}/scorecard.json', { ...of(id), signal })),
    page: (id, signal) =>
      ask(signal, () =>
        api.GET('/api/v1/submissions/{id}/scorecard.html', { ...of(id), parseAs: 'text', signal }),
      ),
    cancel: async (id, signal) =>
      void (await succeed(api.POST('/api/v1/submissions/{id}/cancel', { ...of(id), signal }))),
    async link(to, signal) {
      const { path } = await ask(signal, () => api.POST('/api/v1/signin-links', { body: { to }, signal }));
      return new URL(path, url).href;
    },
  };
}

function commitOf(text: string): { gitUrl: string; ref?: string } {
  const [gitUrl = '', ref] = text.split('#', 2);
  return { gitUrl, ...(ref ? { ref } : {}) };
}

const fileOf = async ({ archive, name }: { archive: string; name: string }): Promise<File> =>
  new File([await openAsBlob(archive)], name);
