import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Stub, StubReply } from '../../../../assessments/kit/index.js';
import { answer, Arriving, readCapped } from './answer.js';
import { createRules, matches } from './rules.js';
import { createTranscript, type Transcript } from './transcript.js';

const MAX_CONNECTIONS = 512;

export interface StubServer extends Stub {
  /** `reset`, and calls that still wait are dropped, lest they hold up the next check. Idle connections stay. */
  renew(): void;
  /** Calls so far, and whether one waits for its answer: quiet when it does not and they do not become more. */
  activity(): { readonly calls: number; readonly open: number };
  close(): Promise<void>;
}

/**
 * Plays a third party on a port of this namespace. Whatever a service sends, memory stays bounded: bodies, calls and
 * connections are capped, and what is over is refused.
 */
export async function startStub(
  name: string,
  port: number,
  defaults: readonly StubReply[],
): Promise<StubServer> {
  const rules = createRules(defaults);
  const connections = new Set<Socket>();
  const arriving = new Arriving();
  let transcript = createTranscript();
  /** Of this check, those that a `reset` has ended; their calls may still wait. */
  let ended: Transcript[] = [];

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { begin, keepBody } = transcript;
    const call = begin(request, response);
    const body = call && (await readCapped(request, arriving));
    if (!call || body === null) {
      response.writeHead(call ? 413 : 503, { connection: 'close' }).end();
      return;
    }
    keepBody(call, body);
    await answer(response, rules.pick(call), call);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  const reset = (): void => {
    rules.clear();
    ended.push(transcript);
    transcript = createTranscript();
  };

  const listening = await listen(server, port);
  return {
    name,
    url: `http://127.0.0.1:${listening}`,
    script: (...replies) => rules.script(replies),
    calls: (match) => transcript.calls.filter((call) => !match || matches(match, call)),
    get peakConcurrency() {
      return transcript.peakConcurrency;
    },
    reset,
    activity: () => ({ calls: transcript.calls.length, open: transcript.open }),
    renew() {
      reset();
      for (const one of ended) one.hangUp();
      ended = [];
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of connections) socket.destroy();
      await closed;
    },
  };
}

/** The port it listens on, which is the one asked for but for 0. */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
