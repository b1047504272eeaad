import type { IncomingMessage, ServerResponse } from 'node:http';
import type { UpstreamCall } from '../../../../assessments/kit/index.js';

const MAX_CALLS = 10_000;
/** All paths, headers and bodies of a transcript together. */
const MAX_KEPT_BYTES = 32 * 1024 * 1024;

export type RecordedCall = { -readonly [K in keyof UpstreamCall]: UpstreamCall[K] };

/** The calls to a stub since a moment, bounded in number and size. */
export interface Transcript {
  readonly calls: readonly RecordedCall[];
  readonly peakConcurrency: number;
  /** Calls that wait for their answer. */
  readonly open: number;
  /** Null when the transcript is full: the call should be refused. */
  begin(request: IncomingMessage, response: ServerResponse): RecordedCall | null;
  keepBody(call: RecordedCall, body: string): void;
  /** Drops the calls that still wait for their answer. */
  hangUp(): void;
}

export function createTranscript(): Transcript {
  const started = performance.now();
  const calls: RecordedCall[] = [];
  const waiting = new Set<ServerResponse>();
  let keptBytes = 0;
  let peak = 0;
  return {
    calls,
    get peakConcurrency() {
      return peak;
    },
    get open() {
      return waiting.size;
    },
    begin(request, response) {
      if (calls.length >= MAX_CALLS || keptBytes >= MAX_KEPT_BYTES) return null;
      const arrived = performance.now();
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
      const path = request.url ?? '';
      keptBytes += headers.reduce((sum, [name, value]) => sum + name.length + value.length, path.length);
      const call: RecordedCall = {
        atMs: Math.round(arrived - started),
        method: request.method ?? '',
        path,
        headers: Object.fromEntries(headers),
        body: '',
        answered: null,
        aborted: false,
        durationMs: null,
      };
      calls.push(call);
      waiting.add(response);
      peak = Math.max(peak, waiting.size);
      const end = (aborted: boolean): void => {
        if (!waiting.delete(response)) return;
        call.durationMs = Math.round(performance.now() - arrived);
        call.aborted = aborted;
      };
      response.once('finish', () => end(false));
      // Destroyed by us (`reset`) carries an error; without one it was the caller who left.
      response.once('close', () => end(response.errored === null));
      return call;
    },
    keepBody(call, body) {
      call.body = body;
      keptBytes += body.length;
    },
    hangUp() {
      for (const response of waiting) response.destroy();
    },
  };
}
