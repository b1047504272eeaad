'use strict';
const { createServer } = require('node:http');

createServer((req, res) => {
  if (req.url === '/healthz') return res.end('ok');
  return res.socket.destroy();
}).listen(process.env.PORT ?? 3000);
