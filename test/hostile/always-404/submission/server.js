'use strict';
const { createServer } = require('node:http');

createServer((_req, res) => {
  res.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"not found"}');
}).listen(process.env.PORT ?? 3000);
