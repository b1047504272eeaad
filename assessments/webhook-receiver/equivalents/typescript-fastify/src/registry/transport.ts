import { Agent, request, type Dispatcher } from 'undici';

/** What became of one call. */
export type Reply =
  | { kind: 'answered'; status: number; text: string; retryAfter: string | undefined }
  | { kind: 'timeout' }
  | { kind: 'broken' };

export type Call = {
  method: 'GET' | 'POST';
  path: string;
  requestId: string;
  headers?: Record<string, string>;
  body?: string;
};

export type TransportOptions = {
  baseUrl: string;
  token: string;
  timeoutMs: number;
  /** At most this many; a call that finds none free waits while its clock runs. */
  connections: number;
};

/** No honest answer of the registry is anywhere near this. */
const LONGEST_ANSWER = 1024 * 1024;

/** Makes calls to the registry, each bounded in time and in size. */
export class Transport {
  readonly #baseUrl: string;
  readonly #token: string;
  readonly #timeoutMs: number;
  readonly #agent: Agent;

  constructor({ baseUrl, token, timeoutMs, connections }: TransportOptions) {
    this.#baseUrl = baseUrl;
    this.#token = token;
    this.#timeoutMs = timeoutMs;
    this.#agent = new Agent({ connections, connect: { timeout: timeoutMs } });
  }

  /** Never rejects. A call that is not answered completely in time is aborted, and its connection closed. */
  async call({ method, path, requestId, headers, body }: Call): Promise<Reply> {
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), this.#timeoutMs);
    try {
      const response = await request(this.#baseUrl + path, {
        method,
        headers: { authorization: `Bearer ${this.#token}`, 'x-request-id': requestId, ...headers },
        body: body ?? null,
        signal: timeout.signal,
        dispatcher: this.#agent,
      });
      const retryAfter = response.headers['retry-after'];
      return {
        kind: 'answered',
        status: response.statusCode,
        text: await readText(response.body),
        retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
      };
    } catch {
      return timeout.signal.aborted ? { kind: 'timeout' } : { kind: 'broken' };
    } finally {
      clearTimeout(timer);
    }
  }
}

async function readText(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LONGEST_ANSWER) throw new Error('The answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
