import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

const NOTES = '/api/v1/notes';
/** Account to its notes by id. */
const shelves = new Map();

function shelfOf(account) {
  const shelf = shelves.get(account) ?? new Map();
  shelves.set(account, shelf);
  return shelf;
}

async function create(request) {
  const body = await json(request).catch(() => null);
  if (typeof body?.text !== 'string') return [422, { field: 'text', reason: 'must be a string' }];
  const note = { id: randomUUID(), text: body.text };
  shelfOf(request.headers['x-account-id']).set(note.id, note);
  return [201, note, { location: `${NOTES}/${note.id}` }];
}

function read(request) {
  const note = shelfOf(request.headers['x-account-id']).get(request.url.slice(NOTES.length + 1));
  return note ? [200, note] : [404, { reason: 'there is no such note' }];
}

async function answer(request) {
  if (request.url === '/healthz') return [200, { status: 'ok' }];
  if (request.method === 'POST' && request.url === NOTES) return create(request);
  if (request.method === 'GET' && request.url.startsWith(`${NOTES}/`)) return read(request);
  return [404, { reason: 'there is nothing here' }];
}

createServer(async (request, response) => {
  const [status, body, headers = {}] = await answer(request);
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}).listen(Number(process.env.PORT), '0.0.0.0');
