import { randomBytes } from 'node:crypto';

const KEPT = 500;
const HEARTBEAT_MS = 15_000;
const MAX_BACKLOG_BYTES = 1 << 20;

/** The live events: who listens, and what happened lately. Knows responses only until they close. */
export class Feed {
  #clients = new Set();
  #recent = [];
  #count = 0;
  // Ids of an earlier life must not be mistaken for ours: all that we have is younger than they are.
  #life = randomBytes(4).toString('hex');
  #heartbeat = setInterval(() => this.#broadcast(': still here\n\n'), HEARTBEAT_MS).unref();

  get size() {
    return this.#clients.size;
  }

  publish(event, data) {
    const id = `${this.#life}-${++this.#count}`;
    const text = `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    this.#recent.push({ id, text });
    if (this.#recent.length > KEPT) this.#recent.shift();
    this.#broadcast(text);
  }

  subscribe(response, lastEventId) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.flushHeaders();
    response.write(this.#since(lastEventId));
    this.#clients.add(response);
    response.once('close', () => this.#clients.delete(response));
  }

  close() {
    clearInterval(this.#heartbeat);
    for (const response of this.#clients) response.end();
  }

  #since(lastEventId) {
    if (!lastEventId) return ': welcome\n\n';
    const known = this.#recent.findIndex(({ id }) => id === lastEventId);
    return `: welcome back\n\n${this.#recent
      .slice(known + 1)
      .map(({ text }) => text)
      .join('')}`;
  }

  #broadcast(text) {
    for (const response of this.#clients) {
      if (response.writableLength > MAX_BACKLOG_BYTES) response.destroy();
      else response.write(text);
    }
  }
}
