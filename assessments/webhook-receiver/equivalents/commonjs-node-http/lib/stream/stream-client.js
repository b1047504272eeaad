'use strict';

/** Keeps connections in between from being taken for dead, and shows us those that are. */
const BEAT_MS = 20_000;
/** Who has this much unread will not catch up, and costs memory; after a reconnect the history is there. */
const MOST_UNREAD_BYTES = 1024 * 1024;

/** The connection of one listener. */
class StreamClient {
  #response;
  #beat;

  constructor(response) {
    this.#response = response;
    this.#beat = setInterval(() => this.write(':\n\n'), BEAT_MS);
  }

  write(text) {
    if (this.#response.destroyed) return;
    this.#response.write(text);
    if (this.#response.writableLength > MOST_UNREAD_BYTES) this.#response.destroy();
  }

  /** Ends the stream, without waiting for somebody who does not read. */
  end() {
    if (this.#response.writableLength === 0) this.#response.end();
    else this.#response.destroy();
  }

  /** To be called when the connection is closed, however that came. */
  release() {
    clearInterval(this.#beat);
  }
}

module.exports = { StreamClient };
