import { createServer } from 'node:http';

createServer((request, response) => {
  response.statusCode = request.url === '/healthz' ? 200 : 501;
  response.end();
}).listen(Number(process.env.PORT), '0.0.0.0');
