// A place to start from: it listens, says that it lives, and knows nothing else yet.
import { createServer } from 'node:http';

const port = Number(process.env.PORT ?? 3000);

const server = createServer((request, response) => {
  if (request.url === '/healthz') return send(response, 200, { status: 'ok' });
  send(response, 404, { title: 'Not found', status: 404, detail: 'There is nothing at this path.' });
});

function send(response, status, body) {
  response.writeHead(status, {
    'content-type': status < 400 ? 'application/json' : 'application/problem+json',
  });
  response.end(JSON.stringify(body));
}

server.listen(port, () => {
  console.log(JSON.stringify({ time: new Date().toISOString(), level: 'info', msg: 'listening', port }));
});
