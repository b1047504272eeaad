'use strict';
const { createServer } = require('node:http');

const WHERE = [`${process.env.REGISTRY_URL}/v1/health`, `${process.env.REGISTRY_URL}/v1/issuer`, '/api/v1/proofs', '/healthz', 'http://169.254.169.254/'];
let turn = 0;
createServer((req, res) => {
  req.resume();
  if (req.url === '/healthz') return res.end('{"status":"ok"}');
  return res.writeHead(307, { location: WHERE[turn++ % WHERE.length] }).end();
}).listen(process.env.PORT ?? 3000);
