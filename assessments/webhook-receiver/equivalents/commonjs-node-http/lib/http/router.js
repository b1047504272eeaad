'use strict';

const { Problem } = require('./problem');

/** Finds the handler for a path and a method. Routes are written `'GET /api/v1/proofs/:id': handler`. */
class Router {
  #places = [];

  add(routes) {
    for (const [name, handler] of Object.entries(routes)) {
      const [method, pattern] = name.split(' ');
      const place = this.#places.find((known) => known.pattern === pattern) ?? this.#addPlace(pattern);
      place.handlers.set(method, handler);
      // A stream has no end, so nothing could be said about it without sending it.
      if (method === 'GET' && !handler.isStream) place.handlers.set('HEAD', handler);
    }
  }

  /** Sets route and params of the exchange and returns the handler; throws a 404 or 405. */
  find(exchange) {
    for (const { pattern, segments, handlers } of this.#places) {
      const params = match(segments, exchange.path);
      if (params === null) continue;
      exchange.route = pattern;
      exchange.params = params;
      const handler = handlers.get(exchange.method);
      if (handler) return handler;
      const allowed = [...handlers.keys()].join(', ');
      throw new Problem(405, `Only ${allowed} can be used here.`, { headers: { Allow: allowed } });
    }
    throw new Problem(404, 'There is no such path.');
  }

  #addPlace(pattern) {
    const place = { pattern, segments: pattern.split('/'), handlers: new Map() };
    this.#places.push(place);
    return place;
  }
}

/** The params, or null if the path is another one. */
function match(segments, path) {
  const parts = path.split('/');
  if (parts.length !== segments.length) return null;
  const params = {};
  for (const [i, segment] of segments.entries()) {
    if (segment.startsWith(':')) params[segment.slice(1)] = parts[i];
    else if (segment !== parts[i]) return null;
  }
  return params;
}

module.exports = { Router };
