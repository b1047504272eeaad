'use strict';
/** The notes exercise, solved plainly. Submissions of the corpus that say `over: base` are laid over this folder. */
const { createServer } = require('node:http');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { randomUUID } = require('node:crypto');

const dir = process.env.DATA_DIR ?? './data';
const file = join(dir, 'notes.json');
const notes = new Map();

function load() {
  mkdirSync(dir, { recursive: true });
  try {
    for (const note of JSON.parse(readFileSync(file, 'utf8'))) notes.set(note.id, note);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

function keep(note) {
  notes.set(note.id, note);
  writeFileSync(`${file}.new`, JSON.stringify([...notes.values()]));
  renameSync(`${file}.new`, file);
}

function send(res, status, value) {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

async function bodyOf(req) {
  let text = '';
  for await (const chunk of req) text += chunk;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function publish(note) {
  const answer = await fetch(`${process.env.REGISTRY_URL}/publications`, {
    method: 'POST',
    headers: { authorization: `Bearer ${process.env.REGISTRY_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ text: note.text }),
  });
  return answer.json();
}

async function handle(req, res) {
  const url = new URL(req.url, 'http://service');
  const [, id, action] = /^\/api\/v1\/notes\/([^/]+)(?:\/(publish))?$/.exec(url.pathname) ?? [];
  if (url.pathname === '/healthz') return send(res, 200, { status: 'ok' });
  if (url.pathname === '/api/v1/greet')
    return send(res, 200, { message: `Hello, ${url.searchParams.get('name')}` });
  if (url.pathname === '/api/v1/notes' && req.method === 'POST') {
    const body = await bodyOf(req);
    if (typeof body?.text !== 'string') return send(res, 400, { error: 'text is missing' });
    const note = { id: randomUUID(), text: body.text };
    keep(note);
    return send(res, 201, note);
  }
  const note = notes.get(id);
  if (!note) return send(res, 404, { error: 'not found' });
  if (action === 'publish') return send(res, 200, await publish(note));
  return send(res, 200, note);
}

/** Answers one request by the contract. */
function respond(req, res) {
  handle(req, res).catch((error) => {
    console.error(error);
    if (!res.headersSent) send(res, 500, { error: 'internal' });
  });
}

/**
 * Serves the contract. `escapes` (a promise of a list, or a function that makes one) is what the submission tried and
 * should not have been able to do.
 */
function serve({ escapes, port = process.env.PORT ?? 3000, host, wrap = (next) => next } = {}) {
  load();
  const answer = wrap((req, res) => {
    if (!escapes || req.url !== '/escapes') return respond(req, res);
    Promise.resolve(typeof escapes === 'function' ? escapes() : escapes).then(
      (found) => send(res, 200, found),
      (error) => send(res, 500, { error: String(error) }),
    );
  });
  const server = createServer(answer).listen({ port: Number(port), host });
  process.on('SIGTERM', () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  });
  return server;
}

module.exports = { load, respond, send, serve };
