'use strict';
const { createServer } = require('node:http');

const FILLER = Buffer.alloc(65536, ' ');
createServer((req, res) => {
  req.resume();
  if (req.url === '/healthz') return res.end('{"status":"ok"}');
  res.writeHead(req.method === 'POST' ? 202 : 200, { 'content-type': 'application/json' });
  const more = () => {
    while (res.write(FILLER));
    res.once('drain', more);
  };
  return more();
}).listen(process.env.PORT ?? 3000);
