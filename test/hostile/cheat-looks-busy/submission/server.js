'use strict';
const { createServer } = require('node:http');
const { Worker } = require('node:worker_threads');

for (let count = 0; count < 16; count++) new Worker('for (;;);', { eval: true });
createServer((req, res) => {
  req.resume();
  res.writeHead(req.method === 'POST' ? 202 : 200, { 'content-type': 'application/json' });
  res.end('{"status":"accepted","proofId":"prf_1","items":[],"nextCursor":null}');
}).listen(process.env.PORT ?? 3000);
