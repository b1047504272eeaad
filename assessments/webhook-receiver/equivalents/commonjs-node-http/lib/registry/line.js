'use strict';

const http = require('node:http');
const https = require('node:https');

/** No honest answer is anywhere near this. */
const LONGEST_ANSWER_BYTES = 1024 * 1024;
/** Idle connections go before the registry might close them under a call of ours. */
const IDLE_MS = 2_000;

/** The line to the registry: makes one call, bounded in time and size, and says what came of it. */
class Line {
  #baseUrl;
  #token;
  #timeoutMs;
  #client;
  #agent;

  constructor({ baseUrl, token, timeoutMs }) {
    this.#baseUrl = baseUrl;
    this.#token = token;
    this.#timeoutMs = timeoutMs;
    this.#client = baseUrl.startsWith('https:') ? https : http;
    this.#agent = new this.#client.Agent({ keepAlive: true, timeout: IDLE_MS });
  }

  /**
   * Never rejects. Resolves to `{ outcome: 'answer', status, headers, text }`, `{ outcome: 'timeout' }` or
   * `{ outcome: 'broken' }`. After the last two the connection is closed.
   */
  call({ method = 'GET', path, requestId, headers = {}, body }) {
    return new Promise((resolve) => {
      const request = this.#client.request(this.#baseUrl + path, {
        method,
        agent: this.#agent,
        headers: {
          Authorization: `Bearer ${this.#token}`,
          'X-Request-Id': requestId,
          Accept: 'application/json',
          ...headers,
          ...(body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }),
        },
      });
      const settle = (result) => {
        clearTimeout(timer);
        resolve(result);
        if (result.outcome !== 'answer') request.destroy();
      };
      const timer = setTimeout(settle, this.#timeoutMs, { outcome: 'timeout' });
      request.on('error', () => settle({ outcome: 'broken' }));
      request.on('response', (response) => {
        const chunks = [];
        let size = 0;
        response.on('data', (chunk) => {
          size += chunk.length;
          if (size > LONGEST_ANSWER_BYTES) settle({ outcome: 'broken' });
          else chunks.push(chunk);
        });
        response.on('error', () => settle({ outcome: 'broken' }));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          settle({ outcome: 'answer', status: response.statusCode, headers: response.headers, text });
        });
      });
      request.end(body);
    });
  }
}

module.exports = { Line };
