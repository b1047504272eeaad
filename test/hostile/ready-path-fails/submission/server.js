'use strict';
const { createServer } = require('node:http');
createServer((_req, res) => {
  console.error('connect ECONNREFUSED 127.0.0.1:5432');
  res.writeHead(500, { 'content-type': 'application/json' }).end('{"error":"internal"}');
}).listen(process.env.PORT ?? 3000);
