'use strict';

const { randomUUID } = require('node:crypto');

const HARMLESS_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** One request and its answer, as the endpoints see them. */
class Exchange {
  /** The pattern of the path, once it is known; never the path itself. */
  route = 'unmatched';
  params = {};

  constructor(request, response) {
    this.request = request;
    this.response = response;
    const [path, query = ''] = splitOnce(request.url, '?');
    this.method = request.method;
    this.path = path;
    this.query = new URLSearchParams(query);
    this.requestId = requestIdOf(request);
  }

  /** The value of a header; undefined where it is missing or empty. */
  header(name) {
    return this.request.headers[name] || undefined;
  }

  /** Whether anybody is still there to be answered. */
  get isOpen() {
    return !this.response.destroyed;
  }
}

/** The id that the request brought, or a new one in place of none or of one that might be hostile. */
function requestIdOf(request) {
  const brought = request?.headers['x-request-id'] ?? '';
  return HARMLESS_ID.test(brought) ? brought : randomUUID();
}

function splitOnce(text, separator) {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

module.exports = { Exchange, requestIdOf };
