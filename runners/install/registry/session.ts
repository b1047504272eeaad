import { request as httpRequest, type IncomingMessage } from 'node:http';
import { createServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { pipeline } from 'node:stream/promises';
import { pick, RELAY_AUTHORITY, REQUEST_HEADERS, RESPONSE_HEADERS } from '../relay/protocol.js';
import type { RegistrySession } from '../types.js';

/** What answers a relay: verdaccio, and behind it the upstream. Both reject when they cannot be had. */
export interface Backend {
  /** The socket of a running verdaccio. */
  socket(): Promise<string>;
  /** The upstream's own status for a path. */
  askUpstream(path: string): Promise<number>;
}

const ANSWER_MS = 60_000;
/** Names have 214 characters at most, twice in the path of a tarball; servers refuse long paths in ways of their own. */
const MAX_PATH = 700;
/** A package's description, or one of its tarballs; nothing else of a registry's interface can be reached. */
const SERVED =
  /^\/(?:@[a-z0-9~_.-]+(?:\/|%2f))?[a-z0-9~_.!'()*][a-z0-9~_.!'()*-]*(?:\/-\/(?:@[^/?#]+\/)?[^/?#]+\.tgz|\/[^/?#]+)?$/i;

/** Answers a relay's requests over its stream until that ends. */
export function serveRelay(stream: NodeJS.ReadWriteStream, backend: Backend): RegistrySession {
  const faults = new Map<string, string>();
  const missing = new Set<string>();
  /** Since when each request waits for the head of its answer. */
  const waiting = new Map<Http2ServerRequest, number>();

  const server = createServer({ settings: { maxConcurrentStreams: 64 } });
  server.on('sessionError', () => undefined);
  server.on('request', (request, response) => {
    waiting.set(request, performance.now());
    answer(request, response)
      .catch((error: unknown) => {
        // A relay that hung up is no fault: package managers do that.
        if (!request.stream.aborted) faults.set(request.url, reasonOf(error));
        giveUp(response);
      })
      .finally(() => waiting.delete(request));
  });
  server.emit('connection', stream);

  async function answer(request: Http2ServerRequest, response: Http2ServerResponse): Promise<void> {
    const { method, url } = request;
    if (method !== 'GET' && method !== 'HEAD') return refuse(response, 405);
    if (url.length > MAX_PATH || !SERVED.test(url)) return refuse(response, 404);
    const reply = await askVerdaccio(request, await backend.socket());
    const status = await judged(reply.statusCode ?? 502, url);
    if (status === 404) missing.add(url);
    else if (status >= 400) throw new Error(`it answered ${status} for ${url}`);
    waiting.delete(request);
    response.writeHead(status, pick(RESPONSE_HEADERS, reply.headers));
    await pipeline(reply, response);
    faults.delete(url);
  }

  /** Believes a 404 only when the upstream says so too. A 400 is verdaccio's own: no registry has a package of such a name. */
  async function judged(status: number, url: string): Promise<number> {
    if (status === 400) return 404;
    if (status !== 404 || missing.has(url)) return status;
    const own = await backend.askUpstream(url);
    return own < 400 ? 503 : own;
  }

  return {
    faults: () => [...faults.values()],
    waitingMs() {
      const now = performance.now();
      return now - Math.min(now, ...waiting.values());
    },
    missing: () => [...missing],
  };
}

function askVerdaccio(request: Http2ServerRequest, socketPath: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(
      {
        socketPath,
        method: request.method,
        path: request.url,
        // Verdaccio writes this host into the addresses of tarballs: they must lead back to the relay.
        headers: { ...pick(REQUEST_HEADERS, request.headers), host: RELAY_AUTHORITY },
        timeout: ANSWER_MS,
      },
      resolve,
    );
    asked.on('timeout', () => asked.destroy(new Error(`it did not answer for ${ANSWER_MS / 1000} seconds`)));
    asked.on('error', reject);
    request.stream.on('close', () => asked.destroy());
    asked.end();
  });
}

function refuse(response: Http2ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end('{}');
}

function giveUp(response: Http2ServerResponse): void {
  if (response.headersSent) response.stream.destroy();
  else if (!response.stream.destroyed) refuse(response, 503);
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
