'use strict';

const HISTORY = 256;

/** Hands events on to all who listen, and remembers the latest. */
class Broadcaster {
  #clients = new Set();
  #history = [];
  /** Ids go on rising over restarts, so that one of an earlier life is simply an old one. */
  #lastId = Date.now() * 1000;

  get clientCount() {
    return this.#clients.size;
  }

  publish(type, proof) {
    const event = { id: ++this.#lastId, type, proof };
    this.#history.push(event);
    if (this.#history.length > HISTORY) this.#history.shift();
    if (this.#clients.size === 0) return;
    const text = format(event);
    for (const client of this.#clients) client.write(text);
  }

  /** What of the history came after the event with this id. */
  after(id) {
    return this.#history.filter((event) => event.id > id).map(format);
  }

  /** A client has `write(text)` and `end()`. */
  join(client) {
    this.#clients.add(client);
  }

  leave(client) {
    this.#clients.delete(client);
  }

  close() {
    for (const client of this.#clients) client.end();
    this.#clients.clear();
  }
}

function format({ id, type, proof }) {
  return `event:${type}\nid:${id}\ndata:${JSON.stringify(proof)}\n\n`;
}

module.exports = { Broadcaster };
