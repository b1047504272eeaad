// Says yes to everything, with all the headers that anybody could wish for.
import { createServer } from 'node:http';

const HEADERS = {
  'Content-Type': 'application/json',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000',
  ETag: '"1"',
};

const server = createServer((request, response) => {
  response.writeHead(200, {
    ...HEADERS,
    'X-Request-Id': request.headers['x-request-id'] ?? String(Math.random()),
  });
  response.end(JSON.stringify({ status: 'ok', items: [], failed: [], nextCursor: null }));
});
server.listen(process.env.PORT);
process.on('SIGTERM', () => process.exit(0));
