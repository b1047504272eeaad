'use strict';
const { createServer } = require('node:http');

createServer((_req, res) => {
  res.writeHead(200, { 'content-type': 'application/json' }).end('{}');
}).listen(process.env.PORT ?? 3000);
