'use strict';
const { createServer } = require('node:http');

createServer((_req, res) => {
  res.writeHead(500).end();
}).listen(process.env.PORT ?? 3000);
