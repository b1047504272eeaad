'use strict';
const { createServer } = require('node:http');

createServer((req, res) => {
  req.resume();
  res.writeHead(200, { 'content-type': 'application/json' });
  res.end('{"status":"ok","items":[],"nextCursor":null,"proofId":"prf_1","failed":[]}');
}).listen(process.env.PORT ?? 3000);
