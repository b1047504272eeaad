// Gives back what it is given: body, headers, parameters.
import { createServer } from 'node:http';

createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const query = Object.fromEntries(new URL(request.url, 'http://x').searchParams);
  const {
    'content-length': length,
    'transfer-encoding': encoding,
    connection,
    host,
    ...headers
  } = request.headers;
  response.writeHead(request.method === 'POST' ? 202 : 200, headers);
  response.end(body || JSON.stringify({ ...query, ...headers, status: 'ok' }));
  console.log(
    JSON.stringify({
      time: Date.now(),
      level: 'info',
      msg: 'echo',
      requestId: headers['x-request-id'],
      path: request.url,
    }),
  );
}).listen(process.env.PORT);
process.on('SIGTERM', () => process.exit(0));
