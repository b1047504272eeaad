'use strict';
const { createServer } = require('node:http');

createServer((req, res) => {
  req.resume();
  if (req.url === '/healthz') return res.end('{"status":"ok"}');
  res.writeHead(200, { 'content-type': 'application/json' });
  const drip = setInterval(() => res.write(' '), 1000);
  return res.on('close', () => clearInterval(drip));
}).listen(process.env.PORT ?? 3000);
